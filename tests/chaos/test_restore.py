"""A backup taken while people write, and what comes back from it: the counts are equal and nothing came twice."""

from __future__ import annotations

import asyncio
import json
import stat
import tarfile
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import open_store
from bot.backup import back_up, restore
from bot.files import Shelf
from bot.local import Refused, held
from bot.serving import serving
from bot.settings import Settings
from flows.demo import found_demo
from store.engine import Database
from store.models import Activity, Customer, Outbox
from store.statements import Statement
from store.work import Work
from tests.engines import fresh
from tests.figures import Told
from tests.web.conftest import settings_of

_COUNT = Statement(lambda: select(func.count()).select_from(Activity.table()), wide=True)


def _settings(url: str, folder: Path) -> Settings:
    return settings_of(folder, database_url=url)


def _wrote(number: int, work: Work) -> None:
    work.workspace = 1
    customer = work.first(Customer)
    assert customer is not None
    work.add(Activity(customer=customer.id, kind="note", text=f"note {number}", at=work.now, logged=work.now))


def _rows(database: Database) -> int:
    with database.read() as work:
        return int(work.value(_COUNT))


async def test_a_backup_under_load_comes_back_whole(url: str, engine: str, tmp_path: Path, told: Told) -> None:
    """What was committed before it began is in it; all its tables are of one moment."""
    settings = _settings(url, tmp_path / "data")
    _founded(settings)
    with held(settings):
        async with serving(settings, lambda line: None) as running:
            database = running.application.database
            hash = running.application.service.jobs._files.keep(b"an offer")  # type: ignore[union-attr]
            writing = asyncio.create_task(_writing(database))
            await asyncio.sleep(0.3)
            before, began = _rows(database), time.monotonic()
            assert before
            path, made = await asyncio.to_thread(back_up, settings, tmp_path)
            took = time.monotonic() - began
            assert writing.cancel()
            after = _rows(database)
    assert before <= made.counts["activity"] <= after
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list((tmp_path / "data").glob("copy-*")) == []
    with fresh(engine, tmp_path, migrated=False) as other:
        fresh_start, began = _settings(other, tmp_path / "other"), time.monotonic()
        done = restore(fresh_start, path)
        back = time.monotonic() - began
        assert done.manifest.counts == made.counts
        database = open_store(other)
        try:
            assert _rows(database) == made.counts["activity"]
        finally:
            database.close()
    assert (tmp_path / "other" / "files" / hash[:2] / hash).read_bytes() == b"an offer"
    assert (tmp_path / "other" / "seal.key").read_bytes() == (tmp_path / "data" / "seal.key").read_bytes()
    told(f"restore [{engine}]: {made.rows} rows, backup {took:.2f} s under load, back in {back:.2f} s")


async def _writing(database: Database) -> None:
    number = 0
    while True:
        number += 1
        await asyncio.wrap_future(database.write(lambda work, number=number: _wrote(number, work)))


def _founded(settings: Settings) -> None:
    database = open_store(settings.database_url)
    database.write(found_demo).result()
    database.close()


def test_over_data_it_is_refused_unless_forced(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "data")
    _founded(settings)
    path, _made = back_up(settings, tmp_path / "firm.tar.gz")
    with pytest.raises(Refused, match="--force"):
        restore(settings, path)
    (tmp_path / "data" / "files" / "ab").mkdir(parents=True)
    stray = tmp_path / "data" / "files" / "ab" / ("ab" * 32)
    stray.write_bytes(b"of the old data")
    assert restore(settings, path, force=True).manifest.rows > 100
    assert not stray.exists()


def test_a_file_that_is_being_erased_spoils_no_backup(tmp_path: Path) -> None:
    """Its bytes are overwritten before they go."""
    settings = settings_of(tmp_path / "data")
    _founded(settings)
    folder = settings.data_dir / "files"
    kept, erased = (Shelf(folder).keep(content) for content in (b"an offer", b"somebody's words"))
    (folder / erased[:2] / erased).write_bytes(bytes(16))
    path, _made = back_up(settings, tmp_path)
    other = settings_of(tmp_path / "other")
    restore(other, path)
    names = {file.name for file in (other.data_dir / "files").glob("??/*")}
    assert (kept in names, erased in names) == (True, False)


def test_a_running_service_is_not_restored_over(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "data")
    _founded(settings)
    path, _made = back_up(settings, tmp_path)
    with held(settings), pytest.raises(Refused, match="stop it first"):
        restore(settings, path, force=True)


@pytest.mark.parametrize("harm", ["cut", "database", "counts", "newer", "engine", "no backup"])
def test_what_is_damaged_changes_nothing(tmp_path: Path, harm: str) -> None:
    settings = settings_of(tmp_path / "data")
    _founded(settings)
    path, _made = back_up(settings, tmp_path / "firm.tar")
    _harmed(path, harm)
    other = settings_of(tmp_path / "other")
    with pytest.raises(Refused):
        restore(other, path)
    assert [file.name for file in (tmp_path / "other").iterdir()] in ([], ["rapport.db.lock"])


def _harmed(path: Path, harm: str) -> None:
    if harm in ("cut", "no backup"):
        path.write_bytes(path.read_bytes()[:20000] if harm == "cut" else b"hello")
        return
    folder = path.parent / "taken apart"
    with tarfile.open(path) as tar:
        tar.extractall(folder, filter="data")
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    if harm == "database":
        with (folder / "database").open("r+b") as file:
            file.seek(9000)
            file.write(b"\xff" * 64)
    changed = {"counts": {"counts": {**told["counts"], "customer": 0}}, "newer": {"revision": "9999"}}
    told |= changed.get(harm, {"engine": "postgresql"} if harm == "engine" else {})
    (folder / "manifest.json").write_text(json.dumps(told))
    with tarfile.open(path, "w") as tar:
        for file in sorted(folder.iterdir()):
            tar.add(file, file.name)


def test_what_must_not_come_twice_is_unknown_after_a_restore(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "data")
    _founded(settings)
    database = open_store(settings.database_url)
    database.write(_queued).result()
    database.close()
    path, _made = back_up(settings, tmp_path / "firm.tar")
    restore(settings, path, force=True)
    database = open_store(settings.database_url)
    with database.read() as work:
        work.workspace = 1
        states = {row.key: row.state for row in work.find(Outbox) if row.key.startswith("drill")}
    database.close()
    assert states == {"drill-again": "pending", "drill-once": "unknown"}


def _queued(work: Work) -> None:
    work.workspace = 1
    for again in (True, False):
        key = "drill-again" if again else "drill-once"
        times = dict.fromkeys(("queued", "after", "expires"), work.now)
        work.add(Outbox(key=key, account="web", chat="c", lane=3, payload={}, again=again, **times))
