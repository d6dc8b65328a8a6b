"""What a firm no longer wants to keep is gone at night, from tables, files and undo; what is needed still is spared."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import LABOUR
from bot.files import Shelf
from bot.runtime.jobs import Jobs
from flows import load
from flows.jobs import begin
from flows.keeping.actions import NIGHTLY
from flows.keeping.rules import KINDS, wanted
from flows.setup.actions import found_firm
from flows.turn import Turn
from store.engine import Database
from store.keeping import count
from store.models import (
    Account,
    Activity,
    Alert,
    Audit,
    Change,
    Conversation,
    Gap,
    Given,
    Invitation,
    Job,
    Lead,
    Line,
    Member,
    Outbox,
    Promise,
    Reminder,
    Retention,
    RoomQuestion,
    RoomReply,
    SheetRow,
    Shown,
    StoredFile,
    Survey,
    Ticket,
)
from store.piles import PILES
from store.work import Work
from tests.engines import Hands

load()

SECRET, NEEDED, YOUNG = "canary that grew old", "needed still", "of yesterday"
DAYS = 30


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "files")


class Furnisher:
    """Each kind of row three times: old and over, old and needed, and young."""

    def __init__(self, work: Work, shelf: Shelf, name: str) -> None:
        self.work, self.shelf, self.name = work, shelf, name
        found_firm(work, name=name, country="DE", language="en", zone="UTC")
        self.ann = work.add(
            Member(name="Ann", role="owner", joined=work.now, home=f"browser:{name}:7", quiet_from=0, quiet_until=0)
        )
        work.add(Account(platform="browser", name=name, side="both"))
        self.customer = work.customers.add("Acme", owner=self.ann.id)
        work.add(
            Stale := Survey(
                name="own", title={}, steps=[{"name": "why", "kind": "words"}, {"name": "n", "kind": "nps"}]
            )
        )
        self.survey = Stale
        self.numbers = 0
        work.for_good()

    def furnish(self) -> None:
        old, yesterday = self.work.now - timedelta(days=DAYS + 10), self.work.now - timedelta(days=1)
        self._said(SECRET, old, needed=False)
        self._said(NEEDED, old, needed=True)
        self._said(YOUNG, yesterday, needed=False)
        for kind in KINDS:
            self.work.add(Retention(kind=kind, days=DAYS, by=self.ann.id, since=self.work.now))
        self.work.for_good()

    def _said(self, words: str, at: datetime, *, needed: bool) -> None:
        work, who = self.work, self.customer.id
        self.numbers += 1
        chat = f"browser:{self.name}:{self.numbers}"
        talk = work.add(
            Conversation(address=chat, platform="browser", account=self.name, side="customer", customer=who, seen=at)
        )
        state = "open" if needed else "closed"
        ticket = work.add(
            Ticket(
                number=self.numbers, customer=who, conversation=talk.id, title=words, state=state, opened=at, closed=at
            )
        )
        said = {kind: self._activity(words, kind, at) for kind in ("message", "call", "visit", "email", "meeting")}
        line = work.add(Line(ticket=ticket.id, kind="in", at=at, text=words, activity=said["message"].id))
        work.add(Line(ticket=ticket.id, kind="note", at=at, text=words))
        work.add(Gap(text=words, activity=said["message"].id, at=at, state="open" if needed else "dropped"))
        work.add(Promise(customer=who, activity=said["call"].id, what="x", state="broken" if needed else "kept"))
        task = Reminder(
            member=self.ann.id, activity=said["visit"].id, due=work.now, wall="", zone="UTC",
            state="open" if needed else "done",
        )  # fmt: skip
        task = work.add(task)
        asked = work.add(
            Invitation(
                survey=self.survey.id, customer=who, trigger=f"activity:{self.numbers}", activity=said["meeting"].id,
                made=at, state="started" if needed else "finished",
            )
        )  # fmt: skip
        work.add(Given(invitation=asked.id, question="why", value=words, at=at))
        work.add(Given(invitation=asked.id, question="n", value=9, at=at))
        work.add(
            Alert(topic="t", subject=f"invitation:{asked.id}", customer=who, invitation=asked.id, words=words, made=at,
                  state="claimed", reminder=task.id)
        )  # fmt: skip
        work.add(Lead(customer=who, words=words, made=at, state="pool" if needed else "taken"))
        question = work.add(
            RoomQuestion(conversation=talk.id, text="?", by=1, made=at, until=at, state="open" if needed else "closed")
        )
        work.add(RoomReply(question=question.id, person="p", text=words, source=f"s{self.numbers}", at=at))
        work.insert(Shown(chat=chat, key="k", version=1, entry={"text": [[words, "", ""]]}, at=at))
        if needed:  # somebody corrected it yesterday, and can take that back
            self._corrected(said["email"], at=work.now - timedelta(days=1))
        else:
            self._corrected(said["email"], at=at)
        for kind in ("voice", "document"):
            hash = self.shelf.keep(f"{kind} {words} {self.name}".encode())
            work.add(
                StoredFile(name=words, kind=kind, hash=hash, conversation=talk.id, customer=who, at=at, line=line.id)
            )
        self._sheet(words, at, "open" if needed else "done")

    def _activity(self, words: str, kind: str, at: datetime) -> Activity:
        return self.work.add(Activity(customer=self.customer.id, kind=kind, text=words, at=at, logged=at))

    def _corrected(self, row: Activity, at: datetime) -> None:
        self.work.for_good()
        self.work.change(row, result=row.text)
        kept = self.work.keep_change(self.ann.id, "corrected")
        assert kept is not None
        self.work.change(kept, at=at)
        self.work.for_good()

    def _sheet(self, words: str, at: datetime, state: str) -> None:
        hash = self.shelf.keep(f"sheet {words} {self.name}".encode())
        arguments = {"hash": hash, "name": "a.csv", "samples": [words]}
        job = self.work.add(Job(kind="import", arguments=arguments, created=at, state=state, owner="x", until=_FAR))
        self.work.add(SheetRow(job=job.id, number=1, outcome="warned", why="?", cells=[words]))
        self.work.add(StoredFile(name=words, hash=hash, at=at))


_FAR = datetime.fromisoformat("2999-01-01T00:00:00+00:00")


@pytest.fixture
def furnished(database: Database, shelf: Shelf) -> Database:
    for name in ("one", "two"):
        database.write(lambda work, name=name: Furnisher(work, shelf, name).furnish()).result()
    return database


def _inside(database: Database, act: object, firm: int = 1) -> object:
    def inside(work: Work) -> object:
        work.workspace = firm
        return act(work)  # type: ignore[operator]

    return database.write(inside).result()


def _night(database: Database, shelf: Shelf, steps: int = 10**6) -> Job:
    """One firm's night, cut short after so many steps."""

    def start(work: Work) -> Job:
        firm = work.firm(1)
        assert firm is not None
        return begin(Turn(work=work, workspace=firm, key="night"), NIGHTLY)

    job = _inside(database, start)
    _go_on(database, shelf, steps)
    assert isinstance(job, Job)
    return job


