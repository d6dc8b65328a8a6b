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
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.core.ports import Clock
from store.committed import committed, together
from store.lanes import Groups, Waiting
from store.sealing import Key
from store.trouble import is_storage
from store.work import Known, Work

logger = logging.getLogger(__name__)

T = TypeVar("T")
Notify = Callable[[frozenset[str]], None]

GROUP = 64
"""Functions committed together at most; more gains nothing (`benchmarks/`) and makes the first ones wait."""
PACE = 0.1
"""Seconds after which no other function of a group is begun: behind slow ones the rest go back into the queue, so that
whoever is quick waits for a few of them and not for all.
"""
WAITING = 2000
"""Functions that may wait; beyond it `write` raises Busy and the platform is asked to come again."""


class Database(Protocol):
    """SQLite or PostgreSQL."""

    dialect: str
    key: Key | None
    """Opens what is sealed in the tables; whoever starts the service hands it over."""

    def write(self, act: Callable[[Work], T], *, lane: str = "") -> Future[T]:
        """Runs `act` in a transaction; the result is there only after the commit.

        Functions of one lane run in the order given. Lanes are named "share:rest": shares take turns, and none may fill
        the queue alone. `act` may be run again from the start, so it does nothing but read and write rows. Raises Busy
        when too many wait.
        """

    async def written(self, act: Callable[[Work], T], *, lane: str = "") -> T:
        """The same from an event loop; whoever stops waiting takes back what was not begun."""

    def read(self) -> AbstractContextManager[Work]:
        """A Work that sees what is committed at this moment and can't write."""

    def scrub(self) -> Future[None]:
        """Writes the database anew without what was deleted, so that its bytes are gone too; nobody may wait for it."""

    def listen(self, notify: Notify) -> None:
        """After each commit, on a thread of ours, `notify` gets the signals that the functions left."""

    def close(self) -> None:
        """Finishes what waits and closes every connection."""


PATIENCE = 5.0
"""Seconds to wait for somebody else's lock on the file."""


def open_database(url: str, clock: Clock) -> Database:
    """By URL: sqlite:///path or postgresql://…"""
    if url.startswith("sqlite:///"):
        return SQLite(Path(url.removeprefix("sqlite:///")), clock)
    from store.postgres import PostgreSQL

    return PostgreSQL(url, clock)


def tell(listeners: Sequence[Notify], signals: frozenset[str]) -> None:
    """Hands the signals of a commit to each listener; a listener that fails takes neither rows nor our thread along."""
    for notify in listeners:
        try:
            notify(signals)
        except Exception as error:
            logger.error("listener failed", extra={"action": "listener_failed", "error": type(error).__name__})


@dataclass(slots=True)
class _Ran:
    """How a function of the group ended; told only after the commit, for it may rest on rows of others in the group."""

    waiting: Waiting
    result: Any = None
    error: Exception | None = None


