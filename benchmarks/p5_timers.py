"""P5: due reminders taken, fired and done, durably, while many more wait; beside procrastinate and APScheduler's store.

A peer's job does nothing, so the first lines' wake does nothing either; the last rings them as members see them.

A peer has only as many jobs as it fires: it could not be filled with a million in the time of a bench.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

import psycopg
from apscheduler.events import EVENT_JOB_REMOVED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from benchmarks import Target, compare
from benchmarks.p3_turns import now
from benchmarks.servers import postgresql
from bot.core.messages import Address
from bot.runtime.timers import Timers, Wake
from flows import load
from flows.handle import wake
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Account, Conversation, Member, Timer, Workspace
from store.types import micros
from store.work import Work

_fired: threading.Semaphore = threading.Semaphore(0)
_COLUMNS = (
    "workspace, member, text, due, wall, zone, rule, workdays, anchor, away, state, by, asked, acted, source, version"
)
_WAIT = (
    "INSERT INTO timer (workspace, kind, subject, due, state, error) "
    "SELECT 1, 'reminder', CAST(id AS TEXT), due, 'waiting', '' FROM reminder WHERE id >"
)
_BATCH = 50_000
_TOGETHER = 8
"""Jobs that a peer runs at once."""
_TEAM = 1000
"""Members among whom the reminders are spread, each with a chat."""


def team(database: Database, count: int = _TEAM) -> None:
    """So many members, each with a chat of their own."""

    def act(work: Work) -> None:
        work.workspace = work.insert(Workspace(name="Acme", secret="", created=work.now)).id
        work.add(Account(platform="memory", name="staff", side="member"))
        for number in range(count):
            chat = Address("memory", "staff", f"c{number}").key
            name = f"Member {number}"
            member = work.add(Member(name=name, home=chat, joined=work.now, quiet_from=0, quiet_until=0))
            place: dict[str, Any] = {"platform": "memory", "account": "staff", "side": "member", "seen": work.now}
            work.add(Conversation(address=chat, member=member.id, **place))

    database.write(act).result()


def remind(database: Database, count: int, *, after: timedelta, members: int = _TEAM) -> None:
    """So many reminders a microsecond apart, with their timers, in two statements."""
    start = micros(now() + after)

    def act(work: Work) -> None:
        lite = work.dialect == "sqlite"
        numbers = "n" if lite else "generate_series(1, %s) AS n(i)"
        before = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) " if lite else ""
        member, no = f"1 + i - (i / {members}) * {members}", "0" if lite else "false"
        values = f"1, {member}, 'call customer ' || CAST(i AS TEXT), {start} + i, '2026-03-02T09:00', 'UTC', '', {no}, "
        values += f"'', 0, 'open', {member}, '', {no}, '', 0"
        set_ = f"INSERT INTO reminder ({_COLUMNS}) {before}SELECT {values} FROM {numbers}"  # noqa: S608
        work.cursor.execute("SELECT coalesce(max(id), 0) FROM reminder")
        last = work.cursor.fetchone()[0]
        work.cursor.execute(set_, (count,))
        work.cursor.execute(f"{_WAIT} {last}")

    database.write(act).result()


def _taken(work: Work, timer: Timer) -> None:
    """As little as the peers' job does."""


def _rate(database: Database, due: int, act: Wake = _taken) -> float:
    """Reminders a second, from being due to being done."""
    remind(database, due, after=-timedelta(minutes=1))
    started = time.perf_counter()
    count = asyncio.run(Timers(database, act).tick())
    assert count == due
    seconds = time.perf_counter() - started
    database.write(lambda work: work.cursor.execute("DELETE FROM outbox")).result()
    return due / seconds


def _opened(url: str, waiting: int) -> Database:
    migrate(url)
    database = open_database(url, now)
    team(database)
    started = time.perf_counter()
    for second in range(-(-waiting // _BATCH)):
        remind(database, min(_BATCH, waiting), after=timedelta(days=30, seconds=second))
    if not url.startswith("sqlite"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ANALYZE")
    sys.stderr.write(f"  {waiting:,} reminders wait, set in {time.perf_counter() - started:.0f} s\n")
    return database


def fire() -> None:
    """What the peer calls."""
    _fired.release()


def _apscheduler(url: str, due: int) -> float:
    """The jobs are added while it pauses; then it fires them and takes them out of its store."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    pool = {"default": {"type": "threadpool", "max_workers": _TOGETHER}}
    scheduler = BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(url)}, executors=pool, timezone="UTC")
    gone = threading.Semaphore(0)
    scheduler.add_listener(lambda _event: gone.release(), EVENT_JOB_REMOVED)
    scheduler.start(paused=True)
    for _ in range(due):
        scheduler.add_job(fire, "date", run_date=now() - timedelta(seconds=1), misfire_grace_time=None)
    started = time.perf_counter()
    scheduler.resume()
    for _ in range(due):
        _fired.acquire()
        gone.acquire()
    seconds = time.perf_counter() - started
    scheduler.shutdown()
    return due / seconds


def _procrastinate(url: str, due: int) -> float:
    """One worker of its own kind takes the jobs that stand there, several at a time, and ends when none is left."""
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="fire")
    async def fired(number: int) -> None:
        return None

    async def run() -> float:
        async with app.open_async():
            if not await app.check_connection_async():
                await app.schema_manager.apply_schema_async()
            await fired.batch_defer_async(*({"number": number} for number in range(due)))
            started = time.perf_counter()
            await app.run_worker_async(wait=False, concurrency=_TOGETHER, install_signal_handlers=False)
            return due / (time.perf_counter() - started)

    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    return asyncio.run(run())


def measure(quick: bool) -> Sequence[Target]:
    load()
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as folder:
        files = [f"sqlite:///{folder}/{name}.db" for name in ("many", "few", "peer")]
        lite = _on("SQLite", *files, quick=quick)
    with postgresql() as many, postgresql() as few:
        return [
            *lite,
            *_on("PostgreSQL", many, few, many.replace("postgresql://", "postgresql+psycopg://"), quick=quick),
        ]


def _on(engine: str, many: str, few: str, peer: str, *, quick: bool) -> Sequence[Target]:
    full, due, jobs = (100_000, _TEAM, 40) if quick else (1_000_000, 4 * _TEAM, 500)
    whole, small = _opened(many, full), _opened(few, 10_000)
    for database in (whole, small):
        _rate(database, 500)
        _rate(database, 500, wake)
    peers: dict[str, Callable[[], float]] = {"APScheduler's SQL store": lambda: _apscheduler(peer, jobs)}
    if engine == "PostgreSQL" and find_spec("procrastinate"):
        peers["procrastinate's worker"] = lambda: _procrastinate(few, jobs)
    beside = [
        compare(
            "P5",
            f"due reminders taken, fired and done, {full:,} waiting, {engine}",
            ours=lambda: _rate(whole, due),
            peer=theirs,
            target=10,
            unit="reminders/s",
            quick=quick,
            peers=name,
        )
        for name, theirs in peers.items()
    ]
    growth = compare(
        "P5 growth",
        f"a reminder that rings as members see it, {full:,} waiting, {engine}",
        ours=lambda: 1e6 / _rate(whole, _TEAM, wake),
        peer=lambda: 1e6 / _rate(small, _TEAM, wake),
        target=1.3,
        unit="µs",
        quick=quick,
        better="less",
        peers="10,000 waiting",
    )
    whole.close()
    small.close()
    return [*beside, growth]
