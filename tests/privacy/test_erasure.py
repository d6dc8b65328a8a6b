"""Canaries: a customer with three identities, a merged twin, an open survey, files and a parked update is erased.

Their name, numbers and words are then looked for in the bytes of everything that is left.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.app import LABOUR
from bot.backup import back_up, restore
from bot.core.messages import Update
from bot.files import Shelf
from bot.runtime.jobs import Jobs
from flows import load
from flows.duplicates.actions import merge
from flows.privacy.actions import again, erase, known
from flows.setup.actions import found_firm
from flows.turn import Turn
from store import copies, wall
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import (
    Account,
    Activity,
    Alert,
    Change,
    Contact,
    Conversation,
    Customer,
    Deal,
    Erasure,
    Given,
    Identity,
    Inbound,
    Invitation,
    Job,
    Member,
    Origin,
    Outbox,
    Promise,
    Push,
    Quote,
    Reminder,
    Report,
    SheetRow,
    Shown,
    StoredFile,
)
from store.struck import pattern, struck
from store.work import Work
from tests.engines import Hands
from tests.web.conftest import settings_of

NAME, TWIN, PERSON, CHINESE = "Kanarie Werke", "Kanarie Twin GmbH", "Zita Kanarienvogel", "金丝雀科技"
PHONE, EMAIL, ID = "+4915799887766", "zita@kanarie.example", "88997766554433"
WORDS = "yellow feathers everywhere"
CANARIES = ("Kanarie", "kanarie", CHINESE, "99887766", "9988 7766", ID, WORDS)
MENTION = f"Met {PERSON} of {NAME} ({CHINESE}) by chance, +49 157 9988-7766"

load()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data" / "files")


def furnish(work: Work, files: Shelf) -> None:
    """Everything in which a customer leaves traces."""
    firm = found_firm(work, name="Aviary", country="DE", language="en", zone="Europe/Berlin")
    turn = Turn(work=work, workspace=firm, key="given")
    ann = work.add(Member(name="Ann", role="owner", joined=work.now))
    for platform, name in (("telegram", "bot"), ("slack", "app"), ("browser", "web")):
        work.add(Account(platform=platform, name=name, side="both"))
    other = work.customers.add("Other Ltd", owner=ann.id)
    keep = work.customers.add(NAME, owner=ann.id, phone=PHONE, email=EMAIL, need=WORDS)
    twin = work.customers.add(TWIN, owner=ann.id)
    work.customers.add(CHINESE, owner=ann.id)
    contact = work.customers.add_contact(keep, PERSON, phone=PHONE, email=EMAIL)
    _reached(work, keep, contact)
    _did(work, ann, keep, other, files)
    work.customers.add_contact(twin, f"{PERSON} junior")
    merge(turn, keep, twin)
    kept = next(row for row in work.find(Customer, name=CHINESE))
    merge(turn, keep, kept)
    work.keep_change(ann.id, f"{NAME} merged")
    work.insert(
        Inbound(account="bot", key="1", received=work.now, state="parked", raw=f'{{"id":{ID},"text":"{WORDS}"}}')
    )
    work.updates.take(Update("bot", "2", "{}"))


def _reached(work: Work, keep: Customer, contact: Contact) -> None:
    for platform, account in (("telegram", "bot"), ("slack", "app"), ("browser", "web")):
        work.add(
            Identity(platform=platform, account=account, person=ID, name=PERSON, customer=keep.id, contact=contact.id)
        )
        address = f"{platform}:{account}:{ID}"
        work.add(
            Conversation(
                address=address, platform=platform, account=account, side="customer", customer=keep.id,
                contact=contact.id, title=PERSON, seen=work.now, dialog={"kind": "survey", "draft": WORDS},
            )
        )  # fmt: skip
        work.insert(Shown(chat=address, key="k", version=1, entry={"text": WORDS}, at=work.now))
        times = {"queued": work.now, "after": work.now, "expires": work.now + timedelta(days=1)}
        work.add(Outbox(key=f"o{platform}", account=account, chat=address, lane=0, payload={"text": WORDS}, **times))


def _did(work: Work, ann: Member, keep: Customer, other: Customer, files: Shelf) -> None:
    logged = {"at": work.now, "logged": work.now, "member": ann.id}
    mine = work.add(Activity(customer=keep.id, kind="call", text=WORDS, source=f"telegram:bot:{ID}#1", **logged))
    work.for_good()
    work.add(Activity(customer=other.id, kind="note", text=MENTION, **logged))
    work.keep_change(ann.id, f"{NAME} noted", "note")
    work.add(Reminder(member=ann.id, customer=other.id, text=f"ask about {NAME}", due=work.now, wall="", zone="UTC"))
    work.add(Reminder(member=ann.id, customer=keep.id, text=WORDS, due=work.now, wall="", zone="UTC"))
    work.add(Promise(customer=keep.id, what=WORDS))
    work.add(Report(member=ann.id, day="2026-03-02", text=MENTION))
    work.add(Push(member=ann.id, kind="news", at=work.now, body={"text": f"{NAME} wrote"}))
    work.add(Deal(customer=keep.id, what=WORDS, stage=1, state="won", amount=500, opened=work.now, moved=work.now))
    work.add(Deal(customer=keep.id, what=WORDS, stage=1, opened=work.now, moved=work.now))
    asked = work.add(
        Invitation(survey=1, customer=keep.id, trigger=f"activity:{mine.id}", made=work.now, state="started")
    )
    work.add(Given(invitation=asked.id, question="why", value=WORDS, at=work.now))
    work.add(Alert(topic="score", subject=f"invitation:{asked.id}", customer=keep.id, words=WORDS, made=work.now))
    chat = work.first(Conversation, customer=keep.id)
    assert chat is not None
    voice = files.keep(f"voice of {PERSON}".encode())
    work.add(StoredFile(name=f"{PERSON}.ogg", hash=voice, conversation=chat.id, customer=keep.id, at=work.now))
    paper = files.keep(f"%PDF for {NAME}".encode())
    work.add(Quote(customer=keep.id, member=ann.id, lines=[[WORDS, 1, 2]], currency="EUR", made=work.now, file=paper))
    sheet = files.keep(f"name\n{NAME}".encode())
    job = work.add(Job(kind="import", arguments={"hash": sheet}, created=work.now, state="done"))
    work.add(SheetRow(job=job.id, number=2, outcome="warned", why="?", cells=[NAME, PHONE]))
    work.insert(Origin(workspace=work.workspace, key=f"name:{NAME}", customer=keep.id, job=job.id))
    files.keep(b"of nobody else")


@pytest.fixture
def database(url: str, clock: Hands, shelf: Shelf) -> Iterator[Database]:
    opened = open_database(url, clock)
    opened.write(lambda work: furnish(work, shelf)).result()
    yield opened
    opened.close()


def _erase(database: Database, shelf: Shelf) -> None:
    def act(work: Work) -> None:
        firm = work.firm(1)
        assert firm is not None
        work.workspace = firm.id
        customer = work.first(Customer, name=NAME)
        assert customer is not None
        erase(Turn(work=work, workspace=firm, key="erase", member=work.first(Member, name="Ann")), customer)

    database.write(act).result()
    work_off(database, shelf)


def work_off(database: Database, shelf: Shelf) -> None:
    async def all_of_it() -> None:
        jobs = Jobs(database, LABOUR, shelf)
        while await jobs.tick():
            pass

    asyncio.run(all_of_it())
    database.scrub().result()


def left(url: str, folder: Path) -> dict[str, list[str]]:
    """In which files which canaries are found; a PostgreSQL database is looked at through its dump."""
    places = [path for path in folder.rglob("*") if path.is_file()]
    if url.startswith("sqlite"):
        base = Path(url.removeprefix("sqlite:///"))
        places += [base.with_name(base.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
    else:
        places.append(_dumped(url, folder))
    contents = {str(path): path.read_bytes() for path in places if path.exists()}
    found = {name: [c for c in CANARIES if c.encode() in content] for name, content in contents.items()}
    return {name: canaries for name, canaries in found.items() if canaries}


def _dumped(url: str, folder: Path) -> Path:
    path = folder / "dump.sql"
    with psycopg.connect(url) as connection:
        tool = copies.tool("pg_dump", connection.info.server_version // 10000)
    whole = {**os.environ, "PGOPTIONS": wall.OPTION}
    subprocess.run([tool, f"--dbname={url}", f"--file={path}", "--enable-row-security"], check=True, env=whole)
    return path


def test_nothing_is_left_in_database_log_files_words_of_others_or_the_next_backup(
    database: Database, url: str, shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "data"
    assert left(url, folder) != {}
    _erase(database, shelf)
    assert left(url, folder) == {}
    assert [canary for canary in CANARIES if canary in caplog.text] == []
    path, _made = back_up(settings_of(folder, database_url=url), tmp_path)
    with tarfile.open(path) as tar:
        tar.extractall(tmp_path / "backup", filter="data")
    assert left("sqlite:///none", tmp_path / "backup") == {}
    assert sorted(shelf.hashes()) != []  # what is nobody's goes when it is old enough


def test_figures_stay_true_and_others_keep_their_words(database: Database, shelf: Shelf) -> None:
    _erase(database, shelf)
    with database.read() as work:
        work.workspace = 1
        deals, logged = work.find(Deal), work.find(Activity)
        note = next(row for row in logged if row.kind == "note")
        reminders = [row.text for row in work.find(Reminder)]
        erasure = work.first(Erasure)
        updates = work.updates.parked()
        changes = work.find(Change)
        jobs = work.find(Job, kind="erase")
    assert [(row.state, row.amount, row.what) for row in deals] == [("won", 500, "")]
    assert [(row.kind, row.text) for row in logged if row.kind == "call"] == [("call", "")]
    assert note.text == "Met *** of *** (***) by chance, ***"
    assert reminders == ["ask about ***"]
    assert erasure is not None
    assert (erasure.state, erasure.counts["identity"]) == ("done", 3)
    assert updates == []
    assert [(change.label, change.rows[0][3]["text"]) for change in changes] == [("*** noted", note.text)]
    assert [job.arguments for job in jobs] == [{}]


def test_an_old_backup_that_is_put_back_is_erased_again(
    url: str, clock: Hands, engine: str, tmp_path: Path, shelf: Shelf
) -> None:
    settings = settings_of(tmp_path / "data", database_url=url)
    opened = open_database(url, clock)
    opened.write(lambda work: furnish(work, shelf)).result()
    opened.close()
    old, _made = back_up(settings, tmp_path / "old.tar")
    opened = open_database(url, clock)
    _erase(opened, shelf)
    opened.close()
    done = restore(settings, old, force=True)
    old.unlink()
    assert done.erased == 1
    assert left(url, tmp_path / "data") == {}
    assert restore_is_quiet(settings, tmp_path) == 0


def restore_is_quiet(settings: object, folder: Path) -> int:
    """Who is erased in the backup itself is not erased once more."""
    path, _made = back_up(settings, folder / "new.tar")  # type: ignore[arg-type]
    return restore(settings, path, force=True).erased  # type: ignore[arg-type]


def test_another_firm_or_another_customer_with_the_number_is_left_alone(tmp_path: Path, clock: Hands) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    migrate(url)
    opened = open_database(url, clock)

    def act(work: Work) -> tuple[int, int]:
        found_firm(work, name="One", country="DE", language="en", zone="UTC")
        customer = work.customers.add("Innocent Ltd", owner=None)
        from flows.privacy.actions import Erased, mark

        firm = work.firm(1)
        assert firm is not None
        later = customer.created + timedelta(days=1)
        wrong = [
            Erased("another", customer.id, customer.created, work.now),
            Erased(mark(firm), customer.id, later, work.now),
        ]
        return again(work, wrong), len(known(work))

    assert opened.write(act).result() == (0, 0)
    opened.close()


@pytest.mark.parametrize(
    ("needle", "text", "expected"),
    [
        ("+8613800138000", "ring 138 0013 8000 now", "ring *** now"),
        ("+8613800138000", "order 13800138001", "order 13800138001"),
        ("Summit", "the summit of Summit", "the summit of ***"),
        ("李雷", "和李雷吃饭", "和***吃饭"),
        ("Anna Lee", "anna lee, Annabel Lee", "***, Annabel Lee"),
        ("a@b.example", "mail A@B.example!", "mail ***!"),
    ],
)
def test_what_is_struck_out(needle: str, text: str, expected: str) -> None:
    assert struck({"said": [text]}, pattern([needle])) == {"said": [expected]}
