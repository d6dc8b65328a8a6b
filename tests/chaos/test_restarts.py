"""Frozen longer than its lease, killed, and restarted in order: how much is repeated, and how long nobody sends."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import time
from pathlib import Path

import pytest

from tests.chaos.storm import WINDOW, Figures, Storm, Zygote, figures, storm, until, zygote
from tests.figures import Told

LEASE, FROZEN = 1.0, 1.6
QUIET, TRIES = 0.3, 3
"""Seconds that an answer takes where nothing else runs, at most; how often a takeover is tried."""


def _say(told: Told, what: str, found: Figures | str) -> None:
    told(f"{what}: {found}".replace("kill", "stop"))


@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.slow)])
async def test_an_owner_that_is_frozen_beyond_its_lease_repeats_no_more_than_was_on_its_way(
    times: int, tmp_path: Path, told: Told
) -> None:
    """Each service is on a machine of its own, so that the lease alone says who sends.

    A machine that stands still freezes them too: what counts is how often the account changed hands.
    """
    async with storm("postgresql", "polling", tmp_path) as found:
        ended = await _freeze(found, tmp_path, times)
    _say(told, "frozen", ended)
    assert ended.problems(rivals=WINDOW * max(ended.kills, ended.owners - 1)) == [], ended


async def _freeze(storm: Storm, folder: Path, times: int) -> Figures:
    storm.hold, storm.apart, began = LEASE, True, time.monotonic()
    async with zygote(folder) as mother:
        for _ in range(2):
            await storm.start(mother)
        while len(storm.kills) < times:
            storm.write(150)
            await until(lambda: len(storm.sent()) > len(storm.said) - 120, 20)
            owner = storm.owner()
            mother.send(owner, signal.SIGSTOP)
            storm.kills.append(storm.line.now())
            await asyncio.sleep(FROZEN)
            mother.send(owner, signal.SIGCONT)
        await until(storm.all_sent, 30)
        await storm.until_quiet()
    return figures(storm, time.monotonic() - began)


@pytest.mark.parametrize("restarts", [2, pytest.param(20, marks=pytest.mark.slow)])
async def test_restarts_in_order_lose_nothing_repeat_nothing_and_leave_no_gap(
    engine: str, restarts: int, tmp_path: Path, told: Told
) -> None:
    """SQLite has one process, so the next begins when the last has ended; on PostgreSQL it begins before."""
    async with storm(engine, "polling", tmp_path) as found:
        began, leaving = time.monotonic(), list[float]()
        async with zygote(tmp_path) as mother:
            child = await found.start(mother)
            for _ in range(restarts):
                before = len(found.sent())
                found.write(150)
                await asyncio.sleep(0.5)
                await until(lambda: len(found.sent()) > before, 20)  # noqa: B023 - asked just here
                following = await found.start(mother) if engine == "postgresql" else 0
                leaving.append(await mother.end(child, signal.SIGTERM))
                found.kills.append(found.line.now())
                child = following or await found.start(mother)
            await until(found.all_sent, 60)
            await found.until_quiet()
            leaving.append(await mother.end(child, signal.SIGTERM))
        ended = figures(found, time.monotonic() - began)
    _say(told, f"restarts, at most {max(leaving):.2f} s to leave, {_gap(found):.2f} s without a message", ended)
    assert ended.problems(window=0) == [], ended
    assert max(leaving) < 3


@pytest.mark.parametrize(
    ("hold", "apart", "number", "within"),
    [
        pytest.param(15.0, False, signal.SIGTERM, 1.0, id="told to stop"),
        pytest.param(15.0, False, signal.SIGKILL, 2.0, id="killed on this machine"),
        pytest.param(2.0, True, signal.SIGKILL, 4.0, id="killed on another machine, with a short lease"),
        pytest.param(15.0, True, signal.SIGKILL, 20.0, id="killed on another machine", marks=pytest.mark.slow),
    ],
)
async def test_another_takes_over(
    hold: float,
    apart: bool,
    number: signal.Signals,
    within: float,
    tmp_path: Path,
    told: Told,
) -> None:
    """Counted from the owner's end to the answer of what was written just then, while the machine lets us run.

    What an answer takes while nobody ends, measured just before, says how busy the machine is: what that takes longer
    than usual is not the takeover's. A busy moment may hit the one and not the other, so there are three tries; a
    lease that is not left behind is waited for in each of them.
    """
    tries: list[tuple[float, float, float]] = []
    async with storm("postgresql", "polling", tmp_path) as found:
        found.hold, found.apart = hold, apart
        async with zygote(tmp_path) as mother:
            await found.start(mother)
            while len(tries) < TRIES and not any(_counted(*one) < within for one in tries):
                await found.start(mother)
                found.write(20)
                await until(found.all_sent, 20)
                await found.until_quiet()
                usual, _waited = await _answered(found, mother, within)
                await found.until_quiet()
                await mother.end(found.owner(), number)
                took, starved = await _answered(found, mother, within)
                tries.append((took, usual, starved))
                await found.until_quiet()
    said = ", ".join(
        f"{took:.2f} s (usual {usual:.2f} s, {starved:.2f} s not let run)" for took, usual, starved in tries
    )
    _say(told, f"taken over after {number.name}, lease of {hold:g} s", said)
    assert any(_counted(*one) < within for one in tries), said


async def _answered(storm: Storm, mother: Zygote, within: float) -> tuple[float, float]:
    """Seconds from a message to its answer, and for how many of them services or platform were not let run."""
    processes = (os.getpid(), *mother.children)
    began, starved = storm.awake(), sum(map(_starved, processes))
    storm.write(1)
    await until(storm.all_sent, within + 20)
    return storm.awake() - began, sum(map(_starved, processes)) - starved


def _starved(process: int) -> float:
    """Seconds for which its threads have waited for a processor; none where the system does not say."""
    told = (thread / "schedstat" for thread in Path(f"/proc/{process}/task").iterdir())
    return sum(int(one.read_text().split()[1]) for one in told if one.exists()) / 1e9


def _counted(took: float, usual: float, starved: float) -> float:
    """On a quiet machine nothing is taken off."""
    return took - max(0.0, usual - QUIET) - starved


def _gap(storm: Storm) -> float:
    """The longest time between two messages."""
    times = [one.at for one in storm.sent()]
    return max((b - a for a, b in itertools.pairwise(times)), default=0.0)
