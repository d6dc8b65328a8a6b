"""A firm with an owner, two reps, a customer and a stranger, on the real service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.messages import Command, Joined, Left, Pressed, Said, Sender
from store.engine import open_database
from store.models import Member, Owned
from store.work import Work
from tests.engines import fresh
from tests.transcripts.stage import CUSTOMERS, STAFF, Clock, Person, Stage
from tests.transcripts.stages.house import Room
from tests.transcripts.stages.memory import MemoryHouse


class Town:
    """Acting and reading, in the words of a test."""

    def __init__(self, stage: Stage) -> None:
        house = stage.houses[0]
        assert isinstance(house, MemoryHouse)
        self.stage, self.house = stage, house

    async def says(self, who: str, text: str, room: str = "") -> str:
        person = self.stage.people[who]
        if text.startswith("/"):
            name, _space, rest = text[1:].partition(" ")
            return await self.does(person, Command(name, rest, self.house.next_message()), room)
        mentioned = "@rapport" in text
        text = text.replace("@rapport", "").strip()
        return await self.does(person, Said(text, self.house.next_message(), mentioned=mentioned), room)

    async def does(self, person: Person | str, body: Any, room: str = "") -> str:
        """What came into this chat because of it."""
        person = self.stage.people[person] if isinstance(person, str) else person
        place = Room(room, person.account, ()) if room else None
        before = max((message.order for message in self.house.shows(person, place)), default=0)
        answer = await self.house.act(person, body, place)
        await self.stage.settle()
        shown = [message.text for message in self.house.shows(person, place) if message.order > before]
        return "\n".join([*shown, answer.toast if answer else ""]).strip()

    async def presses(self, who: str, label: str) -> str:
        person = self.stage.people[who]
        for message in reversed(self.house.shows(person)):
            for button in message.buttons:
                if button.label == label:
                    return await self.does(person, Pressed(button.press, message.id))
        raise AssertionError(f"no button {label!r}")

    async def joins(self, by: str, room: str, *names: str, bot: bool = False) -> str:
        people = [self.stage.people[name] for name in names]
        senders = tuple(Sender(person.id, person.name) for person in people)
        return await self.does(by, Joined(senders, bot=bot, title=room), room)

    async def leaves(self, who: str, room: str = "", *, moved_to: str = "") -> str:
        return await self.does(who, Left((), bot=not moved_to, moved_to=moved_to), room)

    def shown(self, who: str, room: str = "") -> list[str]:
        person = self.stage.people[who]
        return [message.text for message in self.house.shows(person, Room(room, person.account, ()) if room else None)]

    def rows(self, kind: type[Owned], /, **equals: Any) -> list[Any]:
        return list(self.stage.write(lambda work: work.find(kind, **equals)))

    def write(self, act: Any) -> Any:
        return self.stage.write(act)

    async def later(self, **span: float) -> None:
        await self.stage.until(self.stage.clock.now + timedelta(**span))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    with fresh("sqlite", tmp_path) as url:
        clock = Clock(datetime(2026, 3, 2, 2, tzinfo=UTC))
        database = open_database(url, clock)
        stage = Stage(database, clock)
        stage.found("Northwind Tools", "CN", "en", "Asia/Shanghai")
        for name, role in (("Ann", "owner"), ("Bob", "rep"), ("Cem", "rep")):
            stage.member(name, role, "en", "")
        stage.customer("Li Wei", stage.write(_acme), None, "en", "")
        stage.stranger("Zoe", STAFF, "en")
        stage.stranger("Pat", CUSTOMERS, "en")
        try:
            yield Town(stage)
        finally:
            database.close()


def _acme(work: Work) -> int:
    bob = work.first(Member, name="Bob")
    assert bob is not None
    return work.customers.add("Acme", owner=bob.id).id
