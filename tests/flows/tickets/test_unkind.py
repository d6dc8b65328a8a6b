"""The desk in unkind hands: tickets merged in circles, acts taken back, two at once, people who come and go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.core.messages import Deleted, Said
from flows.handle import finish
from flows.leads.actions import lead_of, offer_lead
from flows.tickets.actions import open_ticket
from flows.turn import Turn
from store.models import Conversation, Customer, Lead, Line, Member, Promise, SlaClock, Ticket
from store.work import Work
from tests.flows.teams.conftest import Town


async def replies(town: Town, who: str, about: str, text: str, room: str = "") -> str:
    """To the newest message with these words."""
    person = town.stage.people[who]
    place = town.stage.room(room) if room in town.stage.rooms else None
    if room and place is None:
        town.stage.rooms[room] = ("Ann", "Bob")
        place = town.stage.room(room)
    shown = [message for message in town.house.shows(person, place) if about in message.text]
    return await town.does(person, Said(text, town.house.next_message(), answers=shown[-1].id, mentioned=True), room)


async def answers(town: Town, who: str, number: int, text: str) -> None:
    """Written, confirmed, and gone."""
    await town.says(who, f"reply {number}: {text}")
    await town.presses(who, "Send to Acme")
    await town.later(seconds=30)


def ticket(town: Town, number: int) -> Ticket:
    found: Ticket = town.rows(Ticket, number=number)[0]
    return found


async def two(town: Town) -> None:
    """T-101 from the customer's chat, T-102 by phone."""
    await town.says("Li Wei", "The pump leaks")
    await town.says("Bob", "/ticket Acme phone: the valve drips")


async def test_a_note_under_a_merged_ticket_goes_where_it_goes_on(town: Town) -> None:
    await town.says("Ann", "/alerts service", "service")
    await two(town)
    await town.says("Bob", "/t 101 merge 102")
    await replies(town, "Ann", "T-101", "the seal is on its way", "service")
    await town.says("Bob", "/t 101 note ordered")
    notes = town.rows(Line, kind="note")
    assert [(line.text, line.ticket) for line in notes] == [
        ("the seal is on its way", ticket(town, 102).id),
        ("ordered", ticket(town, 102).id),
    ]
    assert "Merged into T-102" in await town.says("Bob", "/t 101 solved")


async def test_a_chain_of_merges_has_one_end_and_no_circle(town: Town) -> None:
    await two(town)
    await town.says("Bob", "/ticket Acme phone: the motor hums")
    await town.says("Bob", "/t 101 merge 102")
    await town.says("Bob", "/t 102 merge 103")
    assert "settled already" in await town.says("Bob", "/t 103 merge 101")
    assert "one and the same" in await town.says("Bob", "/t 103 merge 103")
    await town.says("Li Wei", "and it is loud, too")
    last = town.rows(Line, text="and it is loud, too")[0]
    assert last.ticket == ticket(town, 103).id


async def test_a_split_taken_back_leaves_nothing_behind(town: Town) -> None:
    await town.says("Ann", "/alerts service", "service")
    await town.says("Li Wei", "The pump leaks")
    await town.says("Li Wei", "Please send us the invoice of May")
    await town.says("Bob", "/t 101 split")
    await town.presses("Bob", "Please send us the invoice of May")
    assert ticket(town, 102).state == "open"
    await town.says("Bob", "undo")
    assert town.rows(Ticket, number=102) == []
    assert {line.ticket for line in town.rows(Line, kind="in")} == {ticket(town, 101).id}
    assert [text for text in town.shown("Ann", "service") if "T-102 · Acme" in text] == []
    await town.says("Li Wei", "and the one of June")
    assert town.rows(Line, text="and the one of June")[0].ticket == ticket(town, 101).id


async def test_of_two_who_take_it_one_has_it(town: Town) -> None:
    await town.says("Bob", "/off until Friday")
    await town.says("Cem", "/off until Friday")
    await town.says("Li Wei", "The pump leaks")
    await town.says("Cem", "/t 101 take")
    assert "Cem has it already" in await town.says("Bob", "/t 101 take")
    assert ticket(town, 101).owner == town.rows(Member, name="Cem")[0].id


async def test_who_stands_in_for_each_other_stands_in_for_nobody(town: Town) -> None:
    await town.says("Bob", "/deputy Cem")
    await town.says("Cem", "/deputy Bob")
    await town.says("Bob", "/off until Friday")
    await town.says("Cem", "/off until Friday")
    await town.says("Li Wei", "The pump leaks")
    owner = ticket(town, 101).owner
    assert owner in (None, town.rows(Member, name="Ann")[0].id)
    await town.says("Cem", "I'm back")
    assert ticket(town, 101).owner == town.rows(Member, name="Cem")[0].id


