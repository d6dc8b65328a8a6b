"""What of a firm begins by itself, held and let go: timers and jobs."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from store.models import Job, Row, Timer
from store.statements import Statement
from store.types import word
from store.work import Work


def _from(kind: type[Job] | type[Timer], was: str, now: str) -> Statement:
    table = kind.table()
    return Statement(
        lambda: (
            update(table)
            .where(table.c.workspace == bindparam("workspace"), table.c.state == word(was))
            .values(state=now)
        )
    )


_HOLD = (_from(Timer, "waiting", "held"), _from(Job, "open", "held"))
_LET_GO = (_from(Timer, "held", "waiting"), _from(Job, "held", "open"))


def hold(work: Work) -> None:
    """Nothing comes due, and no step is taken."""
    for statement in _HOLD:
        work.run(statement)


def let_go(work: Work) -> None:
    """From where they stood."""
    for statement in _LET_GO:
        work.run(statement)


def count(work: Work, table: str) -> int:
    """How many rows of a table the firm has."""
    columns = Row.metadata.tables[table].c
    return int(work.value(Statement(lambda: select(func.count()).where(columns.workspace == bindparam("workspace")))))
