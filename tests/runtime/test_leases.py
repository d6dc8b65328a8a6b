"""One owner at a time: taken over when it dies, handed on when it leaves, and stopped by itself when it can't renew."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest

from bot.runtime import leases as runtime
from bot.runtime.leases import Leaseholder, Owned, boot_seconds, has_died
from bot.runtime.metrics import LEASES
from store import leases
from store.engine import Database, open_database
from store.work import Work
from tests.engines import Hands
from tests.runtime.conftest import HOLD, until


class Holder:
    """A leaseholder at work, and when it held."""

    def __init__(self, database: Database, *, hold: float = 0.6) -> None:
        self.holder = Leaseholder(database, "staff", hold=hold)
        self.owned: Owned | None = None
        self.times = 0
        self.fails = 0
        self.task: asyncio.Task[None] | None = None

    def start(self) -> Holder:
        self.task = asyncio.create_task(self.holder.run(self._work))
        return self

    async def _work(self, owned: Owned) -> None:
        self.owned, self.times = owned, self.times + 1
        if self.times <= self.fails:
            raise ValueError("a mistake")
        while owned.safe() and not self.holder._stopping.is_set():  # noqa: ASYNC110 - as a sender looks
            await asyncio.sleep(0.01)
        self.owned = None

    async def stop(self) -> None:
        self.holder.stop()
        assert self.task
        await self.task


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "ASK", 0.05)


def _lease(database: Database) -> Any:
    return database.write(lambda work: leases.holder(work, "staff")).result(10)


async def _real(url: str, act: Callable[[Database], Awaitable[None]]) -> None:
    from bot.app import utc_now

    database = open_database(url, utc_now)
    try:
        await act(database)
    finally:
        await asyncio.to_thread(database.close)


async def test_the_lease_is_kept_while_it_is_renewed_and_handed_on_at_once(url: str) -> None:
    async def act(database: Database) -> None:
        one, two = Holder(database).start(), Holder(database).start()
        await asyncio.sleep(1.2)
        first, second = (one, two) if one.owned else (two, one)
        assert (first.times, second.times) == (1, 0)
        before = time.monotonic()
        await first.stop()
        await until(lambda: second.owned)
        assert time.monotonic() - before < 0.4
        assert _lease(database).epoch == 2
        await second.stop()

    await _real(url, act)


async def test_work_that_fails_is_begun_anew(database: Database) -> None:
    holder = Holder(database)
    holder.fails = 2
    holder.start()
    await until(lambda: holder.owned and holder.times == 3)
    await holder.stop()


async def test_who_can_not_renew_stops_by_itself_before_others_may_begin(url: str) -> None:
    async def act(database: Database) -> None:
        one = Holder(database, hold=0.5).start()
        await until(lambda: one.owned)
        began = boot_seconds()
        stuck = database.write
        database.write = _broken  # type: ignore[method-assign, assignment]
        await until(lambda: one.owned is None)
        assert boot_seconds() - began < 0.5
        database.write = stuck  # type: ignore[method-assign]
        await one.stop()

    await _real(url, act)


def _broken(*_: Any, **__: Any) -> Any:
    raise OSError("the database is out of reach")


async def test_a_lease_is_good_from_when_it_was_asked_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Leaseholder._ask

    def slowly(self: Leaseholder, work: Work) -> leases.Held | None:
        time.sleep(0.5)
        return ask(self, work)

    monkeypatch.setattr(Leaseholder, "_ask", slowly)
    asked = boot_seconds()
    owned = await Leaseholder(database, "staff", hold=1.0)._take()
    assert owned is not None
    await until(lambda: not owned.safe())
    assert 0.8 <= boot_seconds() - asked < 1.2


async def test_changes_of_owner_are_counted_by_account(database: Database) -> None:
    def counted() -> list[float]:
        return [LEASES.labels("staff", change)._value.get() for change in ("taken", "left")]

    before = counted()
    holder = Holder(database).start()
    await until(lambda: holder.owned is not None)
    assert counted() == [before[0] + 1, before[1]]
    await holder.stop()
    assert counted() == [before[0] + 1, before[1] + 1]


async def test_a_lease_taken_over_meanwhile_is_given_up_at_the_next_renewal(database: Database, clock: Hands) -> None:
    one = Holder(database, hold=3.0).start()
    owned = await until(lambda: one.owned)
    clock.forward(seconds=16)
    past = "UPDATE lease SET until = until - 16000000"  # PostgreSQL goes by the server's clock
    database.write(lambda work: work.cursor.execute(past)).result(10)
    taken = database.write(lambda work: leases.take(work, "staff", "another", hold=HOLD)).result(10)
    await until(lambda: not owned.safe())
    await one.stop()
    assert _lease(database).owner == taken.owner == "another"


async def test_stopping_while_the_lease_is_being_taken_begins_nothing(database: Database) -> None:
    one = Holder(database).start()
    await asyncio.sleep(0)
    await one.stop()
    assert one.times == 0
    again = database.write(lambda work: leases.take(work, "staff", "another", hold=HOLD)).result(10)
    assert again is not None


def test_a_holder_that_was_frozen_knows_that_it_can_not_be_sure(database: Database) -> None:
    held = database.write(lambda work: leases.take(work, "staff", "me", hold=HOLD)).result(10)
    owned = Owned(held, hold=0.2)
    assert owned.safe()
    time.sleep(0.2 * runtime.TRUST)
    assert not owned.safe()
    owned.renewed(boot_seconds() - 5)
    assert not owned.safe()


def test_a_process_that_was_killed_is_known_to_be_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    owner = f"{runtime.machine()}-{child.pid}-{runtime._born(child.pid)}-abc"
    alive = has_died(owner)
    child.kill()
    child.wait()
    assert child.stdin
    child.stdin.close()
    assert (alive, has_died(owner)) == (False, True)


def test_only_who_is_surely_dead_is_taken_for_dead() -> None:
    me, born = os.getpid(), runtime._born(os.getpid())
    here = runtime.machine()
    alive = (
        f"{here}-{me}-{born}-abc",
        f"{here}-{me}-1-another-life",
        f"{here}-{me}--abc",
        f"there-{me}-1-abc",
        "stage",
    )
    assert [has_died(owner) for owner in (*alive, f"{here}-{me}-1-abc")] == [False] * 5 + [True]


@pytest.mark.parametrize(("where", "times"), [("here", 1), ("there", 0)])
async def test_one_that_died_on_this_machine_is_not_waited_for(database: Database, where: str, times: int) -> None:
    owner = f"{runtime.machine() if where == 'here' else where}-{os.getpid()}-1-abc"
    database.write(lambda work: leases.take(work, "staff", owner, hold=HOLD * 100)).result(10)
    one = Holder(database).start()
    await asyncio.sleep(0.3)
    assert (one.times, _lease(database).epoch) == (times, 1 + times)
    await one.stop()


async def test_one_that_lives_is_waited_for(database: Database) -> None:
    alive = f"{runtime.machine()}-{os.getpid()}-{runtime._born(os.getpid())}-abc"
    database.write(lambda work: leases.take(work, "staff", alive, hold=HOLD)).result(10)
    one = Holder(database).start()
    await asyncio.sleep(0.3)
    assert (one.times, _lease(database).owner) == (0, alive)
    await one.stop()


async def test_who_steps_aside_lets_others_try_and_asks_again_each_time_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "ASIDE", 0.02)
    monkeypatch.setattr(runtime, "LONGEST_ASIDE", 0.05)
    holder, times, safe = Leaseholder(database, "staff"), list[float](), list[bool]()

    async def work(owned: Owned) -> None:
        times.append(time.monotonic())
        owned.step_aside()
        owned.renewed(boot_seconds())
        safe.append(owned.safe())

    task = asyncio.create_task(holder.run(work))
    await until(lambda: len(times) > 9)  # without the longest pause the ninth alone would take five seconds
    holder.stop()
    await task
    gaps = [after - before for before, after in pairwise(times)]
    assert (gaps[0] >= 0.02, min(gaps[2:]) >= 0.05, any(safe)) == (True, True, False)
