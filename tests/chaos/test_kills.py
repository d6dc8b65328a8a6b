"""Services are killed again and again while people write: nothing is lost, nothing done twice, one at a time sends."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.chaos.history import History, Promised, breaches
from tests.chaos.storm import Figures, Storm, figures, storm, until, zygote
from tests.figures import Told

LIFE, LONGEST = 0.3, 3.0
"""Seconds of work until a service is killed, on average, from none to twice as many: in the middle of its start, of an
update, of a message. A busy machine lets it wait, which is no life; and seconds altogether.
"""
KILLS = 5
"""At least, of services that had something to do."""
WIRES = ("polling", "webhook", "slack", "socket")


async def kill_until_done(
    storm: Storm, folder: Path, *, services: int = 1, patience: float = 120.0, life: float = LIFE, fault: str = ""
) -> Figures:
    """One of the services dies after tenths of a second of work until every update has its reply; then one lives on.

    On a fast machine people write more, until so many have died. A broken house never finds that peace: there they go
    on writing until the fault that is looked for shows.
    """
    began = time.monotonic()
    storm.history = History(folder / "history.jsonl")
    async with zygote(folder) as mother:
        alive = [await storm.start(mother) for _ in range(services)]
        while (fault or len(storm.kills) < KILLS or not storm.all_sent()) and time.monotonic() - began < patience:
            if fault and fault in figures(storm, 0).problems():
                break
            if storm.all_sent():
                storm.write(len(storm.said), share=0.5)
            await _worked(alive[0], storm.chance.uniform(0, 2 * life))
            await mother.end(oldest := alive.pop(0))
            storm.kills.append(storm.line.now())
            storm.looks(killed=oldest)
            alive.append(await storm.start(mother))
        seconds = time.monotonic() - began
        if not storm.broken:
            await storm.until_quiet()
        for child in alive:
            await mother.end(child)
    storm.ends()
    return figures(storm, seconds)


async def _worked(child: int, seconds: float) -> None:
    """Until it has had so much of the processor."""
    with suppress(AssertionError):
        await until(lambda: _processor_time(child) >= seconds, LONGEST, 0.005)


def _processor_time(child: int) -> float:
    user, system = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def kept(storm: Storm) -> list[str]:
    """What the history of it, read from its file, shows broken."""
    assert storm.history is not None
    return breaches(storm.history.read(), Promised())


async def test_hundreds_of_updates_survive_kills(tmp_path: Path, told: Told) -> None:
    async with storm("sqlite", "polling", tmp_path) as found:
        found.write(200)
        ended = await kill_until_done(found, tmp_path)
    told(f"kill test: {ended}")
    assert ended.problems() == [], ended
    assert kept(found) == []
    assert ended.kills >= KILLS


@pytest.mark.parametrize(("wire", "count"), [("polling", 200), ("slack", 100)])
async def test_two_services_on_postgresql_survive_too(wire: str, count: int, tmp_path: Path, told: Told) -> None:
    await _two_services(wire, count, tmp_path, told)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_ten_thousand_updates_survive(engine: str, tmp_path: Path, told: Told) -> None:
    async with storm(engine, "polling", tmp_path) as found:
        found.write(10_000)
        ended = await kill_until_done(found, tmp_path, services=1 + (engine == "postgresql"), patience=1500)
    told(f"kill test, {engine}: {ended}")
    assert ended.problems() == [], ended
    assert kept(found) == []


@pytest.mark.slow
@pytest.mark.parametrize("wire", WIRES)
async def test_a_thousand_updates_on_every_wire(wire: str, tmp_path: Path, told: Told) -> None:
    await _two_services(wire, 1000, tmp_path, told)


async def _two_services(wire: str, count: int, folder: Path, told: Told) -> None:
    async with storm("postgresql", wire, folder) as found:
        found.write(count)
        ended = await kill_until_done(found, folder, services=2, patience=900)
    told(f"kill test, {wire}, two services on PostgreSQL: {ended}")
    assert ended.problems() == [], ended
    assert kept(found) == []
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
    assert any(breach.startswith("doubled") for breach in kept(found))


async def test_the_storm_sees_a_message_that_is_sent_without_being_claimed(tmp_path: Path) -> None:
    async with storm("sqlite", "polling", tmp_path) as found:
        found.broken = "claim"
        found.write(60)
        ended = await kill_until_done(found, tmp_path, patience=60, fault="repeats")
    assert "repeats" in ended.problems(), ended
    assert any(breach.startswith("repeats") for breach in kept(found))


async def test_the_storm_sees_two_owners(tmp_path: Path) -> None:
    async with storm("postgresql", "polling", tmp_path) as found:
        found.write(60)
        async with zygote(tmp_path) as mother:
            await found.start(mother)
            found.broken = "lease"
            await found.start(mother)
            with suppress(AssertionError):
                await until(lambda: "rivals" in figures(found, 0).problems(), 20, 0.2)
        ended = figures(found, 0)
    assert "rivals" in ended.problems(), ended
