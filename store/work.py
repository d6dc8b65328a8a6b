"""Work: one transaction. Rows are read and changed here, always inside one workspace; topics hang on as attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.core.errors import Changed, StoreError
from store.any_table import (
    FIRM,
    adding,
    adding_again,
    changing,
    choosing,
    choosing_since,
    deleting,
    in_order,
    names_of,
    newest,
    numbered,
)
from store.models import Audit, Change, Owned, Row, Workspace
from store.noted import Noted, encoded, folded
from store.statements import Compiled, Statement
from store.wall import EVERYWHERE, SEE

if TYPE_CHECKING:
    from store.activities import Activities
    from store.campaigns import Campaigns
    from store.cards import Cards
    from store.care import Care
    from store.churn import Churn
    from store.customers import Customers
    from store.deals import Deals
    from store.desk import Desk
    from store.feedback import Feedback
    from store.inbound import Updates
    from store.knowledge import Knowledge
    from store.outbox import Outgoings
    from store.people import People
    from store.promises import Promises
    from store.pushes import Pushes
    from store.reminders import Reminders
    from store.sealing import Key
    from store.search import Search
    from store.segments import Segments
    from store.standing import Standings
    from store.timers import Timers

R = TypeVar("R", bound=Row)
Own = TypeVar("Own", bound=Owned)
Known = dict[str, dict[tuple[Any, ...], Any]]
"""Rows that a transaction has read, by table."""


class _Topic:
    """A room of the store, which is imported when a Work first enters it and stays the Work's."""

    def __init__(self, path: str) -> None:
        self._module, _, self._name = path.rpartition(".")
        self._room: Any = None

    def __set_name__(self, owner: type[Work], name: str) -> None:
        self._called = name

    def __get__(self, work: Work, owner: type[Work]) -> Any:
        self._room = self._room or getattr(import_module(self._module), self._name)
        room = work.__dict__[self._called] = self._room(work)
        return room


def _topic(path: str) -> Any:
    return _Topic(path)


class Cursor(Protocol):
    """What both drivers' cursors do."""

    @property
    def rowcount(self) -> int: ...
    def execute(self, sql: Any, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: Any, parameters: Any, /) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def fetchone(self) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...


