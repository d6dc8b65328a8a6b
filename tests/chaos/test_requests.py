"""Programs that ask again and again, also at once: each thing that they asked for is there once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest

from bot.web.api import calls
from store.engine import Database
from store.models import Customer
from tests.engines import Hands
from tests.figures import Told
from tests.flows.surveys.scene import Scene
from tests.web.api.test_api import Shop

AT_ONCE = 12


@pytest.fixture
async def shop(database: Database, clock: Hands) -> Shop:
    return Shop(Scene(database, clock))


async def _storm(shop: Shop, count: int) -> tuple[Counter[int], int]:
    """Every request goes out two to six times, most of them at once; returns the answers by status, and how many
    were repeats.
    """
    dice, asked = random.Random(5), list[int]()
    for number in range(count):
        asked += [number] * dice.randint(2, 6)
    asked.sort(key=lambda number: number + 2 * dice.random())
    gate, answers = asyncio.Semaphore(AT_ONCE), dict[int, set[str]]()
    statuses, replayed = Counter[int](), 0

    async def ask(number: int) -> None:
        nonlocal replayed
        async with gate:
            body = {"name": f"Firm {number}"} if number % 5 else {"customer": 10**6, "text": "nobody's"}
            path = "/customers" if number % 5 else "/activities"
            answer = await shop("POST", path, body, Idempotency_Key=f"k{number}")
            statuses[answer.status_code] += 1
            replayed += answer.headers.get("idempotent-replayed") == "true"
            answers.setdefault(number, set()).add(answer.text)

    await asyncio.gather(*map(ask, asked))
    assert {len(said) for said in answers.values()} == {1}
    return statuses, replayed


def _names(shop: Shop) -> Counter[str]:
    return Counter(customer.name for customer in shop.scene.find(Customer))


async def test_what_is_asked_for_many_times_at_once_is_done_once(shop: Shop, engine: str, told: Told) -> None:
    told(f"requests, {engine}: {await _once(shop, 30)}")


@pytest.mark.slow
async def test_a_thousand_things_are(shop: Shop, engine: str, told: Told) -> None:
    told(f"requests, {engine}: {await _once(shop, 1000)}")


async def _once(shop: Shop, count: int) -> str:
    statuses, replayed = await _storm(shop, count)
    assert set(statuses) == {201, 404}, statuses
    assert _names(shop) == Counter({f"Firm {number}": 1 for number in range(count) if number % 5})
    return f"{count} things asked for {sum(statuses.values())} times, {replayed} answered from memory, 0 done twice"


async def test_the_storm_sees_a_request_that_is_not_known_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "_before", lambda work, who: None)
    with pytest.raises(AssertionError):
        await _once(shop, 6)
