"""Every transcript comes true, unchanged, on every wire on which its story can happen, and shows what it covers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.engines import ENGINES, fresh
from tests.transcripts.performance import perform
from tests.transcripts.play import Mismatch
from tests.transcripts.script import Script, read, scripts
from tests.transcripts.stages import WIRES, Wire
from tests.transcripts.stages.house import Impossible
from tests.transcripts.stages.needs import why_not

HERE = Path(__file__).parent
ALL = [read(path) for path in scripts(HERE)]
MAIN = HERE / "main"
"""The one story: played on every wire."""
EVERY = 4
"""Of what may wait, every fourth is played at once; `-m slow` has the others."""


def _performances() -> Iterator[Any]:
    for place, wire in enumerate(WIRES):
        for script in ALL:
            for engine in ENGINES if not why_not(script, wire) else ():
                marks = [pytest.mark.slow] if _can_wait(script, engine, place) else []
                if owed := wire.owes.get(script.path.stem):
                    marks.append(pytest.mark.xfail(reason=owed, strict=True, raises=Mismatch))
                yield pytest.param(script, wire, engine, id=f"{script.path.stem}-{wire.name}-{engine}", marks=marks)


def _can_wait(script: Script, engine: str, place: int) -> bool:
    """Main: all on SQLite, memory on both. Others: memory on SQLite; of each of the two engines elsewhere, a share.

    Which of them follows from the story's name: a new story leaves the others where they are played.
    """
    number = crc32(script.path.stem.encode())
    if MAIN in script.path.parents:
        return engine != "sqlite" and place > 0 and (place + number) % EVERY > 0
    if engine == "sqlite":
        return place > 0 and (place + number) % len(WIRES) > 0
    return place > 0 or number % EVERY > 0


def _impossible() -> Iterator[Any]:
    for wire in WIRES:
        for script in ALL:
            if MAIN in script.path.parents and "platforms" not in why_not(script, wire) and why_not(script, wire):
                yield pytest.param(script, wire, id=f"{script.path.stem}-{wire.name}")


@pytest.mark.parametrize(("script", "wire", "engine"), list(_performances()))
async def test_transcript(script: Script, wire: Wire, engine: str, tmp_path: Path) -> None:
    with fresh(engine, tmp_path) as url:
        await perform(script, wire, url, tmp_path / "files")


@pytest.mark.parametrize(("script", "wire"), list(_impossible()))
async def test_a_story_that_does_not_apply_can_not_be_played(script: Script, wire: Wire, tmp_path: Path) -> None:
    with fresh("sqlite", tmp_path) as url, pytest.raises((Mismatch, Impossible)):
        await perform(script, wire, url, tmp_path / "files")


@pytest.mark.parametrize("script", ALL, ids=[script.path.stem for script in ALL])
def test_what_a_transcript_covers_stands_on_its_lines(script: Script) -> None:
    assert set(script.covers) == set(script.shown())
    assert len(set(script.covers)) <= 6


def test_exceptions_name_transcripts_that_are_there() -> None:
    there = {script.path.stem for script in ALL}
    assert {name for wire in WIRES for name in (*wire.not_there, *wire.owes)} <= there
