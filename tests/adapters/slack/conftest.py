"""The adapter behind a real server, called by the fake Slack, or connected to it by Socket Mode."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn

from adapters import build
from bot.core.capabilities import fit
from bot.core.errors import TryLater
from bot.core.messages import Address, Answer, Event, Known, Outgoing, Update
from bot.core.ports import ASGI
from bot.core.text import Run
from tests.files import KeptFiles
from tests.wires.slack import Person, SlackWire
from tests.wires.telegram.people import until


class Listening:
    """An adapter that is called, and what it handed over; like our tables, it repeats an answer for a known key."""

    def __init__(self, adapter: Any) -> None:
        self.adapter = adapter
        self.updates: list[Update] = []
        self.names: list[Known] = []
        """What it told itself beside: how people and channels are called."""
        self.refuses = 0
        """So many times nothing can be taken in."""
        self.slow = 0.0
        self.answers: Callable[[Event], Answer | None] = lambda event: None
        self._told: dict[str, Answer | None] = {}

    async def accept(self, update: Update) -> Answer | None:
        await asyncio.sleep(self.slow)
        if self.refuses:
            self.refuses -= 1
            raise TryLater()
        if update.key.startswith("known:"):
            self.names += [event.body for event in self.adapter.parse(update.raw)]
            return None
        if update.key not in self._told:
            self.updates.append(update)
            self._told[update.key] = next((self.answers(event) for event in self.adapter.parse(update.raw)), None)
        return self._told[update.key]

    @property
    def events(self) -> list[Event]:
        return [event for update in self.updates for event in self.adapter.parse(update.raw)]

    @property
    def bodies(self) -> list[Any]:
        return [event.body for event in self.events]

    async def hears(self, count: int = 1, seconds: float = 5.0) -> list[Any]:
        """The bodies of the first `count` events, once they are there."""
        await until(lambda: len(self.events) >= count, seconds, lambda: f"only {self.bodies}")
        return self.bodies


@asynccontextmanager
async def served(app: ASGI) -> AsyncIterator[str]:
    """The application on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))  # type: ignore[arg-type]
        running = asyncio.create_task(server.serve(sockets=[free]))
        await until(lambda: server.started, 5, "the server did not start")
        yield f"http://127.0.0.1:{free.getsockname()[1]}/"
        server.should_exit = True
        await running


@asynccontextmanager
async def connected(adapter: Any, wire: SlackWire, way: str) -> AsyncIterator[Listening]:
    """The adapter as it runs in production, by "http" or "socket"."""
    heard = Listening(adapter)
    listening = asyncio.create_task(adapter.listen(heard.accept))
    if way == "socket":
        await until(lambda: wire.deliverer.lines, 5, "no connection was opened")
        yield heard
    else:
        async with served(adapter.mount(heard.accept)) as url:
            wire.calls(url)
            yield heard
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening


def made(wire: SlackWire, files: KeptFiles, **more: Any) -> Any:
    given = {"bot_token": wire.home.token, "signing_secret": wire.secret, "api_url": wire.api_url} | more
    return build("slack", account="ours", files=files, **given)


async def sent(adapter: Any, where: Person | str, *runs: Run | str, thread: str = "", **more: Any) -> str:
    """What the sender does with a message; returns the last call's message id."""
    chat = where.direct if isinstance(where, Person) else where
    text = tuple(Run(run) if isinstance(run, str) else run for run in runs or ("hello",))
    message = Outgoing(text, **{"key": "k1", **more})
    number = ""
    for part in fit(message, adapter.capabilities).messages:
        for call in adapter.render(Address("slack", "ours", chat, thread), part):
            number = await adapter.send(call)
    return number


@pytest.fixture
async def wire() -> AsyncIterator[SlackWire]:
    async with SlackWire() as wire:
        yield wire


@pytest.fixture
def files() -> KeptFiles:
    return KeptFiles()


@pytest.fixture
async def adapter(wire: SlackWire, files: KeptFiles) -> AsyncIterator[Any]:
    adapter = made(wire, files)
    yield adapter
    await adapter.close()


@pytest.fixture
def ann(wire: SlackWire) -> Person:
    return wire.user("Ann")


@pytest.fixture(params=["http", "socket"])
async def heard(request: pytest.FixtureRequest, wire: SlackWire, files: KeptFiles) -> AsyncIterator[Listening]:
    """Receiving, both ways."""
    app_token = wire.app_token if request.param == "socket" else ""
    adapter = made(wire, files, app_token=app_token, ping_seconds=0.5)
    async with connected(adapter, wire, request.param) as heard:
        yield heard
    await adapter.close()


@pytest.fixture
async def called(wire: SlackWire, adapter: Any) -> AsyncIterator[Listening]:
    """Receiving, by HTTP alone."""
    async with connected(adapter, wire, "http") as heard:
        yield heard
