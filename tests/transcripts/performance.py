"""One performance of a transcript: a fresh stage on a wire and an engine, and the process at the time of the story."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import time_machine

from bot.files import Shelf
from store.engine import open_database
from tests.transcripts.moving import Moving
from tests.transcripts.play import Play
from tests.transcripts.script import Script
from tests.transcripts.stage import Clock, Stage
from tests.transcripts.stages import Wire

MORNING = datetime(2026, 3, 2, 2, tzinfo=UTC)


async def perform(script: Script, wire: Wire, url: str, folder: Path) -> None:
    """Raises Mismatch where a line does not come true; adapters read the time themselves, so it is moved for all."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        clock = Clock(MORNING, traveller)
        database = open_database(url, clock)
        try:
            async with wire.houses(database, clock, folder) as houses:
                with Moving(url, folder) as moving:
                    stage = Stage(database, clock, houses, files=Shelf(folder), moving=moving)
                    await Play(script, stage).run()
                    database = stage.database
        finally:
            database.close()
