"""What an owner relies on when a firm moves: nothing readable, nothing twice, nothing half, and nothing forgotten."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.auditing import look_through
from bot.carrying import Arriving, send_off, take_in
from bot.files import Shelf
from bot.local import Refused, ask
from bot.parcel import Code
from bot.settings import Settings
from flows.accounts.actions import subject
from flows.demo import found_demo
from store.engine import open_database
from store.firms import every_firm, firms
from store.models import Account, Customer, Outbox, StoredFile, Timer
from store.sealing import Key, seal
from store.tombstones import buried, bury, digest
from store.work import Work
from tests.engines import NOON
from tests.moving.test_round import place

TOKEN = "123456789:canary-of-a-token-that-nobody-may-read"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Settings]:
    """The demo firm with a bot of its own, something that waits, a file, and somebody who was forgotten."""
    with place("sqlite", tmp_path) as settings:
        key = Key.kept(settings.data_dir / "seal.key")
        offer = Shelf(settings.data_dir / "files").keep(b"an offer")
        database = open_database(settings.database_url, lambda: NOON)
        database.write(found_demo).result()
        database.write(lambda work: _furnish(work, key, offer)).result()
        database.close()
        yield settings


def _furnish(work: Work, key: Key, offer: str) -> None:
    work.workspace = 1
    token = json.dumps({"bot": seal(key.public, TOKEN, subject=subject("own", "bot"))})
    work.add(Account(platform="telegram", name="own", side="member", token=token, handle="acme_bot"))
    times = dict.fromkeys(("queued", "after", "expires"), work.now)
    work.add(Outbox(key="waits", account="own", chat="telegram:own:1", lane=0, payload={}, **times))
    work.add(StoredFile(name="offer.pdf", hash=offer, at=work.now))
    bury(work, [digest(work, "phone", "4930999")])


def _look(settings: Settings, act: Any) -> Any:
    database = open_database(settings.database_url, lambda: NOON)
    try:
        return database.write(act).result()
    finally:
        database.close()


def test_no_secret_can_be_read_in_the_file_and_each_is_good_where_it_arrives(old: Settings, tmp_path: Path) -> None:
    parcel = tmp_path / "firm.zip"
    _made, code = send_off(old, "1", parcel)
    secret = _look(old, lambda work: work.firm(1).secret)
    with zipfile.ZipFile(parcel) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert parcel.stat().st_mode & 0o077 == 0
    assert not [word for word in (TOKEN, secret, code) if word.encode() in content]
    with place("sqlite", tmp_path) as new:
        take_in(new, parcel, code)
        key = Key.kept(new.data_dir / "seal.key")
        row = _look(new, lambda work: _account(work))
        assert key.open(json.loads(row.token)["bot"], subject=subject("own", "bot")) == TOKEN
        assert _look(new, lambda work: work.firm(1).secret) == secret


def _account(work: Work, workspace: int = 1) -> Account:
    work.workspace = workspace
    found = work.first(Account, platform="telegram")
    assert found is not None
    return found


def test_it_arrives_at_rest_and_goes_on_when_somebody_says_so(old: Settings, tmp_path: Path) -> None:
    parcel = tmp_path / "firm.zip"
    _made, code = send_off(old, "1", parcel)
    with place("sqlite", tmp_path) as new:
        take_in(new, parcel, code)
        assert _states(new) == ("off", {"held"}, "unknown")
        assert (Shelf(new.data_dir / "files").path(_offer(new))).read_bytes() == b"an offer"
        assert ask(new, "workspace-resume", workspace="1")["bots"] == 1
        assert _states(new) == ("active", {"waiting"}, "unknown")
    assert _states(old) == ("active", {"waiting"}, "pending"), "the firm that it was taken of goes on"


def _offer(settings: Settings) -> str:
    def act(work: Work) -> str:
        work.workspace = 1
        return next(row.hash for row in work.find(StoredFile) if row.name == "offer.pdf")

    return str(_look(settings, act))


def _states(settings: Settings) -> tuple[str, set[str], str]:
    def act(work: Work) -> tuple[str, set[str], str]:
        work.workspace = 1
        waits = work.first(Outbox, key="waits")
        assert waits is not None
        return _account(work).state, {row.state for row in work.find(Timer)} - {"done"}, waits.state

    found: tuple[str, set[str], str] = _look(settings, act)
    return found


def test_the_record_stays_whole_and_tombstones_keep_their_word(old: Settings, tmp_path: Path) -> None:
    parcel = tmp_path / "firm.zip"
    _made, code = send_off(old, "1", parcel)
    with place("sqlite", tmp_path) as new:
        take_in(new, parcel, code)
        assert [row["broken"] for row in look_through(new)] == [0]
        assert _look(new, _buried) == {("phone", "4930999")}
        assert _look(new, lambda work: _tampered(work)) == 1
        assert [row["broken"] > 0 for row in look_through(new)] == [True], "red proof: a changed row is told"


def _buried(work: Work, workspace: int = 1) -> set[tuple[str, str]]:
    work.workspace = workspace
    return buried(work, [("phone", "4930999"), ("phone", "1")])


def _tampered(work: Work) -> int:
    work.cursor.execute("UPDATE audit SET actor = 'member:99' WHERE id = (SELECT min(id) FROM audit WHERE seal <> '')")
    return work.cursor.rowcount


@pytest.mark.parametrize("harm", ["cut", "row", "file", "manifest", "code", "other"])
def test_a_damaged_file_or_a_wrong_code_changes_nothing(old: Settings, tmp_path: Path, harm: str) -> None:
    parcel = tmp_path / "firm.zip"
    _made, code = send_off(old, "1", parcel)
    _harm(parcel, harm)
    with place("sqlite", tmp_path) as new:
        with pytest.raises(Refused):
            take_in(new, parcel, Code.new() if harm == "code" else code)
        assert _look(new, every_firm) == []
        assert not list((new.data_dir / "files").glob("??/*"))


def _harm(parcel: Path, harm: str) -> None:
    if harm in ("cut", "other"):
        parcel.write_bytes(parcel.read_bytes()[:-4000] if harm == "cut" else b"hello")
        return
    with zipfile.ZipFile(parcel) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    changes: dict[str, tuple[str, bytes, bytes]] = {
        "row": ("rows/customer.jsonl", b'"', b"'"),
        "file": (next(name for name in content if name.startswith("files/")), b"an offer", b"no offer"),
        "manifest": ("manifest.json", b'\\"broken\\": ', b'\\"broken\\": 9'),
    }
    if harm in changes:
        name, was, now = changes[harm]
        assert was in content[name]
        content[name] = content[name].replace(was, now, 1)
    with zipfile.ZipFile(parcel, "w") as archive:
        for name, each in content.items():
            archive.writestr(name, each)


def test_a_dry_run_counts_and_changes_nothing(old: Settings, tmp_path: Path) -> None:
    parcel = tmp_path / "firm.zip"
    made, code = send_off(old, "1", parcel)
    with place("sqlite", tmp_path) as new:
        done = take_in(new, parcel, code, dry=True)
        assert (done.dry, done.rows, done.number, done.renumbered) == (True, made.rows, 1, False)
        assert _look(new, every_firm) == []
    again = take_in(old, parcel, code, dry=True)
    assert (again.number, again.renumbered, again.copied, again.needs) == (2, True, True, ())


def test_beside_itself_it_is_a_copy_with_numbers_of_its_own(old: Settings, tmp_path: Path) -> None:
    """No row of the copy names one of the other firm's, and neither sees the other."""
    parcel = tmp_path / "firm.zip"
    _made, code = send_off(old, "1", parcel)
    done = take_in(old, parcel, code)
    assert (done.number, done.copied) == (2, True)
    assert _look(old, lambda work: work.firm(1).secret) != _look(old, lambda work: work.firm(2).secret)
    assert _look(old, lambda work: _buried(work, 2)) == {("phone", "4930999")}
    assert _account_state(old) == "off"
    names = {one: _look(old, lambda work, one=one: _customers(work, one)) for one in (1, 2)}
    assert [name for name, _ in names[1]] == [name for name, _ in names[2]]
    first, second = ({owner for _, owner in names[one] if owner} for one in (1, 2))
    assert second == {owner + 1_000_000 for owner in first}
    assert look_through(old)[1]["broken"] == 0


