"""`bot import FILE`: the file goes on the shelf, the job is done here or by the running service, and is watched."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.files import Shelf
from bot.local import Held, Refused, ask, held
from bot.settings import Settings

WATCH = 0.5
COUNTS = ("created", "updated", "same", "skipped", "failed")

Say = Callable[[str], None]


class Unread(Exception):
    """The sheet was not taken in; the text says why."""


def import_file(settings: Settings, file: Path, *, dry: bool, also: Sequence[str], say: Say) -> None:
    """Raises Unread with a sentence."""
    shelf = Shelf(settings.data_dir / "files")
    hash = shelf.keep(file.read_bytes())
    try:
        job = ask(settings, "import", hash=hash, name=file.name, also=list(also), dry=dry)["job"]
        told = _watched(settings, job, say)
    except Refused as problem:
        raise Unread(str(problem)) from problem
    if told["state"] == "failed":
        raise Unread(told["why"] or "The sheet has no rows, or something went wrong: see the log.")
    say(f"Read as {told['read']}")
    for label, field in told["columns"]:
        say(f"  {label} -> {field or '(left out)'}")
    head = "Tried, nothing was changed" if dry else "Imported"
    say(f"{head}: " + ", ".join(f"{told['tally'].get(name, 0)} {name}" for name in COUNTS))
    if told["errors"]:
        beside = file.with_name(f"{file.stem}-errors.csv")
        beside.write_bytes(shelf.read(told["errors"]))
        say(f"Rows to look at: {beside}")


def _watched(settings: Settings, job: int, say: Say) -> Any:
    shown = 0
    while True:
        try:
            with held(settings):
                _do(settings)
        except Held:
            time.sleep(WATCH)
        told = ask(settings, "import-state", job=job)
        if told["state"] not in ("open", "fetching"):
            return told
        if told["rows"] and told["done"] * 10 // told["rows"] > shown:
            shown = told["done"] * 10 // told["rows"]
            say(f"  {shown * 10} % of {told['rows']} rows")


def _do(settings: Settings) -> None:
    """Nobody else is there, so the work is done here."""
    from bot.app import LABOUR, open_store
    from bot.runtime.jobs import Jobs
    from flows import load

    load()
    database = open_store(settings.database_url)
    try:
        asyncio.run(_all(Jobs(database, LABOUR, Shelf(settings.data_dir / "files"))))
    finally:
        database.close()


async def _all(jobs: Any) -> None:
    while await jobs.tick():
        pass
