"""The memory platform, on which transcripts are written: people's deeds are its events."""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.memory import MemoryAdapter
from adapters.memory.parse import raw
from bot.core.messages import (
    Address,
    Answer,
    Body,
    Button,
    Command,
    Deleted,
    Edited,
    Event,
    File,
    Joined,
    Left,
    Pressed,
    Said,
    Sender,
    Shared,
    Update,
)
from bot.core.ports import Accept, Adapter, Clock
from store.engine import Database
from tests.transcripts.stages.house import CUSTOMERS, STAFF, Person, Room, Seen, Served


class MemoryHouse:
    """Two strict bots in memory."""

    platform = "memory"
    sides = (STAFF, CUSTOMERS)
    changes = True
    words: Mapping[str, str] = {}

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bots = {name: MemoryAdapter(name) for name in (STAFF, CUSTOMERS)}
        self.adapters: list[Adapter] = list(self._bots.values())
        self._accept: Accept
        self._keys = itertools.count(1)

    @property
    def served(self) -> Sequence[Served]:
        return Served(STAFF, "member", "staff_bot"), Served(CUSTOMERS, "customer", "customers_bot")

    def account(self, side: str) -> str:
        return side

    def meets(self, person: Person) -> None:
        number = next(self._keys)
        person.id, person.chat = f"u{number}", f"p{number}"

    def knows(self, person: Person) -> None:
        self._bots[person.account].opened.add(person.address.key)

    def listens(self, accept: Accept) -> None:
        self._accept = accept

    async def furnishes(self, room: Room) -> None:
        """Nothing: here a room is there as soon as somebody speaks in it."""

    async def says(self, person: Person, text: str, room: Room | None = None) -> str:
        message = self.next_message()
        person.said.append(message)
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return await self._do(person, Command(name.lower(), rest.strip(), message), room)
        bare = re.sub("@rapport", "", text, flags=re.I)
        return await self._do(person, Said(bare.strip(), message, mentioned=bare != text), room)

    async def replies(self, person: Person, message: Seen, text: str, room: Room | None = None) -> str:
        person.said.append(self.next_message())
        return await self._do(person, Said(text, person.said[-1], answers=message.id, mentioned=bool(room)), room)

    async def edits(self, person: Person, text: str, room: Room | None = None) -> str:
        return await self._do(person, Edited(person.said[-1], text), room)

    async def deletes(self, person: Person, room: Room | None = None) -> str:
        return await self._do(person, Deleted(person.said[-1]), room)

    async def presses(self, person: Person, message: Seen, button: Button, room: Room | None = None) -> str:
        return await self._do(person, Pressed(button.press, message.id), room)

    async def shares(self, person: Person, name: str, phone: str) -> str:
        return await self._do(person, Shared("contact", name, phone, message=self.next_message()))

    async def sends(self, person: Person, picture: str, text: str) -> str:
        file = File(picture, "image/png", ref=f"ref-{picture}", kind="picture")
        return await self._do(person, Said(text, self.next_message(), (file,)))

    async def forwards(self, person: Person, author: str, text: str) -> str:
        said = Said(text, self.next_message(), forwarded_from=author, forwarded_at=self._clock())
        return await self._do(person, said)

    async def opens(self, person: Person, token: str, room: Room | None = None) -> str:
        return await self._do(person, Command("start", token), room)

    async def joins(self, person: Person, room: Room) -> str:
        return await self._do(person, Joined((_sender(person),), title=room.name), room)

    async def leaves(self, person: Person, room: Room) -> str:
        return await self._do(person, Left((_sender(person),)), room)

    async def blocks(self, person: Person) -> str:
        toast = await self._do(person, Left((_sender(person),), bot=True))
        self._bots[person.account].blocked.add(person.address.key)
        return toast

    def shows(self, person: Person, room: Room | None = None) -> Sequence[Seen]:
        where = _where(person, room)
        return self._bots[where.account].seen(where.key)

    def next_message(self) -> str:
        """An id for a message that a person writes."""
        return f"m{next(self._keys)}"

    async def act(self, person: Person, body: Body, room: Room | None = None) -> Answer | None:
        """Any event at all, as only this platform can make it."""
        where = _where(person, room)
        bot = self._bots[where.account]
        bot.opened.add(where.key)
        bot.blocked.discard(where.key)
        at: datetime = self._clock()
        event = Event(f"e{next(self._keys)}", at, where, _sender(person), body, private=room is None)
        return await self._accept(Update(where.account, event.key, raw(event), where.key))

    async def _do(self, person: Person, body: Any, room: Room | None = None) -> str:
        answer = await self.act(person, body, room)
        return answer.toast if answer else ""


def _where(person: Person, room: Room | None) -> Address:
    return Address("memory", room.account, room.name) if room else person.address


def _sender(person: Person) -> Sender:
    return Sender(person.id, person.name, person.language)


@asynccontextmanager
async def memory(database: Database, clock: Clock, folder: Path) -> AsyncIterator[MemoryHouse]:
    """The house for one performance."""
    yield MemoryHouse(clock)
