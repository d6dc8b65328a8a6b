"""A loud firm and a quiet one in one process: what the quiet one's people wait for an answer, beside and alone."""

from __future__ import annotations

import asyncio
import itertools
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.memory import MemoryAdapter
from adapters.memory.parse import raw
from bot.app import build
from bot.core.errors import Busy, TryLater
from bot.core.messages import Address, Event, Said, Sender, Update
from bot.core.ports import Call
from bot.runtime.service import Service
from flows import load
from flows.setup.actions import found_firm
from store.engine import Database, open_database
from store.models import Account, Conversation, Identity, Member, Outbox
from store.work import Work
from tests.figures import Told

SLOW = 0.03
"""Seconds that a turn of the loud firm's slow handler takes, all the time."""
_KEYS = itertools.count(1)


class Bot(MemoryAdapter):
    """Notes when it sent what; the loud firm's fails at every third message."""

    def __init__(self, name: str, *, fails: bool = False) -> None:
        super().__init__(name)
        self.capabilities = replace(self.capabilities, rate=30, chat_rate=0, room_rate=0, latency=0.1)
        self.sent: list[tuple[float, str]] = []
        self._chance, self._fails = random.Random(7), fails

    async def send(self, call: Call) -> str:
        await asyncio.sleep(0.01)
        if self._fails and self._chance.random() < 1 / 3:
            raise TryLater(0.5)
        self.sent.append((time.monotonic(), str(call.arguments["chat"])))
        return str(next(_KEYS))


def _now() -> datetime:
    return datetime.now(UTC)


def _firm(work: Work, name: str) -> None:
    firm = found_firm(work, name=name, country="US", language="en", zone="UTC")
    work.workspace = firm.id
    work.add(Account(platform="memory", name=name, side="member"))
    for number in range(20):
        at = Address("memory", name, f"chat-{number}")
        member = work.add(Member(name=f"M{number}", role="rep", language="en", joined=work.now, home=at.key))
        work.add(Identity(platform="memory", account=name, person=f"p{number}", name=member.name, member=member.id))
        chat = {"address": at.key, "platform": "memory", "account": name, "side": "member"}
        work.add(Conversation(**chat, member=member.id, seen=work.now))
    work.customers.add("Acme", owner=None)


def _campaign(work: Work, many: range) -> None:
    work.workspace = 1
    times = {"queued": work.now, "after": work.now, "expires": work.now + timedelta(hours=1)}
    for number in many:
        chat = Address("memory", "loud", f"chat-{number % 20}").key
        work.add(Outbox(key=f"campaign:{number}", account="loud", chat=chat, lane=9, payload={"text": []}, **times))


async def _says(service: Service, firm: str, who: int) -> None:
    key = f"{firm}-{next(_KEYS)}"
    at = Address("memory", firm, f"chat-{who}")
    event = Event(key, _now(), at, Sender(f"p{who}", f"M{who}"), Said(f"note Acme {key}", key))
    while True:
        try:
            await service.intake.accept(Update(firm, key, raw(event), at.chat))
            return
        except Busy:
            await asyncio.sleep(0.05)


async def _waits(service: Service, bot: Bot, count: int) -> list[float]:
    """Seconds from each message of the quiet firm to its answer."""
    found = []
    for number in range(count):
        before, began = len(bot.sent), time.monotonic()
        await _says(service, "quiet", number % 20)
        while len(bot.sent) == before:
            assert time.monotonic() - began < 30, "no answer"
            await asyncio.sleep(0.002)
        found.append(bot.sent[before][0] - began)
        await asyncio.sleep(0.05)
    return found


async def _slow_handler(database: Database) -> None:
    """Every chat of the loud firm is at something that takes its time."""
    while True:
        some = [database.write(lambda work: time.sleep(SLOW), lane=f"loud:chat-{n}") for n in range(20)]
        await asyncio.gather(*map(asyncio.wrap_future, some))


async def _updates(service: Service, count: int) -> None:
    async def several(numbers: Sequence[int]) -> None:
        for number in numbers:
            await _says(service, "loud", number % 20)

    await asyncio.gather(*(several(range(start, count, 50)) for start in range(50)))


@pytest.mark.parametrize(
    ("updates", "campaign", "asked", "within"),
    [(100, 500, 6, 5.0), pytest.param(10_000, 100_000, 200, 2.0, marks=pytest.mark.slow)],
)
async def test_a_loud_firm_starves_no_quiet_one(
    url: str, engine: str, updates: int, campaign: int, asked: int, within: float, told: Told
) -> None:
    """Ten thousand updates, a campaign of a hundred thousand, a slow handler and a failing bot, all at once."""
    load()
    database = open_database(url, _now)
    loud, quiet = Bot("loud", fails=True), Bot("quiet")
    for name in ("loud", "quiet"):
        database.write(lambda work, name=name: _firm(work, name)).result()
    service = build(database, [loud, quiet])
    await service.start()
    storm: list[asyncio.Task[Any]] = []
    try:
        await _waits(service, quiet, 3)  # what is compiled once
        alone = _p95(await _waits(service, quiet, asked))
        for start in range(0, campaign, 1000):
            await asyncio.wrap_future(
                database.write(lambda work, start=start: _campaign(work, range(start, min(start + 1000, campaign))))
            )
        storm = [asyncio.create_task(_slow_handler(database)), asyncio.create_task(_updates(service, updates))]
        await asyncio.sleep(0.5)
        beside = _p95(await _waits(service, quiet, asked))
        done = len(loud.sent)
    finally:
        for task in storm:
            task.cancel()
        await asyncio.gather(*storm, return_exceptions=True)
        await service.stop()
        database.close()
    told(
        f"neighbours [{engine}]: the quiet firm's p95 {alone:.3f} s alone, {beside:.3f} s beside a firm with "
        f"{updates} updates and {campaign} to send ({done} out meanwhile)"
    )
    assert done, "the loud firm is loud"
    assert beside < within


def _p95(found: Sequence[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]