class _Cut(BaseException):
    pass


def _go_on(database: Database, shelf: Shelf, steps: int = 10**6) -> None:
    async def run() -> None:
        jobs, done = Jobs(database, LABOUR, shelf), 0
        take = jobs._step

        async def counted(job: Job, act: object) -> Exception | None:
            nonlocal done
            done += 1
            if done > steps:
                raise _Cut
            return await take(job, act)

        jobs._step = counted  # type: ignore[method-assign]
        await jobs.tick()

    with suppress(_Cut):
        asyncio.run(run())


def _texts(database: Database, firm: int = 1) -> Mapping[str, list[str]]:
    """Where each of the three sentences stands, by table."""
    kinds = (
        Activity, Line, Ticket, Gap, Lead, Alert, RoomReply, Given, StoredFile, SheetRow, Job, Change,
    )  # fmt: skip

    def look(work: Work) -> dict[str, list[str]]:
        found = {kind.table().name: [str(row) for row in work.find(kind)] for kind in kinds}
        from sqlalchemy import select

        from store.statements import Statement

        table = Shown.table()
        mine = Statement(lambda: select(table.c.chat, table.c.entry), wide=True)
        name = {1: "one", 2: "two"}[firm]
        return {**found, "shown": [str(row[1]) for row in work.rows(mine) if f":{name}:" in row[0]]}

    rows = _inside(database, look, firm)
    assert isinstance(rows, dict)
    return {
        words: sorted(table for table, texts in rows.items() if any(words in text for text in texts))
        for words in (SECRET, NEEDED, YOUNG)
    }


EVERYWHERE = sorted(
    "activity alert answer change file gap job lead line room_reply sheet_row shown ticket".split()  # noqa: SIM905
)


