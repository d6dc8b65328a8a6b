"""Nine o'clock: very many reminders in one minute leave once each, within the limit, and behind whoever waits."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

import pytest

from adapters.memory import MemoryAdapter
from benchmarks.p3_turns import REPLY, now
from benchmarks.p5_timers import remind, team
from bot.core.messages import Address
from bot.core.ports import Call
from bot.runtime.leases import Owned
from bot.runtime.limiter import Limiter
from bot.runtime.sender import AccountSender
from bot.runtime.timers import Timers
from flows import load
from flows.handle import came_back, wake
from store import leases
from store.engine import Database, open_database
from store.outbox import Posting
from store.work import Work
from tests.awake import Awake
from tests.chaos.history import busiest
from tests.engines import fresh, vacuumed
from tests.figures import Told

EVERY = 0.25
"""Seconds between two answers that people wait for meanwhile."""


class Counting(MemoryAdapter):
    """Notes to whom something was sent and when."""

    def __init__(self, rate: float, count: int) -> None:
        super().__init__("staff")
        self.capabilities = replace(self.capabilities, rate=rate, latency=0.05)
        self.awake = Awake()
        self.sent: list[tuple[str, float]] = []
        self.answered: dict[str, float] = {}
        self.left, self.all = count, asyncio.Event()

    async def send(self, call: Call) -> str:
        self.sent.append((call.arguments["chat"], time.monotonic()))
        self.answered.setdefault(call.arguments["chat"], self.awake())
        self.left -= ":p" not in call.arguments["chat"]
        if self.left <= 0:
            self.all.set()
        return str(len(self.sent))

    def reminded(self) -> list[tuple[str, float]]:
        return [one for one in self.sent if ":p" not in one[0]]


class Nine:
    """The storm, and the people who ask something in the middle of it."""

    def __init__(self, database: Database, adapter: Counting) -> None:
        self.database, self.adapter = database, adapter
        self.asked: dict[str, float] = {}

    async def passes(self) -> None:
        """Two clocks tick at once, as after a takeover, while the sender sends."""
        held = self.database.write(lambda work: leases.take(work, "staff", "one", hold=timedelta(hours=1))).result()
        assert held is not None
        sender = AccountSender(self.database, self.adapter, Owned(held, hold=3600), came_back)
        tasks = [asyncio.create_task(sender.run(took_over=False)), asyncio.create_task(self._asks(sender))]
        await asyncio.gather(*(Timers(self.database, wake).tick() for _ in range(2)))
        sender.wake()
        await asyncio.wait_for(self.adapter.all.wait(), 3000)
        tasks[1].cancel()
        await asyncio.sleep(0.3)
        await sender.stop()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _asks(self, sender: AccountSender) -> None:
        while True:
            where = Address("memory", "staff", f"p{len(self.asked)}")

            def act(work: Work, where: Address = where) -> None:
                work.workspace = 1
                work.outbox.queue(f"answer:{where.chat}", Posting(where, REPLY))

            self.asked[where.key] = self.adapter.awake()
            await asyncio.wrap_future(self.database.write(act, lane="staff:people"))
            sender.wake()
            await asyncio.sleep(EVERY)

    def waited(self) -> float:
        """How long nineteen of twenty who asked waited at most."""
        answered = self.adapter.answered
        waits = [answered[chat] - at for chat, at in self.asked.items() if chat in answered]
        return quantiles(waits, n=20)[-1] if len(waits) > 1 else max(waits)


def _play(engine: str, folder: Path, count: int, rate: float) -> Nine:
    load()
    with fresh(engine, folder) as url, vacuumed(url):
        database = open_database(url, now)
        team(database, count)
        remind(database, count, after=-timedelta(minutes=1), members=count)
        nine = Nine(database, Counting(rate, count))
        with nine.adapter.awake:
            asyncio.run(nine.passes())
        database.close()
    return nine


def _each_once_and_never_too_fast(nine: Nine, count: int, rate: float) -> str:
    times = sorted(at for _chat, at in nine.adapter.sent)
    most, took = busiest(times, 1.0), times[-1] - times[0]
    assert Counter(chat for chat, _at in nine.adapter.reminded()) == {f"memory:staff:c{n}": 1 for n in range(count)}
    assert most <= rate, f"{most} in a second"
    return (
        f"{count} at once in {took:.0f} s, at most {most} in a second of {rate:g}, people waited {nine.waited():.2f} s"
    )


def test_hundreds_at_once_leave_at_the_rate_each_once(engine: str, tmp_path: Path, told: Told) -> None:
    nine = _play(engine, tmp_path, 300, 150)
    found = _each_once_and_never_too_fast(nine, 300, 150)
    told(f"nine, {engine}: {found}")
    assert nine.waited() < 2.0


@pytest.mark.slow
def test_a_hundred_thousand_in_a_minute_leave_each_once(engine: str, tmp_path: Path, told: Told) -> None:
    """How near one gets to the rate is P9's to say: here it is what this machine does beside everything else."""
    nine = _play(engine, tmp_path, 100_000, 1000)
    found = _each_once_and_never_too_fast(nine, 100_000, 1000)
    told(f"nine, {engine}: {found}")
    assert nine.waited() < 2.0


def test_the_count_sees_a_limiter_that_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limiter, "ready_in", lambda self, chat, *, room: 0.0)
    with pytest.raises(AssertionError, match="in a second"):
        _each_once_and_never_too_fast(_play("sqlite", tmp_path, 300, 100), 300, 100)
