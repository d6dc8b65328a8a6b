"""The service is killed again and again while people write: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.storm import Figures, Storm, figures, prepare, zygote
from tests.engines import fresh
from tests.wires.telegram import TelegramWire

LIFE = 0.5


@pytest.fixture
async def storm(tmp_path: Path) -> AsyncIterator[Storm]:
    with fresh("sqlite", tmp_path) as url:
        async with TelegramWire() as wire:
            yield prepare(url, wire, people=20)


async def kill_until_done(storm: Storm, folder: Path, *, patience: float = 120.0) -> Figures:
    """Lives of half a second until every update has its reply, then one in peace, which a broken house never finds."""
    began = time.monotonic()
    async with zygote(folder) as mother:
        while not storm.all_sent() and time.monotonic() - began < patience:
            child = await storm.start(mother)
            await asyncio.sleep(LIFE)
            await mother.end(child)
            storm.kills.append(storm.wire.world.now())
        seconds = time.monotonic() - began
        child = await storm.start(mother)
        if not storm.broken:
            await storm.until_quiet()
        await mother.end(child)
    return figures(storm, seconds)


async def test_a_thousand_updates_survive_a_kill_every_half_second(
    storm: Storm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storm.write(1000)
    found = await kill_until_done(storm, tmp_path)
    with capsys.disabled():
        print(f"\nkill test: {found}")  # noqa: T201
    assert found.problems() == [], found
    assert found.kills >= 5


async def test_the_storm_sees_a_missing_dedupe(storm: Storm, tmp_path: Path) -> None:
    storm.broken = "dedupe"
    storm.write(60, share=0.5)
    found = await kill_until_done(storm, tmp_path, patience=20)
    assert "doubled" in found.problems(), found


async def test_the_storm_sees_a_message_that_is_sent_without_being_claimed(storm: Storm, tmp_path: Path) -> None:
    storm.broken = "claim"
    storm.write(60)
    found = await kill_until_done(storm, tmp_path, patience=20)
    assert "repeats" in found.problems(), found
