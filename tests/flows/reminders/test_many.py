"""Very many reminders in one minute: each leaves once, and none faster than the platform allows."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory import MemoryAdapter
from benchmarks.p3_turns import now
from benchmarks.p5_timers import remind, team
from bot.core.ports import Call
from bot.runtime.leases import Owned
from bot.runtime.sender import AccountSender
from bot.runtime.timers import Timers
from flows import load
from flows.handle import came_back, wake
from store import leases
from store.engine import Database, open_database
from tests.engines import fresh


class Counting(MemoryAdapter):
    """Notes to whom something was sent and when."""

    def __init__(self, rate: float, count: int) -> None:
        super().__init__("staff")
        self.capabilities = replace(self.capabilities, rate=rate, latency=0.05)
        self.sent: list[tuple[str, float]] = []
        self.count, self.all = count, asyncio.Event()

    async def send(self, call: Call) -> str:
        self.sent.append((call.arguments["chat"], time.monotonic()))
        if len(self.sent) >= self.count:
            self.all.set()
        return str(len(self.sent))


async def _ring(database: Database, adapter: Counting, count: int) -> None:
    """Two clocks tick at once, as after a takeover, while the sender sends."""
    held = database.write(lambda work: leases.take(work, "staff", "one", hold=timedelta(hours=1))).result()
    assert held is not None
    sender = AccountSender(database, adapter, Owned(held, hold=3600), came_back)
    running = asyncio.create_task(sender.run(took_over=False))
    await asyncio.gather(*(Timers(database, wake).tick() for _ in range(2)))
    sender.wake()
    await asyncio.wait_for(adapter.all.wait(), 1800)
    await asyncio.sleep(0.2)
    await sender.stop()
    await running


def _play(folder: Path, count: int, rate: float) -> Counting:
    load()
    with fresh("sqlite", folder) as url:
        database = open_database(url, now)
        team(database, count)
        remind(database, count, after=-timedelta(minutes=1), members=count)
        adapter = Counting(rate, count)
        asyncio.run(_ring(database, adapter, count))
        database.close()
    return adapter


def _each_once_and_never_too_fast(adapter: Counting, count: int, rate: float) -> None:
    times = sorted(at for _chat, at in adapter.sent)
    assert Counter(chat for chat, _at in adapter.sent) == {f"memory:staff:c{number}": 1 for number in range(count)}
    ahead = int(rate)
    fastest = min((later - first for first, later in zip(times, times[ahead:], strict=False)), default=1.0)
    assert fastest >= 0.9, f"{ahead} messages within {fastest:.2f} s"


def test_hundreds_at_once_leave_at_the_rate_each_once(tmp_path: Path) -> None:
    adapter = _play(tmp_path, 300, 300)
    _each_once_and_never_too_fast(adapter, 300, 300)


@pytest.mark.slow
def test_a_hundred_thousand_in_a_minute_leave_each_once(tmp_path: Path, record_property: Callable[..., None]) -> None:
    """How near one gets to the rate is P9's to say: here it is what this machine does beside everything else."""
    count, rate = 100_000, 1000
    adapter = _play(tmp_path, count, rate)
    _each_once_and_never_too_fast(adapter, count, rate)
    times = sorted(at for _chat, at in adapter.sent)
    record_property("a second", round(count / (times[-1] - times[0])))
