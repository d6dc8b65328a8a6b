"""The one door to the database: `write` runs a function in a transaction, `read` gives a view of what is committed.

SQLite has one writer connection on one thread, which commits waiting functions together: full durability for the price
of one flush a group, and two writers can never meet (SQLite before 3.51.3 can corrupt its log when they do). Readers
are connections of their own.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.core.errors import Busy, Closed
from bot.core.ports import Clock
from store.work import Work

logger = logging.getLogger(__name__)

T = TypeVar("T")
Notify = Callable[[frozenset[str]], None]

GROUP = 64
"""Functions committed together at most; more gains nothing (`benchmarks/`) and makes the first ones wait."""
WAITING = 2000
"""Functions that may wait; beyond it `write` raises Busy and the platform is asked to come again."""


class Database(Protocol):
    """SQLite or PostgreSQL."""

    dialect: str

    def write(self, act: Callable[[Work], T], *, lane: str = "") -> Future[T]:
        """Runs `act` in a transaction; the result is there only after the commit.

        Functions of one lane run in the order given. `act` may be run again from the start, so it does nothing but
        read and write rows. Raises Busy when too many wait.
        """

    def read(self) -> Any:
        """A context manager with a Work that sees what is committed and can't write."""

    def listen(self, notify: Notify) -> None:
        """After each commit, on a thread of ours, `notify` gets the signals that the functions left."""

    def close(self) -> None:
        """Finishes what waits and closes every connection."""


def open_database(url: str, clock: Clock) -> Database:
    """By URL: sqlite:///path or postgresql://…"""
    if url.startswith("sqlite:///"):
        return SQLite(Path(url.removeprefix("sqlite:///")), clock)
    from store.postgres import PostgreSQL

    return PostgreSQL(url, clock)


@dataclass(slots=True)
class _Waiting:
    act: Callable[[Work], Any]
    future: Future[Any]


class SQLite:
    """One file, one writer thread, many readers."""

    dialect = "sqlite"

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._notify: list[Notify] = []
        self._waiting: queue.Queue[_Waiting | None] = queue.Queue(WAITING)
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._closed = False
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._connect()
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    def write(self, act: Callable[[Work], T], *, lane: str = "") -> Future[T]:
        if self._closed:
            raise Closed("the database is closed")
        future: Future[T] = Future()
        try:
            self._waiting.put_nowait(_Waiting(act, future))
        except queue.Full:
            raise Busy("too much is waiting to be written") from None
        return future

    @contextmanager
    def read(self) -> Iterator[Work]:
        try:
            connection = self._readers.get_nowait()
        except queue.Empty:
            connection = self._connect()
            connection.execute("PRAGMA query_only=ON")
        try:
            connection.execute("BEGIN")
            yield Work(connection.cursor(), self.dialect, self._clock())
        finally:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            self._readers.put(connection)

    def listen(self, notify: Notify) -> None:
        self._notify.append(notify)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._waiting.put(None)
        self._thread.join()
        self._connection.close()
        while not self._readers.empty():
            self._readers.get_nowait().close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=5
        )
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        return connection

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            last = False
            while len(group) < GROUP:
                try:
                    item = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if item is None:
                    last = True
                    break
                group.append(item)
            self._commit(group)
            if last:
                break

    def _commit(self, group: list[_Waiting]) -> None:
        cursor = self._connection.cursor()
        done: list[tuple[_Waiting, Any]] = []
        signals: set[str] = set()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            for item in group:
                if item.future.set_running_or_notify_cancel():
                    self._one(cursor, item, done, signals)
            cursor.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                cursor.execute("ROLLBACK")
            logger.error("commit failed", extra={"action": "commit_failed", "error": type(error).__name__})
            for item in group:
                if not item.future.done():
                    item.future.set_exception(error)
            return
        for item, result in done:
            item.future.set_result(result)
        if signals:
            told = frozenset(signals)
            for notify in self._notify:
                notify(told)

    def _one(self, cursor: sqlite3.Cursor, item: _Waiting, done: list[tuple[_Waiting, Any]], signals: set[str]) -> None:
        """Runs one function in a savepoint, so that its failure takes nobody else's rows along."""
        cursor.execute("SAVEPOINT turn")
        work = Work(cursor, self.dialect, self._clock())
        try:
            result = item.act(work)
        except Exception as error:
            cursor.execute("ROLLBACK TO turn")
            cursor.execute("RELEASE turn")
            item.future.set_exception(error)
            return
        cursor.execute("RELEASE turn")
        signals |= work.signals
        done.append((item, result))
