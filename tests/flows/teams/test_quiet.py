"""Quiet: so many unasked messages a day and no more; what was asked for always comes."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.messages import Address, Reply, Urgency
from bot.core.text import text
from flows.quiet.rules import day_began, digest_at, must_wait
from flows.turn import Turn
from store.models import Conversation, Member, Push
from store.work import Work
from tests.flows.teams.conftest import Town

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 2, 2, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)),
        (datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 3, 0, 30, tzinfo=UTC)),
        (datetime(2026, 3, 2, 15, tzinfo=UTC), datetime(2026, 3, 3, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_digest_comes_this_afternoon_or_next_morning(now: datetime, expected: datetime) -> None:
    assert digest_at(now, SHANGHAI, 8 * 60 + 30) == expected


def test_a_day_begins_at_the_persons_midnight() -> None:
    assert day_began(datetime(2026, 3, 2, 17, tzinfo=UTC), SHANGHAI) == datetime(2026, 3, 2, 16, tzinfo=UTC)


def test_one_place_of_the_day_is_kept_for_the_digest() -> None:
    assert [sent for sent in range(9) if must_wait(sent, 7)] == [6, 7, 8]


async def _news(town: Town, times: int, kind: str = "news", *, minutes: int = 2) -> None:
    """So many things that Bob did not ask for."""
    for number in range(times):
        await town.later(minutes=minutes)
        town.write(lambda work, number=number: _push(work, f"message {number}", kind))
        await town.stage.settle()


def _push(work: Work, words: str, kind: str) -> None:
    firm, bob = work.firm(work.workspace), work.first(Member, name="Bob")
    assert firm is not None
    assert bob is not None
    Turn(work=work, workspace=firm, key=f"news:{words}:{work.now.isoformat()}").message_member(
        bob, Reply(text(words)), kind
    )


async def test_nobody_hears_more_than_seven_a_day_unasked(town: Town) -> None:
    await _news(town, 40)
    await town.later(hours=12)
    assert len(town.shown("Bob")) == 7
    assert town.shown("Bob")[-1].startswith("34 more things since then")
    assert {push.state for push in town.rows(Push)} == {"sent", "told"}


async def test_what_was_asked_for_comes_on_top(town: Town) -> None:
    await town.says("Bob", "/remind today 16:00 call the bank")
    await _news(town, 20)
    assert "Nothing is due" not in await town.says("Bob", "today")
    await town.later(hours=6)
    assert any(shown.startswith("Reminder: call the bank") for shown in town.shown("Bob"))


async def test_the_next_day_is_a_new_one(town: Town) -> None:
    await _news(town, 10)
    await town.later(days=1)
    before = len(town.shown("Bob"))
    await _news(town, 3)
    assert len(town.shown("Bob")) == before + 3


async def test_what_falls_into_one_minute_is_one_message(town: Town) -> None:
    await _news(town, 5, minutes=0)
    (only,) = town.shown("Bob")
    assert all(f"message {number}" in only for number in range(5))


async def test_a_muted_kind_is_not_told_and_not_kept(town: Town) -> None:
    await town.says("Bob", "/mute")
    await town.presses("Bob", "Mute: what customers write")
    before = len(town.shown("Bob"))
    await _news(town, 3, "customer")
    assert len(town.shown("Bob")) == before
    assert town.rows(Push) == []


async def test_a_sign_of_life_starts_the_count_anew(town: Town) -> None:
    await _news(town, 4)
    await town.says("Bob", "today")
    await _news(town, 2)
    assert not any("You did not react" in shown for shown in town.shown("Bob"))


async def test_a_warning_comes_whatever_was_sent_before(town: Town) -> None:
    def move(work: Work) -> None:
        from store.models import Customer

        acme = work.first(Customer, name="Acme")
        assert acme is not None
        work.change(acme, owner=1)

    town.write(move)
    await _news(town, 9)
    await town.says("Ann", "/alerts low scores", "#service")
    await town.says("Zoe", "hello", "#service")
    assert "Somebody from outside" in town.shown("Ann")[-1]


async def test_a_room_hears_at_most_twenty_alerts_a_day(town: Town) -> None:
    await town.says("Ann", "/alerts low scores", "#service")
    before = len(town.shown("Ann", "#service"))
    ann = town.stage.people["Ann"].address
    there = Address(ann.platform, ann.account, "#service").key
    for number in range(30):
        town.stage.database.write(lambda work, number=number: _alert(work, there, number)).result(10)
    await town.later(hours=12)
    shown = town.shown("Ann", "#service")[before:]
    assert len(shown) == 20
    assert shown[-1].startswith("11 more things since then")


def _alert(work: Work, there: str, number: int) -> None:
    work.workspace = 1
    firm, room = work.firm(1), work.first(Conversation, address=there)
    assert firm is not None
    assert room is not None
    reply = Reply(text(f"alert {number}"), card=f"test:{number}", urgency=Urgency.ALERT)
    Turn(work=work, workspace=firm, key=f"test:{number}").say_to(room, reply)


async def test_an_answer_costs_nothing(town: Town) -> None:
    for _ in range(10):
        await town.says("Bob", "today")
        await town.says("Bob", "/who Acme")
    assert town.rows(Push) == []
