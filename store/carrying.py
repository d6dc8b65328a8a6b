"""A firm's rows, read a page at a time as of one moment; and put into another database, a page a transaction.

Rows come the highest number first, and go in so: whoever writes there meanwhile is given numbers above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from bot.core.errors import StoreError
from store import wall
from store.carried import Shift
from store.columns import REGISTRY
from store.firms import ARRIVING, every_firm, set_settings
from store.models import Account, Audit, Conversation, Member, Row, Workspace
from store.statements import Statement
from store.types import UtcTime, micros, moment
from store.work import Work

PAGE = 500
ROUND, MARGIN = 1_000_000, 100_000
"""Numbers of a firm that comes begin at a whole million, so far above all others that nobody comes near meanwhile."""
COLD = timedelta(minutes=10)
"""An arrival that has not gone on for so long was cut off."""

Values = Sequence[Any]
TABLES = tuple(name for name, said in REGISTRY.items() if said.by and name != "workspace")


@dataclass(frozen=True, slots=True)
class Span:
    """How many rows of a table there are, and their lowest and highest number; 0 without numbers."""

    rows: int
    first: int = 0
    last: int = 0


# reading


@contextmanager
def snapshot(url: str) -> Iterator[Work]:
    """What is committed at this moment, for as long as it takes; of a file that nobody writes to, or of PostgreSQL."""
    now = datetime.now(UTC)
    if url.startswith("sqlite:///"):
        import sqlite3

        with closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)) as file:
            yield Work(file.cursor(), "sqlite", now)
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(wall.OPEN)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield Work(connection.cursor(), "postgresql", now)


def columns(table: str) -> list[str]:
    """In the order in which values are written."""
    return list(Row.metadata.tables[table].c.keys())


def pages(work: Work, table: str) -> Iterator[list[Values]]:
    """The firm's rows, the highest key first, with moments as numbers."""
    keys = [columns(table).index(column.name) for column in _keys(table)]
    first, more = _pages(table)
    found = _plain(work.rows(first, limit=PAGE))
    while found:
        yield found
        last = {f"before_{n}": found[-1][place] for n, place in enumerate(keys)}
        found = _plain(work.rows(more, limit=PAGE, **last))


def _plain(rows: Sequence[Values]) -> list[Values]:
    """Values that JSON knows."""
    return [[micros(value) if isinstance(value, datetime) else value for value in row] for row in rows]


@cache
def _pages(name: str) -> tuple[Statement, Statement]:
    table = Row.metadata.tables[name]
    keys = _keys(name)
    order = [key.desc() for key in keys]
    below = tuple_(*keys) < tuple_(*(bindparam(f"before_{n}", type_=key.type) for n, key in enumerate(keys)))

    def made(*where: Any) -> Statement:
        return Statement(lambda: select(*table.c).where(_ours(name), *where).order_by(*order).limit(bindparam("limit")))

    return made(), made(below if len(keys) > 1 else keys[0] < bindparam("before_0", type_=keys[0].type))


def _keys(name: str) -> list[Any]:
    return [key for key in Row.metadata.tables[name].primary_key if key.name != "workspace"]


def _ours(name: str) -> Any:
    """Whose rows they are."""
    table, by = Row.metadata.tables[name], REGISTRY[name].by
    if by == "account":
        accounts = Account.table()
        return table.c.account.in_(select(accounts.c.name).where(accounts.c.workspace == bindparam("workspace")))
    if by == "chat":
        chats = Conversation.table()
        return table.c.chat.in_(select(chats.c.address).where(chats.c.workspace == bindparam("workspace")))
    return table.c[by] == bindparam("workspace")


# the place where it goes


