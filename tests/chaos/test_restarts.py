"""Frozen longer than its lease, and restarted in order: how much is repeated, and how long nobody sends."""

from __future__ import annotations

import asyncio
import itertools
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.storm import WINDOW, Figures, Storm, figures, prepare, until, zygote
from tests.engines import fresh
from tests.wires.telegram import TelegramWire

LEASE, FROZEN = 1.0, 1.6


@pytest.fixture
async def storm(engine: str, tmp_path: Path) -> AsyncIterator[Storm]:
    with fresh(engine, tmp_path) as url:
        async with TelegramWire() as wire:
            yield prepare(url, wire, people=20)


def _say(capsys: pytest.CaptureFixture[str], what: str, found: Figures) -> None:
    with capsys.disabled():
        print(f"\n{what}: {found}".replace("kill", "stop"))  # noqa: T201


def _owner(storm: Storm) -> int:
    return int(str(storm.ask("SELECT owner FROM lease")[0][0]).partition("-")[0])


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_an_owner_that_is_frozen_beyond_its_lease_repeats_no_more_than_was_on_its_way(
    storm: Storm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storm.hold, began = LEASE, time.monotonic()
    async with zygote(tmp_path) as mother:
        for _ in range(2):
            await storm.start(mother)
        while len(storm.kills) < 4:
            storm.write(150)
            await until(lambda: len(storm.sent()) > len(storm.said) - 120, 20)
            owner = _owner(storm)
            mother.send(owner, signal.SIGSTOP)
            storm.kills.append(storm.wire.world.now())
            await asyncio.sleep(FROZEN)
            mother.send(owner, signal.SIGCONT)
        await until(storm.all_sent, 30)
        await storm.until_quiet()
    found = figures(storm, time.monotonic() - began)
    _say(capsys, "frozen", found)
    assert found.problems(window=WINDOW) == [], found


async def test_restarts_in_order_lose_nothing_repeat_nothing_and_leave_no_gap(
    storm: Storm, engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SQLite has one process, so the next begins when the last has ended; on PostgreSQL it begins before."""
    storm.write(400)
    began, leaving = time.monotonic(), list[float]()
    async with zygote(tmp_path) as mother:
        child = await storm.start(mother)
        while not storm.all_sent():
            await asyncio.sleep(0.5)
            following = await storm.start(mother) if engine == "postgresql" else 0
            leaving.append(await mother.end(child, signal.SIGTERM))
            storm.kills.append(storm.wire.world.now())
            child = following or await storm.start(mother)
        await storm.until_quiet()
        leaving.append(await mother.end(child, signal.SIGTERM))
    found = figures(storm, time.monotonic() - began)
    _say(capsys, f"restarts, at most {max(leaving):.2f} s to leave, {_gap(storm):.2f} s without a message", found)
    assert found.problems(window=0) == [], found
    assert max(leaving) < 3


def _gap(storm: Storm) -> float:
    """The longest time between two messages."""
    times = [at for at, _, _ in storm.sent()]
    return max((b - a for a, b in itertools.pairwise(times)), default=0.0)
