"""P5: due reminders taken, fired and done, durably, while many more wait; beside APScheduler's SQL store.

The peer has only as many jobs as it fires: it could not be filled with a million in the time of a bench.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from benchmarks import Target, compare
from benchmarks.p3_turns import REPLY, firm, now
from bot.core.messages import Address, Urgency
from bot.runtime.timers import Timers
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Timer
from store.outbox import Posting
from store.types import micros
from store.work import Work

_numbers = itertools.count(1)
_fired: threading.Semaphore = threading.Semaphore(0)
_INSERT = "INSERT INTO timer (workspace, kind, subject, due, state, error) VALUES (1, 'reminder', ?, ?, 'waiting', '')"


def _set(database: Database, count: int, *, after: timedelta) -> None:
    due = micros(now() + after)
    rows = [(f"r{next(_numbers)}", due + number) for number in range(count)]
    database.write(lambda work: work.cursor.executemany(_INSERT, rows)).result()


def _wake(work: Work, timer: Timer) -> None:
    work.workspace = timer.workspace
    where = Address("memory", "staff", "c1")
    work.outbox.queue(f"tmr:{timer.id}", Posting(where, REPLY, urgency=Urgency.REMINDER))


def _rate(database: Database, due: int) -> float:
    _set(database, due, after=-timedelta(minutes=1))
    started = time.perf_counter()
    count = asyncio.run(Timers(database, _wake).tick())
    assert count == due
    return due / (time.perf_counter() - started)


def _opened(folder: str, waiting: int) -> Database:
    url = f"sqlite:///{folder}/waiting-{waiting}.db"
    migrate(url)
    database = open_database(url, now)
    firm(database)
    for start in range(0, waiting, 50_000):
        _set(database, min(50_000, waiting - start), after=timedelta(days=30))
    return database


def fire() -> None:
    """What the peer calls."""
    _fired.release()


def _scheduler(url: str) -> BackgroundScheduler:
    pool = {"default": {"type": "threadpool", "max_workers": 8}}
    return BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(url)}, executors=pool, timezone="UTC")


def _apscheduler(folder: str, due: int) -> float:
    """One scheduler adds the jobs; another, started when they are due, fires them."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    url = f"sqlite:///{folder}/peer-{next(_numbers)}.db"
    scheduler = _scheduler(url)
    scheduler.start(paused=True)
    for _ in range(due):
        scheduler.add_job(fire, "date", run_date=now() - timedelta(seconds=1), misfire_grace_time=None)
    scheduler.shutdown()
    scheduler = _scheduler(url)
    started = time.perf_counter()
    scheduler.start()
    for _ in range(due):
        _fired.acquire()
    seconds = time.perf_counter() - started
    scheduler.shutdown()
    return due / seconds


def measure(quick: bool) -> Sequence[Target]:
    sys.setswitchinterval(0.0005)
    many, few, due, jobs = (100_000, 10_000, 2000, 40) if quick else (1_000_000, 10_000, 4000, 500)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        full, small = _opened(folder, many), _opened(folder, few)
        _rate(full, 500)
        _rate(small, 500)
        targets = (
            compare(
                "P5",
                f"due reminders fired, {many:,} waiting",
                ours=lambda: _rate(full, due),
                peer=lambda: _apscheduler(folder, jobs),
                target=10,
                unit="reminders/s",
                quick=quick,
                peers="APScheduler's SQL store",
            ),
            compare(
                "P5 growth",
                f"time a reminder, {many:,} waiting",
                ours=lambda: 1e6 / _rate(full, due),
                peer=lambda: 1e6 / _rate(small, due),
                target=1.3,
                unit="µs",
                quick=quick,
                better="less",
                peers=f"{few:,} waiting",
            ),
        )
        full.close()
        small.close()
    return targets
