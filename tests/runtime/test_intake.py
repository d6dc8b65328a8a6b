"""An update is handled once, answered the same each time, and whatever is wrong with it, the next one gets its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import bindparam, update

from adapters.memory.parse import raw
from bot.core.errors import Busy, Changed
from bot.core.messages import Answer, Event, Said, Sender, Update
from bot.runtime.intake import MEETINGS, Handlers, Intake
from store import inbound
from store.models import Inbound
from store.statements import Statement
from store.work import Work
from tests.engines import NOON
from tests.runtime.conftest import ANNA, House


class Refusal(Exception):
    """Flows that roll their turn back."""


class Flows:
    """Take notes of what they hear, and then do as told."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.then: dict[str, Callable[[], Any]] = {}
        self.apology: Exception | None = None
        self.refusal: Exception | None = None
        self.runs = 0

    def handle(self, work: Work, event: Event) -> Answer | None:
        assert isinstance(event.body, Said)
        self.runs += 1
        work.workspace = 1
        self.house.note(work, event.body.text)
        return self.then.get(event.body.text, lambda: None)()  # type: ignore[no-any-return]

    def refused(self, error: BaseException, work: Work, event: Event) -> Answer:
        work.workspace = 1
        self.house.note(work, "refused")
        if self.refusal:
            raise self.refusal
        return Answer(str(error))

    def apologise(self, work: Work, event: Event) -> None:
        work.workspace = 1
        self.house.note(work, "sorry")
        if self.apology:
            raise self.apology


@pytest.fixture
def flows(house: House) -> Flows:
    return Flows(house)


@pytest.fixture
def intake(house: House, flows: Flows) -> Intake:
    handlers = Handlers(flows.handle, flows.refused, lambda error: isinstance(error, Refusal), flows.apologise)
    return Intake(house.database, {"staff": house.platform}, handlers)


def _update(text: str, key: str = "", account: str = "staff") -> Update:
    event = Event(key or text, NOON, ANNA, Sender("u1"), Said(text))
    return Update(account, key or text, raw(event), lane="anna")


def _raises(error: Exception) -> Callable[[], Any]:
    def act() -> None:
        raise error

    return act


def _parked(house: House) -> list[tuple[str, str]]:
    return [(parked.update.key, parked.error) for parked in house.write(lambda work: work.updates.parked())]


async def test_a_second_time_it_is_answered_as_before_and_nothing_else(
    house: House, flows: Flows, intake: Intake
) -> None:
    flows.then["hi"] = lambda: Answer("Saved", {"errors": {"when": "?"}})
    answers = [await intake.accept(_update("hi")) for _ in range(3)]
    assert (answers, house.told) == ([Answer("Saved", {"errors": {"when": "?"}})] * 3, ["hi"])


async def test_many_at_once_are_still_handled_once(house: House, flows: Flows, intake: Intake) -> None:
    flows.then["hi"] = lambda: Answer("Saved")
    answers = await asyncio.gather(*(intake.accept(_update("hi")) for _ in range(20)))
    assert (answers, house.told) == ([Answer("Saved")] * 20, ["hi"])