def room_for(work: Work, spans: Mapping[str, Span], number: int) -> tuple[int, int]:
    """(the firm's number there, what is added to its other numbers): nothing where all of its own are free."""
    taken = {firm.id for firm in every_firm(work)}
    workspace = number if number not in taken else max(taken) + 1
    highest = {name: int(work.value(_highest(name)) or 0) for name in spans if "id" in columns(name)}
    if all(highest[name] == 0 or spans[name].first > highest[name] + MARGIN for name in highest if spans[name].rows):
        return workspace, 0
    least = min((spans[name].first for name in highest if spans[name].rows), default=0)
    above = max(highest.values(), default=0) + MARGIN
    return workspace, max(0, -(-(above - least) // ROUND) * ROUND)


def names_taken(work: Work, accounts: Sequence[tuple[str, str]]) -> set[str]:
    """Names of bots that another firm's have there."""
    there = {(platform, name) for platform, name in work.rows(_ACCOUNTS)}
    return {name for platform, name in accounts if (platform, name) in there}


def is_here(work: Work, secret: str) -> bool:
    """Whether the very firm is there already: what comes is a copy of it."""
    return any(firm.secret == secret for firm in every_firm(work))


def clear(work: Work) -> None:
    """Takes away what is in the way and nobody's: arrivals that were cut off, and a firm that nobody has joined."""
    firms = every_firm(work)
    empty = len(firms) == 1 and not firms[0].settings.get(ARRIVING) and not _has_members(work, firms[0])
    for firm in firms:
        since = firm.settings.get(ARRIVING)
        if empty or (since and work.now - moment(int(since)) > COLD):
            remove(work, firm.id)


def remove(work: Work, workspace: int) -> None:
    """Every row of a firm."""
    work.workspace = workspace
    for name in sorted(TABLES, key=lambda name: REGISTRY[name].by == "workspace"):  # those found by another table first
        work.run(Statement(lambda name=name: delete(Row.metadata.tables[name]).where(_ours(name))))  # type: ignore[misc]
    work.run(_GONE)


def _has_members(work: Work, firm: Workspace) -> bool:
    work.workspace = firm.id
    return bool(work.find(Member))


def arrive(work: Work, values: Mapping[str, Any], spans: Mapping[str, Span], shift: Shift) -> None:
    """The firm's own row, which nobody sees yet, and room above for its numbers."""
    row = shift.row("workspace", values)
    row["settings"] = {**row["settings"], ARRIVING: micros(work.now)}
    work.run(_insert("workspace", work.dialect), **_valued("workspace", row))
    if work.dialect == "postgresql":
        highest = {name: span.last + shift.by for name, span in spans.items() if "id" in columns(name)}
        for name, last in {**highest, "workspace": shift.workspace}.items():
            work.cursor.execute(_ABOVE, (name, name, last))


_ABOVE = """SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(nextval(pg_get_serial_sequence(%s, 'id')), %s))"""


def put(work: Work, workspace: int, table: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts rows of the arriving firm as they are; returns how many were not there."""
    _still(work, workspace)
    statement = _insert(table, work.dialect)
    if REGISTRY[table].shared:
        return sum(work.run(statement, **_valued(table, row)) for row in rows)
    work.run_many(statement, [_valued(table, row) for row in rows])
    return len(rows)


def settle(work: Work, workspace: int, settings: Mapping[str, Any], head: str) -> None:
    """All is there: from now on the firm is one of this place. `head` is the last seal that its record had before."""
    firm = _still(work, workspace)
    set_settings(work, firm, **settings, **{ARRIVING: None})
    work.add(Audit(at=work.now, actor="console", action="workspace_imported", digest=head))


def _still(work: Work, workspace: int) -> Workspace:
    """The arrival goes on; raises when somebody has taken it away."""
    work.workspace = workspace
    firm = work.firm(workspace)
    if firm is None or not firm.settings.get(ARRIVING):
        raise StoreError(f"workspace {workspace} is not arriving any more")
    set_settings(work, firm, **{ARRIVING: micros(work.now)})
    return firm


def _valued(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as moments again where the column is one."""
    kinds = Row.metadata.tables[table].c
    return {
        name: moment(value) if isinstance(kinds[name].type, UtcTime) and value is not None else value
        for name, value in row.items()
    }


@cache
def _insert(name: str, dialect: str) -> Statement:
    table = Row.metadata.tables[name]
    values = {column.name: bindparam(column.name, type_=column.type) for column in table.c}
    new: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    if REGISTRY[name].shared:
        return Statement(lambda: new(table).values(values).on_conflict_do_nothing())
    return Statement(lambda: insert(table).values(values).inline(), wide=name == "workspace")


@cache
def _highest(name: str) -> Statement:
    return Statement(lambda: select(func.max(Row.metadata.tables[name].c.id)), wide=True)


_A, _W = Account.table(), Workspace.table()
_ACCOUNTS = Statement(lambda: select(_A.c.platform, _A.c.name), wide=True)
_GONE = Statement(lambda: delete(_W).where(_W.c.id == bindparam("workspace")))
