"""What the platform, the line and people do wrong has a defined answer, and nobody who did nothing wrong notices."""

from __future__ import annotations

import signal

from tests.journeys.conftest import Firm
from tests.journeys.house import CUSTOMERS, STAFF, reads, shown


async def test_a_flood_limit_a_lost_answer_and_a_kill_lose_nothing(firm: Firm) -> None:
    house, bob, wire = firm.house, firm.bob, firm.house.wire

    wire.limits(3, chat=str(bob.id))
    bob.says(STAFF, "/note Acme prefers mail")
    bob.says(STAFF, "/note Acme has moved")
    await reads(bob, STAFF, "has moved", button="Undo")
    assert wire.faults.inside_pause == 0

    wire.fails("sendMessage", 502, accepted=True, chat=str(bob.id))
    await firm.logs("Called Li Wei at Acme, they think about it")
    assert 1 <= shown(bob, STAFF, "they think about it") <= 2

    wire.drops("sendMessage", chat=str(bob.id))
    await firm.logs("Called Li Wei at Acme, they want two")

    bob.says(STAFF, "Called Jo at Globex, wants a price list")
    await reads(bob, STAFF, "I don't know Globex yet", button="Create Globex")
    await house.restart(signal.SIGKILL)
    bob.presses("Create Globex")
    await reads(bob, STAFF, "Logged: call · Globex", "wants a price list")

    assert house.ask("SELECT count(*) FROM activity WHERE kind IN ('call', 'note')") == [(5,)]
    assert house.ask("SELECT count(*) FROM inbound WHERE state = 'parked'") == [(0,)]
    assert [method for method, _ in wire.refusals if method != "getUpdates"] == []


async def test_a_survey_that_may_have_arrived_is_not_repeated_and_says_so(firm: Firm) -> None:
    firm.house.wire.drops("sendMessage", accepted=True, chat=str(firm.li.id))
    await firm.asks()
    await reads(firm.bob, STAFF, "the platform did not say whether it arrived")
    assert shown(firm.li, CUSTOMERS, "How satisfied were you?") == 1
    assert firm.house.ask("SELECT state FROM invitation WHERE state = 'unknown'") == [("unknown",)]


async def test_a_customer_who_blocks_the_bot_is_shown_as_such_and_comes_back_by_writing(firm: Firm) -> None:
    firm.li.blocks(CUSTOMERS)
    await reads(firm.bob, STAFF, "Acme has blocked our bot")
    await firm.logs()
    firm.bob.says(STAFF, "/why Acme")
    await reads(firm.bob, STAFF, "No chat reaches this customer yet")
    firm.li.says(CUSTOMERS, "Sorry, that was a mistake")
    await reads(firm.bob, STAFF, "Acme wrote", "that was a mistake")
    await firm.asks()
    await reads(firm.li, CUSTOMERS, "How satisfied were you?", button="2 · dissatisfied")


async def test_a_group_that_moves_keeps_its_alerts(firm: Firm) -> None:
    old = firm.house.wire.group("Service", [firm.ann, firm.bob, STAFF], kind="group")
    firm.ann.says(old, "/alerts low scores")
    await reads(firm.ann, old, "Low scores are shown here from now on")
    new = old.migrates()
    await firm.asks()
    await reads(firm.li, CUSTOMERS, "How satisfied were you?", button="1 · very dissatisfied")
    firm.li.presses("1 · very dissatisfied")
    await reads(firm.ann, new, "Low score: 1 of 5 · Acme", button="Claim")
    press = firm.bob.presses("Claim", where=new)
    assert "It is yours" in await press.toast(20)
    await reads(firm.ann, new, "Claimed by Bob")
    assert firm.house.ask("SELECT count(*) FROM outbox WHERE state = 'failed'") == [(0,)]


async def test_poison_is_parked_and_the_next_message_gets_its_answer(firm: Firm) -> None:
    house, bot = firm.house, firm.house.wire.account(STAFF)
    for poison in (
        {"chat": {}},
        {"message_id": 1, "date": "soon", "chat": {"id": "x", "type": "private"}, "text": "?"},
    ):
        house.wire.world.queue(bot, "message", poison)
    await firm.logs()
    assert house.ask("SELECT account, state FROM inbound WHERE state = 'parked'") == [("telegram-staff", "parked")] * 2
    assert "telegram-staff" in await house.console("parked", "list")


async def test_voice_and_pictures_and_strangers_have_their_answers(firm: Firm) -> None:
    firm.bob.sends_voice(STAFF, b"OggS")
    await firm.house.comes("SELECT 1 FROM file WHERE kind = 'voice'")
    firm.bob.sends_photo(STAFF, b"picture", "Met Li Wei at Acme, they liked the demo")
    await reads(firm.bob, STAFF, "Logged: meeting · Acme")
    firm.li.sends_photo(CUSTOMERS, b"broken", "The machine is broken")
    await reads(firm.bob, STAFF, "Acme wrote", "The machine is broken")

    mallory = firm.house.wire.user("Mallory")
    for words in ("/start", "/who Acme", "/members", "who is Acme", "/invite Acme"):
        mallory.says(STAFF, words)
        firm.li.says(CUSTOMERS, words)
    replies = "SELECT 1 FROM outbox WHERE chat LIKE ? GROUP BY chat HAVING count(*) >= 5"
    await firm.house.comes(replies, f"%{mallory.id}")
    inside = ("Bob", "owner", "liked the demo")
    strange = [seen.text for seen in mallory.sees(STAFF) if seen.by_bot]
    assert [text for text in strange if any(word in text for word in inside)] == []
    told = [seen.text.replace("Bob answers you here", "") for seen in firm.li.sees(CUSTOMERS) if seen.by_bot]
    assert [text for text in told if any(word in text for word in inside)] == []
