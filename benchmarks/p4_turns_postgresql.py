"""P4: the turns of P3 on PostgreSQL with eight connections, beside the four raw statements by psycopg."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Sequence

import psycopg

from benchmarks import Target, compare
from benchmarks.p3_turns import TALKS, Raw, firm, now, rate
from benchmarks.servers import postgresql
from store.engine import open_database
from store.migrations import migrate

CONNECTIONS = 8
_numbers = itertools.count(1)


def _raw(url: str, turns: int) -> float:
    ready = threading.Barrier(CONNECTIONS + 1)
    threads = [
        threading.Thread(target=_client, args=(url, number, turns // CONNECTIONS, ready))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return turns / (time.perf_counter() - started)


def _client(url: str, number: int, turns: int, ready: threading.Barrier) -> None:
    raw = Raw("postgresql")
    with psycopg.connect(url, prepare_threshold=1) as connection, connection.cursor() as cursor:
        ready.wait()
        for turn in range(turns):
            talk = (number + turn * CONNECTIONS) % TALKS
            for statement, values in raw.turn(next(_numbers), talk):
                cursor.execute(statement, values)
            connection.commit()


def measure(quick: bool) -> Sequence[Target]:
    turns = 800 if quick else 4000
    with postgresql() as url:
        migrate(url)
        database = open_database(url, now)
        firm(database)
        rate(database, 4 * TALKS)
        target = compare(
            "P4",
            "turns, trivial handler, PostgreSQL, 8 connections",
            ours=lambda: rate(database, turns),
            peer=lambda: _raw(url, turns),
            target=0.8,
            unit="turns/s",
            quick=quick,
            peers="four raw statements by psycopg",
        )
        database.close()
    return (target,)
