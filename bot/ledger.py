"""Who was erased, kept outside the database: a backup from before is put back, and they are erased again.

It says no more than the tables do: which firm, which number, born when.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flows.privacy.actions import Erased, known
from store.engine import Database

NAME = "erased.jsonl"


def note(database: Database, folder: Path) -> None:
    """Brings the ledger up to what the tables say; what only the ledger says stays."""
    with database.read() as work:
        add(folder, known(work))


def add(folder: Path, erased: Iterable[Erased]) -> None:
    """Written beside its place and moved there: a crash leaves the old one or the new one."""
    there = read(folder)
    new = sorted({*there, *erased}, key=lambda one: one.at)
    if len(new) == len(there):
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{NAME}"
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        for one in new:
            told = {"firm": one.firm, "customer": one.customer, "born": one.born.isoformat(), "at": one.at.isoformat()}
            file.write(json.dumps(told) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NAME)


def read(folder: Path) -> list[Erased]:
    """Everybody in the ledger; empty where there is none."""
    try:
        lines = (folder / NAME).read_text().splitlines()
    except FileNotFoundError:
        return []
    rows = (json.loads(line) for line in lines if line.strip())
    return [
        Erased(r["firm"], r["customer"], datetime.fromisoformat(r["born"]), datetime.fromisoformat(r["at"]))
        for r in rows
    ]
