"""A terminal on a running service: speaks the chat page's own wire, so there is no second process at the data."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from adapters.terminal.lines import Lines, here
from adapters.terminal.screen import Screen

QUIET = 1.0
"""After the end of a piped input: how long nothing must come before we leave."""
AGAIN = 1.0
LAST = 12
"""Earlier messages shown at the start: enough to go on talking."""
BOT = "bot"


class Refused(Exception):
    """The service does not let us in; the text is its own sentence."""


async def follow(
    url: str,
    secret: str,
    *,
    chat: str = "",
    language: str = "",
    commands: Sequence[str] = (),
    ends: Lines | None = None,
) -> None:
    """Chats until the input ends; a lost connection is taken up again and what was typed meanwhile sent then."""
    await _Follower(url, secret, chat, language, ends or here(commands)).run()


class _Follower:
    def __init__(self, url: str, secret: str, chat: str, language: str, ends: Lines) -> None:
        self._address = url.replace("http", "ws", 1).rstrip("/") + "/chat/ws"
        self._hello = {"secret": secret, "language": language} | ({"chat": chat} if chat else {})
        self._ends = ends
        self._screen = Screen(ends)
        self._waiting: deque[dict[str, Any]] = deque()
        self._typed = asyncio.Event()
        self._version = 0
        self._you = ""
        self._ours: set[str] = set()
        self._heard = time.monotonic()
        self._under = False

    async def run(self) -> None:
        """Reads lines and keeps the connection, until the first ends and the second has gone quiet."""
        talking = asyncio.create_task(self._keep_talking())
        reading = asyncio.create_task(self._read())
        try:
            await asyncio.wait((talking, reading), return_when=asyncio.FIRST_COMPLETED)
            if talking.done():
                talking.result()
            await self._until_quiet()
        finally:
            for task in (talking, reading):
                task.cancel()
            await asyncio.gather(talking, reading, return_exceptions=True)

    async def _read(self) -> None:
        while (line := await self._ends.read()) is not None:
            if meant := self._screen.meant(line):
                self._waiting.append({"key": secrets.token_hex(16), **meant})
                self._typed.set()

    async def _until_quiet(self) -> None:
        while self._waiting or time.monotonic() - self._heard < QUIET:  # noqa: ASYNC110 - quiet has no event
            await asyncio.sleep(0.05)

    async def _keep_talking(self) -> None:
        while True:
            with suppress(OSError, InvalidHandshake, WebSocketException):
                async with connect(self._address, proxy=None) as socket:
                    await self._talk(socket)
            self._ends.write("…")
            await asyncio.sleep(AGAIN)

    async def _talk(self, socket: ClientConnection) -> None:
        self._under, self._you = False, ""
        await socket.send(json.dumps({"hello": {**self._hello, "since": self._version}}))
        pushing = asyncio.create_task(self._push(socket))
        try:
            async for text in socket:
                self._hear(json.loads(text))
        finally:
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)

    async def _push(self, socket: ClientConnection) -> None:
        """One message at a time, in order: the next when the last is acknowledged."""
        while True:
            self._typed.clear()
            if self._waiting and self._you and not self._under:
                self._under = True
                self._ours.add(self._waiting[0]["key"])
                await socket.send(json.dumps(self._waiting[0]))
            await self._typed.wait()

    def _hear(self, frame: Mapping[str, Any]) -> None:
        self._heard = time.monotonic()
        if ready := frame.get("ready"):
            self._you = ready["you"]
        entries = frame.get("entries", ())
        for entry in entries if self._version else entries[-LAST:]:
            self._show(entry)
        self._version = max(self._version, frame.get("version", 0))
        if "ack" in frame:
            self._done()
        if toast := frame.get("toast"):
            self._ends.write(toast)
        if error := frame.get("error"):
            self._trouble(error)
        self._typed.set()

    def _show(self, entry: Mapping[str, Any]) -> None:
        if entry.get("cleared") or (entry["by"] == self._you and entry.get("key") in self._ours):
            return
        self._screen.show(entry, str(entry["id"]), before=self._before(entry))

    def _before(self, entry: Mapping[str, Any]) -> str:
        if entry["by"] == BOT:
            return ""
        return "› " if entry["by"] == self._you else f"{entry.get('name') or '…'}: "

    def _done(self) -> None:
        self._waiting.popleft()
        self._under = False

    def _trouble(self, error: Mapping[str, Any]) -> None:
        if error.get("retry"):
            asyncio.get_running_loop().call_later(error["retry"], self._retry)
            return
        if error["code"] in ("who", "door"):
            raise Refused(error["text"])
        self._ends.write(error["text"])
        if self._waiting and self._under:
            self._done()

    def _retry(self) -> None:
        self._under = False
        self._typed.set()
