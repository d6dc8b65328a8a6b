"""A process that does jobs and nothing else, slowly enough to be killed in the middle; it prints each step it took."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import LABOUR, utc_now
from bot.files import Shelf
from bot.runtime import jobs
from flows import load
from store.engine import open_database

HOLD, STEP = 1.0, 0.03


async def work(url: str, folder: Path) -> None:
    """Until killed."""
    database = open_database(url, utc_now)

    def slowly(work: Any, job: Any, act: Any) -> None:
        LABOUR.do(work, job, act)
        time.sleep(STEP)
        print(f"step {os.getpid()} {job.kind}", flush=True)  # noqa: T201

    def aloud(job: Any, files: Any, read: Any) -> Any:
        print(f"begin {os.getpid()} {job.kind}", flush=True)  # noqa: T201
        return LABOUR.steps(job, files, read)

    mine = jobs.Jobs(database, replace(LABOUR, do=slowly, steps=aloud), Shelf(folder))
    print("ready", flush=True)  # noqa: T201
    while True:
        await mine.start()
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    load()
    jobs.HOLD = timedelta(seconds=HOLD)
    asyncio.run(work(sys.argv[1], Path(sys.argv[2])))
