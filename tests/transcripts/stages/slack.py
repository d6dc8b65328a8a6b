"""Slack for the members: the fake platform on loopback, our app called by HTTP or connected by Socket Mode."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn

from adapters.slack.wire import SlackAdapter
from bot.core.messages import Answer, Button, Update
from bot.core.ports import ASGI, Accept, Adapter, Clock
from bot.files import Shelf
from store.engine import Database
from tests.transcripts.stages.house import STAFF, Impossible, Person, Room, Seen, Served, Shown
from tests.wires.slack import Channel, SlackWire
from tests.wires.slack import Person as User
from tests.wires.slack import Seen as Message
from tests.wires.slack.world import words_of

ACCOUNT = "slack"
_MARK = "\N{WORD JOINER}"
_QUOTE = re.compile(rf"([ ：])\n{_MARK}")
PATIENCE = 30.0


class SlackHouse:
    """Members in one workspace; customers write to another platform."""

    platform = "slack"
    sides = (STAFF,)
    changes = True

    def __init__(self, wire: SlackWire, folder: Path, *, by_socket: bool) -> None:
        self.wire = wire
        self.words: Mapping[str, str] = {"Memory": "Slack", "memory": "slack"}
        self._adapter = SlackAdapter(
            account=ACCOUNT,
            bot_token=wire.home.token,
            signing_secret=wire.secret,
            files=Shelf(folder),
            app_token=wire.app_token if by_socket else "",
            api_url=wire.api_url,
        )
        self._adapter.capabilities = replace(SlackAdapter.capabilities, rate=0.0, chat_rate=0.0)
        self.adapters: list[Adapter] = [self._adapter]
        wire.deliverer.answer_seconds = PATIENCE  # three seconds are Slack's; a busy machine must not fail a story
        self._by_socket = by_socket
        self._channels: dict[str, Channel] = {}
        self._orders: dict[str, int] = {}
        self._read = 0
        self._running: list[asyncio.Task[None]] = []
        self._served = AsyncExitStack()
        self._accept: Accept

    @property
    def served(self) -> Sequence[Served]:
        return [Served(ACCOUNT, "both", "rapport")]

    def account(self, side: str) -> str:
        return ACCOUNT

    def meets(self, person: Person) -> None:
        person.id, person.chat = self._user(person).id, self._user(person).direct

    def knows(self, person: Person) -> None:
        """Nothing: everybody in the workspace can be written to."""

    def listens(self, accept: Accept) -> None:
        self._accept = accept

    async def arrives(self) -> None:
        """Slack can reach the app before anybody does anything."""

        async def accept(update: Update) -> Answer | None:
            return await self._accept(update)

        self._running = [asyncio.create_task(self._adapter.listen(accept))]
        if not self._by_socket:
            self.wire.calls(await self._served.enter_async_context(_server(self._adapter.mount(accept))))
        async with asyncio.timeout(PATIENCE):
            while self._by_socket and not self.wire.deliverer.lines:  # noqa: ASYNC110 - the fake has no event for it
                await asyncio.sleep(0.001)

    async def closes(self) -> None:
        """Ends the server or the socket, and lets go of the connections."""
        await self._served.aclose()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._adapter.close()

    async def furnishes(self, room: Room) -> None:
        """Somebody brings the app, which hears of it."""
        people = [self._user(person) for person in room.people]
        channel = self._channels[room.name] = self.wire.channel(room.name.removeprefix("#"), people, bot=False)
        channel.add(self.wire.home)
        await self._delivered()

    async def says(self, person: Person, text: str, room: Room | None = None) -> str:
        """What begins with a slash is our one command with the rest behind it."""
        place = self._place(room)
        if text.startswith("/"):
            self._user(person).commands(f"/crm {text[1:]}", place)
        else:
            self._user(person).says(place, re.sub("@rapport", "@Rapport", text, flags=re.I))
        return await self._delivered(person, room)

    async def replies(self, person: Person, message: Seen, text: str, room: Room | None = None) -> str:
        """In the message's thread; what stands in a thread is replied to there."""
        place = self._place(room)
        thread = next((seen.thread_ts for seen in self._user(person).sees(place) if seen.ts == message.id), "")
        self._user(person).says(place, text, thread=thread or message.id)
        return await self._delivered(person, room)

    async def edits(self, person: Person, text: str, room: Room | None = None) -> str:
        self._user(person).edits(self._place(room), text)
        return await self._delivered()

    async def deletes(self, person: Person, room: Room | None = None) -> str:
        self._user(person).deletes(self._place(room))
        return await self._delivered()

    async def presses(self, person: Person, message: Seen, button: Button, room: Room | None = None) -> str:
        self._user(person).presses(button.label, where=self._place(room), ts=message.id)
        return await self._delivered(person, room)

    async def shares(self, person: Person, name: str, phone: str) -> str:
        raise Impossible("Slack has no contact cards")

    async def sends(self, person: Person, picture: str, text: str) -> str:
        content = picture.encode()
        self.words = {**self.words, f"hash-ref-{picture}": hashlib.sha256(content).hexdigest()}
        self._user(person).sends_file("bot", picture, content, mime="image/png", text=text)
        return await self._delivered()

    async def forwards(self, person: Person, author: str, text: str) -> str:
        """The shortcut "Log as activity" on a message of a chat in which we are not."""
        place = self.wire.between(self.wire.user(author), self._user(person))
        stamp = self.wire.user(author).says(place, text)
        self._user(person).logs(place, stamp)
        return await self._delivered()

    async def opens(self, person: Person, token: str, room: Room | None = None) -> str:
        self._user(person).commands(f"/crm start {token}", self._place(room))
        return await self._delivered()

    async def joins(self, person: Person, room: Room) -> str:
        self._channels[room.name].add(self._user(person))
        return await self._delivered()

    async def leaves(self, person: Person, room: Room) -> str:
        self._channels[room.name].remove(self._user(person))
        return await self._delivered()

    async def blocks(self, person: Person) -> str:
        raise Impossible("nobody in the workspace can block the app")

    def shows(self, person: Person, room: Room | None = None) -> Sequence[Seen]:
        """Without bare files: what is said with a file comes behind it in a message of its own."""
        orders = self._ordered()
        shown = [seen for seen in self._user(person).sees(self._place(room)) if seen.by_bot == self.wire.home.id]
        return [_shown(seen, orders[seen.ts]) for seen in shown if seen.shown or not seen.files]

    def _user(self, person: Person) -> User:
        return self.wire.user(person.name)

    def _place(self, room: Room | None) -> str | Channel:
        return self._channels[room.name] if room else "bot"

    def _ordered(self) -> Mapping[str, int]:
        """Message → when the platform last showed or changed it, by its own log."""
        for entry in self.wire.world.log[self._read :]:
            self._read += 1
            if entry.message:
                self._orders[entry.message] = self._read
        return self._orders

    async def _delivered(self, person: Person | None = None, room: Room | None = None) -> str:
        """Returns when everything was acknowledged; what is shown to one person alone, for a press, is a toast."""
        async with asyncio.timeout(PATIENCE):
            for delivery in self.wire.deliverer.log:
                assert 200 <= await delivery.ended() < 300, delivery.statuses
            self.wire.deliverer.log.clear()
            for receiver in self._adapter._receivers:
                await asyncio.gather(*receiver._afterwards)
        return self._toast(person, room) if person else ""

    def _toast(self, person: Person, room: Room | None) -> str:
        found = [seen for seen in self._user(person).sees(self._place(room)) if seen.by_bot == "response"]
        for seen in found:
            seen.deleted = True
        return "\n".join(seen.shown for seen in found)


