"""The parts together: started at once, woken by what is written, stopped in order with nothing lost or doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from adapters.memory.parse import raw
from bot.app import utc_now
from bot.core.errors import WrongCredentials
from bot.core.messages import Event, Outgoing, Said, Sender, Update
from bot.core.text import Run as Words
from bot.runtime import leases as leasing
from bot.runtime import service as module
from bot.runtime.intake import Handlers
from bot.runtime.service import Service
from store import leases
from store.engine import open_database
from store.models import Timer
from store.outbox import Posting
from store.work import Work
from tests.awake import Awake
from tests.engines import NOON
from tests.runtime.conftest import ANNA, House, Platform, until


def _echo(work: Work, event: Event) -> None:
    work.workspace = 1
    assert isinstance(event.body, Said)
    work.outbox.queue(f"echo {event.key}", Posting(event.where, Outgoing((Words(event.body.text),))))


def _rings(work: Work, timer: Timer) -> None:
    work.workspace = timer.workspace
    work.outbox.queue(f"rings {timer.id}", Posting(ANNA, Outgoing((Words(f"ring {timer.subject}"),))))


@pytest.fixture
async def living(house: House, url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """The house on a clock that goes."""
    monkeypatch.setattr(leasing, "ASK", 0.1)
    database = open_database(url, utc_now)
    house.database.close()
    house.database = database
    yield house
    await asyncio.to_thread(database.close)


def _service(house: House, platform: Platform | None = None) -> Service:
    adapter = platform or house.platform
    return Service(house.database, {"staff": adapter}, Handlers(_echo), tell=house.tell, wake=_rings)  # type: ignore[arg-type]


def _says(text: str) -> Update:
    return Update("staff", text, raw(Event(text, NOON, ANNA, Sender("u1"), Said(text))), lane="anna")


async def _while_running(service: Service, act: Callable[[], Awaitable[Any]]) -> float:
    """Runs it and returns how many seconds stopping took."""
    await service.start()
    with Awake() as clock:
        try:
            await act()
        finally:
            before = clock()
            await service.stop()
        return clock() - before


async def test_what_is_said_is_answered_without_waiting_for_the_next_look(
    living: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.sender.IDLE", 30.0)
    service = _service(living)

    async def act() -> None:
        await until(lambda: "staff" in service._senders)
        for text in ("1", "2", "3"):
            await service.intake.accept(_says(text))
        await until(lambda: living.platform.texts == ["1", "2", "3"], 3)

    await _while_running(service, act)


async def test_what_is_due_rings(living: House) -> None:
    living.write(lambda work: work.timers.set("remind", "7", work.now))
    await _while_running(_service(living), lambda: until(lambda: living.platform.texts == ["ring 7"]))


async def test_stopping_releases_the_lease_at_once_so_that_the_next_begins_at_once(living: House) -> None:
    for number in range(3):
        living.queue(f"{number}")
        with Awake() as clock:
            sent = partial(until, lambda n=number: len(living.platform.texts) > n)  # type: ignore[misc]
            took = await _while_running(_service(living), sent)
            assert (clock() < 2.5, took < 1) == (True, True)
    assert living.write(lambda work: leases.holder(work, "staff")).epoch == 3


async def test_two_services_on_one_account_send_each_message_once(living: House) -> None:
    living.platform.slow = 0.01
    living.queue(*(f"{number}" for number in range(30)))
    services = [_service(living) for _ in range(2)]
    for service in services:
        await service.start()
    await until(lambda: len(living.platform.texts) == 10)
    await services[0].stop()
    await until(lambda: len(living.platform.texts) == 30)
    await services[1].stop()
    assert [text for _, text in living.platform.asked] == [f"{number}" for number in range(30)]


async def test_a_slow_platform_gets_time_to_answer_before_we_leave(living: House) -> None:
    living.platform.slow = 0.8
    living.queue("1")
    took = await _while_running(_service(living), lambda: until(lambda: living.platform.asked))
    assert (living.states, living.platform.texts, took < 3) == ({"1": "sent"}, ["1"], True)


async def test_a_platform_that_never_answers_does_not_keep_us(living: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.sender.LEAVING", 0.3)
    monkeypatch.setattr(module, "LEAVING", 0.5)
    living.platform.gate = asyncio.Event()
    living.queue("1")
    took = await _while_running(_service(living), lambda: until(lambda: living.platform.asked))
    assert (took < 3, living.states) == (True, {"1": "claimed"})
    living.platform.gate = None
    await _while_running(_service(living), lambda: until(lambda: living.platform.texts == ["1"]))


class Deaf(Platform):
    """Its listener fails, by every kind of error, before it listens."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__()
        self.errors = list(errors)
        self.heard = False

    async def listen(self, accept: Any) -> None:
        if self.errors:
            raise self.errors.pop(0)
        await accept(_says("at last"))
        self.heard = True
        await super().listen(accept)


async def test_a_listener_that_fails_is_begun_anew_while_messages_go_out(
    living: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REFUSED", (0.1,))
    monkeypatch.setattr(module, "FIRST_WAIT", 0.05)
    deaf = Deaf(WrongCredentials("401"), ValueError("a mistake"), OSError("no network"))
    living.queue("1")
    await _while_running(_service(living, deaf), lambda: until(lambda: deaf.texts == ["1", "at last"]))


async def test_stopping_what_never_started_is_nothing(living: House) -> None:
    await _service(living).stop()