async def test_the_test_sees_a_missing_dedupe(
    house: House, flows: Flows, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    await intake.accept(_update("other"))
    always = Statement(lambda: update(Inbound.table()).values(state=bindparam("state")))
    monkeypatch.setattr(inbound, "_TAKE", {"sqlite": always, "postgresql": always})
    with pytest.raises(AssertionError):
        await test_many_at_once_are_still_handled_once(house, flows, intake)


async def test_the_same_key_of_another_account_is_another_update(house: House, intake: Intake) -> None:
    intake._adapters = {"staff": house.platform, "customers": house.platform}
    for account in ("staff", "customers"):
        await intake.accept(_update("hi", account=account))
    assert house.told == ["hi", "hi"]


async def test_a_turn_that_fails_is_rolled_back_parked_and_apologised_for(
    house: House, flows: Flows, intake: Intake
) -> None:
    flows.then["bad"] = _raises(ValueError("a mistake"))
    answers = [await intake.accept(_update(text)) for text in ("bad", "good", "bad")]
    assert (answers, house.told) == ([None] * 3, ["sorry", "good"])
    assert _parked(house) == [("bad", "ValueError")]


async def test_a_parked_update_keeps_its_raw_text(house: House, flows: Flows, intake: Intake) -> None:
    flows.then["bad"] = _raises(ValueError("a mistake"))
    await intake.accept(_update("bad"))
    [parked] = house.write(lambda work: work.updates.parked())
    assert parked.update.raw == _update("bad").raw


async def test_what_can_not_even_be_read_is_parked_without_a_word(house: House, intake: Intake) -> None:
    for text in ("{", "[]", "null", '{"kind": 3}', '{"kind": "Said"}'):
        await intake.accept(Update("staff", text, text, lane="anna"))
    await intake.accept(_update("good"))
    assert (house.told, {key for key, _ in _parked(house)}) == (["good"], {"{", "[]", "null", '{"kind": "Said"}'})


async def test_an_apology_that_fails_too_blocks_nobody(house: House, flows: Flows, intake: Intake) -> None:
    flows.then["bad"] = _raises(ValueError("a mistake"))
    flows.apology = KeyError("and another")
    for text in ("bad", "good"):
        await intake.accept(_update(text))
    assert (house.told, _parked(house)) == (["good"], [("bad", "KeyError")])


async def test_a_refusal_is_said_and_what_led_to_it_is_rolled_back(house: House, flows: Flows, intake: Intake) -> None:
    flows.then["no"] = _raises(Refusal("Not so."))
    answers = [await intake.accept(_update("no")) for _ in range(2)]
    assert (answers, house.told, _parked(house)) == ([Answer("Not so.")] * 2, ["refused"], [])


async def test_a_refusal_that_fails_is_parked(house: House, flows: Flows, intake: Intake) -> None:
    flows.then["no"] = _raises(Refusal("Not so."))
    flows.refusal = ValueError("a mistake")
    for text in ("no", "good"):
        await intake.accept(_update(text))
    assert (house.told, _parked(house)) == (["sorry", "good"], [("no", "ValueError")])


async def test_trouble_of_the_storage_is_raised_so_that_the_platform_comes_again(
    house: House, flows: Flows, intake: Intake
) -> None:
    flows.then["hi"] = _raises(Busy("full"))
    with pytest.raises(Busy):
        await intake.accept(_update("hi"))
    flows.then.clear()
    await intake.accept(_update("hi"))
    assert (house.told, _parked(house)) == (["hi"], [])


async def test_a_row_that_moved_on_is_met_again_until_it_is_free(house: House, flows: Flows, intake: Intake) -> None:
    errors = [Changed("row"), Changed("row")]
    flows.then["hi"] = lambda: _raises(errors.pop())() if errors else None
    await intake.accept(_update("hi"))
    assert (house.told, _parked(house)) == (["hi"], [])


async def test_a_turn_that_always_meets_itself_is_parked_and_takes_no_other_along(
    house: House, flows: Flows, intake: Intake, engine: str
) -> None:
    flows.then["bad"] = _raises(Changed("row"))
    others = [intake.accept(_update(f"good {number}")) for number in range(20)]
    await asyncio.gather(intake.accept(_update("bad")), *others)
    assert _parked(house) == [("bad", "Changed")]
    assert sorted(house.told) == sorted(["sorry", *(f"good {number}" for number in range(20))])
    assert flows.runs >= MEETINGS + 20


async def test_one_poisoned_update_among_many_of_a_chat_delays_nobody(
    house: House, flows: Flows, intake: Intake
) -> None:
    flows.then["50"] = _raises(RecursionError())
    for number in range(100):
        await intake.accept(_update(f"{number}"))
    assert house.told == [*(f"{number}" for number in range(50)), "sorry", *(f"{number}" for number in range(51, 100))]


async def test_a_parked_update_is_handled_again_once_when_somebody_wants_it(
    house: House, flows: Flows, intake: Intake
) -> None:
    flows.then["hi"] = _raises(KeyError("a mistake"))
    await intake.accept(_update("hi"))
    assert await intake.replay() == 0
    assert house.told == ["sorry"]

    def ask() -> None:
        house.write(lambda work: [work.updates.retry(parked.update) for parked in work.updates.parked()])

    ask()
    assert await intake.replay() == 0
    [parked] = house.write(lambda work: work.updates.parked())
    assert (parked.error, house.told) == ("KeyError", ["sorry"])
    del flows.then["hi"]
    ask()
    assert [await intake.replay(), await intake.replay()] == [1, 0]
    assert house.told == ["sorry", "hi"]
    assert house.write(lambda work: work.updates.parked()) == []
