"""The embedded default: a chat page and a website widget over WebSocket; no token, nothing to install."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from adapters.browser.files import FileShelf, Seal
from adapters.browser.frames import TEXT_LENGTH
from adapters.browser.parse import parse
from adapters.browser.people import COOKIE, person_of
from adapters.browser.render import render
from adapters.browser.wire import Turns, Wire
from bot.core.capabilities import Capabilities
from bot.core.errors import StoreError, TryLater
from bot.core.messages import Address, Event, Outgoing
from bot.core.ports import ASGI, Accept, Call, Doors, Files, Screen

__all__ = ["COOKIE", "BrowserAdapter", "person_of"]


class BrowserAdapter:
    """Chats whose server we are ourselves: what is sent goes on a screen, and pages look at it."""

    name = "browser"
    path = "/chat"
    capabilities = Capabilities(text=TEXT_LENGTH, buttons=30, caption=TEXT_LENGTH, private_first=True, keeps=True)

    def __init__(
        self,
        account: str = "web",
        *,
        screen: Screen,
        doors: Doors,
        files: Files,
        origins: Collection[str] = (),
        key: bytes = b"",
    ) -> None:
        """`origins`: our own addresses besides the one asked for; `key` signs file links, the same in all processes."""
        self.account = account
        self._screen = screen
        self._turns = Turns()
        seal, ours = Seal(key or secrets.token_bytes(32)), frozenset(origins)
        self._shelf = FileShelf(files, doors, seal, ours)
        self._wire = Wire(account, screen=screen, doors=doors, shelf=self._shelf, turns=self._turns, origins=ours)

    def parse(self, raw: str) -> Sequence[Event]:
        """The update of a chat page as an event."""
        return parse(self.name, self.account, raw)

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        """What the screen of that chat shows."""
        return render(to, message)

    async def listen(self, accept: Accept) -> None:
        """Pages come to us (`mount`); there is nothing to fetch."""
        await asyncio.Event().wait()

    async def send(self, call: Call) -> str:
        """Puts it on the screen, once however often it is called; the id is the entry's."""
        told: dict[str, Any] = dict(call.arguments)
        entry = {**told["entry"], "at": datetime.now(UTC).isoformat()}
        try:
            async with self._turns.of(told["chat"]):
                key, edits = told["key"] or secrets.token_hex(16), told["edits"]
                if told.get("own"):
                    edits = await self._screen.show(told["chat"], entry, key=told["own"])
                return str(await self._screen.show(told["chat"], entry, key=key, edits=edits))
        except StoreError as problem:
            raise TryLater(1.0) from problem

    def mount(self, accept: Accept) -> ASGI:
        """`/ws` for the chat, `/file` to hand one in, `/file/HASH` to fetch one."""

        async def talk(socket: WebSocket) -> None:
            await self._wire.serve(socket, accept)

        return Starlette(
            routes=[
                WebSocketRoute("/ws", talk),
                Route("/file", self._shelf.upload, methods=["POST"]),
                Route("/file/{hash}", self._shelf.download),
            ]
        )