@pytest.mark.parametrize("said", ["/off yesterday", "/off 1 March 2026", "/off until yesterday", "/off last week"])
async def test_nobody_is_away_in_the_past(said: str, town: Town) -> None:
    await town.says("Bob", said)
    assert town.rows(Member, name="Bob")[0].duty == "on"


async def test_a_night_is_added_to_what_the_next_day_has(town: Town) -> None:
    shown = await town.says("Ann", "/hours Mon 22-6")
    assert "Mon 22:00–24:00" in shown
    assert "Tue 0:00–6:00, 9:00–18:00" in shown
    assert "Wed–Fri 9:00–18:00" in shown
    shown = await town.says("Ann", "/hours 24 Dec 20-2")
    assert "24 Dec: 20:00–24:00" in shown
    assert "25 Dec: 0:00–2:00" in shown


async def test_a_note_taken_back_is_taken_back_before_all_who_saw_it(town: Town) -> None:
    await town.says("Ann", "/alerts service", "service")
    await town.says("Li Wei", "The pump leaks")
    await town.says("Bob", "/t 101 note the customer is wrong, I fear")
    assert "the customer is wrong" in town.shown("Ann", "service")[-1]
    await town.says("Bob", "undo")
    assert "Taken back" in town.shown("Ann", "service")[-1]
    await town.says("Bob", "redo")
    assert "the customer is wrong" in town.shown("Ann", "service")[-1]


async def test_an_act_taken_back_is_so_on_the_head_card(town: Town) -> None:
    await town.says("Ann", "/alerts service", "service")
    await town.says("Li Wei", "The pump leaks")

    def head() -> str:
        return next(text for text in town.shown("Ann", "service") if text.startswith("T-101 · Acme\nAcme wrote"))

    await town.says("Bob", "/t 101 wait")
    assert "waiting for the customer" in head()
    await town.says("Bob", "undo")
    assert "waiting for the customer" not in head()
    await town.says("Bob", "/t 101 solved")
    assert "It is solved." in head()
    await town.says("Bob", "undo")
    assert "It is solved." not in head()


async def test_a_ticket_taken_back_is_gone_from_the_room(town: Town) -> None:
    await town.says("Ann", "/alerts service", "service")
    await town.says("Bob", "/ticket Acme phone: the valve drips")
    await town.says("Bob", "undo")
    assert town.rows(Ticket) == []
    assert "Taken back" in town.shown("Ann", "service")[-1]


@pytest.mark.parametrize("words", ["thanks", "好的谢谢", "👍", "ok, I understand. Thanks a lot!", "没问题，我知道了"])
async def test_a_polite_word_starts_no_clock(words: str, town: Town) -> None:
    await town.says("Li Wei", "The pump leaks")
    await answers(town, "Bob", 101, "We come at three.")
    await town.says("Li Wei", words)
    assert [clock.kind for clock in town.rows(SlaClock) if clock.ended is None] == []
    await town.says("Li Wei", "thanks, and when exactly?")
    assert [clock.kind for clock in town.rows(SlaClock) if clock.ended is None] == ["next"]


async def test_what_the_customer_takes_back_nobody_owes_an_answer_to(town: Town) -> None:
    person = town.stage.people["Li Wei"]
    await town.does(person, Said("The pump leaks", "w1"))
    await answers(town, "Bob", 101, "We come at three.")
    await town.does(person, Said("When exactly?", "w2"))
    await town.does(person, Said("And who comes?", "w3"))
    await town.does(person, Deleted("w2"))
    running = [clock for clock in town.rows(SlaClock) if clock.ended is None]
    assert [clock.kind for clock in running] == ["next"]
    await town.does(person, Deleted("w3"))
    assert [clock for clock in town.rows(SlaClock) if clock.ended is None] == []


async def test_a_first_question_taken_back_is_late_for_nobody(town: Town) -> None:
    await town.does(town.stage.people["Li Wei"], Said("The pump leaks", "w1"))
    await town.does(town.stage.people["Li Wei"], Deleted("w1"))
    assert [clock.state for clock in town.rows(SlaClock)] == ["void"]
    await town.later(hours=2)
    assert [text for text in town.shown("Ann") if "T-101" in text] == []


async def test_a_promise_that_names_a_ticket_belongs_to_it(town: Town) -> None:
    await two(town)
    await town.says("Bob", "/t 102")
    await town.says("Bob", "/promise Acme T-102 new valve by Friday")
    assert town.rows(Promise)[0].ticket == ticket(town, 102).id
    assert "We promised: T-102 new valve" in "\n".join(town.shown("Bob"))
    await town.says("Bob", "undo")
    assert town.rows(Promise) == []
    assert "We promised" not in "\n".join(town.shown("Bob"))


