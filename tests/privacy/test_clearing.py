"""Contents that nobody names go in the night; what any firm names, or has just come, stays, whoever dies."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clearing import clear, clear_nightly
from bot.files import Shelf
from flows.setup.actions import found_firm
from store import naming, traces
from store.engine import Database
from store.models import Account, Conversation, Inbound, Job, Outbox, Push, Quote, Row, Shown, StoredFile
from store.types import Json
from store.work import Work

DAY = 86400.0


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "files")


def _brought(shelf: Shelf, words: str, days: float = 2) -> str:
    hash = shelf.keep(words.encode())
    past = time.time() - days * DAY
    os.utime(shelf.path(hash), (past, past))
    return hash


def _firm(work: Work, name: str) -> int:
    return found_firm(work, name=name, country="DE", language="en", zone="UTC").id


def _names(work: Work, shelf: Shelf, name: str) -> list[str]:
    """One content for each kind of row that can name one."""
    _firm(work, name)
    work.add(Account(platform="browser", name=name, side="both"))
    chat = f"browser:{name}:1"
    times = {"queued": work.now, "after": work.now, "expires": work.now + timedelta(days=1)}
    room = {"platform": "browser", "account": name, "side": "member", "seen": work.now}
    kinds = ("file", "quote", "outbox", "shown", "push", "job", "dialog", "inbound")
    hashes = {kind: _brought(shelf, f"{kind} of {name}") for kind in kinds}
    told = {"text": [], "file": {"name": "a.pdf", "hash": hashes["outbox"]}}
    work.add(StoredFile(name="a", hash=hashes["file"], at=work.now))
    work.add(Quote(customer=1, member=1, lines=[], currency="EUR", made=work.now, file=hashes["quote"]))
    work.add(Outbox(key=name, account=name, chat=chat, lane=0, state="sent", payload=told, done=work.now, **times))
    work.add(Conversation(address=chat, dialog={"kind": "sheet", "hash": hashes["dialog"]}, **room))
    work.insert(Shown(chat=chat, key="k", version=1, entry={"file": {"hash": hashes["shown"]}}, at=work.now))
    work.add(Push(member=1, kind="news", at=work.now, body={"file": {"hash": hashes["push"]}}))
    work.add(Job(kind="import", arguments={"hash": hashes["job"]}, created=work.now, state="done"))
    raw = f'{{"files":["{hashes["inbound"]}"]}}'
    work.insert(Inbound(account=name, key="1", received=work.now, state="parked", raw=raw))
    return list(hashes.values())


def test_what_any_row_of_any_firm_names_stays_and_the_rest_goes(database: Database, shelf: Shelf) -> None:
    kept = [hash for name in "AB" for hash in database.write(lambda work, n=name: _names(work, shelf, n)).result()]
    nobody, young = _brought(shelf, "nobody's"), _brought(shelf, "just came", days=0.5)
    erased = _brought(shelf, "of somebody who is being erased")

    def erasing(work: Work) -> None:
        work.workspace = 1
        work.add(Job(kind="erase", arguments={"traces": [erased]}, created=work.now))

    database.write(erasing).result()
    assert {nobody, erased} < set(shelf.hashes())
    assert clear(database, shelf) == 2
    assert set(shelf.hashes()) == {*kept, young}


def test_whoever_is_erased_takes_no_other_firms_files_along(database: Database, shelf: Shelf) -> None:
    mine, theirs = (database.write(lambda work, n=name: _names(work, shelf, n)).result() for name in "AB")

    def free(work: Work) -> list[str]:
        work.workspace = 1
        return traces.orphans(work, [*mine, *theirs])

    with database.read() as work:
        found = free(work)
    assert not set(theirs) & set(found)
    assert mine[3] in found  # of the firm itself, what a screen has shown once


def test_a_content_that_comes_again_while_it_is_removed_is_there(shelf: Shelf) -> None:
    hash = _brought(shelf, "twice")
    shelf.keep(b"twice")
    assert not shelf.clear(hash, DAY)
    assert shelf.read(hash) == b"twice"
    assert shelf.clear(hash, -1)
    assert shelf.keep(b"twice") == hash
    assert shelf.read(hash) == b"twice"


def test_one_process_clears_a_night(database: Database, shelf: Shelf) -> None:
    _brought(shelf, "nobody's")
    assert [clear_nightly(database, shelf), clear_nightly(database, shelf)] == [1, None]


KILLED = """
import os, signal, sys
from pathlib import Path
from bot import files
from bot.clearing import clear
from bot.files import Shelf
from store.engine import open_database
from datetime import datetime, UTC
wipe, count = files._wipe, 0
def dying(place):
    global count
    count += 1
    if count == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    wipe(place)
files._wipe = dying
clear(open_database(sys.argv[1], lambda: datetime.now(UTC)), Shelf(Path(sys.argv[2])))
"""


@pytest.fixture
def killed(database: Database, url: str, shelf: Shelf, tmp_path: Path) -> list[str]:
    kept = database.write(lambda work: _names(work, shelf, "A")).result()
    for number in range(6):
        _brought(shelf, f"nobody's {number}")
    program = [sys.executable, "-c", KILLED, url, str(tmp_path / "files")]
    done = subprocess.run(program, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == -signal.SIGKILL
    return kept


def test_a_clearing_that_was_killed_goes_on_the_next_time(
    killed: list[str], database: Database, shelf: Shelf, tmp_path: Path
) -> None:
    half = next((tmp_path / "files").glob("??/*.gone"))
    assert clear(database, shelf) == 3
    assert set(shelf.hashes()) == set(killed)
    assert not half.exists()


def test_what_is_named_again_comes_back_if_it_is_whole(database: Database, shelf: Shelf, tmp_path: Path) -> None:
    whole, broken = _brought(shelf, "whole"), _brought(shelf, "broken")
    for hash in (whole, broken):
        shelf.path(hash).rename(shelf.path(hash).with_suffix(".gone"))
    (shelf.path(broken).with_suffix(".gone")).write_bytes(bytes(6))
    (shelf.path(whole).parent / "tmphalf").write_bytes(b"half of something")

    def name(work: Work) -> None:
        _firm(work, "A")
        for hash in (whole, broken):
            work.add(StoredFile(name="a", hash=hash, at=work.now))

    database.write(name).result()
    clear(database, shelf, grace=-1)
    assert hashlib.sha256(shelf.read(whole)).hexdigest() == whole
    assert [path.name for path in (tmp_path / "files").glob("??/*")] == [whole]


def _gaps() -> list[str]:
    """JSON columns of which nobody has said whether they name files, and what is said of none or twice."""
    lists = (naming.TOLD, naming.SILENT)
    said = [f"{name}.{column}" for each in lists for name, columns in each.items() for column in columns]
    there = {f"{name}.{c.name}" for name, table in Row.metadata.tables.items() for c in table.c if type(c.type) is Json}
    gone = {one for one in said if said.count(one) > 1 or (one not in there and one != "inbound.raw")}
    return sorted((there - set(said)) | gone)


def test_every_json_column_says_whether_it_names_files() -> None:
    assert _gaps() == []