def _account_state(settings: Settings) -> str:
    return str(_look(settings, lambda work: _account(work, 2)).state)


def _customers(work: Work, workspace: int) -> list[tuple[str, int | None]]:
    work.workspace = workspace
    return [(row.name, row.owner) for row in work.find(Customer)]


def test_an_arrival_that_was_cut_off_is_nobodys_and_is_cleared_by_the_next(
    old: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel = tmp_path / "firm.zip"
    _made, code = send_off(old, "1", parcel)
    with place("sqlite", tmp_path) as new:
        with monkeypatch.context() as patched:
            patched.setattr(Arriving, "_settle", _killed)
            patched.setattr("store.carrying.remove", lambda work, workspace: None)
            with pytest.raises(KeyboardInterrupt):
                take_in(new, parcel, code)
        assert (_look(new, firms), len(_look(new, every_firm))) == ([], 1)
        with closing(sqlite3.connect(new.database_url.removeprefix("sqlite:///"))) as file:
            old_stamp = re.sub(r"\d{16}", "1", file.execute("SELECT settings FROM workspace").fetchone()[0])
            file.execute("UPDATE workspace SET settings = ?", (old_stamp,))
            file.commit()
        assert take_in(new, parcel, code).number == 1
        assert len(_look(new, every_firm)) == len(_look(new, firms)) == 1


def _killed(*_: object) -> None:
    raise KeyboardInterrupt
