"""Both bots against the fake platform, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import pytest

from adapters import build
from bot.core.errors import TryLater
from bot.core.messages import Answer, Event, Update
from tests.files import KeptFiles
from tests.wires.telegram import TelegramWire
from tests.wires.telegram.people import until


class Listening:
    """An adapter that is polling, and what it handed over."""

    def __init__(self, adapter: Any) -> None:
        self.adapter = adapter
        self.updates: list[Update] = []
        self.before: Callable[[Update], Any] = lambda update: None
        """Runs first, may raise or wait."""
        self.answer: Answer | None = None
        self.task: asyncio.Task[None] | None = None

    async def accept(self, update: Update) -> Answer | None:
        outcome = self.before(update)
        if outcome is not None:
            await outcome
        self.updates.append(update)
        return self.answer

    def start(self) -> None:
        self.task = asyncio.create_task(self.adapter.listen(self.accept))

    async def stop(self) -> None:
        if self.task:
            self.task.cancel()
            with suppress(asyncio.CancelledError, TryLater):
                await self.task

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


@pytest.fixture
async def wire() -> AsyncIterator[TelegramWire]:
    async with TelegramWire() as wire:
        yield wire


@pytest.fixture
def files() -> KeptFiles:
    return KeptFiles()


@pytest.fixture(params=["telegram-staff", "telegram-customers"])
async def adapter(request: pytest.FixtureRequest, wire: TelegramWire, files: KeptFiles) -> AsyncIterator[Any]:
    token = wire.bot("our bot", username="rapport_bot").token
    made: Any = build(request.param, token=token, account="ours", files=files, api_url=wire.url, first_pause=0.05)
    yield made
    await made.close()


@pytest.fixture
async def listening(adapter: Any) -> AsyncIterator[Listening]:
    made = Listening(adapter)
    yield made
    await made.stop()
