"""A small house for the browser adapter: tables in memory, a bot that echoes, a real server on loopback."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import jinja2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.browser import BrowserAdapter
from bot.core.messages import Address, Answer, Button, Command, Edited, Event, Outgoing, Pressed, Said, Update
from bot.core.ports import Door
from bot.core.text import Run
from tests.files import KeptFiles

WEB = Path(__file__).parents[3] / "bot" / "web"
ROOM = "room-service"
POLICY = {"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff"}


class MemoryScreen:
    """Keeps entries by key, tells waiters."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[int, dict[str, Any]]] = {}
        self._ids: dict[tuple[str, str], int] = {}
        self._numbers = itertools.count(1)
        self._waiters: dict[str, set[asyncio.Event]] = {}

    async def show(self, chat: str, entry: Mapping[str, Any], *, key: str, edits: int = 0) -> int:
        if not edits and (chat, key) in self._ids:
            return self._ids[chat, key]
        number = next(self._numbers)
        id = edits or number
        self._ids.setdefault((chat, key), id)
        self.entries.setdefault(chat, {})[id] = {**entry, "id": id, "version": number}
        for waiter in self._waiters.get(chat, ()):
            waiter.set()
        return id

    async def since(self, chat: str, version: int, *, limit: int = 200) -> Sequence[Mapping[str, Any]]:
        newer = [entry for entry in self.entries.get(chat, {}).values() if entry["version"] > version]
        newer.sort(key=lambda entry: entry["version"])
        return newer[:limit] if version else newer[-limit:]

    async def changed(self, chat: str) -> None:
        waiter = asyncio.Event()
        self._waiters.setdefault(chat, set()).add(waiter)
        try:
            await waiter.wait()
        finally:
            self._waiters[chat].discard(waiter)

    def texts(self, chat: str) -> list[str]:
        return ["".join(run[0] for run in entry.get("text", ())) for entry in self.entries.get(chat, {}).values()]


class MemoryDoors:
    """Everybody has their own chat; rooms are given by name."""

    def __init__(self) -> None:
        self.rooms: dict[str, list[Door]] = {}

    async def of(self, person: str) -> Sequence[Door]:
        return [Door(person, "Rapport"), *self.rooms.get(person, ())]


class House:
    """Takes every update once, as the intake does, and answers from a script of a few words."""

    def __init__(self) -> None:
        self.screen, self.doors, self.files = MemoryScreen(), MemoryDoors(), KeptFiles()
        self.adapter = BrowserAdapter(screen=self.screen, doors=self.doors, files=self.files, key=b"k" * 32)
        self.panes: list[dict[str, str]] = []
        self.updates: list[Update] = []
        self.events: list[Event] = []
        self.broken = 0
        self.url = ""
        self._answers: dict[str, Answer | None] = {}

    async def accept(self, update: Update) -> Answer | None:
        if self.broken:
            self.broken -= 1
            raise ConnectionError("the tables are away")
        self.updates.append(update)
        if update.key not in self._answers:
            (event,) = self.adapter.parse(update.raw)
            self.events.append(event)
            self._answers[update.key] = Answer("Done") if isinstance(event.body, Pressed) else None
            self._later = asyncio.create_task(self._answer(event))
            await asyncio.sleep(0.002)  # the sender may be faster than we are
        return self._answers[update.key]

    async def say(self, chat: str, message: Outgoing) -> str:
        sent = ""
        for call in self.adapter.render(Address("browser", "web", chat), message):
            sent = await self.adapter.send(call)
        return sent

    async def _answer(self, event: Event) -> None:
        match event.body:
            case Said(text=text, files=files):
                await self.say(event.where.chat, card(text or files[0].name, event.key))
            case Edited(text=text):
                await self.say(event.where.chat, Outgoing((Run(f"Changed: {text}"),), key=event.key))
            case Command(name=name):
                await self.say(event.where.chat, Outgoing((Run(f"Command: {name}"),), key=event.key))
            case Pressed(press=press, message=message):
                done = Outgoing((Run("Pressed", "bold"), Run(f"\n{press}")), edits=message, key=event.key)
                await self.say(event.where.chat, done)

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/chat/commands", self._commands),
                Mount("/chat", self.adapter.mount(self.accept)),
                Mount("/static", StaticFiles(directory=WEB / "static")),
                Route("/{page}", self._page),
            ]
        )

    async def _commands(self, request: Request) -> Response:
        return JSONResponse(
            [
                {"name": "who", "help": "The card of a customer", "example": "/who Acme"},
                {"name": "reminders", "help": "All my reminders", "example": ""},
                {"name": "remind", "help": "Remind me", "example": "/remind Acme tomorrow 9:00 call"},
            ]
        )

    async def _page(self, request: Request) -> Response:
        loader = jinja2.FileSystemLoader(WEB / "templates")
        pages = jinja2.Environment(loader=loader, autoescape=True)
        asked = dict(request.query_params)
        values = {"language": asked.get("lang", ""), "panes": self.panes, **asked}
        return HTMLResponse(pages.get_template(f"{request.path_params['page']}.html").render(values), headers=POLICY)


def card(text: str, key: str) -> Outgoing:
    buttons = (
        Button("Undo", "undo:1"),
        Button("Edit", "edit:1", style="primary"),
        Button("Help", url="https://example.com"),
    )
    return Outgoing((Run("Logged", "bold"), Run("\n"), Run(text, "quote")), buttons, key=key)


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[House]:
    config = uvicorn.Config(
        house.application(),
        port=0,
        log_level="warning",
        lifespan="off",
        ws="websockets-sansio",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    house.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield house
    finally:
        server.should_exit = True
        await task
