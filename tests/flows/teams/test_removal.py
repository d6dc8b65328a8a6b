"""A removed member: in the same turn everything dies, on both sides."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Address, Command, Said
from flows.setup.actions import make_pass
from store.models import Customer, Identity, Member, Pass, Reminder
from store.outbox import Posting
from store.work import Work
from tests.flows.teams.conftest import Town
from tests.transcripts.stage import CUSTOMERS, Person

NEUTRAL = "I don't know you yet: if you have an invitation, open its link or send me its code."


async def _remove(town: Town, heir: str = "Cem") -> None:
    await town.says("Ann", "/remove Bob")
    await town.presses("Ann", f"Remove, {heir} takes over")


async def test_links_and_passes_of_a_removed_member_are_dead(town: Town) -> None:
    await town.says("Bob", "/link")
    await town.says("Bob", "/invite Acme")
    await _remove(town)
    assert [entry for entry in town.rows(Pass) if entry.used is None] == []


async def test_waiting_messages_to_a_removed_member_are_cancelled(town: Town) -> None:
    bob = town.stage.people["Bob"].address

    def wait(work: Work) -> None:
        from bot.core.messages import Outgoing
        from bot.core.text import Run

        later = work.now + timedelta(hours=1)
        work.outbox.queue("later", Posting(bob, Outgoing((Run("secret plans"),)), after=later))

    town.write(wait)
    await _remove(town)
    await town.later(hours=2)
    assert "secret plans" not in town.shown("Bob")
    assert any("1 message to Bob was stopped." in text for text in town.shown("Cem"))


async def test_a_card_that_changes_later_does_not_reach_a_removed_member(town: Town) -> None:
    await town.says("Bob", "Called Acme, wants a quote")
    before = len(town.shown("Bob"))
    await _remove(town)
    assert len(town.shown("Bob")) == before
    assert town.write(lambda work: work.cards.places("log:1")) == []


async def test_a_removed_member_makes_no_lead_and_learns_nothing_on_the_customers_side(town: Town) -> None:
    await _remove(town)
    bob = town.stage.people["Bob"]
    over_there = Person(bob.name, bob.id, CUSTOMERS, "en", chat="b-there")
    assert await town.does(over_there, Said("hello, it is me", "m1")) == NEUTRAL
    assert await town.does(over_there, Command("start", "")) == NEUTRAL
    assert [customer.name for customer in town.rows(Customer)] == ["Acme"]


async def test_a_stranger_on_the_customers_side_is_a_lead(town: Town) -> None:
    await town.says("Pat", "hello")
    assert [customer.name for customer in town.rows(Customer)] == ["Acme", "Pat"]


async def test_a_customers_invitation_shows_a_removed_member_nothing(town: Town) -> None:
    await _remove(town)
    bob = town.stage.people["Bob"]
    over_there = Person(bob.name, bob.id, CUSTOMERS, "en", chat="b-there")
    token = town.write(lambda work: make_pass(work, "customer", customer=1))
    assert await town.does(over_there, Command("start", token)) == NEUTRAL


async def test_who_is_invited_again_is_the_same_person(town: Town) -> None:
    await _remove(town)
    await town.presses("Ann", "Invite Bob again")
    code = town.shown("Ann")[-1].rpartition("code ")[2]
    assert "Welcome back, Bob." in await town.says("Bob", code)
    assert [(member.name, member.state) for member in town.rows(Member, name="Bob")] == [("Bob", "active")]
    assert [identity.former for identity in town.rows(Identity, member=2)] == [None]


async def test_what_was_handed_over_keeps_its_time(town: Town) -> None:
    def move(work: Work) -> None:
        cem = work.first(Member, name="Cem")
        assert cem is not None
        work.change(cem, zone="Europe/Berlin")

    town.write(move)
    await town.says("Bob", "/remind Thu 3pm once")
    await town.says("Bob", "/remind every Friday 9:00 series")
    once, series = town.rows(Reminder)
    await _remove(town)
    after_once, after_series = town.rows(Reminder)
    assert (after_once.due, after_once.wall, after_once.member) == (once.due, "2026-03-05T08:00", 3)
    assert (after_series.wall, after_series.zone) == (series.wall, "Europe/Berlin")
    assert after_series.due - series.due == timedelta(hours=7)


async def test_a_removed_owner_of_a_chat_can_be_nobodys_home(town: Town) -> None:
    await _remove(town)
    bob = town.rows(Member, name="Bob")[0]
    assert (bob.home, bob.state) == ("", "removed")
    assert town.write(lambda work: work.people.private_chats(bob)) == []


async def test_two_who_press_remove_remove_once(town: Town) -> None:
    await town.says("Ann", "/remove Bob")
    await town.presses("Ann", "Remove, Cem takes over")
    assert town.rows(Member, name="Bob")[0].state == "removed"
    secret = town.stage.database.write(lambda work: work.firm(1)).result(10)
    from bot.core.messages import Pressed
    from flows.turn import sign

    assert secret is not None
    ann: Address = town.stage.people["Ann"].address
    again = await town.does("Ann", Pressed(sign(secret.secret, ann, "remove:2:3"), "1"))
    assert again == "Bob was removed already."
