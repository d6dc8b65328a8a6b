"""Coming in: the first owner, the first minute, one person on several platforms."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Command
from flows.setup.actions import make_pass
from store.models import Activity, Identity, Member, Reminder, Timer, Workspace
from store.work import Work
from tests.flows.teams.conftest import Town
from tests.transcripts.stage import STAFF, Person


async def test_the_first_owner_comes_in_and_is_led_through_the_setup(town: Town) -> None:
    token = town.write(lambda work: make_pass(work, "member", role="owner"))
    shown = await town.says("Zoe", f"/start {token}")
    assert "Called Li Wei at Acme" in shown
    assert "What is your firm called?" in shown
    await town.says("Zoe", "Contoso")
    assert "Which language" in await town.says("Zoe", "Deutschland") or "I know no country" in town.shown("Zoe")[-1]
    await town.says("Zoe", "Germany")
    await town.presses("Zoe", "Skip")
    assert "Contoso is set up." in await town.presses("Zoe", "Europe/Berlin")
    firm: Workspace = town.stage.database.write(lambda work: work.firm(1)).result(10)
    assert (firm.name, firm.country, firm.zone, firm.currency) == ("Contoso", "DE", "Europe/Berlin", "EUR")


async def test_the_first_minute_from_joining_to_the_first_log_is_two_messages(town: Town) -> None:
    token = town.write(lambda work: make_pass(work, "member", role="owner"))
    await town.says("Zoe", f"/start {token}")
    shown = await town.says("Zoe", "Called Acme, wants a quote by Friday")
    assert "Logged: call" in shown
    assert [activity.member for activity in town.rows(Activity)] == [town.rows(Member, name="Zoe")[0].id]


async def test_who_joins_gets_a_morning_brief(town: Town) -> None:
    token = town.write(lambda work: make_pass(work, "member", role="rep"))
    await town.says("Zoe", f"/start {token}")
    zoe = town.rows(Member, name="Zoe")[0]
    assert [timer.state for timer in town.rows(Timer, kind="brief", subject=str(zoe.id))] == ["waiting"]


async def test_the_brief_follows_the_hour_and_the_zone(town: Town) -> None:
    await town.says("Bob", "/brief 7:00")
    (first,) = town.rows(Timer, kind="brief", state="waiting", subject="2")
    await town.says("Bob", "/zone Europe/Berlin")
    (second,) = town.rows(Timer, kind="brief", state="waiting", subject="2")
    assert second.due - first.due in (timedelta(hours=7), timedelta(hours=-17))


async def test_an_expired_invitation_says_what_to_do(town: Town) -> None:
    token = town.write(lambda work: make_pass(work, "member", role="rep", lifetime=timedelta(days=7)))
    await town.later(days=8)
    shown = await town.says("Zoe", f"/start {token}")
    assert shown == "That invitation is wrong, used or too old: please ask whoever sent it for a new one."


async def test_a_member_keeps_somebody_elses_invitation_unused(town: Town) -> None:
    token = town.write(lambda work: make_pass(work, "member", role="owner"))
    assert "this invitation is for somebody else" in await town.says("Bob", f"/start {token}")
    assert "Welcome to" in await town.says("Zoe", token)


async def test_a_person_on_two_platforms_gets_one_reminder(town: Town) -> None:
    await town.says("Bob", "/remind tomorrow 9:00 call the bank")
    await town.says("Bob", "/link")
    code = town.shown("Bob")[-1].rpartition("code ")[2]
    laptop = Person("Bob", "b2", STAFF, "en", chat="laptop")
    assert "this chat is yours now too" in await town.does(laptop, Command("start", code))
    await town.later(days=1)
    everywhere = [*town.shown("Bob"), *(m.text for m in town.house.shows(laptop))]
    assert len([text for text in everywhere if text.startswith("Reminder: call the bank")]) == 1
    assert len(town.rows(Identity, member=2)) == 2
    assert len(town.rows(Reminder)) == 1


async def test_unasked_messages_go_to_the_chat_used_last(town: Town) -> None:
    laptop = Person("Bob", "b2", STAFF, "en", chat="laptop")
    await town.says("Bob", "/link")
    await town.does(laptop, Command("start", town.shown("Bob")[-1].rpartition("code ")[2]))
    await town.says("Bob", "today")
    assert town.rows(Member, name="Bob")[0].home == town.stage.people["Bob"].address.key
    await town.does(laptop, Command("today", ""))
    assert town.rows(Member, name="Bob")[0].home == laptop.address.key


async def test_last_seen_is_kept_to_the_hour(town: Town) -> None:
    await town.later(hours=3)
    await town.says("Bob", "today")
    await town.later(minutes=20)
    await town.says("Bob", "today")
    assert "Bob · rep · Memory · last here Mon 2 Mar 13:00" in await town.says("Ann", "/members")


def _zone(work: Work) -> None:
    bob = work.first(Member, name="Bob")
    assert bob is not None
    work.change(bob, zone="Asia/Tokyo")


async def test_a_firm_that_moves_takes_along_who_has_no_zone_of_their_own(town: Town) -> None:
    town.write(_zone)
    await town.says("Cem", "/remind tomorrow 9:00 mine")
    await town.says("Bob", "/remind tomorrow 9:00 also mine")
    before = {reminder.text: reminder.due for reminder in town.rows(Reminder)}
    await town.says("Ann", "/setup")
    for answer in ("skip", "skip", "skip", "Berlin"):
        await town.says("Ann", answer)
    after = {reminder.text: reminder.due for reminder in town.rows(Reminder)}
    assert after["also mine"] == before["also mine"]
    assert after["mine"] - before["mine"] == timedelta(hours=7)
