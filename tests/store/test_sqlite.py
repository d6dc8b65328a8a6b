"""What only the one file can meet: a full disk, somebody else's lock, a commit that fails for all."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.engine import SQLite
from store.models import Tag
from store.trouble import is_passing
from store.work import Work
from tests.engines import Hands, fresh


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    with fresh("sqlite", tmp_path) as url:
        yield Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def database(path: Path, clock: Hands) -> Iterator[SQLite]:
    opened = SQLite(path, clock)
    yield opened
    opened.close()


def _tag(name: str) -> Any:
    def act(work: Work) -> None:
        work.workspace = 1
        work.add(Tag(customer=1, name=name))

    return act


def _count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as other:
        return int(other.execute("SELECT count(*) FROM tag").fetchone()[0])


def _together(database: SQLite, acts: list[Any]) -> list[Future[Any]]:
    """Lets the functions wait behind one that is running, so that they are committed as one group."""
    release = threading.Event()
    database.write(lambda _: release.wait(10))
    futures = [database.write(act) for act in acts]
    release.set()
    wait(futures, 30)
    return futures


def _pages(work: Work, limit: int) -> int:
    work.cursor.execute("PRAGMA page_count")
    used = int(work.cursor.fetchone()[0])
    work.cursor.execute(f"PRAGMA max_page_count={used + limit}")
    work.cursor.fetchone()
    return used


def test_a_full_disk_fails_the_group_with_passing_trouble_and_space_mends_it(database: SQLite, path: Path) -> None:
    database.write(lambda work: _pages(work, 5)).result(10)
    kept = 0
    futures: list[Future[Any]] = []
    for round in range(20):
        futures += _together(database, [_tag(f"{round}-{number}-" + "x" * 500) for number in range(10)])
    errors = [error for future in futures if (error := future.exception())]
    kept = len(futures) - len(errors)
    assert errors
    assert {is_passing(error) for error in errors} == {True}
    assert _count(path) == kept
    database.write(lambda work: _pages(work, 1_000_000)).result(10)
    database.write(_tag("after")).result(10)
    assert _count(path) == kept + 1
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_lock_from_outside_is_waited_for(database: SQLite, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        future = database.write(_tag("hot"))
        time.sleep(0.3)
        assert not future.done()
        other.execute("COMMIT")
    future.result(10)
    assert _count(path) == 1


def test_a_lock_that_lasts_is_passing_trouble_and_keeps_nothing(
    path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.engine.PATIENCE", 0.2)
    database = SQLite(path, clock)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        error = database.write(_tag("hot")).exception(10)
        other.execute("COMMIT")
    assert error is not None
    assert is_passing(error)
    assert _count(path) == 0
    database.write(_tag("cold")).result(10)
    database.close()
    assert _count(path) == 1


def test_when_the_commit_fails_all_of_the_group_hear_it_and_nothing_is_kept(database: SQLite, path: Path) -> None:
    def breaks(work: Work) -> None:
        _tag("deferred")(work)
        work.cursor.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        work.cursor.execute("CREATE TABLE child (p INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
        work.cursor.execute("INSERT INTO child VALUES (7)")

    def own(work: Work) -> None:
        raise ValueError("failed on rows that were never kept")

    futures = _together(database, [_tag("one"), own, breaks, _tag("two")])
    assert {type(future.exception()) for future in futures} == {sqlite3.IntegrityError}
    assert _count(path) == 0


def test_the_file_is_durable_and_guarded(database: SQLite) -> None:
    def settings(work: Work) -> list[Any]:
        found = []
        for name in ("synchronous", "journal_mode", "foreign_keys", "secure_delete", "mmap_size"):
            work.cursor.execute(f"PRAGMA {name}")
            found.append(work.cursor.fetchone()[0])
        return found

    assert database.write(settings).result(10) == [2, "wal", 1, 1, 0]
