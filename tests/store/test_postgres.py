"""What only a shared server can do: collide, break off, and tell other processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.core.errors import Changed
from bot.core.messages import Address, Sender, Update
from store.engine import open_database
from store.models import Account, Conversation, Tag, Workspace
from store.postgres import RUNS, PostgreSQL
from store.trouble import is_passing
from store.work import Work
from tests.engines import Hands, fresh


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with fresh("postgresql", tmp_path) as where:
        yield where


@pytest.fixture
def database(url: str, clock: Hands) -> Iterator[PostgreSQL]:
    opened = PostgreSQL(url, clock, threads=3)
    yield opened
    opened.close()


def _tag(work: Work, name: str) -> Tag:
    work.workspace = 1
    return work.add(Tag(customer=1, name=name))


def _names(database: PostgreSQL) -> list[str]:
    with database.read() as work:
        work.workspace = 1
        return [row.name for row in work.find(Tag)]


class Failing:
    """Writes a tag, then fails the first times that it is run."""

    def __init__(self, times: int, how: Any) -> None:
        self.times, self.how, self.runs = times, how, 0

    def __call__(self, work: Work) -> int:
        self.runs += 1
        _tag(work, f"run {self.runs}")
        if self.runs <= self.times:
            self.how(work)
        return self.runs


def _serialisation(work: Work) -> None:
    work.cursor.execute("DO $$ BEGIN RAISE serialization_failure; END $$")


def _broken(work: Work) -> None:
    work.cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def _changed(_: Work) -> None:
    raise Changed("row 1")


@pytest.mark.parametrize("how", [_serialisation, _broken, _changed])
def test_what_may_succeed_at_once_is_run_again_from_the_start(database: PostgreSQL, how: Any) -> None:
    act = Failing(2, how)
    assert (database.write(act).result(10), _names(database)) == (3, ["run 3"])


@pytest.mark.parametrize("how", [_serialisation, _broken, _changed])
def test_three_times_and_no_more(database: PostgreSQL, how: Any) -> None:
    act = Failing(99, how)
    error = database.write(act).exception(10)
    assert error is not None
    assert (is_passing(error), act.runs, _names(database)) == (True, RUNS, [])


def test_a_functions_own_fault_is_not_repeated(database: PostgreSQL) -> None:
    act = Failing(99, lambda _: 1 // 0)
    assert isinstance(database.write(act).exception(10), ZeroDivisionError)
    assert act.runs == 1


def test_two_that_lock_each_others_rows_both_succeed(database: PostgreSQL) -> None:
    for name in ("a", "b"):
        database.write(lambda work, name=name: _tag(work, name)).result(10)
    both = threading.Barrier(2)

    def act(first: int, second: int) -> Any:
        def act(work: Work) -> None:
            work.cursor.execute("SELECT id FROM tag WHERE id = %s FOR UPDATE", (first,))
            with suppress(threading.BrokenBarrierError):
                both.wait(0.5)
            work.cursor.execute("UPDATE tag SET name = name || 'x' WHERE id = %s", (second,))

        return act

    futures = [database.write(act(1, 2)), database.write(act(2, 1))]
    wait(futures, 20)
    assert [future.exception() for future in futures] == [None, None]


@pytest.mark.parametrize("lane", ["", "new"])
def test_two_processes_that_hear_of_a_new_conversation_at_once_begin_one(
    database: PostgreSQL, url: str, clock: Hands, lane: str
) -> None:
    """Whether or not the chat could be told before the update was read."""
    where, other = Address("memory", "staff", "new"), open_database(url, clock)

    def firm(work: Work) -> None:
        work.workspace = work.insert(Workspace(name="Acme", secret="s", created=work.now)).id
        work.add(Account(platform="memory", name="staff", side="member"))

    def hear(work: Work, key: str) -> bool:
        work.updates.take(Update("staff", key, "{}", lane))
        met = work.people.meet(where, Sender("u1"))
        assert met is not None
        time.sleep(0.1)
        if met.conversation is None:
            work.add(Conversation(address=where.key, platform="memory", account="staff", side="member", seen=work.now))
        return met.conversation is None

    database.write(firm).result(10)
    processes = [database, other] * 3
    futures = [p.write(lambda work, key=f"{number}": hear(work, key)) for number, p in enumerate(processes)]
    wait(futures, 20)
    other.close()
    assert sorted(future.result() for future in futures) == [False] * 5 + [True]


def test_a_server_that_drops_every_connection_costs_no_write(database: PostgreSQL, url: str) -> None:
    futures = []
    with psycopg.connect(url, autocommit=True) as other:
        for number in range(60):
            futures.append(database.write(lambda work, number=number: _tag(work, f"{number:02}")))
            if number % 20 == 10:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
    wait(futures, 20)
    assert [future.exception() for future in futures] == [None] * 60
    assert sorted(set(_names(database))) == [f"{number:02}" for number in range(60)]


def test_a_lock_that_lasts_passes_and_a_statement_that_lasts_does_not(
    url: str, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.postgres._SETTINGS", {"statement_timeout": "600ms", "lock_timeout": "100ms"})
    database = PostgreSQL(url, clock, threads=2)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE tag")
        locked = database.write(lambda work: _tag(work, "hot")).exception(10)
    slow = database.write(lambda work: work.cursor.execute("SELECT pg_sleep(3)")).exception(10)
    database.close()
    assert [type(locked), type(slow)] == [psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled]
    assert [is_passing(error) for error in (locked, slow) if error] == [True, False]


def test_other_processes_hear_the_signals_soon_and_a_process_its_own_once(
    database: PostgreSQL, url: str, clock: Hands
) -> None:
    other = PostgreSQL(url, clock, threads=1)
    here: list[str] = []
    there: list[str] = []
    database.listen(here.extend)
    other.listen(there.extend)
    wanted = {f"outbox:telegram:{number:03}{'x' * 60}" for number in range(300)}
    _until(lambda: _listening(url) == 2)

    def act(work: Work) -> None:
        work.signals |= wanted

    database.write(act).result(10)
    _until(lambda: len(there) >= len(wanted))
    time.sleep(0.3)
    other.close()
    assert (sorted(here), sorted(there)) == (sorted(wanted), sorted(wanted))


def _listening(url: str) -> int:
    """How many processes hear what others have committed."""
    with psycopg.connect(url) as connection:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        return int((connection.execute(asked).fetchone() or [0])[0])


def _until(found: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not found() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_server_out_of_reach_is_passing_trouble(url: str, clock: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.postgres.PATIENCE", 0.3)
    database = PostgreSQL(url.replace("host=", "host=/nowhere"), clock, threads=1)
    error = database.write(lambda work: _tag(work, "hot")).exception(20)
    database.close()
    assert error is not None
    assert is_passing(error)


def test_a_reader_out_of_reach_is_passing_trouble(url: str, clock: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.postgres.PATIENCE", 0.3)
    database = PostgreSQL(url.replace("host=", "host=/nowhere"), clock, threads=1)
    with pytest.raises(psycopg.OperationalError) as caught, database.read():
        pass
    database.close()
    assert is_passing(caught.value)