class Work:
    """One transaction on one engine.

    `workspace` is 0 until the turn knows it; statements with a parameter of that name get it by themselves, so no
    query can forget it. `sight` names the members whose customers whoever acts may see, None for all; `signals` are
    told to listeners after commit.
    """

    def __init__(
        self, cursor: Cursor, dialect: str, now: datetime, key: Key | None = None, known: Known | None = None
    ) -> None:
        self.cursor = cursor
        self._seen = EVERYWHERE if dialect == "postgresql" else None
        self.dialect = dialect
        self.now = now
        self.workspace = 0
        self.sight: frozenset[int] | None = None
        self.signals: set[str] = set()
        self.writes = 0
        self.key = key
        """Opens what is sealed in the tables; None where the process has no key."""
        self.changes: list[Noted] = []
        self._known: Known = {} if known is None else known
        self._gathered: dict[type[Row], list[Row]] | None = None
        self._numbers: dict[type[Row], list[int]] = {}

    # statements

    def run(self, statement: Statement, /, **values: Any) -> int:
        """Runs a statement and returns how many rows it touched."""
        self._execute(statement, values)
        self.writes += 1
        return self.cursor.rowcount

    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs a statement once for each set of values."""
        compiled, shared = self._ready(statement, self.workspace), {"workspace": self.workspace}
        self.cursor.executemany(compiled.sql, [compiled.parameters({**shared, **row}) for row in rows])

    def rows(self, statement: Statement, /, **values: Any) -> list[Sequence[Any]]:
        """The rows, each a sequence in the order of the statement's columns."""
        compiled = self._execute(statement, values)
        return [compiled.row(raw) for raw in self.cursor.fetchall()]

    def all(self, kind: type[R], statement: Statement, /, **values: Any) -> list[R]:
        """The rows of a statement that selects the columns of one table."""
        names = statement.compiled(self.dialect).columns
        return [kind.loaded(dict(zip(names, row, strict=True))) for row in self.rows(statement, **values)]

    def one(self, kind: type[R], statement: Statement, /, **values: Any) -> R | None:
        """The first row, or None."""
        found = self.all(kind, statement, **values)
        return found[0] if found else None

    def column(self, statement: Statement, /, **values: Any) -> list[Any]:
        """The first column of every row, for lists of a million that need no conversion."""
        self._execute(statement, values)
        return [raw[0] for raw in self.cursor]

    def value(self, statement: Statement, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.rows(statement, **values)
        return found[0][0] if found else None

    def _execute(self, statement: Statement, values: dict[str, Any]) -> Compiled:
        """Leaves what it found on the cursor, as the driver gives it."""
        compiled = self._ready(statement, values.setdefault("workspace", self.workspace))
        self.cursor.execute(compiled.sql, compiled.parameters(values))
        return compiled

    def _ready(self, statement: Statement, workspace: int) -> Compiled:
        """What was gathered is written, and the wall stands where the statement needs it."""
        if self._gathered:
            self.write_gathered()
        compiled = statement.compiled(self.dialect)
        if compiled.writes:
            self._known.pop(compiled.writes, None)
        if self._seen is not None and compiled.walled:
            self.see(EVERYWHERE if statement.wide else workspace)
        return compiled

    def see(self, workspace: int) -> None:
        """On PostgreSQL the rows of this workspace are there from now on, and no others."""
        if self._seen is not None and workspace != self._seen:
            self.cursor.execute(SEE, (str(workspace),))
            self._seen = workspace

    def saw(self, workspace: int) -> None:
        """A statement has said so itself, which saves a journey to the server."""
        if self._seen is not None:
            self._seen = workspace

    # rows of the workspace

    def firm(self, id: int) -> Workspace | None:
        """The workspace's own row."""
        return self.one(Workspace, FIRM, workspace=id)

    def get(self, kind: type[Own], id: int) -> Own | None:
        """The row with this id, if it is this workspace's; asked of the database once until its table is written."""
        known = self.known(kind)
        if (row := known.get((self.workspace, id))) is None and (row := self.first(kind, id=id)) is not None:
            known[self.workspace, id] = row
        found: Own | None = row
        return found

    def known(self, kind: type[Row]) -> dict[tuple[Any, ...], Any]:
        """Rows that this transaction has read, by what they were asked for with; empty once their table is written."""
        return self._known.setdefault(kind.table().name, {})

    def forget(self) -> None:
        """Rows that were read are read anew: others may have written them meanwhile."""
        self._known.clear()

    def first(self, kind: type[Own], /, **equals: Any) -> Own | None:
        """The first row with these values, by id."""
        found = self.find(kind, **equals)
        return found[0] if found else None

    def find(self, kind: type[Own], /, **equals: Any) -> list[Own]:
        """This workspace's rows with these values, by id."""
        return self.all(kind, choosing(kind, tuple(sorted(equals))), **equals)

    def last(self, kind: type[Own], /, **equals: Any) -> Own | None:
        """The newest row with these values."""
        return self.one(kind, newest(kind, tuple(sorted(equals))), **equals)

    def since(self, kind: type[Own], name: str, moment: datetime, /, **equals: Any) -> list[Own]:
        """The rows with these values whose moment in that column is not before this one, by id."""
        return self.all(kind, choosing_since(kind, name, tuple(sorted(equals))), since=moment, **equals)

    def add(self, row: Own) -> Own:
        """Inserts the row into this workspace and gives it its id."""
        if not self.workspace:
            raise StoreError(f"no workspace for a new {type(row).__name__}")
        row.workspace = self.workspace
        return self.insert(row)

    def insert(self, row: R) -> R:
        """Inserts a row as it is."""
        kind = type(row)
        self.writes += 1
        if self._gathered is not None and kind.kept:
            return self._gather(self._gathered, kind, row)
        compiled = adding(kind, self.dialect).compiled(self.dialect)
        if self._seen is not None and compiled.walled:
            self.see(row.__dict__.get("workspace", EVERYWHERE))
        self.cursor.execute(compiled.sql, compiled.parameters(row.__dict__))
        if numbered(kind):
            row.id = self._new_id(compiled)
            if kind.kept:
                self._note(kind, row.__dict__["id"], None, _values(row))
        return row

    def _new_id(self, inserted: Compiled) -> int:
        if inserted.columns:
            return int(self.cursor.fetchone()[0])
        sqlite: Any = self.cursor
        return int(sqlite.lastrowid)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Rows that can be undone and are added meanwhile go in many at a time, with numbers taken ahead; every other
        statement finds them written.
        """
        self._gathered = {}
        try:
            yield
            self.write_gathered()
        finally:
            self._gathered, self._numbers = None, {}

    def write_gathered(self) -> None:
        """Writes what was gathered so far, a table after those that it points to."""
        if not self._gathered:
            return
        gathered, self._gathered = self._gathered, {}
        self.see(self.workspace)
        for kind in sorted(gathered, key=lambda kind: in_order()[kind.table().name]):
            compiled = adding_again(kind).compiled(self.dialect)
            self.cursor.executemany(compiled.sql, [compiled.parameters(row.__dict__) for row in gathered[kind]])

    def _gather(self, gathered: dict[type[Row], list[Row]], kind: type[Row], row: R) -> R:
        numbers = self._numbers.setdefault(kind, [])
        if not numbers:
            numbers += reversed(self._taken_ahead(kind.table().name))
        row.id = numbers.pop()
        gathered.setdefault(kind, []).append(row)
        self._note(kind, row.__dict__["id"], None, _values(row))
        return row

    def _taken_ahead(self, table: str) -> range | list[int]:
        """Numbers that nobody else is given; those that stay unused are gaps."""
        if self.dialect == "postgresql":
            self.cursor.execute(_NEXT, (table, AHEAD))
            return [row[0] for row in self.cursor.fetchall()]
        self.cursor.execute("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ? RETURNING seq", (AHEAD, table))
        if not (found := self.cursor.fetchall()):
            self.cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, AHEAD))
        last = found[0][0] if found else AHEAD
        return range(last - AHEAD + 1, last + 1)

    def change(self, row: Own, **values: Any) -> Own:
        """Updates these columns, guarded by the row's version where it has one; raises Changed when it moved on."""
        kind = type(row)
        new = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not new:
            return row
        versioned = "version" in names_of(kind)
        if versioned:
            new["version"] = row.version + 1  # type: ignore[attr-defined]
        old = {name: getattr(row, name) for name in new}
        keys = {"old_id": row.id, "old_version": old.get("version")}
        if not self.run(changing(kind, tuple(sorted(new)), versioned), **new, **keys):
            raise Changed(f"{kind.__name__} {row.id}")
        self._note(kind, row.id, old, new)
        return kind.loaded({**_values(row), **new})

    def change_own(self, row: Own, **values: Any) -> Own:
        """The same for what is its person's own to take back, where the rest of the table is not."""
        changed = self.change(row, **values)
        new = {name: value for name, value in values.items() if getattr(row, name) != value}
        if new:
            old = {name: getattr(row, name) for name in new}
            self.changes.append((type(row).table().name, row.id, old, new))
        return changed

    def put_back(self, row: Own) -> None:
        """Inserts a deleted row again under its old id."""
        kind = type(row)
        values = _values(row)
        self.run(adding_again(kind), **values)
        self._note(kind, row.id, None, values)

    def remove(self, row: Own) -> None:
        """Deletes the row."""
        kind = type(row)
        self.run(deleting(kind), old_id=row.id)
        self._note(kind, row.id, _values(row), None)

    # what was done

    def audit(self, actor: str, action: str, subject: str = "") -> None:
        """A line in the record of who did what; ids only, never text."""
        self.add(Audit(at=self.now, actor=actor, action=action, subject=subject))

    def keep_change(self, member: int, label: str, card: str = "") -> Change | None:
        """Stores what this transaction changed so far as one act that can be undone; None when it changed nothing."""
        rows, self.changes = self.changes, []
        if not rows:
            return None
        return self.add(Change(at=self.now, member=member, label=label, rows=encoded(folded(rows)), card=card))

    def for_good(self) -> None:
        """What was changed so far is no part of an act that can be undone."""
        self.changes = []

    def _note(self, kind: type[Row], id: int, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        if kind.kept:
            self.changes.append((kind.table().name, id, before, after))

    # topics

    updates: Updates = _topic("store.inbound.Updates")
    outbox: Outgoings = _topic("store.outbox.Outgoings")
    cards: Cards = _topic("store.cards.Cards")
    timers: Timers = _topic("store.timers.Timers")
    people: People = _topic("store.people.People")
    pushes: Pushes = _topic("store.pushes.Pushes")
    customers: Customers = _topic("store.customers.Customers")
    search: Search = _topic("store.search.Search")
    standing: Standings = _topic("store.standing.Standings")
    segments: Segments = _topic("store.segments.Segments")
    activities: Activities = _topic("store.activities.Activities")
    reminders: Reminders = _topic("store.reminders.Reminders")
    promises: Promises = _topic("store.promises.Promises")
    deals: Deals = _topic("store.deals.Deals")
    care: Care = _topic("store.care.Care")
    campaigns: Campaigns = _topic("store.campaigns.Campaigns")
    churn: Churn = _topic("store.churn.Churn")
    feedback: Feedback = _topic("store.feedback.Feedback")
    desk: Desk = _topic("store.desk.Desk")
    knowledge: Knowledge = _topic("store.knowledge.Knowledge")


AHEAD = 128
"""Numbers that a gathering takes at once."""
_NEXT = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


def columns(kind: type[Row]) -> Sequence[Any]:
    """Every column of a table, for a select that `Work.all` turns into rows."""
    return list(kind.table().c)


def _values(row: Row) -> dict[str, Any]:
    return dict(row.__dict__)
