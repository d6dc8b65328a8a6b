"""A served house and its clients."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from adapters.browser import person_of
from bot.core.ports import Door
from tests.adapters.browser.stage import ROOM, House, serving

ANN, BOB = "ann-" + "a" * 28, "bob-" + "b" * 28


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    house.doors.rooms[person_of(ANN)] = [Door(ROOM, "Service", private=False, you="Ann")]
    async with serving(house):
        yield house


class Client:
    """What a page does, without a page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.shown: list[dict[str, Any]] = []

    async def send(self, frame: Any) -> None:
        await self._socket.send(frame if isinstance(frame, str) else json.dumps(frame))

    async def next(self, name: str) -> Any:
        async with asyncio.timeout(5):
            while True:
                frame = json.loads(await self._socket.recv())
                self.shown += frame.get("entries", [])
                if name in frame:
                    return frame[name]

    async def ask(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Sends a message and gives the acknowledgement or the error."""
        await self.send(frame)
        async with asyncio.timeout(5):
            while True:
                answer = json.loads(await self._socket.recv())
                self.shown += answer.get("entries", [])
                if "ack" in answer or "error" in answer:
                    return dict(answer)

    async def sees(self, count: int) -> list[dict[str, Any]]:
        while len(self.shown) < count:
            await self.next("entries")
        return self.shown

    async def closed(self) -> int:
        await self._socket.wait_closed()
        return self._socket.close_code or 0


@pytest.fixture
async def client(house: House) -> AsyncIterator[Callable[..., Any]]:
    sockets = []

    async def open(secret: str = ANN, *, headers: dict[str, str] | None = None, **hello: Any) -> Client:
        address = house.url.replace("http", "ws") + "/chat/ws"
        socket = await connect(address, additional_headers=headers, proxy=None)
        sockets.append(socket)
        client = Client(socket)
        await client.send({"hello": {**({"secret": secret} if secret else {}), "language": "en", **hello}})
        return client

    yield open
    for socket in sockets:
        await socket.close()