class SQLite:
    """One file, one writer thread, many readers."""

    dialect = "sqlite"
    key: Key | None = None

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._notify: list[Notify] = []
        self._waiting = Groups(WAITING)
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._scrubs: list[Future[None]] = []
        self._closed = False
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._connect()
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA cache_size=-32000")
        self._connection.execute("PRAGMA wal_autocheckpoint=4000")
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    def write(self, act: Callable[[Work], T], *, lane: str = "") -> Future[T]:
        future: Future[T] = Future()
        self._waiting.put(Waiting(act, future, lane))
        return future

    async def written(self, act: Callable[[Work], T], *, lane: str = "") -> T:
        return await committed(self._waiting, act, lane)

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
            self._give_back(connection)

    def listen(self, notify: Notify) -> None:
        self._notify.append(notify)

    def scrub(self) -> Future[None]:
        future: Future[None] = Future()
        self._scrubs.append(future)
        self.write(lambda work: None)
        return future

    def _give_back(self, reader: sqlite3.Connection) -> None:
        with suppress(sqlite3.Error):
            reader.execute("ROLLBACK")
        if self._closed:
            reader.close()
        else:
            self._readers.put(reader)

    def close(self) -> None:
        if not self._waiting.close():
            return
        self._closed = True
        self._thread.join()
        while not self._readers.empty():
            self._readers.get_nowait().close()
        self._connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=PATIENCE
        )
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        return connection

    def _run(self) -> None:
        while group := self._waiting.take(GROUP):
            self._commit(group)
            while self._scrubs:
                self._write_anew(self._scrubs.pop())

    def _write_anew(self, future: Future[None]) -> None:
        """Deleted rows are overwritten at once (secure_delete), what pages were split or joined may leave is not."""
        try:
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                self._connection.execute(statement).fetchall()
            future.set_result(None)
        except sqlite3.Error as error:
            logger.warning("not scrubbed", extra={"action": "not_scrubbed", "error": type(error).__name__})
            future.set_exception(error)

    def _commit(self, group: list[Waiting]) -> None:
        """Commits the group without savepoints, which cost a third of a turn; when one of it fails, again with them."""
        try:
            ran, signals = self._together(group) or self._apart(group)
        except BaseException as error:
            self._roll_back()
            logger.error("commit failed", extra={"action": "commit_failed", "error": type(error).__name__})
            for waiting in filter(_begins, group):
                waiting.future.set_exception(error)
            return
        self._waiting.back([waiting for waiting in group if waiting.begun is None])
        with together():
            for item in ran:
                if item.error:
                    item.waiting.future.set_exception(item.error)
                else:
                    item.waiting.future.set_result(item.result)
        if signals:
            tell(self._notify, frozenset(signals))

    def _together(self, group: list[Waiting]) -> tuple[list[_Ran], set[str]] | None:
        """None, and nothing kept, when a function of the group failed by its own fault."""
        cursor, ran, signals, known = self._connection.cursor(), [], set[str](), Known()
        cursor.execute("BEGIN IMMEDIATE")
        for waiting in _in_time(group):
            work = Work(cursor, self.dialect, self._clock(), self.key, known)
            try:
                ran.append(_Ran(waiting, waiting.act(work)))
            except Exception as error:
                if is_storage(error):
                    raise
                self._roll_back()
                return None
            signals |= work.signals
        cursor.execute("COMMIT")
        return ran, signals

    def _apart(self, group: list[Waiting]) -> tuple[list[_Ran], set[str]]:
        """Each function in a savepoint, so that its failure takes nobody else's rows along."""
        cursor, signals = self._connection.cursor(), set[str]()
        cursor.execute("BEGIN IMMEDIATE")
        ran = [self._one(cursor, waiting, signals) for waiting in _in_time(group)]
        cursor.execute("COMMIT")
        return ran, signals

    def _one(self, cursor: sqlite3.Cursor, waiting: Waiting, signals: set[str]) -> _Ran:
        cursor.execute("SAVEPOINT turn")
        work = Work(cursor, self.dialect, self._clock(), self.key)
        try:
            result = waiting.act(work)
        except Exception as error:
            if is_storage(error):
                raise
            cursor.execute("ROLLBACK TO turn")
            cursor.execute("RELEASE turn")
            return _Ran(waiting, error=error)
        cursor.execute("RELEASE turn")
        signals |= work.signals
        return _Ran(waiting, result)

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")


def _in_time(group: list[Waiting]) -> Iterator[Waiting]:
    """Those that may begin now and are still wanted; at least one, and all that were begun before."""
    end = time.monotonic() + PACE
    for number, waiting in enumerate(group):
        if number and waiting.begun is None and time.monotonic() > end:
            return
        if _begins(waiting):
            yield waiting


def _begins(waiting: Waiting) -> bool:
    """False when nobody wants it any more."""
    if waiting.begun is None:
        waiting.begun = waiting.future.set_running_or_notify_cancel()
    return waiting.begun
