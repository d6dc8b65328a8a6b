"""The service desk: which ticket a chat is about, what waits for whom, how long each step took."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from store.alone import alone
from store.models import Line, SlaClock, Stay, Ticket
from store.statements import Statement
from store.types import UtcTime, one_of
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

OPEN = ("open", "waiting")
"""States in which something is still to be done."""

_T, _L, _S, _C = Ticket.table(), Line.table(), Stay.table(), SlaClock.table()
_LAST_NUMBER = Statement(lambda: select(func.max(_T.c.number)).where(_T.c.workspace == bindparam("workspace")))
_OF_CHAT = Statement(
    lambda: (
        select(*columns(Ticket))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.conversation == bindparam("conversation"),
            one_of(_T.c.state, "open", "waiting", "solved"),
        )
        .order_by(_T.c.id.desc())
    )
)
_OPEN = Statement(
    lambda: (
        select(*columns(Ticket))
        .where(_T.c.workspace == bindparam("workspace"), one_of(_T.c.state, *OPEN))
        .order_by(_T.c.priority, _T.c.opened, _T.c.id)
    )
)
_SINCE = Statement(
    lambda: (
        select(*columns(Ticket))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.opened >= bindparam("since", type_=UtcTime()))
        .order_by(_T.c.id)
    )
)
_LOAD = Statement(
    lambda: (
        select(_T.c.owner, func.count())
        .where(_T.c.workspace == bindparam("workspace"), one_of(_T.c.state, *OPEN), _T.c.owner.is_not(None))
        .group_by(_T.c.owner)
    )
)
_QUEUE = Statement(
    lambda: (
        select(*columns(Ticket))
        .where(_T.c.workspace == bindparam("workspace"), one_of(_T.c.state, *OPEN), _T.c.owner.is_(None))
        .order_by(_T.c.priority, _T.c.opened, _T.c.id)
    )
)
_OF_OWNER = Statement(
    lambda: (
        select(*columns(Ticket))
        .where(
            _T.c.workspace == bindparam("workspace"),
            one_of(_T.c.state, *OPEN),
            _T.c.owner == bindparam("owner"),
        )
        .order_by(_T.c.priority, _T.c.opened, _T.c.id)
    )
)
_LAST_GIVEN = Statement(
    lambda: (
        select(_S.c.owner, func.max(_S.c.id))
        .where(
            _S.c.workspace == bindparam("workspace"),
            _S.c.owner.is_not(None),
            _S.c.since >= bindparam("since", type_=UtcTime()),
        )
        .group_by(_S.c.owner)
    )
)
_DUE = Statement(
    lambda: (
        select(*columns(SlaClock))
        .where(
            _C.c.workspace == bindparam("workspace"),
            _C.c.ticket == bindparam("ticket"),
            one_of(_C.c.state, "running", "paused", "missed"),
            _C.c.ended.is_(None),
        )
        .order_by(_C.c.due, _C.c.id)
    )
)
_ENDED = Statement(
    lambda: (
        select(*columns(SlaClock))
        .where(
            _C.c.workspace == bindparam("workspace"),
            _C.c.kind == bindparam("kind"),
            _C.c.ended >= bindparam("since", type_=UtcTime()),
            _C.c.ended < bindparam("until_", type_=UtcTime()),
        )
        .order_by(_C.c.ended, _C.c.id)
    )
)
_CHANGED = Statement(
    lambda: (
        select(*columns(Stay))
        .where(
            _S.c.workspace == bindparam("workspace"),
            _S.c.ticket.in_(
                select(_S.c.ticket).where(
                    _S.c.workspace == bindparam("workspace"),
                    _S.c.since >= bindparam("since", type_=UtcTime()),
                    _S.c.since < bindparam("until_", type_=UtcTime()),
                )
            ),
        )
        .order_by(_S.c.id)
    )
)
_RUNNING = Statement(
    lambda: (
        select(*columns(SlaClock))
        .where(
            _C.c.workspace == bindparam("workspace"),
            one_of(_C.c.state, "running", "missed"),
            _C.c.ended.is_(None),
            _C.c.left.is_(None),
        )
        .order_by(_C.c.id)
    )
)


class Desk:
    """Asks about tickets."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, id: int) -> Ticket | None:
        """The ticket by its row."""
        return self._work.get(Ticket, id)

    def numbered(self, number: int) -> Ticket | None:
        """The ticket that people call so."""
        return self._work.first(Ticket, number=number)

    def next_number(self) -> int:
        """The firm's next number; nobody else takes one until this transaction ends."""
        alone(self._work, f"ticket:{self._work.workspace}")
        return int(self._work.value(_LAST_NUMBER) or 100) + 1

    def of_chat(self, conversation: int) -> Ticket | None:
        """The newest ticket of a customer's chat that is open, or solved and not yet closed for good."""
        return self._work.one(Ticket, _OF_CHAT, conversation=conversation)

    def of_customer(self, customer: int) -> list[Ticket]:
        """All of a customer's tickets, the newest first."""
        return sorted(self._work.find(Ticket, customer=customer), key=lambda ticket: -ticket.id)

    def open(self) -> list[Ticket]:
        """What is not done: the most urgent first, then the oldest."""
        return self._work.all(Ticket, _OPEN)

    def since(self, moment: datetime) -> list[Ticket]:
        """What was opened since then."""
        return self._work.all(Ticket, _SINCE, since=moment)

    def load(self) -> dict[int, int]:
        """How many open tickets each member has."""
        return {int(owner): int(count) for owner, count in self._work.rows(_LOAD)}

    def queue(self) -> list[Ticket]:
        """What nobody has: the most urgent first, then the oldest."""
        return self._work.all(Ticket, _QUEUE)

    def of_owner(self, member: int) -> list[Ticket]:
        """What somebody has and is not done, in the same order."""
        return self._work.all(Ticket, _OF_OWNER, owner=member)

    def last_given(self) -> dict[int, int]:
        """Who had something to do of late: the higher the number, the later."""
        since = self._work.now - timedelta(days=7)
        return {int(owner): int(last) for owner, last in self._work.rows(_LAST_GIVEN, since=since)}

    def lines(self, ticket: int) -> list[Line]:
        """What was said in it, in order."""
        return self._work.find(Line, ticket=ticket)

    def stays(self, ticket: int) -> list[Stay]:
        """Its steps and owners, in order."""
        return self._work.find(Stay, ticket=ticket)

    def clocks(self, ticket: int) -> list[SlaClock]:
        """The clocks that have not ended, the next one due first."""
        return self._work.all(SlaClock, _DUE, ticket=ticket)

    def ended(self, kind: str, since: datetime, until: datetime) -> list[SlaClock]:
        """Clocks of a kind that ended in this time, the earliest first."""
        return self._work.all(SlaClock, _ENDED, kind=kind, since=since, until_=until)

    def changed(self, since: datetime, until: datetime) -> list[Stay]:
        """All stretches of the tickets in which one began in this time, in order."""
        return self._work.all(Stay, _CHANGED, since=since, until_=until)

    def running(self) -> list[SlaClock]:
        """Every clock of the firm that runs now."""
        return self._work.all(SlaClock, _RUNNING)
