"""A voice note is heard by a service, shown as it was understood, and then taken as if it had been typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.assist.model import ModelAdapter
from adapters.assist.speech import SpeechAdapter
from bot.core.messages import File, Said
from bot.core.ports import Adapter
from flows.setup.accounts import offer
from store.engine import Database
from store.models import Activity, Promise, Reminder, StoredFile
from tests.engines import clock, database, engine, url
from tests.transcripts.stage import Clock, Stage
from tests.wires.openai import OpenAI, chat, heard, serving

__all__ = ["clock", "database", "engine", "url"]

MORNING = datetime(2026, 3, 2, 2, tzinfo=UTC)


class Office(Stage):
    """A firm whose service has ears and a second reader, both on a local server."""

    services: tuple[Adapter, ...] = ()
    language = "en"

    @property
    def adapters(self) -> list[Adapter]:
        return [*super().adapters, *self.services]

    def rows(self, kind: type[Any]) -> list[Any]:
        return list(self.write(lambda work: work.find(kind)))

    def said(self, name: str) -> list[str]:
        return [message.text for message in self.messages(self.people[name])]

    async def speaks(self, name: str, sound: bytes = b"sound") -> None:
        file = File("note.ogg", "audio/ogg", hash=self.files.keep(sound), kind="voice")
        await self.act(self.people[name], Said("", self.next_message(), (file,)))

    async def types(self, name: str, text: str) -> None:
        await self.act(self.people[name], Said(text, self.next_message()))

    async def presses(self, name: str, label: str) -> None:
        person = self.people[name]
        message, button = next(
            (message, button)
            for message in reversed(self.messages(person))
            for button in message.buttons
            if button.label == label
        )
        await self.house(person).presses(person, message, button)
        await self.settle()


@pytest.fixture
def fake() -> Iterator[OpenAI]:
    with serving() as server:
        yield server


@pytest.fixture
def office(database: Database, fake: OpenAI) -> Office:
    return opened(database, fake)


def opened(database: Database, fake: OpenAI, language: str = "en") -> Office:
    made = Office(database, Clock(MORNING))
    made.language = language
    made.found("Northwind Tools", "CN", language, "Asia/Shanghai")
    made.member("Bob", "rep", language, "Asia/Shanghai")

    ears = SpeechAdapter(account="speech", files=made.files, url=fake.url)
    ears._wire._pause = 0.0  # type: ignore[union-attr]
    reader = ModelAdapter(account="model", url=fake.url)
    reader._wire._pause = 0.0
    made.services = (ears, reader)
    made.write(lambda work: offer(work, [service.account for service in made.services]))
    made.start()
    return made


async def known(office: Office, name: str) -> None:
    """A customer of Bob's."""
    await office.types("Bob", f"Called {name} about the trial" if office.language == "en" else f"给{name}打了电话")
    await office.presses("Bob", f"Create {name} and log" if office.language == "en" else f"新建{name}并记录")


async def test_a_line_stands_once_on_its_card(office: Office, fake: OpenAI) -> None:
    await known(office, "Acme")
    fake.hears = heard(line := "Called Acme, they love it, remind me tomorrow at three pm")
    await office.speaks("Bob")
    card = office.said("Bob")[-1]
    assert "Reminder: " in card
    assert card.count(line) == 1


async def test_a_note_is_heard_shown_and_logged(office: Office, fake: OpenAI) -> None:
    await known(office, "Acme")
    fake.hears = heard("Visited Acme this morning, send the quote by Friday.")
    await office.speaks("Bob")
    shown = office.said("Bob")
    assert any("I heard:" in text and "Visited Acme this morning" in text for text in shown)
    assert "Logged: visit · Acme" in shown[-1]
    assert "From a voice note" in shown[-1]
    visit = office.rows(Activity)[-1]
    assert (visit.kind, office.rows(Promise)[-1].by) == ("visit", "us")
    (file,) = office.rows(StoredFile)
    assert file.activity == visit.id
    assert fake.asked[-1].file[2] == b"sound" or fake.asked[0].file[2] == b"sound"


