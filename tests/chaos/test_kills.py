"""Services are killed again and again while people write: nothing is lost, nothing done twice, one at a time sends."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.chaos.storm import Figures, Storm, figures, storm, zygote

LIFE = 0.5
WIRES = ("polling", "webhook", "slack", "socket")


async def kill_until_done(
    storm: Storm, folder: Path, *, services: int = 1, patience: float = 120.0, fault: str = ""
) -> Figures:
    """One of the services dies every half second until every update has its reply; then a last life in peace.

    A broken house never finds that peace: there it goes on until the fault that is looked for shows.
    """
    began = time.monotonic()
    async with zygote(folder) as mother:
        alive = [await storm.start(mother) for _ in range(services)]
        while not storm.all_sent() and time.monotonic() - began < patience:
            if fault and fault in figures(storm, 0).problems():
                break
            await asyncio.sleep(LIFE)
            await mother.end(alive.pop(0))
            storm.kills.append(storm.line.now())
            alive.append(await storm.start(mother))
        seconds = time.monotonic() - began
        if not storm.broken:
            await storm.until_quiet()
        for child in alive:
            await mother.end(child)
    return figures(storm, seconds)


def _say(capsys: pytest.CaptureFixture[str], what: str, found: Figures) -> None:
    with capsys.disabled():
        print(f"\n{what}: {found}")  # noqa: T201


async def test_a_thousand_updates_survive_a_kill_every_half_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with storm("sqlite", "polling", tmp_path) as found:
        found.write(1000)
        ended = await kill_until_done(found, tmp_path)
    _say(capsys, "kill test", ended)
    assert ended.problems() == [], ended
    assert ended.kills >= 5


@pytest.mark.parametrize(("wire", "count"), [("polling", 300), ("slack", 100)])
async def test_two_services_on_postgresql_survive_too(
    wire: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await _two_services(wire, count, tmp_path, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("wire", WIRES)
async def test_two_thousand_updates_on_every_wire(
    wire: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await _two_services(wire, 2000, tmp_path, capsys)


async def _two_services(wire: str, count: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with storm("postgresql", wire, folder) as found:
        found.write(count)
        ended = await kill_until_done(found, folder, services=2, patience=900)
    _say(capsys, f"kill test, {wire}, two services on PostgreSQL", ended)
    assert ended.problems() == [], ended
    assert ended.owners > 1


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_the_storm_sees_a_missing_dedupe(engine: str, tmp_path: Path) -> None:
    async with storm(engine, "polling", tmp_path) as found:
        found.broken = "dedupe"
        found.write(30, share=0.5)
        ended = await kill_until_done(
            found, tmp_path, services=1 + (engine == "postgresql"), patience=60, fault="doubled"
        )
    assert "doubled" in ended.problems(), ended


async def test_the_storm_sees_a_message_that_is_sent_without_being_claimed(tmp_path: Path) -> None:
    async with storm("sqlite", "polling", tmp_path) as found:
        found.broken = "claim"
        found.write(60)
        ended = await kill_until_done(found, tmp_path, patience=60, fault="repeats")
    assert "repeats" in ended.problems(), ended


async def test_the_storm_sees_two_owners(tmp_path: Path) -> None:
    async with storm("postgresql", "polling", tmp_path) as found:
        found.write(60)
        async with zygote(tmp_path) as mother:
            await found.start(mother)
            found.broken = "lease"
            await found.start(mother)
            await asyncio.sleep(2)
        ended = figures(found, 2)
    assert "rivals" in ended.problems(), ended
