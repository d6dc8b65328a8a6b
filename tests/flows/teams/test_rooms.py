"""Rooms: introductions, outsiders, moves, lost chats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.core.messages import Joined, Outgoing, Pressed, Sender, Urgency
from bot.core.text import Run
from store.models import Card, Conversation, Member, Outbox, Route
from store.outbox import Posting
from store.work import Work
from tests.flows.teams.conftest import Town
from tests.transcripts.stage import STAFF, Person
from tests.transcripts.stages.house import Room

ROOM = "#service"


def room(town: Town, title: str = ROOM) -> Conversation:
    found: list[Any] = [row for row in town.rows(Conversation, kind="room") if row.address.split(":")[2] == title]
    return found[0]


async def _registered(town: Town) -> None:
    await town.says("Ann", "/alerts low scores", ROOM)


async def test_the_bot_introduces_itself_once_in_thirty_days(town: Town) -> None:
    assert "I bring alerts" in await town.joins("Ann", ROOM, bot=True)
    await town.later(days=29)
    assert await town.joins("Ann", ROOM, bot=True) == ""
    await town.later(days=31)
    assert "I bring alerts" in await town.joins("Ann", ROOM, bot=True)


async def test_a_stranger_who_brings_the_bot_into_a_room_learns_nothing(town: Town) -> None:
    shown = await town.joins("Zoe", "#elsewhere", bot=True)
    assert shown.startswith("I don't know you yet")
    assert room(town, "#elsewhere").outsider
    assert town.shown("Ann") == []


async def test_an_outsider_whom_a_member_brings_in_stops_the_alerts(town: Town) -> None:
    await _registered(town)
    await town.joins("Bob", ROOM, "Zoe")
    assert town.write(lambda work: work.people.rooms("low scores")) == []
    assert [found.id for found in town.write(lambda work: work.people.stopped_rooms("low scores"))] == [room(town).id]
    assert "Somebody from outside is in the room #service: Zoe." in town.shown("Ann")[-1]


async def test_a_member_or_a_bot_who_comes_in_changes_nothing(town: Town) -> None:
    await _registered(town)
    await town.joins("Bob", ROOM, "Cem")
    await town.does("Bob", Joined((Sender("b9", "GitHub", is_bot=True),)), ROOM)
    assert not room(town).outsider


async def test_a_guest_from_another_firm_is_an_outsider_whoever_brings_them(town: Town) -> None:
    await _registered(town)
    bob = town.stage.people["Bob"]
    await town.does("Ann", Joined((Sender(bob.id, "Bob", is_outsider=True),)), ROOM)
    assert room(town).outsider


async def test_the_owner_is_told_once(town: Town) -> None:
    await _registered(town)
    for text in ("hello", "anybody?", "who are you all"):
        await town.says("Zoe", text, ROOM)
    assert len(town.shown("Ann")) == 1


async def test_what_still_waits_for_the_room_is_not_sent(town: Town) -> None:
    await _registered(town)
    address = town.stage.people["Ann"].address
    there = type(address)(address.platform, address.account, ROOM)

    def wait(work: Work) -> None:
        later = work.now + timedelta(minutes=5)
        work.outbox.queue("waiting", Posting(there, Outgoing((Run("secret"),)), Urgency.ALERT, after=later))

    town.write(wait)
    await town.joins("Zoe", ROOM, "Zoe")
    await town.later(minutes=10)
    assert "secret" not in town.shown("Ann", ROOM)


async def test_only_an_owner_allows_it_again(town: Town) -> None:
    await _registered(town)
    await town.joins("Zoe", ROOM, "Zoe")
    assert "ours again" in town.shown("Ann")[-1] or "ours again" in await town.presses("Ann", "Allow again")
    assert not room(town).outsider


async def test_free_text_in_a_room_is_nobodys_business(town: Town) -> None:
    await _registered(town)
    assert await town.says("Bob", "Called Acme, wants a quote by Friday", ROOM) == ""
    assert "Logged" in await town.says("Bob", "@rapport Called Acme, wants a quote by Friday", ROOM)


async def test_a_room_that_moves_loses_nothing(town: Town) -> None:
    await _registered(town)
    await town.says("Bob", "@rapport Called Acme, wants a quote", ROOM)
    before = room(town)
    await town.leaves("Ann", ROOM, moved_to="#super")
    after = town.rows(Conversation, id=before.id)[0]
    assert (after.address.split(":")[2], after.formerly) == ("#super", before.address)
    assert [found.id for found in town.write(lambda work: work.people.rooms("low scores"))] == [before.id]
    assert {card.address for card in town.rows(Card)} == {after.address}


async def test_buttons_from_before_the_move_still_work(town: Town) -> None:
    await _registered(town)
    await town.says("Bob", "@rapport Called Acme, wants a quote", ROOM)
    button = town.house.shows(town.stage.people["Bob"], Room(ROOM, STAFF, ()))[-1].buttons[0]
    await town.leaves("Ann", ROOM, moved_to="#super")
    assert "Undone" in await town.does("Bob", Pressed(button.press, "1"), "#super")


async def test_a_move_heard_of_late_joins_both_rows(town: Town) -> None:
    await _registered(town)
    await town.says("Bob", "@rapport today", "#super")
    await town.leaves("Ann", ROOM, moved_to="#super")
    (found,) = town.write(lambda work: work.people.rooms("low scores"))
    assert found.address.split(":")[2] == "#super"
    assert len(town.rows(Route)) == 1


async def test_messages_that_wait_follow_the_move(town: Town) -> None:
    await _registered(town)
    address = town.stage.people["Ann"].address
    there = type(address)(address.platform, address.account, ROOM)

    def wait(work: Work) -> None:
        later = work.now + timedelta(minutes=5)
        work.outbox.queue("waiting", Posting(there, Outgoing((Run("news"),)), Urgency.ALERT, after=later))

    town.write(wait)
    town.house.knows(Person("nobody", "u0", STAFF, chat="#super"))
    await town.leaves("Ann", ROOM, moved_to="#super")
    await town.later(minutes=10)
    assert town.shown("Ann", "#super") == ["news"]
    assert [row.state for row in town.rows(Outbox, key="waiting")] == ["sent"]


async def test_when_the_bot_is_taken_out_the_owner_hears_where_the_alerts_go(town: Town) -> None:
    await _registered(town)
    await town.leaves("Bob", ROOM)
    assert "I was taken out of the room" in town.shown("Ann")[-1]
    assert town.write(lambda work: work.people.rooms("low scores")) == []
    await town.joins("Ann", ROOM, bot=True)
    assert len(town.write(lambda work: work.people.rooms("low scores"))) == 1


async def test_a_member_who_blocks_one_chat_is_reached_in_the_other(town: Town) -> None:
    from bot.core.messages import Command

    laptop = Person("Bob", "b2", "staff", "en", chat="laptop")
    await town.says("Bob", "/link")
    await town.does(laptop, Command("start", town.shown("Bob")[-1].rpartition("code ")[2]))
    await town.leaves("Bob")
    assert town.rows(Member, name="Bob")[0].home == laptop.address.key


async def test_a_room_has_a_language_of_its_own(town: Town) -> None:
    await town.says("Ann", "/language zh", ROOM)
    assert "待办" in await town.says("Bob", "/today", ROOM) or "今天" in town.shown("Bob", ROOM)[-1]
    assert town.rows(Member, name="Bob")[0].language == "en"