async def test_a_promise_to_another_customer_is_none_of_the_ticket(town: Town) -> None:
    bob = town.rows(Member, name="Bob")[0].id
    town.write(lambda work: work.customers.add("Beta", owner=bob))
    await two(town)
    await town.says("Bob", "/promise Beta T-101 new valve by Friday")
    assert town.rows(Promise)[0].ticket is None


async def test_who_takes_a_strangers_request_has_the_stranger(town: Town) -> None:
    await town.says("Pat", "Do you sell pumps?")
    asked = town.write(lambda work: work.find(Lead)[0])
    assert ticket(town, 101).owner is None
    taker = next(name for name in ("Bob", "Cem") if town.rows(Member, name=name)[0].id != asked.member)
    await town.says(taker, "/t 101 take")
    me = town.rows(Member, name=taker)[0].id
    assert ticket(town, 101).owner == me
    assert town.rows(Lead)[0].state == "taken"
    assert town.rows(Customer, id=asked.customer)[0].owner == me
    other = "Cem" if taker == "Bob" else "Bob"
    assert f"{taker} has taken it." in "\n".join(town.shown(other))


def _given_again(work: Work, **values: Any) -> Mapping[str, Any]:
    """A customer with an open request who comes back as a lead, and a request that comes after that."""
    firm = work.firm(1)
    assert firm is not None
    turn = Turn(work=work, workspace=firm, key="again")
    customer = work.customers.add("Gamma", owner=None)
    offer_lead(turn, customer, words="by the web form")
    found = open_ticket(turn, customer, "a second wish", source="api")
    finish(turn)
    again = work.desk.get(found.id)
    return {"owner": again.owner if again else 0, "lead": lead_of(turn, customer.id) is not None}


async def test_nobody_is_given_the_request_of_somebody_elses_lead(town: Town) -> None:
    assert town.write(_given_again) == {"owner": None, "lead": True}
    await town.later(hours=1)
    assert ticket(town, 101).owner is None


async def test_a_number_that_is_not_ones_own_shows_nothing(town: Town) -> None:
    await two(town)
    await town.says("Ann", "/sight rep own")
    for said in ("/t 101", "/t 101 solved", "T-101 note mine now", "reply 101: hello", "/answer 101 hello"):
        assert "pump" not in await town.says("Cem", said)
    assert ticket(town, 101).state == "open"
    assert [line.kind for line in town.rows(Line, ticket=ticket(town, 101).id)] == ["in"]
    assert "no ticket T-999" in await town.says("Bob", "/t 999 solved")


async def test_a_blocked_bot_is_told_to_whoever_wrote(town: Town) -> None:
    await town.says("Li Wei", "The pump leaks")
    await town.says("Bob", "reply 101: We come at three.")
    await town.house.blocks(town.stage.people["Li Wei"])
    await town.presses("Bob", "Send to Acme")
    await town.later(seconds=30)
    states = [line.state for line in town.rows(Line, kind="out")]
    assert states in (["failed"], ["draft"])
    assert any("could not be sent" in text or "No chat with" in text for text in town.shown("Bob"))
    assert [clock.state for clock in town.rows(SlaClock)] == ["running"]
    assert town.rows(Conversation, side="customer", kind="private")[0].reachable is False


async def test_who_is_removed_leaves_no_request_behind(town: Town) -> None:
    await two(town)
    await town.says("Bob", "reply 101: We come at three.")
    await town.presses("Bob", "Send to Acme")
    await town.says("Ann", "/remove Bob")
    await town.presses("Ann", "Remove, Cem takes over")
    await town.later(seconds=30)
    cem = town.rows(Member, name="Cem")[0].id
    assert {row.owner for row in town.rows(Ticket)} == {cem}
    assert [line.state for line in town.rows(Line, kind="out")] == ["stopped"]


async def test_the_desk_hears_when_a_sale_becomes_theirs(town: Town) -> None:
    await town.says("Ann", "/alerts service", "service")
    await town.says("Bob", "/stage Acme after-sales")
    assert "Acme comes to after-sales now." in town.shown("Ann", "service")[-1]
    await town.says("Bob", "undo")
    assert "Taken back" in town.shown("Ann", "service")[-1]


async def test_a_complaint_in_the_middle_is_a_complaint(town: Town) -> None:
    await town.says("Li Wei", "Where is the manual?")
    await town.says("Li Wei", "I want to complain: nobody answers")
    assert ticket(town, 101).kind == "complaint"
    await answers(town, "Bob", 101, "We look into it.")
    assert "solved and the customer was told" in await town.says("Bob", "/t 101 close")
