"""One owner at a time: taken over when it dies, handed on when it leaves, and stopped by itself when it can't renew."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.runtime import leases as runtime
from bot.runtime.leases import Leaseholder, Owned, boot_seconds, has_died
from bot.runtime.metrics import LEASES
from store import leases
from store.engine import Database, open_database
from store.work import Work
from tests.engines import NOON, Hands
from tests.runtime.conftest import HOLD, until


class Holder:
    """A leaseholder at work, and when it held."""

    def __init__(self, database: Database, *, hold: float = runtime.HOLD) -> None:
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


async def test_a_renewal_that_fails_once_is_tried_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    written, tried = database.written, list[bool]()

    async def failing_once(act: Any, *, lane: str = "") -> Any:
        tried.append(True)
        if len(tried) == 1:
            raise OSError("out of reach for a moment")
        return await written(act, lane=lane)

    holder = Leaseholder(database, "staff", hold=0.03)
    owned = await holder._take()
    assert owned is not None
    asked = owned._until
    monkeypatch.setattr(database, "written", failing_once)
    renewing = asyncio.create_task(holder._renew(owned))
    await until(lambda: owned._until > asked)
    renewing.cancel()
    assert len(tried) >= 2


def _lease(database: Database) -> Any:
    return database.write(lambda work: leases.holder(work, "staff")).result(10)


async def _real(url: str, act: Callable[[Database], Awaitable[None]]) -> None:
    from bot.app import utc_now

    database = open_database(url, utc_now)
    try:
        await act(database)
    finally:
        await asyncio.to_thread(database.close)


async def test_the_lease_is_kept_while_it_is_renewed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "RENEWALS", 20)

    async def act(database: Database) -> None:
        one, two = Holder(database, hold=1.5).start(), Holder(database, hold=1.5).start()
        first, second = await until(lambda: [one, two] if one.owned else [two, one] if two.owned else None)
        end = _ends(database)
        await until(lambda: time.time() > end + 0.1)
        assert (first.times, second.times, first.owned is not None) == (1, 0, True)
        for holder in (second, first):
            await holder.stop()

    await _real(url, act)


async def test_a_lease_that_is_left_is_not_waited_for(database: Database) -> None:
    first = Holder(database).start()
    await until(lambda: first.owned)
    second = Holder(database).start()
    await first.stop()
    await until(lambda: second.owned)
    assert (second.times, _lease(database).epoch) == (1, 2)
    await second.stop()


async def test_work_that_fails_is_begun_anew(database: Database) -> None:
    holder = Holder(database)
    holder.fails = 2
    holder.start()
    await until(lambda: holder.owned and holder.times == 3)
    await holder.stop()


async def test_who_can_not_renew_stops_by_itself_before_others_may_begin(url: str) -> None:
    async def act(database: Database) -> None:
        one = Holder(database, hold=0.5).start()
        owned = await until(lambda: one.owned)
        stuck = database.written
        database.written = _broken  # type: ignore[method-assign, assignment]
        await until(lambda: one.owned is None)
        trusted = owned._until + time.time() - boot_seconds()
        assert _ends(database) - trusted > 0.09
        database.written = stuck  # type: ignore[method-assign]
        await one.stop()

    await _real(url, act)


async def _broken(*_: Any, **__: Any) -> Any:
    raise OSError("the database is out of reach")


async def test_a_lease_is_good_from_when_it_was_asked_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Leaseholder._ask

    def slowly(self: Leaseholder, work: Work) -> leases.Held | None:
        now.append(500.0)
        return ask(self, work)

    now = [100.0]
    monkeypatch.setattr(runtime, "boot_seconds", lambda: now[-1])
    monkeypatch.setattr(Leaseholder, "_ask", slowly)
    owned = await Leaseholder(database, "staff", hold=1000.0)._take()
    assert owned is not None
    now += [899.9]
    assert owned.safe()
    now += [900.0]
    assert not owned.safe()


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

    def meanwhile(work: Work) -> leases.Held | None:
        work.cursor.execute("UPDATE lease SET until = until - 16000000")  # PostgreSQL goes by the server's clock
        return leases.take(work, "staff", "another", hold=HOLD)

    taken = database.write(meanwhile).result(10)
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


def test_a_holder_that_was_frozen_knows_that_it_can_not_be_sure(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, now = database.write(lambda work: leases.take(work, "staff", "me", hold=HOLD)).result(10), [100.0]
    monkeypatch.setattr(runtime, "boot_seconds", lambda: now[-1])
    owned = Owned(held, hold=10)
    now += [107.9]
    assert owned.safe()
    now += [108.0]
    assert not owned.safe()
    owned.renewed(now[-1] - 9)
    assert not owned.safe()


def test_a_process_that_was_killed_is_known_to_be_dead(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while its parent has not asked for it, and whatever it is called."""
    (tmp_path / "a) Z (b").symlink_to(shutil.which("sleep") or "")
    child = subprocess.Popen([tmp_path / "a) Z (b", "60"])
    with monkeypatch.context() as there:
        there.setattr(os, "getpid", lambda: child.pid)
        owner = Leaseholder(database, "staff")._owner
    alive = has_died(owner)
    child.kill()
    deadline = time.monotonic() + 5
    while not has_died(owner) and time.monotonic() < deadline:
        time.sleep(0.01)
    zombie = has_died(owner)
    child.wait()
    assert (alive, zombie, has_died(owner)) == (False, True, True)


