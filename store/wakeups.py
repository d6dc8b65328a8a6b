"""Signals to the other processes on a PostgreSQL: gathered, and told outside every business transaction.

A commit that notifies holds a lock of the whole server until it is through; one short notification a tenth of a second
costs nobody anything. What is told here only saves waiting: whoever waits for rows also looks by itself now and then.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

CHANNEL = "rapport"
EVERY = 0.1
"""Seconds between two notifications of one process at least."""
_LONGEST = 7000
"""Bytes of one notification; the server's limit is 8,000."""


class Wakeups:
    """One thread with a connection of its own, which tells and hears."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], hear: Callable[[frozenset[str]], None]) -> None:
        self._connect = connect
        self._hear = hear
        self._me = secrets.token_hex(6)
        self._pending: set[str] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postgres-wakeups", daemon=True)
        self._thread.start()

    def send(self, signals: frozenset[str]) -> None:
        """Tells the others soon."""
        with self._lock:
            self._pending |= signals

    def close(self) -> None:
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                with self._connect() as connection:
                    self._serve(connection)
            except psycopg.Error:
                self._closed.wait(1.0)

    def _serve(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("SET synchronous_commit = off")
        connection.execute(f"LISTEN {CHANNEL}")
        while not self._closed.is_set():
            for notification in connection.notifies(timeout=EVERY):
                self._heard(notification.payload)
            self._tell(connection)
        self._tell(connection)

    def _heard(self, payload: str) -> None:
        sender, *signals = payload.split("\n")
        if sender != self._me:
            self._hear(frozenset(signals))

    def _tell(self, connection: psycopg.Connection[Any]) -> None:
        with self._lock:
            signals, self._pending = self._pending, set()
        for payload in _payloads(self._me, signals):
            connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))


def _payloads(me: str, signals: set[str]) -> Iterator[str]:
    lines = [me]
    for signal in sorted(signals):
        if sum(len(line.encode()) + 1 for line in lines) + len(signal.encode()) > _LONGEST:
            yield "\n".join(lines)
            lines = [me]
        lines.append(signal)
    if len(lines) > 1:
        yield "\n".join(lines)
