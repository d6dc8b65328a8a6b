"""Deals and the pipeline's stages: what is open, how it moved, what is won and lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from store.models import Deal, Move, Stage
from store.statements import Statement
from store.types import UtcTime, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_D, _M, _S = Deal.table(), Move.table(), Stage.table()
_STAGES = Statement(
    lambda: select(*columns(Stage)).where(_S.c.workspace == bindparam("workspace")).order_by(_S.c.position, _S.c.id)
)
_OPEN = Statement(
    lambda: (
        select(*columns(Deal))
        .where(_D.c.workspace == bindparam("workspace"), _D.c.state == word("open"))
        .order_by(_D.c.moved, _D.c.id)
    )
)
_CLOSED = Statement(
    lambda: (
        select(*columns(Deal))
        .where(
            _D.c.workspace == bindparam("workspace"),
            _D.c.state != word("open"),
            _D.c.closed >= bindparam("since", type_=UtcTime()),
            _D.c.closed < bindparam("until_", type_=UtcTime()),
        )
        .order_by(_D.c.closed, _D.c.id)
    )
)
_OF = Statement(
    lambda: (
        select(*columns(Deal))
        .where(_D.c.workspace == bindparam("workspace"), _D.c.customer == bindparam("customer"))
        .order_by(_D.c.opened.desc(), _D.c.id.desc())
    )
)
_MOVES = Statement(
    lambda: (
        select(*columns(Move))
        .where(_M.c.workspace == bindparam("workspace"), _M.c.at >= bindparam("since", type_=UtcTime()))
        .order_by(_M.c.id)
    )
)


class Deals:
    """Asks about the pipeline."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, id: int) -> Deal | None:
        """The deal."""
        return self._work.get(Deal, id)

    def stages(self) -> list[Stage]:
        """The pipeline in its order, removed stages too."""
        return self._work.all(Stage, _STAGES)

    def open(self, member: int | None = None) -> list[Deal]:
        """What may still be won, the longest unmoved first; of one member or of all."""
        return [deal for deal in self._work.all(Deal, _OPEN) if member is None or deal.member == member]

    def closed(self, since: datetime, until: datetime) -> list[Deal]:
        """What was won or lost in a stretch of time."""
        return self._work.all(Deal, _CLOSED, since=since, until_=until)

    def of_customer(self, customer: int) -> list[Deal]:
        """Every deal with a customer, the newest first."""
        return self._work.all(Deal, _OF, customer=customer)

    def moves(self, since: datetime) -> list[Move]:
        """Which deals came into which stages since then."""
        return self._work.all(Move, _MOVES, since=since)
