"""P8: customers from a sheet, validated, deduplicated and searchable, beside the engine's loader in the same run."""

from __future__ import annotations

import asyncio
import csv
import io
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from benchmarks import Target
from benchmarks.p3_turns import now
from benchmarks.p6_search import names
from bot.app import LABOUR
from bot.runtime.jobs import Jobs
from flows import load
from flows.imports.sheets import read
from flows.jobs import begin
from flows.setup.actions import found_firm
from flows.turn import Turn
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Job
from store.work import Work


class _Files(dict[str, bytes]):
    def read(self, hash: str) -> bytes:
        return self[hash]

    def keep(self, content: bytes) -> str:
        hash = sha256(content).hexdigest()
        self[hash] = content
        return hash


def _csv(count: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["客户名称", "手机"])
    writer.writerows((f"{name} {number}", phone) for number, (name, phone) in enumerate(names(count)))
    return out.getvalue().encode()


def _xlsx(count: int) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("customers")
    sheet.append(["客户名称", "手机"])
    for name, phone in names(count):
        sheet.append([name, phone])
    book.save(out)
    return out.getvalue()


def _imported(folder: Path, content: bytes, count: int) -> tuple[float, float]:
    """(rows a second, growth of this process in MB)."""
    url = f"sqlite:///{folder}/import.db"
    migrate(url)
    database, files = open_database(url, now), _Files()
    hash = files.keep(content)
    job = database.write(lambda work: _begun(work, hash)).result()
    before, started = _memory(), time.perf_counter()
    asyncio.run(_all(database, files))
    took = time.perf_counter() - started
    with database.read() as work:
        work.workspace = 1
        found = work.get(Job, job)
        assert found is not None
        assert found.cursor["tally"]["created"] == count, found.cursor
    database.close()
    return count / took, _memory() - before


def _begun(work: Work, hash: str) -> int:
    firm = found_firm(work, name="Acme", country="CN", language="en", zone="Asia/Shanghai")
    return begin(Turn(work=work, workspace=firm, key="bench"), "import", hash=hash, name="x.csv", straight=[""]).id


async def _all(database: Database, files: _Files) -> None:
    while await Jobs(database, LABOUR, files).tick():
        pass


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _loaded(folder: Path, content: bytes) -> float:
    """The engine's own loader: the same columns into a table, nothing checked; rows a second."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, name TEXT, phone TEXT)")
    rows = list(csv.reader(io.StringIO(content.decode())))[1:]
    started = time.perf_counter()
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO raw (name, phone) VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    took = time.perf_counter() - started
    connection.close()
    return len(rows) / took


def _read(content: bytes) -> float:
    started = time.perf_counter()
    count = sum(1 for _row in read(content, "x.xlsx").rows())
    return count / (time.perf_counter() - started)


def _calamine(content: bytes) -> float:
    from python_calamine import CalamineWorkbook

    started = time.perf_counter()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    count = sum(1 for _row in book.get_sheet_by_name(book.sheet_names[0]).iter_rows())
    return count / (time.perf_counter() - started)


def measure(quick: bool) -> Sequence[Target]:
    load()
    count, sheet = (4_000, _xlsx(5_000)) if quick else (1_000_000, _xlsx(100_000))
    content = _csv(count)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        ours, grown = _imported(Path(folder), content, count)
        peer = _loaded(Path(folder), content)
    sys.stderr.write(f"  {count:,} rows at {ours:,.0f} a second, {1e6 / ours:.0f} µs each, {grown:.0f} MB more\n")
    reading, theirs = _read(sheet), _calamine(sheet)
    return (
        Target("P8", f"import {count:,} customers", ours, peer, ours / peer, 0.08, "rows/s", "more", 1, "executemany"),
        Target("P8 XLSX", "read a workbook", reading, theirs, reading / theirs, 0.7, "rows/s", "more", 1, "calamine"),
    )
