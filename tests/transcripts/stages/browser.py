"""The browser: one account for both sides; frames over a WebSocket spoken in process, and the tables' own screen."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from adapters.browser import BrowserAdapter, person_of
from bot.app import WEB
from bot.core.messages import Address, Button
from bot.core.ports import ASGI, Accept, Adapter, Clock
from bot.files import Shelf
from bot.web.doors import StoredDoors
from bot.web.screen import StoredScreen
from store.engine import Database
from store.models import Conversation
from store.work import Work
from tests.transcripts.stages import outside
from tests.transcripts.stages.house import CUSTOMERS, STAFF, Impossible, Person, Room, Seen, Served, Shown

PATIENCE = 30.0
EVERYTHING = 100_000


class BrowserHouse:
    """People at our own chat page."""

    platform = "browser"
    sides = (STAFF, CUSTOMERS)
    changes = True

    def __init__(self, database: Database, folder: Path) -> None:
        screen, doors = StoredScreen(database, outside.KEY.shown), StoredDoors(database, WEB)
        screen.start()
        self._screen = screen
        self._database = database
        self._adapter = BrowserAdapter(WEB, screen=screen, doors=doors, files=Shelf(folder), key=b"of this stage")
        self.adapters: list[Adapter] = [self._adapter]
        self.words: Mapping[str, str] = {"Memory": "Web chat", "memory": "browser", "start=": "/c/"}
        self._app: ASGI
        self._keys = itertools.count(1)

    @property
    def served(self) -> Sequence[Served]:
        return [Served(WEB, "both")]

    def account(self, side: str) -> str:
        return WEB

    def meets(self, person: Person) -> None:
        person.id = person.chat = person_of(_secret(person))

    def knows(self, person: Person) -> None:
        """Nothing: whoever opens the page can be written to."""

    def listens(self, accept: Accept) -> None:
        self._app = self._adapter.mount(accept)

    async def furnishes(self, room: Room) -> None:
        """A room of the page is a row: there is no outer platform on which somebody could open one."""

        def act(work: Work) -> None:
            work.workspace = 1
            where = {"address": Address("browser", WEB, room.name).key, "platform": "browser", "account": WEB}
            work.add(Conversation(**where, side="member", kind="room", title=room.name, seen=work.now))

        await asyncio.wrap_future(self._database.write(act))

    async def says(self, person: Person, text: str, room: Room | None = None) -> str:
        key = self._key()
        person.said.append(key)
        return await self._puts(person, {"kind": "say", "text": text, "key": key}, room)

    async def replies(self, person: Person, message: Seen, text: str, room: Room | None = None) -> str:
        key = self._key()
        person.said.append(key)
        return await self._puts(person, {"kind": "say", "text": text, "key": key, "answers": message.id}, room)

    async def edits(self, person: Person, text: str, room: Room | None = None) -> str:
        return await self._puts(person, {"kind": "edit", "message": person.said[-1], "text": text}, room)

    async def deletes(self, person: Person, room: Room | None = None) -> str:
        raise Impossible("what was said on the page stays there")

    async def presses(self, person: Person, message: Seen, button: Button, room: Room | None = None) -> str:
        return await self._puts(person, {"kind": "press", "press": button.press, "message": message.id}, room)

    async def shares(self, person: Person, name: str, phone: str) -> str:
        return await self._puts(person, {"kind": "contact", "person": name, "phone": phone, "email": ""})

    async def sends(self, person: Person, picture: str, text: str) -> str:
        content = picture.encode()
        self.words = {**self.words, f"hash-ref-{picture}": hashlib.sha256(content).hexdigest()}
        headers = {"Authorization": f"Bearer {_secret(person)}", "Content-Type": "image/png"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://ours") as client:
            kept = await client.post("/file", params={"name": picture}, content=content, headers=headers)
        return await self._puts(person, {"kind": "file", "text": text, "files": [kept.json()["file"]]})

    async def forwards(self, person: Person, author: str, text: str) -> str:
        raise Impossible("nothing is forwarded into the chat page")

    async def opens(self, person: Person, token: str, room: Room | None = None) -> str:
        return await self._puts(person, {"kind": "hello", "start": token}, room)

    async def joins(self, person: Person, room: Room) -> str:
        raise Impossible("only members are let into the rooms of the chat page")

    async def leaves(self, person: Person, room: Room) -> str:
        raise Impossible("nobody leaves a room of the chat page")

    async def blocks(self, person: Person) -> str:
        raise Impossible("nobody can block the chat page")

    def shows(self, person: Person, room: Room | None = None) -> Sequence[Seen]:
        entries = self._screen.look(room.name if room else person.chat, 0, EVERYTHING)
        return [_shown(entry) for entry in entries if entry["by"] == "bot" and not entry.get("cleared")]

    async def _puts(self, person: Person, frame: Mapping[str, Any], room: Room | None = None) -> str:
        """One frame of a page that is opened for it: what came before the acknowledgement is no news to the reader."""
        hello = {"secret": _secret(person), "name": person.name, "language": person.language}
        async with asyncio.timeout(PATIENCE), _socket(self._app) as page:
            await page.send({"hello": {**hello, **({"chat": room.name} if room else {})}})
            await page.answer("ready")
            frame = {"key": self._key(), **frame}
            await page.send(frame)
            answer = await page.answer("ack")
        return str(answer.get("toast", ""))

    def _key(self) -> str:
        return f"frame-{next(self._keys):06}"


class _Page:
    """The page's end of a WebSocket."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.got: asyncio.Queue[Any] = asyncio.Queue()

    async def send(self, frame: Mapping[str, Any]) -> None:
        await self.sent.put({"type": "websocket.receive", "text": json.dumps(frame)})

    async def answer(self, name: str) -> Mapping[str, Any]:
        """The next frame that has this in it."""
        while True:
            message = await self.got.get()
            if message["type"] == "websocket.close":
                raise Impossible(f"the page was closed: {message}")
            frame: dict[str, Any] = json.loads(message.get("text") or "{}")
            if "error" in frame:
                raise Impossible(f"the page was refused: {frame['error']['text']}")
            if name in frame:
                return frame


@asynccontextmanager
async def _socket(app: ASGI) -> AsyncIterator[_Page]:
    scope = {"type": "websocket", "path": "/ws", "raw_path": b"/ws", "query_string": b"", "headers": []}
    scope |= {"scheme": "ws", "root_path": "", "subprotocols": [], "client": ("127.0.0.1", 1), "server": ("ours", 80)}
    page = _Page()
    await page.sent.put({"type": "websocket.connect"})
    serving = asyncio.ensure_future(app(scope, page.sent.get, page.got.put))
    try:
        yield page
        await page.sent.put({"type": "websocket.disconnect", "code": 1000})
        await serving
    finally:
        serving.cancel()


def _secret(person: Person) -> str:
    return hashlib.sha256(f"secret of {person.name}".encode()).hexdigest()


def _shown(entry: Mapping[str, Any]) -> Shown:
    buttons = tuple(replace(Button(""), **button) for button in entry.get("buttons", ()))
    text = "".join(run[0] for run in entry.get("text", ()))
    return Shown(str(entry["id"]), text, buttons, bool(entry.get("edited")), entry["version"])


@asynccontextmanager
async def browser(database: Database, clock: Clock, folder: Path) -> AsyncIterator[BrowserHouse]:
    """The house for one performance."""
    yield BrowserHouse(database, folder)
