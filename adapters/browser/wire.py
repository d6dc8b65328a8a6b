"""One WebSocket: its first frame says who and since when, then frames come in and entries go out until it closes."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from weakref import WeakValueDictionary

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from adapters.browser.files import FileShelf
from adapters.browser.frames import Raw, Seat, decoded, key_of, raw_of, words
from adapters.browser.people import by_cookie, known
from adapters.browser.refusals import Refused
from adapters.browser.render import edited_entry, own_entry
from bot.core.errors import StoreError
from bot.core.messages import Answer, Update
from bot.core.ports import Accept, Door, Doors, Screen

HELLO_SECONDS = 15.0
LOOK_SECONDS = 20.0
"""How long a missed wake-up can delay an entry, and how soon a removed member's page closes by itself."""
BURST, WINDOW = 20, 10.0
BATCH = 200

logger = logging.getLogger(__name__)


class Turns:
    """Keeps a person's message above the answer to it: one chat's messages are accepted and shown one at a time."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, chat: str) -> asyncio.Lock:
        """The lock of the chat, the same for all who hold it now."""
        return self._locks.setdefault(chat, asyncio.Lock())


class Wire:
    """What all sockets of an account share."""

    def __init__(
        self, account: str, *, screen: Screen, doors: Doors, shelf: FileShelf, turns: Turns, origins: Collection[str]
    ) -> None:
        self.account = account
        self.screen = screen
        self.doors = doors
        self.shelf = shelf
        self.turns = turns
        self.origins = origins

    async def serve(self, socket: WebSocket, accept: Accept) -> None:
        """Runs until the client goes."""
        await socket.accept()
        language = ""
        with suppress(WebSocketDisconnect):
            try:
                hello = await self._hello(socket)
                language = words(hello, "language", 20)
                seat, doors = await self._seat(socket, hello, language)
                await _send(socket, _ready(seat, doors))
                await self._talk(socket, seat, _since(hello), accept)
            except Refused as refused:
                await _leave(socket, 4403 if refused.code in ("who", "door") else 1009, refused.frame(language))
            except StoreError:
                await _leave(socket, 1013)

    async def _hello(self, socket: WebSocket) -> Mapping[str, Any]:
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                hello = decoded(await _receive(socket)).get("hello")
        except TimeoutError as problem:
            raise Refused("unreadable") from problem
        if not isinstance(hello, dict):
            raise Refused("unreadable")
        return hello

    async def _seat(self, socket: WebSocket, hello: Mapping[str, Any], language: str) -> tuple[Seat, list[Door]]:
        secret = hello.get("secret")
        person = known(secret) if secret else by_cookie(socket.cookies, socket.headers, self.origins)
        if not person:
            raise Refused("who")
        doors = list(await self.doors.of(person))
        door = _door(doors, words(hello, "chat") or person)
        return Seat(person, door, language, words(hello, "name", 80).strip()), doors

    async def _talk(self, socket: WebSocket, seat: Seat, since: int, accept: Accept) -> None:
        showing = asyncio.create_task(self._show(socket, seat, since))
        hearing = asyncio.create_task(self._hear(socket, seat, accept))
        try:
            done, _ = await asyncio.wait((showing, hearing), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            showing.cancel()
            hearing.cancel()
            await asyncio.gather(showing, hearing, return_exceptions=True)

    async def _show(self, socket: WebSocket, seat: Seat, version: int) -> None:
        """Sends what is new; waits before it looks, so that nothing falls between the two."""
        chat, first = seat.door.chat, True
        while True:
            news = asyncio.ensure_future(self.screen.changed(chat))
            try:
                await asyncio.sleep(0)
                entries = await self.screen.since(chat, version, limit=BATCH)
                await self._still_open(seat)
                if entries or first:
                    version = max([version, *(int(entry["version"]) for entry in entries)])
                    linked = [self.shelf.linked(entry, seat.person, chat) for entry in entries]
                    await _send(socket, {"entries": linked, "version": version})
                if len(entries) < BATCH:
                    await asyncio.wait((news,), timeout=LOOK_SECONDS)
                first = False
            finally:
                news.cancel()

    async def _hear(self, socket: WebSocket, seat: Seat, accept: Accept) -> None:
        times: deque[float] = deque(maxlen=BURST)
        while True:
            text, key = await _receive(socket), ""
            try:
                frame = decoded(text)
                if "ping" in frame:
                    await _send(socket, {"pong": frame["ping"]})
                    continue
                key = key_of(frame)
                _not_too_many(times)
                raw = raw_of(frame, seat, datetime.now(UTC), self.shelf.is_ours)
                await self._still_open(seat)
                await _send(socket, _taken(key, await self._take(raw, accept)))
            except Refused as refused:
                if refused.code in ("big", "door"):
                    raise
                await _send(socket, refused.frame(seat.language, key))

    async def _take(self, raw: Raw, accept: Accept) -> Answer | None:
        """Into the tables, then on to the screen; the client has its message until both are done."""
        try:
            async with self.turns.of(raw["chat"]):
                answer = await accept(Update(self.account, raw["key"], json.dumps(raw, ensure_ascii=False)))
                await self._put_up(raw)
                return answer
        except Exception as problem:
            logger.warning("update not taken", extra={"action": "update_not_taken", "error": type(problem).__name__})
            raise Refused("later", retry=2.0) from problem

    async def _put_up(self, raw: Raw) -> None:
        chat, entry = raw["chat"], own_entry(raw)
        if entry:
            await self.screen.show(chat, entry, key=raw["key"])
        elif raw["kind"] == "edit":
            changed = edited_entry(raw)
            first = await self.screen.show(chat, changed, key=raw["message"])
            await self.screen.show(chat, changed, key=raw["key"], edits=first)

    async def _still_open(self, seat: Seat) -> None:
        _door(await self.doors.of(seat.person), seat.door.chat)


def _door(doors: Collection[Door], chat: str) -> Door:
    for door in doors:
        if door.chat == chat:
            return door
    raise Refused("door")


def _since(hello: Mapping[str, Any]) -> int:
    since = hello.get("since", 0)
    return since if isinstance(since, int) and since > 0 else 0


def _ready(seat: Seat, doors: Collection[Door]) -> dict[str, Any]:
    open_ones = [{"chat": door.chat, "title": door.title, "private": door.private} for door in doors]
    here = {"chat": seat.door.chat, "title": seat.door.title, "private": seat.door.private}
    return {"ready": {**here, "you": seat.person, "name": seat.door.you or seat.name, "doors": open_ones}}


def _taken(key: str, answer: Answer | None) -> dict[str, Any]:
    return {"ack": key, "toast": answer.toast} if answer and answer.toast else {"ack": key}


def _not_too_many(times: deque[float]) -> None:
    now = asyncio.get_running_loop().time()
    if len(times) == BURST and (wait := times[0] + WINDOW - now) > 0:
        raise Refused("slow", retry=max(wait, 0.5))
    times.append(now)


async def _receive(socket: WebSocket) -> str:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    text = message.get("text")
    if text is None:
        raise Refused("unreadable")
    return str(text)


async def _send(socket: WebSocket, frame: Mapping[str, Any]) -> None:
    await socket.send_text(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))


async def _leave(socket: WebSocket, code: int, frame: Mapping[str, Any] | None = None) -> None:
    """Closes the socket, with a last word, unless the client was faster."""
    if socket.application_state is WebSocketState.CONNECTED:
        if frame:
            await _send(socket, frame)
        await socket.close(code)
