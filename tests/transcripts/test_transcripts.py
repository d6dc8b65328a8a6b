"""Every transcript comes true, and shows what it says it covers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.engine import Database, open_database
from tests.transcripts.play import Play
from tests.transcripts.script import read, scripts
from tests.transcripts.stage import Clock, Stage

HERE = Path(__file__).parent
ALL = list(scripts(HERE))


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
async def test_transcript(path: Path, url: str) -> None:
    clock = Clock(datetime(2026, 3, 2, 2, tzinfo=UTC))
    database: Database = open_database(url, clock)
    try:
        await Play(read(path), Stage(database, clock)).run()
    finally:
        database.close()


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_what_a_transcript_covers_stands_on_its_lines(path: Path) -> None:
    script = read(path)
    assert set(script.covers) == set(script.shown())
    assert len(set(script.covers)) <= 6