async def test_a_spoken_question_is_answered_and_not_logged(office: Office, fake: OpenAI) -> None:
    await known(office, "Acme")
    before = len(office.rows(Activity))
    fake.hears = heard("When did we last talk to Acme?")
    await office.speaks("Bob")
    assert "Acme" in office.said("Bob")[-1]
    assert len(office.rows(Activity)) == before


async def test_a_spoken_command_is_done(office: Office, fake: OpenAI) -> None:
    await known(office, "Acme")
    fake.hears = heard("Remind Acme tomorrow 3pm send the samples")
    await office.speaks("Bob")
    assert [row.text for row in office.rows(Reminder)][-1:] == ["send the samples"]


@pytest.mark.parametrize(("answer", "why"), [((500, "{}"), "status 500"), ((200, '{"text": "  "}'), "no words")])
async def test_what_can_not_be_heard_is_said_and_the_note_is_kept(
    office: Office, fake: OpenAI, answer: tuple[int, str], why: str
) -> None:
    await known(office, "Acme")
    fake.hears = lambda asked: answer
    await office.speaks("Bob")
    assert why in office.said("Bob")[-1]
    assert "It is kept" in office.said("Bob")[-1]
    await office.types("Bob", "Acme")
    (file,) = office.rows(StoredFile)
    assert file.hash in office.files
    assert file.activity == office.rows(Activity)[-1].id


async def test_the_customer_of_a_note_can_be_named_afterwards(office: Office, fake: OpenAI) -> None:
    fake.hears = heard("Called Zenith Motors, they want a demo")
    await office.speaks("Bob")
    await office.presses("Bob", "Create Zenith Motors and log")
    (call,) = office.rows(Activity)
    (file,) = office.rows(StoredFile)
    assert (call.kind, file.activity) == ("call", call.id)


async def test_a_model_fills_only_what_was_empty_and_the_card_says_so(office: Office, fake: OpenAI) -> None:
    await known(office, "Acme")
    words = "Long talk at the fair with Acme's boss, around 30k would be fine, knock on the 9th of March"
    fake.says = lambda asked: (
        200,
        chat(
            '{"kind": "meeting", "reminder": "9th of March", "amount": "99k", "promise": {"by": "us", "what": "a car"}}'
        ),
    )
    await office.types("Bob", words)
    asked = json.loads(fake.asked[-1].body["messages"][1]["content"])
    assert asked["message"] == words
    log = office.rows(Activity)[-1]
    assert "meeting" in log.kind
    assert log.amount in (None, 30000)
    assert [row for row in office.rows(Promise) if "car" in row.what] == []
    assert "Filled in by the language model:" in office.said("Bob")[-1]


@pytest.mark.parametrize(
    "content", ["", "nonsense", "[]", '{"kind": "party"}', '{"kind": 1, "amount": [], "promise": "x", "reminder": {}}']
)
async def test_rubbish_from_the_model_changes_nothing(office: Office, fake: OpenAI, content: str) -> None:
    await known(office, "Acme")
    fake.says = lambda asked: (200, chat(content))
    await office.types("Bob", "Acme: the gate is green now #vip")
    log = office.rows(Activity)[-1]
    assert (log.kind, log.filled) == ("note", "")
    assert "language model" not in office.said("Bob")[-1]


async def test_a_silent_model_leaves_the_log_as_it_is(office: Office, fake: OpenAI) -> None:
    await known(office, "Acme")
    fake.says = lambda asked: (500, "{}")
    await office.types("Bob", "Acme: the gate is green now #vip")
    assert office.rows(Activity)[-1].kind == "note"
    assert "Logged: note · Acme" in office.said("Bob")[-1]


async def test_without_services_nothing_is_asked(database: Database, fake: OpenAI) -> None:
    office = opened(database, fake)
    office.write(lambda work: offer(work, []))
    await known(office, "Acme")
    await office.speaks("Bob")
    assert "can't listen to it here" in office.said("Bob")[-1]
    assert fake.asked == []


async def test_a_chinese_note(database: Database, fake: OpenAI) -> None:
    office = opened(database, fake, "zh")
    await known(office, "华为")
    fake.hears = heard("刚拜访了华为，周五前发报价")
    await office.speaks("Bob")
    assert "我听到的是" in "\n".join(office.said("Bob"))
    assert office.rows(Activity)[-1].kind == "visit"
    assert office.rows(Promise)[-1].by == "us"
