"""P3: turns with a trivial handler on SQLite with full durability, beside single commits of the same rows."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, update

from benchmarks import Target, compare
from bot.core.messages import Address, Outgoing, Sender, Update
from bot.core.text import Run
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Account, Activity, Conversation, Customer, Identity, Inbound, Member, Outbox, Row, Workspace
from store.outbox import Posting
from store.statements import Statement
from store.types import UtcTime, micros
from store.work import Work

TALKS = 32
REPLY = Outgoing((Run("Logged: call with "), Run("Acme", "bold"), Run(".")))
_numbers = itertools.count(1)
_T = Customer.table()
_TOUCH = Statement(
    lambda: (
        update(_T)
        .where(_T.c.workspace == bindparam("workspace"), _T.c.id == bindparam("row"))
        .values(
            last_touch=bindparam("touched", type_=UtcTime()),
            last_out=bindparam("touched", type_=UtcTime()),
            version=_T.c.version + 1,
        )
    )
)


def now() -> datetime:
    return datetime.now(UTC)


def firm(database: Database) -> None:
    """A workspace in which every conversation has its member and its customer."""

    def act(work: Work) -> None:
        work.workspace = work.insert(Workspace(name="Acme", secret="", created=work.now)).id
        work.add(Account(platform="memory", name="staff", side="member"))
        for number in range(TALKS):
            chat = Address("memory", "staff", f"c{number}").key
            member = work.add(Member(name=f"Member {number}", home=chat, joined=work.now))
            work.add(Identity(platform="memory", account="staff", person=f"p{number}", member=member.id))
            values = {"platform": "memory", "account": "staff", "side": "member", "seen": work.now}
            work.add(Conversation(address=chat, member=member.id, **values))
            work.customers.add(f"Customer {number}", owner=member.id)

    database.write(act).result()


def turn(number: int, talk: int) -> Callable[[Work], None]:
    """What one message is: taken once, who it is, an activity, the customer's last contact, a reply."""

    def act(work: Work) -> None:
        where, sender = Address("memory", "staff", f"c{talk}"), Sender(f"p{talk}")
        key = f"upd:staff:{number}"
        if not work.updates.take(Update("staff", key, "", f"c{talk}")):
            return
        met = work.people.meet(where, sender)
        assert met is not None
        assert met.member is not None
        at, member = work.now, met.member.id
        work.add(Activity(customer=talk + 1, member=member, kind="call", at=at, text="wants 50", logged=at))
        work.run(_TOUCH, row=talk + 1, touched=at)
        work.outbox.queue(f"{key}:0", Posting(where, REPLY))

    return act


async def talk(database: Database, turns: int) -> None:
    """The conversations at once, each waiting for its last turn's commit before it goes on."""

    async def one(talk: int) -> None:
        for _ in range(turns // TALKS):
            act = turn(next(_numbers), talk)
            await database.written(act, lane=f"c{talk}")

    await asyncio.gather(*(one(number) for number in range(TALKS)))


def rate(database: Database, turns: int) -> float:
    """Turns a second."""
    started = time.perf_counter()
    asyncio.run(talk(database, turns))
    return turns / (time.perf_counter() - started)


class Raw:
    """The same rows as text and tuples, made once: all that the peer does in a turn is to put its own values in."""

    def __init__(self, dialect: str) -> None:
        at, mark = now(), "?" if dialect == "sqlite" else "%s"
        rows: Sequence[Row] = (
            Inbound(account="staff", key="", received=at),
            Activity(workspace=1, customer=0, member=0, kind="call", at=at, text="wants 50", logged=at),
            Outbox(
                workspace=1,
                key="",
                account="staff",
                chat="",
                lane=0,
                payload=REPLY.as_json(),
                queued=at,
                after=at,
                expires=at,
            ),
        )
        self._rows = [_text(row, dialect, mark) for row in rows]
        self._touch = (
            f"UPDATE customer SET last_touch = {mark}, last_out = {mark}, version = version + 1 "  # noqa: S608
            f"WHERE workspace = {mark} AND id = {mark}"
        )

    def turn(self, number: int, talk: int) -> Iterator[tuple[str, Sequence[Any]]]:
        """Each statement with its values."""
        at, key, who = micros(now()), f"raw:staff:{number}", talk + 1
        own: Sequence[dict[str, Any]] = (
            {"key": key, "received": at},
            {"customer": who, "member": who, "at": at, "logged": at},
            {"key": f"{key}:0", "chat": f"memory:staff:c{talk}", "queued": at, "after": at, "expires": at},
        )
        for (sql, values), mine in zip(self._rows, own, strict=True):
            yield sql, tuple({**values, **mine}.values())
        yield self._touch, (at, at, 1, who)


def _text(row: Row, dialect: str, mark: str) -> tuple[str, dict[str, Any]]:
    table = type(row).table()
    names = [column.name for column in table.c if column.name != "id"]
    compiled = Statement(lambda: insert(table).values({name: bindparam(name) for name in names})).compiled(dialect)
    values = dict(zip(compiled.names, compiled.parameters(row.__dict__), strict=True))
    columns = ", ".join(f'"{name}"' for name in values)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join([mark] * len(values))})", values  # noqa: S608


def _raw(path: Path, turns: int) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        raw = Raw("sqlite")
        started = time.perf_counter()
        for _ in range(turns):
            number = next(_numbers)
            connection.execute("BEGIN IMMEDIATE")
            for statement, values in raw.turn(number, number % TALKS):
                connection.execute(statement, values)
            connection.execute("COMMIT")
        return turns / (time.perf_counter() - started)


def measure(quick: bool) -> Sequence[Target]:
    turns = 1600 if quick else 6400
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "bench.db"
        migrate(f"sqlite:///{path}")
        database = open_database(f"sqlite:///{path}", now)
        firm(database)
        rate(database, TALKS)
        target = compare(
            "P3",
            "turns, trivial handler, SQLite FULL, 32 conversations",
            ours=lambda: rate(database, turns),
            peer=lambda: _raw(path, turns // 2),
            target=2.0,
            unit="turns/s",
            quick=quick,
            peers="raw single commits",
        )
        database.close()
    return (target,)
