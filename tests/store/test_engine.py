"""The one door: what a write promises on both engines."""

from __future__ import annotations

import threading
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Any

import pytest

from bot.core.errors import Busy, Changed, Closed
from store.engine import Database, open_database
from store.models import Customer, Tag
from store.trouble import is_passing
from store.work import Work
from tests.engines import NOON, Hands
from tests.store.conftest import Run


def _tag(name: str, customer: int = 1) -> Any:
    def act(work: Work) -> Tag:
        work.workspace = 1
        return work.add(Tag(customer=customer, name=name))

    return act


def _names(database: Database) -> list[str]:
    with database.read() as work:
        work.workspace = 1
        return [row.name for row in work.find(Tag)]


def _held(database: Database) -> tuple[threading.Event, Future[None]]:
    """A function that occupies a thread until the event is set."""
    release, started = threading.Event(), threading.Event()

    def act(_: Work) -> None:
        started.set()
        release.wait(10)

    future = database.write(act)
    started.wait(10)
    return release, future


def test_what_a_write_returns_is_there_after_its_commit(database: Database) -> None:
    row = database.write(_tag("hot")).result(10)
    assert (row.id, _names(database)) == (1, ["hot"])


def test_functions_that_wait_together_do_not_fail_together(database: Database) -> None:
    def fails(work: Work) -> None:
        _tag("lost")(work)
        raise ValueError("its own fault")

    release, _ = _held(database)
    acts = (_tag("one"), fails, _tag("two"), _tag("one"), _tag("three"))
    futures = [database.write(act, lane="chat") for act in acts]
    release.set()
    wait(futures, 10)
    assert [type(future.exception()) for future in futures][:3] == [type(None), ValueError, type(None)]
    assert [is_passing(error) for future in futures if (error := future.exception())] == [False, False]
    assert sorted(_names(database)) == ["one", "three", "two"]


def test_a_function_sees_what_it_wrote_and_readers_see_it_only_after_the_commit(database: Database) -> None:
    seen: list[list[str]] = []

    def act(work: Work) -> list[Tag]:
        _tag("hot")(work)
        seen.append(_names(database))
        return work.find(Tag)

    assert (len(database.write(act).result(10)), seen, _names(database)) == (1, [[]], ["hot"])


def test_a_reader_keeps_its_view_while_others_write(database: Database) -> None:
    with database.read() as work:
        work.workspace = 1
        before = work.find(Tag)
        database.write(_tag("hot")).result(10)
        assert (before, work.find(Tag)) == ([], [])
    assert _names(database) == ["hot"]


def test_a_reader_can_not_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only|query_only"), database.read() as work:
        _tag("hot")(work)
    assert _names(database) == []


def test_functions_of_one_lane_run_in_the_order_given(database: Database) -> None:
    release, _ = _held(database)
    futures = [database.write(_tag(f"{number:03}"), lane="chat") for number in range(100)]
    release.set()
    wait(futures, 20)
    assert _names(database) == [f"{number:03}" for number in range(100)]


def test_too_much_waiting_is_refused_and_keeps_nothing(database: Database) -> None:
    releases = [_held(database) for _ in range(1 if database.dialect == "sqlite" else 8)]
    accepted = [database.write(_tag(f"{number}"), lane=f"{number % 2}:{number}") for number in range(2000)]
    with pytest.raises(Busy) as caught:
        database.write(_tag("one too many"))
    for release, _ in releases:
        release.set()
    wait(accepted, 30)
    assert is_passing(caught.value)
    assert len(_names(database)) == len(accepted) == 2000


