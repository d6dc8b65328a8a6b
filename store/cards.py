"""Cards: where each was shown, so that a change rewrites it in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, update

from bot.core.messages import Address
from store.models import Card, Outbox
from store.statements import Statement
from store.types import filled, one_of

if TYPE_CHECKING:
    from store.work import Work

_T, _O = Card.table(), Outbox.table()
_MESSAGE = Statement(
    lambda: select(_T.c.message).where(
        _T.c.workspace == bindparam("workspace"), _T.c.card == bindparam("card"), _T.c.address == bindparam("address")
    )
)
_SHOWN = Statement(
    lambda: (
        update(_T)
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.card == bindparam("in_card"),
            _T.c.address == bindparam("in_address"),
        )
        .values(message=bindparam("new_message"), version=_T.c.version + 1)
    )
)
_BY_MESSAGE = Statement(
    lambda: select(_T.c.card).where(
        _T.c.workspace == bindparam("workspace"),
        _T.c.address == bindparam("address"),
        _T.c.message == bindparam("message"),
    )
)
_FORGET = Statement(
    lambda: delete(_T).where(_T.c.workspace == bindparam("workspace"), _T.c.address == bindparam("in_address"))
)
_MOVE = Statement(
    lambda: (
        update(_T)
        .where(_T.c.workspace == bindparam("workspace"), _T.c.address == bindparam("in_address"))
        .values(address=bindparam("new_address"), message="")
    )
)


_ON_ITS_WAY = Statement(
    lambda: (
        select(_O.c.chat)
        .where(
            _O.c.workspace == bindparam("workspace"),
            _O.c.card == bindparam("card"),
            filled(_O.c.card),
            one_of(_O.c.state, "pending", "claimed"),
        )
        .order_by(_O.c.id)
    )
)


class Cards:
    """Asks and changes where cards were shown."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def message(self, card: str, address: str) -> str:
        """The platform's id of the message that shows the card there; empty when none does."""
        return self._work.value(_MESSAGE, card=card, address=address) or ""

    def shown(self, card: str, address: str, message: str) -> None:
        """Remembers which message shows the card; an empty one forgets it."""
        if not self._work.run(_SHOWN, in_card=card, in_address=address, new_message=message):
            self._work.add(Card(card=card, address=address, message=message, version=1))

    def places(self, card: str) -> list[Address]:
        """Everywhere the card was shown, or is about to be: a change made meanwhile reaches these too."""
        shown = [row.address for row in self._work.find(Card, card=card)]
        coming = [chat for (chat,) in self._work.rows(_ON_ITS_WAY, card=card)]
        return [Address.of(address) for address in dict.fromkeys([*shown, *coming])]

    def of_message(self, address: str, message: str) -> str:
        """The card that a message shows, or an empty string."""
        return self._work.value(_BY_MESSAGE, address=address, message=message) or ""

    def forget(self, address: str) -> None:
        """What was shown there is no longer ours to change: whoever reads it now may not read the rest."""
        self._work.run(_FORGET, in_address=address)

    def move(self, address: str, new: str) -> None:
        """The chat has another address; messages have other ids there, so each card is shown anew when it changes."""
        self.forget(new)
        self._work.run(_MOVE, in_address=address, new_address=new)
