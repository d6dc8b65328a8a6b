"""Timers: what is due, and when the next one is."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, not_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store.models import Timer
from store.statements import Statement
from store.types import UtcTime, among, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T = Timer.table()


def _insert(new: Any) -> Any:
    names = ("workspace", "kind", "subject", "due", "state", "error")
    values = {name: bindparam(name, type_=_T.c[name].type) for name in names}
    keys = ["workspace", "kind", "subject", "due"]
    return new(_T).values(values).on_conflict_do_update(index_elements=keys, set_={"state": "waiting"})


_SET = {
    "sqlite": Statement(lambda: _insert(sqlite.insert)),
    "postgresql": Statement(lambda: _insert(postgresql.insert)),
}
_DUE = Statement(
    lambda: (
        select(*columns(Timer))
        .where(
            _T.c.state == word("waiting"),
            _T.c.due <= bindparam("now", type_=UtcTime()),
            not_(among(_T.c.workspace, "beside")),
        )
        .order_by(_T.c.due, _T.c.id)
        .limit(bindparam("limit"))
    ),
    wide=True,
)
_END = Statement(
    lambda: (
        update(_T)
        .where(among(_T.c.id, "taken"), _T.c.state == word("waiting"))
        .values(state=bindparam("new"), error=bindparam("new_error"))
        .returning(_T.c.id)
    ),
    wide=True,
)
_CANCEL = Statement(
    lambda: (
        update(_T)
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.kind == bindparam("in_kind"),
            _T.c.subject == bindparam("in_subject"),
            _T.c.state == word("waiting"),
        )
        .values(state="cancelled")
    )
)
_NEXT = Statement(lambda: select(_T.c.due).where(_T.c.state == word("waiting")).order_by(_T.c.due).limit(1), wide=True)
_PRUNE = Statement(
    lambda: delete(_T).where(
        _T.c.due < bindparam("before", type_=UtcTime()), _T.c.state.not_in([word("waiting"), word("held")])
    ),
    wide=True,
)


class Timers:
    """Asks and changes what is due."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._cancelled: set[tuple[int | None, str, str]] = set()

    def set(self, kind: str, subject: str, due: datetime) -> None:
        """Wakes `kind` for this subject then; setting the same again changes nothing."""
        self._work.signals.add("timers")
        self._work.run(_SET[self._work.dialect], kind=kind, subject=subject, due=due, state="waiting", error="")

    def cancel(self, kind: str, subject: str) -> None:
        """Whatever waits for this subject does not come."""
        self._work.run(_CANCEL, in_kind=kind, in_subject=subject)
        self._cancelled.add((self._work.workspace, kind, subject))

    def move(self, kind: str, subject: str, due: datetime) -> None:
        """The only waiting timer of this subject is this one."""
        self.cancel(kind, subject)
        self.set(kind, subject, due)

    def due(self, *, limit: int) -> list[Timer]:
        """What should have come by now, oldest first; when there is too much, something of every workspace."""
        queues: dict[int, deque[Timer]] = {}
        full = True
        while full:
            rows = self._work.all(Timer, _DUE, now=self._work.now, limit=limit, beside=list(queues))
            for row in rows:
                queues.setdefault(row.workspace, deque()).append(row)
            full = len(rows) == limit
        if len(queues) < 2 or sum(map(len, queues.values())) <= limit:
            return [row for queue in queues.values() for row in queue]
        return list(islice((row for turn in zip_longest(*queues.values()) for row in turn if row), limit))

    def end(self, *timers: Timer, error: str = "") -> list[Timer]:
        """Takes them, in one statement; those that somebody else has taken or cancelled are left out."""
        values = {"new": "failed" if error else "done", "new_error": error[:500]}
        taken = {row[0] for row in self._work.rows(_END, taken=[timer.id for timer in timers], **values)}
        return [timer for timer in timers if timer.id in taken]

    def is_cancelled(self, timer: Timer) -> bool:
        """Whether it was cancelled in this very turn, after it was taken together with others."""
        return (timer.workspace, timer.kind, timer.subject) in self._cancelled

    def next(self) -> datetime | None:
        """When the earliest waiting timer is due."""
        found: Sequence[Any] = self._work.rows(_NEXT)
        return found[0][0] if found else None

    def prune(self, before: datetime) -> int:
        """Deletes what was over before that."""
        return self._work.run(_PRUNE, before=before)
