"""P3: turns with a trivial handler on SQLite with full durability, beside single commits of the same rows."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, update

from benchmarks import Target, compare
from bot.core.messages import Address, Outgoing, Sender, Update
from bot.core.text import Run
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Account, Activity, Conversation, Customer, Identity, Member, Workspace
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
        if not work.updates.take(Update("staff", key, "")):
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
            await asyncio.wrap_future(database.write(act, lane=f"c{talk}"))

    await asyncio.gather(*(one(number) for number in range(TALKS)))


def rate(database: Database, turns: int) -> float:
    """Turns a second."""
    started = time.perf_counter()
    asyncio.run(talk(database, turns))
    return turns / (time.perf_counter() - started)


STATEMENTS: Sequence[str] = (
    "INSERT INTO inbound (account, key, received, state, raw, error) VALUES (?, ?, ?, 'done', '', '')",
    "INSERT INTO activity (workspace, customer, member, kind, status, channel, direction, at, text, result, source, "
    "logged, version) VALUES (?, ?, ?, 'call', 'done', '', 'out', ?, 'wants 50', '', '', ?, 0)",
    "UPDATE customer SET last_touch = ?, last_out = ?, version = version + 1 WHERE workspace = ? AND id = ?",
    "INSERT INTO outbox (workspace, key, account, chat, lane, state, payload, card, tell, again, queued, after, "
    "expires, attempts, part, lease, message, error) "
    "VALUES (?, ?, ?, ?, 0, 'pending', ?, '', '', ?, ?, ?, ?, 0, 0, 0, '', '')",
)
PAYLOAD = '{"text":[["Logged: call with ","",""],["Acme","bold",""],[".","",""]]}'


def parameters(number: int, talk: int) -> Sequence[Sequence[Any]]:
    """The rows of a turn for STATEMENTS."""
    at, key, chat = micros(now()), f"raw:staff:{number}", f"memory:staff:c{talk}"
    return (
        ("staff", key, at),
        (1, talk + 1, talk + 1, at, at),
        (at, at, 1, talk + 1),
        (1, f"{key}:0", "staff", chat, PAYLOAD, True, at, at, at + 86_400_000_000),
    )


def _raw(path: Path, turns: int) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        started = time.perf_counter()
        for _ in range(turns):
            number = next(_numbers)
            connection.execute("BEGIN IMMEDIATE")
            for statement, values in zip(STATEMENTS, parameters(number, number % TALKS), strict=True):
                connection.execute(statement, values)
            connection.execute("COMMIT")
        return turns / (time.perf_counter() - started)


def measure(quick: bool) -> Sequence[Target]:
    sys.setswitchinterval(0.0005)
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
