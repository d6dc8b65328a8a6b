"""Promises: what is owed, by whom, until when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select

from store.models import Promise
from store.statements import Statement
from store.types import UtcTime, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T = Promise.table()
_OPEN = Statement(
    lambda: (
        select(*columns(Promise))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.state == word("open"), _T.c.by == word("us"))
        .order_by(_T.c.due.nulls_first(), _T.c.id)
    )
)
_SINCE = Statement(
    lambda: (
        select(*columns(Promise))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.by == word("us"),
            or_(_T.c.due >= bindparam("since", type_=UtcTime()), _T.c.state == word("open")),
        )
        .order_by(_T.c.due.nulls_first(), _T.c.id)
    )
)


class Promises:
    """Asks what we owe."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, id: int) -> Promise | None:
        """The promise."""
        return self._work.get(Promise, id)

    def open(self) -> list[Promise]:
        """Everything that we still owe, the earliest first."""
        return self._work.all(Promise, _OPEN)

    def since(self, moment: datetime) -> list[Promise]:
        """What fell due since then, and what is still open."""
        return self._work.all(Promise, _SINCE, since=moment)

    def of_member(self, member: int) -> list[Promise]:
        """A member's own open promises to customers."""
        return [promise for promise in self.open() if promise.member == member]