def _shown(seen: Message, order: int) -> Shown:
    buttons = tuple(Button(b["text"]["text"], b.get("value", ""), b.get("url", "")) for b in seen.buttons)
    return Shown(seen.ts, _text(seen), buttons, seen.edits, order)


def _text(seen: Message) -> str:
    """A quotation inside a line stands in a block of its own: it is read on in the line."""
    shown = words_of(_marked(seen.blocks)) or seen.shown
    return _QUOTE.sub(r"\1", shown).replace(_MARK, "").replace("/crm ", "/")


def _marked(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = deepcopy(list(blocks))  # type: ignore[arg-type]
    for section in (section for block in found for section in block.get("elements", ())):
        if section["type"] == "rich_text_quote":
            section["elements"].insert(0, {"type": "text", "text": _MARK})
    return found


@asynccontextmanager
async def _server(app: ASGI) -> AsyncIterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))  # type: ignore[arg-type]
        running = asyncio.create_task(server.serve(sockets=[free]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.001)
        yield f"http://127.0.0.1:{free.getsockname()[1]}/"
        server.should_exit = True
        await running


@asynccontextmanager
async def _slack(database: Database, clock: Clock, folder: Path, *, by_socket: bool) -> AsyncIterator[SlackHouse]:
    async with SlackWire() as wire:
        house = SlackHouse(wire, folder, by_socket=by_socket)
        try:
            await house.arrives()
            yield house
        finally:
            await house.closes()


http = partial(_slack, by_socket=False)
by_socket = partial(_slack, by_socket=True)