def test_what_is_old_and_over_is_gone_and_all_else_is_there(furnished: Database, shelf: Shelf) -> None:
    assert _texts(furnished)[SECRET] == EVERYWHERE
    _night(furnished, shelf)
    left = _texts(furnished)
    assert left[SECRET] == []
    assert left[NEEDED] == EVERYWHERE
    assert left[YOUNG] == EVERYWHERE
    assert _texts(furnished, firm=2)[SECRET] == EVERYWHERE
    contents = sorted(shelf.read(hash).decode() for hash in shelf.hashes())
    assert [words for words in contents if SECRET in words and words.endswith("one")] == []
    assert len([words for words in contents if NEEDED in words or YOUNG in words]) == 12
    assert len([words for words in contents if SECRET in words]) == 3
    found = _inside(furnished, lambda work: [(row.kind, row.text) for row in work.find(Activity) if row.text == ""])
    assert sorted(found) == [(kind, "") for kind in sorted(("message", "call", "visit", "email", "meeting"))]  # type: ignore[call-overload]
    assert len(_inside(furnished, lambda work: work.find(Given, question="n"))) == 3  # type: ignore[arg-type]


def test_the_owner_hears_once_how_many_and_never_what(furnished: Database, shelf: Shelf) -> None:
    job = _night(furnished, shelf)
    told = _inside(furnished, lambda work: [str(row.payload) for row in work.find(Outbox)])
    assert isinstance(told, list)
    assert len(told) == 1
    for words in (
        "4 messages",
        "3 notes of contacts",
        "1 voice note",
        "2 files",
        "1 answer in words",
        "1 imported sheet",
    ):
        assert words in told[0]
    assert SECRET not in told[0]
    audit = _inside(furnished, lambda work: [row.subject for row in work.find(Audit, action="too old")])
    assert "voice 1" in audit  # type: ignore[operator]
    again = _night(furnished, shelf)
    assert len(_inside(furnished, lambda work: work.find(Outbox))) == 1  # type: ignore[arg-type]
    jobs = _inside(furnished, lambda work: [(row.id, row.state) for row in work.find(Job, kind=NIGHTLY)])
    assert jobs == [(again.id, "done")]
    assert again.id != job.id


@pytest.mark.parametrize("steps", [1, 9])
def test_a_night_that_is_cut_short_is_gone_on_with(furnished: Database, shelf: Shelf, clock: Hands, steps: int) -> None:
    job = _night(furnished, shelf, steps)
    clock.forward(minutes=1)
    _go_on(furnished, shelf)
    assert _texts(furnished)[SECRET] == []
    told = _inside(furnished, lambda work: [str(row.payload) for row in work.find(Outbox)])
    assert "4 messages" in told[0]  # type: ignore[index]
    assert _inside(furnished, lambda work: getattr(work.get(Job, job.id), "state", "")) == "done"


def test_a_rule_that_is_taken_back_meanwhile_takes_nothing_more(
    furnished: Database, shelf: Shelf, clock: Hands
) -> None:
    _night(furnished, shelf, 1)

    def change(work: Work) -> None:
        for row in work.find(Retention):
            work.change(row, days=0)
        work.for_good()

    _inside(furnished, change)
    before = _texts(furnished)[SECRET]
    clock.forward(minutes=1)
    _go_on(furnished, shelf)
    assert _texts(furnished)[SECRET] == before
    assert set(before) > {"answer", "file", "sheet_row"}


def test_the_preview_counts_what_the_night_takes(furnished: Database) -> None:
    def counted(work: Work) -> dict[str, int]:
        return {kind: count(work, kind, work.now - timedelta(days=DAYS))[0] for kind in KINDS}

    found = _inside(furnished, counted)
    # the message that somebody corrected yesterday is counted, and spared at night
    assert found == {"messages": 5, "notes": 3, "voice": 1, "files": 2, "answers": 1, "sheets": 1, "undo": 1}


def test_kinds_of_the_chat_are_those_of_the_tables() -> None:
    assert set(KINDS) == set(PILES)


@pytest.mark.parametrize(
    ("words", "kind", "days"),
    [
        ("keep voice files for 90 days", "voice", 90),
        ("语音只留90天", "voice", 90),
        ("Please delete messages after 6 months.", "messages", 180),
        ("聊天记录保留一年", "messages", 365),
        ("文件永久保存", "files", 0),
        ("keep messages forever", "messages", 0),
        ("语音消息超过三个月就删掉", "voice", 90),
        ("删除90天以前的录音", "voice", 90),
        ("问卷回答保留半年", "answers", 182),
        ("keep call notes for two years", "notes", 730),
        ("keep voice for 99 years", "voice", None),
        ("keep Acme informed for 2 weeks", "", 0),
        ("erase Acme", "", 0),
        ("文件发给客户了", "", 0),
        ("Sent files, delivery in 3 weeks", "", 0),
    ],
)
def test_how_people_say_it(words: str, kind: str, days: int | None) -> None:
    found = wanted(words)
    assert (found.kind, found.days) == (kind, days) if found else kind == ""
