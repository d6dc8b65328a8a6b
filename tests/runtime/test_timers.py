"""What is due rings once, late or twice asked, and one that fails takes nobody along."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.core.errors import Busy, Changed
from bot.runtime import timers as module
from bot.runtime.timers import Timers
from store.models import Timer
from store.work import Work
from tests.engines import NOON
from tests.runtime.conftest import House


class Bell:
    """Flows that note what rang, in the same transaction."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.fails: dict[str, Exception] = {}
        self.cancels: dict[str, str] = {}

    def __call__(self, work: Work, timer: Timer) -> None:
        work.workspace = timer.workspace
        self.house.note(work, timer.subject)
        if other := self.cancels.get(timer.subject):
            work.timers.cancel("remind", other)
        if error := self.fails.get(timer.subject):
            raise error


@pytest.fixture
def bell(house: House) -> Bell:
    return Bell(house)


@pytest.fixture
def timers(house: House, bell: Bell) -> Timers:
    return Timers(house.database, bell)


def _set(house: House, *subjects: str, minutes: float = 5) -> None:
    due = NOON + timedelta(minutes=minutes)
    house.write(lambda work: [work.timers.set("remind", subject, due) for subject in subjects])


def _states(house: House) -> dict[str, tuple[str, str]]:
    return {timer.subject: (timer.state, timer.error) for timer in house.write(lambda work: work.find(Timer))}


async def test_nothing_rings_before_its_time(house: House, timers: Timers) -> None:
    _set(house, "a")
    assert (await timers.tick(), house.told) == (0, [])


async def test_what_was_due_while_we_were_away_rings_once(house: House, timers: Timers) -> None:
    _set(house, "later", minutes=9)
    _set(house, "earlier", minutes=3)
    house.clock.forward(hours=26)
    assert (await timers.tick(), await timers.tick(), sorted(house.told)) == (2, 0, ["earlier", "later"])


async def test_two_clocks_at_once_ring_each_timer_once(house: House, bell: Bell) -> None:
    _set(house, *(f"{number:02}" for number in range(40)))
    house.clock.forward(minutes=5)
    await asyncio.gather(*(Timers(house.database, bell).tick() for _ in range(4)))
    assert sorted(house.told) == [f"{number:02}" for number in range(40)]


async def test_one_that_fails_among_many_takes_nobody_along(house: House, bell: Bell, timers: Timers) -> None:
    names = [f"{number:03}" for number in range(120)]
    _set(house, *names)
    bell.fails = {"007": ValueError("a mistake"), "008": Busy("not now")}
    house.clock.forward(minutes=5)
    await timers.tick()
    assert sorted(house.told) == [name for name in names if name not in bell.fails]
    bell.fails = {}
    assert (await timers.tick(), house.told[-1]) == (1, "008")


async def test_the_test_sees_a_timer_that_is_not_taken(
    house: House, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.timers.Timers.end", lambda self, timer, *, error="": True)
    monkeypatch.setattr(module, "BATCH", 1000)
    with pytest.raises(AssertionError):
        await test_two_clocks_at_once_ring_each_timer_once(house, bell)


async def test_one_that_fails_is_marked_and_the_others_ring(house: House, timers: Timers, bell: Bell) -> None:
    _set(house, "bad", "good")
    bell.fails["bad"] = ValueError("a mistake")
    house.clock.forward(minutes=5)
    assert (await timers.tick(), await timers.tick()) == (2, 0)
    assert (_states(house), house.told) == ({"bad": ("failed", "ValueError"), "good": ("done", "")}, ["good"])


async def test_passing_trouble_leaves_it_to_the_next_tick(
    house: House, timers: Timers, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 1)
    _set(house, "a")
    house.clock.forward(minutes=5)
    bell.fails["a"] = Busy("full")
    assert (await timers.tick(), _states(house)) == (0, {"a": ("waiting", "")})
    bell.fails.clear()
    assert (await timers.tick(), house.told) == (1, ["a"])


async def test_one_that_meets_itself_on_a_row_every_time_has_failed(house: House, timers: Timers, bell: Bell) -> None:
    _set(house, "bad", "good")
    bell.fails["bad"] = Changed("row")
    house.clock.forward(minutes=5)
    assert (await timers.tick(), await timers.tick()) == (2, 0)
    assert (_states(house), house.told) == ({"bad": ("failed", "Changed"), "good": ("done", "")}, ["good"])


async def test_more_than_one_batch_rings_in_one_tick(
    house: House, timers: Timers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 7)
    _set(house, *(str(number) for number in range(20)))
    house.clock.forward(minutes=5)
    assert (await timers.tick(), len(house.told)) == (20, 20)


async def test_what_is_long_over_is_forgotten(house: House, timers: Timers) -> None:
    _set(house, "a")
    house.queue("1")
    house.clock.forward(minutes=5)
    await timers.tick()
    await house.sender().flush()
    house.clock.forward(days=8)
    house.queue("2")
    _set(house, "b", minutes=60 * 24 * 30)
    await timers.prune()
    found: Any = (set(_states(house)), set(house.states))
    assert found == ({"b"}, {"2"})


async def test_one_that_another_cancels_does_not_ring_though_both_were_due(
    house: House, bell: Bell, timers: Timers
) -> None:
    names = [f"{number:03}" for number in range(120)]
    _set(house, *names)
    bell.cancels = {"010": "011", "050": "059"}
    house.clock.forward(minutes=5)
    await timers.tick()
    assert sorted(house.told) == [name for name in names if name not in ("011", "059")]
    assert await timers.tick() == 0