def test_one_that_got_the_number_of_one_that_ended_is_another() -> None:
    one = subprocess.Popen(["/bin/sleep", "60"])
    time.sleep(0.05)
    another = subprocess.Popen(["/bin/sleep", "60"])
    born = {runtime._born(process.pid) for process in (one, another)}
    for process in (one, another):
        process.kill()
        process.wait()
    assert len(born) == 2


def test_a_machine_is_told_apart_by_its_start_and_by_whose_processes_it_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    assert runtime.machine()

    def seen(boot: str, processes: str) -> str:
        files = {"/proc/sys/kernel/random/boot_id": boot, "/proc/self/ns/pid": processes}
        monkeypatch.setattr(Path, "read_text", lambda path: files[str(path)])
        monkeypatch.setattr(Path, "readlink", lambda path: files[str(path)])
        return runtime.machine.__wrapped__()

    assert len({seen("one\n", "pid:[1]"), seen("two\n", "pid:[1]"), seen("one\n", "pid:[2]")}) == 3


def test_where_processes_can_not_be_seen_nobody_is_taken_for_dead(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hidden(_path: Path) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", hidden)
    monkeypatch.setattr(runtime, "machine", runtime.machine.__wrapped__)
    owner = Leaseholder(database, "staff")._owner
    assert owner.startswith(f"-{os.getpid()}--")
    assert not has_died(owner)


def test_time_is_counted_while_the_machine_sleeps_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's clocks differ by the time slept, so here each says its own number."""
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr(time, "clock_gettime", {7: 70.0, time.CLOCK_MONOTONIC: 10.0}.__getitem__)
    sleeping = boot_seconds()
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    assert (sleeping, boot_seconds()) == (70.0, 10.0)


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
    await until(lambda: one.times) if times else await asyncio.sleep(0.3)
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
    holder, pauses, safe = Leaseholder(database, "staff"), list[float](), list[bool]()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 6:
            holder.stop()

    async def work(owned: Owned) -> None:
        owned.step_aside()
        owned.renewed(boot_seconds())
        safe.append(owned.safe())

    monkeypatch.setattr(holder, "_pause", pause)
    await asyncio.wait_for(holder.run(work), 5)
    assert (pauses, any(safe)) == ([3, 6, 12, 24, 48, 60], False)


async def test_who_could_work_in_between_is_not_made_to_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder, pauses, times = Leaseholder(database, "staff"), list[float](), list[Owned]()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async def work(owned: Owned) -> None:
        times.append(owned)
        if len(times) in (1, 2, 4):
            owned.step_aside()
        if len(times) == 5:
            holder.stop()

    monkeypatch.setattr(holder, "_pause", pause)
    await asyncio.wait_for(holder.run(work), 5)
    assert pauses == [3, 6, 3]


async def test_a_lease_is_good_for_fifteen_seconds_and_trusted_for_twelve(database: Database) -> None:
    holder = Leaseholder(database, "staff")
    before = boot_seconds()
    owned = await holder._take()
    assert owned is not None
    assert before + 12 <= owned._until <= boot_seconds() + 12
    assert _seconds_left(database) == pytest.approx(15, abs=2)


def _seconds_left(database: Database) -> float:
    return _ends(database) - (NOON.timestamp() if database.dialect == "sqlite" else time.time())


def _ends(database: Database) -> float:
    """When the lease ends for the others, as the table has it."""
    with database.read() as work:
        work.cursor.execute("SELECT until FROM lease")
        return float(work.cursor.fetchone()[0]) / 1_000_000