def test_a_share_that_floods_the_queue_makes_its_neighbour_wait_for_nothing(database: Database) -> None:
    releases = [_held(database) for _ in range(1 if database.dialect == "sqlite" else 8)]
    flood = [database.write(_tag(f"{number}"), lane=f"loud:{number}") for number in range(1000)]
    with pytest.raises(Busy):
        database.write(_tag("one too many"), lane="loud:1")
    before: list[int] = []
    quiet = [database.write(_tag(f"quiet {number}"), lane="quiet:1") for number in range(5)]
    for future in quiet:
        future.add_done_callback(lambda _done: before.append(sum(one.done() for one in flood)))
    for release, _ in releases:
        release.set()
    wait([*quiet, *flood], 50)
    assert len(before) == 5
    assert max(before) < 200, f"{max(before)} of the flood came before five of the neighbour"


def test_closing_finishes_what_waits_and_takes_nothing_more(url: str, clock: Hands) -> None:
    database = open_database(url, clock)
    release, _ = _held(database)
    futures = [database.write(_tag(f"{number}")) for number in range(20)]
    threading.Timer(0.1, release.set).start()
    database.close()
    assert all(future.exception(0) is None for future in futures)
    with pytest.raises(Closed):
        database.write(_tag("late"))
    database.close()


def test_signals_are_told_after_the_commit_and_not_for_what_failed(database: Database) -> None:
    heard: list[tuple[frozenset[str], list[str]]] = []
    told = threading.Event()

    def notify(signals: frozenset[str]) -> None:
        heard.append((signals, _names(database)))
        told.set()

    def good(work: Work) -> None:
        _tag("hot")(work)
        work.signals.add("good")

    def bad(work: Work) -> None:
        work.signals.add("bad")
        raise ValueError

    database.listen(notify)
    assert isinstance(database.write(bad).exception(10), ValueError)
    database.write(good).result(10)
    told.wait(5)
    assert heard == [(frozenset({"good"}), ["hot"])]


def test_a_listener_that_fails_harms_nobody(database: Database) -> None:
    def notify(_: frozenset[str]) -> None:
        raise RuntimeError("the loop is closed")

    def act(work: Work) -> None:
        _tag("hot")(work)
        work.signals.add("good")

    database.listen(notify)
    database.write(act).result(10)
    database.write(_tag("cold")).result(10)
    assert _names(database) == ["hot", "cold"]


def test_a_cancelled_function_never_runs(database: Database) -> None:
    releases = [_held(database) for _ in range(1 if database.dialect == "sqlite" else 8)]
    future = database.write(_tag("hot"))
    assert future.cancel()
    for release, _ in releases:
        release.set()
    database.write(_tag("cold")).result(10)
    assert _names(database) == ["cold"]


def test_two_that_change_one_row_at_once_both_succeed_or_hear_of_it(run: Run[Any], database: Database) -> None:
    customer = run(lambda work: work.customers.add("Acme", owner=None))
    both = threading.Barrier(2)

    def act(work: Work) -> Customer:
        work.workspace = 1
        row = work.get(Customer, customer.id)
        assert row is not None
        if database.dialect == "postgresql" and both.n_waiting < 2 and not both.broken:
            with suppress(threading.BrokenBarrierError):
                both.wait(0.5)
        return work.change(row, need=row.need + "x")

    wait([database.write(act), database.write(act)], 10)
    row = run(lambda work: work.get(Customer, customer.id))
    assert (row.need, row.version) == ("xx", 2)


@pytest.mark.parametrize(
    ("error", "passing"),
    [(Busy(), True), (Closed(), True), (Changed(), True), (ValueError(), False), (KeyError("x"), False)],
)
def test_errors_of_ours_are_told_apart(error: Exception, passing: bool) -> None:
    assert is_passing(error) is passing


def test_a_statement_that_is_wrong_is_nobodys_passing_trouble(database: Database) -> None:
    error = database.write(lambda work: work.cursor.execute("SELECT nothing FROM nowhere")).exception(10)
    assert error is not None
    assert not is_passing(error)


def test_time_in_a_function_is_the_clocks(database: Database) -> None:
    assert database.write(lambda work: work.now).result(10) == NOON
