"""PostgreSQL behind the same door as SQLite: several threads here, several processes beside us.

Each writing thread has a connection of its own. A function that meets another one (serialisation failure, deadlock, a
row's newer version) or loses its connection is run again from the start.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from bot.core.ports import Clock
from store.committed import committed
from store.engine import WAITING, Notify, tell
from store.lanes import Lanes, Waiting
from store.sealing import Key
from store.trouble import may_run_again
from store.wakeups import Wakeups
from store.wall import EVERYWHERE, SETTING
from store.work import Work

T = TypeVar("T")
_Connection = psycopg.Connection[Any]

RUNS = 3
"""Times that a function is run at most."""
PATIENCE = 5.0
"""Seconds that a function waits for a new connection; then whoever asked hears it, and comes again."""

_SETTINGS = {"statement_timeout": "15s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "10s"}
"""A lock is given up before a statement is: the first passes, the second is the function's own fault.

What a machine that went silent in the middle of a transaction has locked is free before its lease runs out: else who
takes over could do nothing.
"""
_LOOK: LiteralString = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_ALIVE: dict[str, str | int] = {
    "application_name": "rapport",
    "connect_timeout": 3,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

logger = logging.getLogger(__name__)


class PostgreSQL:
    """One database that several processes share."""

    dialect = "postgresql"
    key: Key | None = None

    def __init__(self, url: str, clock: Clock, *, threads: int = 8) -> None:
        self._url = make_conninfo(url, **_ALIVE)
        self._clock = clock
        self._notify: list[Notify] = []
        self._lanes = Lanes(WAITING)
        self._closed = threading.Event()
        self._wakeups = Wakeups(self._connected, lambda signals: tell(self._notify, signals))
        self._readers = ConnectionPool(
            self._url,
            min_size=0,
            max_size=threads,
            configure=_configured,
            check=ConnectionPool.check_connection,
            timeout=PATIENCE,
            open=True,
            num_workers=1,
        )
        self._threads = [
            threading.Thread(target=self._run, name=f"postgres-writer-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def write(self, act: Callable[[Work], T], *, lane: str = "") -> Future[T]:
        future: Future[T] = Future()
        self._lanes.put(Waiting(act, future, lane))
        return future

    async def written(self, act: Callable[[Work], T], *, lane: str = "") -> T:
        return await committed(self._lanes, act, lane)

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self._readers.connection() as connection:
            connection.execute(_LOOK)
            try:
                yield Work(connection.cursor(), self.dialect, self._clock())
            finally:
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")

    def scrub(self) -> Future[None]:
        """Dead rows are let go; their bytes are overwritten as pages are used again, or at once by VACUUM FULL."""
        future: Future[None] = Future()
        try:
            with self._connected() as connection:
                connection.execute("SET statement_timeout = 0")
                connection.execute("VACUUM")
            future.set_result(None)
        except psycopg.Error as error:
            logger.warning("not scrubbed", extra={"action": "not_scrubbed", "error": type(error).__name__})
            future.set_exception(error)
        return future

    def listen(self, notify: Notify) -> None:
        self._notify.append(notify)

    def close(self) -> None:
        if self._closed.is_set():
            return
        self._lanes.close()
        for thread in self._threads:
            thread.join()
        self._closed.set()
        self._wakeups.close()
        self._readers.close()

    def _connected(self) -> _Connection:
        connection: _Connection = psycopg.connect(self._url, prepare_threshold=1)
        connection.prepared_max = 500
        _configured(connection)
        return connection

    def _run(self) -> None:
        writer = _Writer(self._connected, self._clock)
        while (waiting := self._lanes.take()) is not None:
            if waiting.future.set_running_or_notify_cancel():
                self._one(writer, waiting)
            self._lanes.done(waiting)
            if not self._lanes.ready:
                writer.rest()
        writer.close()

    def _one(self, writer: _Writer, waiting: Waiting) -> None:
        try:
            writer.key = self.key
            result, signals = writer.run(waiting.act, chain=self._lanes.ready)
        except BaseException as error:
            waiting.future.set_exception(error)
            return
        waiting.future.set_result(result)
        if signals:
            tell(self._notify, signals)
            self._wakeups.send(signals)


class _Writer:
    """One thread's connection, made anew when it is lost."""

    key: Key | None = None

    def __init__(self, connect: Callable[[], _Connection], clock: Clock) -> None:
        self._connect = connect
        self._clock = clock
        self._connection: _Connection | None = None

    def run(self, act: Callable[[Work], T], *, chain: bool = False) -> tuple[T, frozenset[str]]:
        """The result after the commit, with the signals; raises what is left after RUNS times.

        With `chain` the commit begins the next transaction too, which saves a journey to the server while there is
        more to do; `rest` ends it.
        """
        for left in reversed(range(RUNS)):
            try:
                return self._once(act, "COMMIT AND CHAIN" if chain else "COMMIT")
            except Exception as error:
                self._roll_back()
                if not left or not may_run_again(error):
                    raise
                logger.info("run again", extra={"action": "run_again", "error": type(error).__name__})
                time.sleep(random.uniform(0.002, 0.02) * (RUNS - left))  # noqa: S311 - only spreads them out
        raise AssertionError("a run returns or raises")

    def rest(self) -> None:
        """Nothing waits: no transaction is left open."""
        if self._connection and self._connection.info.transaction_status is not TransactionStatus.IDLE:
            self._roll_back()

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def _once(self, act: Callable[[Work], T], commit: LiteralString) -> tuple[T, frozenset[str]]:
        connection = self._ready()
        cursor = connection.cursor()
        if connection.info.transaction_status is TransactionStatus.IDLE:
            cursor.execute("BEGIN")
        work = Work(cursor, "postgresql", self._clock(), self.key)
        result = act(work)
        cursor.execute(commit)
        return result, frozenset(work.signals)

    def _ready(self) -> _Connection:
        """The connection, waiting a little for a server that is being restarted."""
        deadline, pause = time.monotonic() + PATIENCE, 0.05
        while self._connection is None:
            try:
                self._connection = self._connect()
            except psycopg.OperationalError:
                if time.monotonic() + pause > deadline:
                    raise
                time.sleep(pause)
                pause = min(pause * 2, 1.0)
        return self._connection

    def _roll_back(self) -> None:
        if self._connection is None:
            return
        with suppress(psycopg.Error):
            self._connection.execute("ROLLBACK")
        if self._connection.closed:
            self._connection = None


def _set(connection: _Connection, settings: Iterable[tuple[str, str]]) -> None:
    """By statement and not by connection option, which connection poolers refuse."""
    with connection.cursor() as cursor:
        for name, value in settings:
            cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.commit()


def _configured(connection: _Connection) -> None:
    _set(connection, {**_SETTINGS, SETTING: str(EVERYWHERE)}.items())
    connection.autocommit = True  # transactions are begun and ended by statements of our own
