"""What the sender does with every way in which a message can end; on both engines."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import bindparam, true, update

from bot.core.errors import Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.messages import Address, Urgency
from bot.runtime.leases import Owned
from bot.runtime.limiter import Limiter
from bot.runtime.metrics import SENT
from bot.runtime.sender import AccountSender
from store import leases, outbox
from store.cards import Cards
from store.models import Outbox
from store.statements import Statement
from tests.runtime.conftest import ANNA, BO, HOLD, House, Platform, buttons, running, until


async def test_what_waits_is_sent_in_order_and_noted(house: House) -> None:
    house.queue("1", "2", tell="call:7")
    assert await house.sender().flush() == 2
    assert house.platform.texts == ["1", "2"]
    assert [(row.state, row.message, row.lease) for row in house.rows.values()] == [("sent", "1", 1), ("sent", "2", 1)]


async def test_who_asked_is_told_once_how_it_ended(house: House) -> None:
    house.queue("good", tell="call:1")
    house.queue("bad", to=BO, tell="call:2")
    house.platform.says = [None, NeverDeliverable("no such thing")]
    for _ in range(2):
        await house.sender().flush()
    assert house.told == ["call:1 sent at anna: 1", "call:2 failed at bo: no such thing"]


async def test_news_that_the_flows_can_not_take_never_unsend_a_message(house: House) -> None:
    house.queue("1", tell="call:1", card="c:1")
    house.queue("2")
    house.fails = ValueError("a mistake of theirs")
    await house.sender().flush()
    assert (house.states, house.told, house.platform.texts) == ({"1": "sent", "2": "sent"}, [], ["1", "2"])
    assert house.write(lambda work: work.cards.message("c:1", ANNA.key)) == "1"


async def test_a_message_whose_card_can_not_be_kept_stays_sent_all_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(Cards, "shown", breaks)
    house.queue("1", tell="call:1", card="c:1")
    house.queue("2")
    await house.sender().flush()
    assert (house.states, house.platform.texts) == ({"1": "sent", "2": "sent"}, ["1", "2"])


async def test_how_messages_ended_is_counted_by_account(house: House) -> None:
    def counted() -> list[float]:
        return [SENT.labels("staff", outcome)._value.get() for outcome in ("sent", "failed", "again")]

    before = counted()
    house.queue("good")
    house.queue("bad", to=BO)
    house.platform.says = [None, NeverDeliverable("no such thing")]
    for _ in range(2):
        await house.sender().flush()
    house.queue("busy")
    house.platform.says = [TryLater()]
    await house.sender().flush()
    assert [after - one for after, one in zip(counted(), before, strict=True)] == [1, 1, 1]


async def test_news_of_every_other_end_block_nobody_either(house: House) -> None:
    house.queue("late", tell="call:1")
    house.clock.forward(hours=25)
    house.queue("unsure", to=BO, tell="call:2", again=False)
    house.claim(house.held("one that dies").epoch)
    house.queue("next", to=BO)
    house.fails = ValueError("a mistake of theirs")
    await house.sender().flush()
    assert house.states == {"late": "pending", "unsure": "unknown", "next": "sent"} | {"late": "dead"}


async def test_what_can_not_be_rendered_fails_alone(house: House) -> None:
    house.queue("1", tell="call:1")
    house.write(lambda work: work.cursor.execute('UPDATE outbox SET payload = \'{"buttons":[{"odd":1}]}\''))
    house.queue("2")
    await house.sender().flush()
    assert house.states == {"1": "failed", "2": "sent"}
    assert house.told == ["call:1 failed at anna: it could not be written for this platform"]


async def test_what_is_too_old_is_not_sent_and_its_news_say_where_it_should_have_gone(house: House) -> None:
    house.queue("old", tell="call:1")
    house.clock.forward(hours=25)
    house.queue("new")
    await house.sender().flush()
    assert (house.states, house.platform.texts) == ({"old": "dead", "new": "sent"}, ["new"])
    assert house.told == ["call:1 failed at anna: it was too late"]


async def test_an_adapter_that_breaks_fails_its_message_alone(house: House) -> None:
    house.queue("1")
    house.queue("2", to=BO)
    house.platform.says = [KeyError("a mistake of the adapter's")]
    await house.sender().flush()
    assert (house.states, house.rows["1"].error) == ({"1": "failed", "2": "sent"}, "KeyError")


async def test_a_connection_that_was_not_made_is_tried_again_later(house: House) -> None:
    house.queue("1")
    house.platform.says = [TryLater(), TryLater()]
    for _ in range(3):
        await house.sender().flush()
        assert house.platform.texts == []
        house.clock.forward(seconds=1)
    house.clock.forward(seconds=2)
    await house.sender().flush()
    assert (house.platform.texts, house.rows["1"].attempts) == (["1"], 3)


async def test_waits_grow_and_stay_below_five_minutes(house: House) -> None:
    house.queue("1")
    waits = []
    for _ in range(12):
        house.platform.says = [TryLater()]
        await house.sender().flush()
        waits.append((house.rows["1"].after - house.clock()).total_seconds())
        house.clock.now = house.rows["1"].after
    assert all(2**n / 2 <= wait <= max(2**n, 1) for n, wait in enumerate(waits[:8]))
    assert max(waits) <= 300


async def test_an_unsure_answer_is_sent_again_and_an_unsure_survey_is_unknown(house: House) -> None:
    house.queue("answer", tell="call:1")
    house.queue("survey", to=BO, again=False, tell="call:2", urgency=Urgency.CAMPAIGN)
    house.platform.says = [Unsure(), Unsure()]
    await house.sender().flush()
    assert house.states == {"answer": "pending", "survey": "unknown"}
    house.clock.forward(seconds=2)
    await house.sender().flush()
    assert house.told == [
        "call:2 unknown at bo: the platform did not say whether it arrived",
        "call:1 sent at anna: 1",
    ]


async def test_a_chat_that_rests_holds_nobody_else_and_the_attempt_does_not_count(house: House) -> None:
    house.queue("1", "2")
    house.queue("3", to=BO)
    house.platform.says = [TryLater(7, limited=True)]
    await house.sender().flush()
    assert (house.platform.texts, house.rows["1"].attempts) == (["3"], 0)
    house.clock.forward(seconds=7)
    await house.sender().flush()
    assert house.platform.texts == ["3", "1", "2"]


async def test_a_new_owner_obeys_the_pause_of_a_chat_in_every_lane(house: House) -> None:
    house.queue("reminder", urgency=Urgency.REMINDER)
    house.platform.says = [TryLater(7, limited=True)]
    await house.sender().flush()
    house.queue("answer")
    house.queue("other", to=BO)
    await house.sender().flush()
    assert house.platform.texts == ["other"]
    house.clock.forward(seconds=7)
    await house.sender().flush()
    assert house.platform.texts == ["other", "answer", "reminder"]


async def test_a_new_owner_obeys_the_pause_of_the_account(house: House) -> None:
    house.queue("1")
    house.platform.says = [TryLater(7, limited=True, whole_account=True)]
    await house.sender().flush()
    house.queue("2", to=BO)
    await house.sender().flush()
    assert len(house.platform.asked) == 1
    house.later(7)
    await house.sender().flush()
    assert sorted(house.platform.texts) == ["1", "2"]


async def test_two_chats_refused_at_once_rest_the_account_for_whoever_owns_it(house: House) -> None:
    house.queue("1")
    house.queue("2", to=BO)
    house.platform.says = [TryLater(7, limited=True), TryLater(7, limited=True)]
    await house.sender().flush()
    house.queue("3", to=Address("memory", "staff", "cy"))
    await house.sender().flush()
    assert len(house.platform.asked) == 2


async def test_never_a_second_request_inside_a_pause(house: House) -> None:
    house.queue("1")
    house.queue("2", to=BO)
    house.platform.says = [TryLater(0.4, limited=True, whole_account=True)]
    sender, times = house.sender(), list[float]()
    house.platform.gate = asyncio.Event()

    async def act() -> None:
        await until(lambda: len(house.platform.asked) == 2)
        assert house.platform.gate
        house.platform.gate.set()
        await until(lambda: sorted(house.states.values()) == ["pending", "sent"])
        times.append(time.monotonic())
        house.clock.forward(seconds=1)
        house.queue("3", to=Address("memory", "staff", "cy"))
        await until(lambda: len(house.platform.texts) == 3)
        times.append(time.monotonic())

    await running(sender, act)
    assert times[1] - times[0] > 0.2


async def test_a_refused_token_costs_three_requests_loses_nothing_and_a_new_one_sends_on(house: House) -> None:
    house.queue("1", "2", tell="call:1")
    house.platform.says = [WrongCredentials("401")] * 9
    sender = house.sender()
    for _ in range(3):
        await sender.flush()
        sender._limiter._all_paused = 0.0
    assert (len(house.platform.asked), sender._refusals, house.states) == (3, 3, {"1": "pending", "2": "pending"})
    house.platform.says = []
    await house.sender().flush()
    assert (house.platform.texts, house.rows["1"].attempts) == (["1", "2"], 1)


async def test_a_blocked_person_is_marked_and_comes_back_by_writing(house: House) -> None:
    house.queue("1", tell="call:1")
    house.platform.blocked.add(ANNA.key)
    await house.sender().flush()
    assert (house.states, house.conversation().reachable) == ({"1": "failed"}, False)
    assert house.told == ["call:1 failed at anna: the person has blocked the bot"]


async def test_a_chat_that_moved_takes_everything_along(house: House) -> None:
    new = Address("memory", "staff", "-100")
    house.queue("1", "2")
    house.queue("alert", urgency=Urgency.ALERT)
    house.platform.says = [Moved(new), Moved(new)]
    await house.sender().flush()
    assert {row.chat for row in house.rows.values()} == {new.key}
    assert [message.text for message in house.platform.seen(new.key)] == ["1", "alert", "2"]
    assert house.conversation(new).formerly == ANNA.key


async def test_a_chat_that_moved_to_where_it_is_fails_at_once(house: House) -> None:
    house.queue("1")
    house.platform.says = [Moved(ANNA)] * 9
    await house.sender().flush()
    assert (house.states, len(house.platform.asked)) == ({"1": "failed"}, 1)


async def test_a_card_is_edited_in_place_and_shown_anew_where_its_message_is_gone(house: House) -> None:
    for version in ("v1", "v2"):
        house.queue(version, card="ticket:1")
        await house.sender().flush()
    assert [(message.text, message.edited) for message in house.platform.messages.values()] == [("v2", 1)]
    house.platform.messages.clear()
    house.queue("v3", card="ticket:1")
    await house.sender().flush()
    house.queue("v4", card="ticket:1")
    await house.sender().flush()
    assert [(message.text, message.edited) for message in house.platform.messages.values()] == [("v4", 1)]


async def test_a_cleared_card_is_forgotten_so_that_it_can_be_shown_again(house: House) -> None:
    house.queue("v1", card="ticket:1")
    await house.sender().flush()
    house.queue("gone", card="ticket:1", clears=True)
    await house.sender().flush()
    assert house.platform.texts == []
    house.queue("v2", card="ticket:1")
    await house.sender().flush()
    assert (house.platform.texts, house.platform.asked[-1][1]) == (["v2"], "v2")


async def test_what_typed_numbers_mean_is_kept_with_the_message(house: House) -> None:
    house.platform = Platform(buttons=0)
    house.queue("Which?", buttons=buttons("one", "two"))
    await house.sender().flush()
    assert house.conversation().choices == ["press:one", "press:two"]


async def test_a_message_in_parts_goes_on_where_it_was_cut_off(house: House) -> None:
    house.platform = Platform(text=10)
    house.queue("aaaaaaaaa bbbbbbbbb ccccccccc", key="long")
    house.platform.says = [None, Unsure()]
    await house.sender().flush()
    assert house.rows["long"].part == 1
    house.clock.forward(seconds=2)
    await house.sender().flush()
    assert [text.strip() for text in house.platform.texts] == ["a" * 9, "b" * 9, "c" * 9]


async def test_an_owner_who_died_leaves_answers_to_be_repeated_and_surveys_unknown(house: House) -> None:
    house.queue("answer")
    house.queue("survey", to=BO, again=False, tell="call:1")
    house.claim(house.held("one that dies").epoch)
    await house.sender().flush()
    assert (house.states, house.platform.texts) == ({"answer": "sent", "survey": "unknown"}, ["answer"])
    assert house.told == ["call:1 unknown at bo: the service stopped while it was being sent"]


async def test_an_owner_whose_lease_is_lost_decides_nothing_any_more(house: House) -> None:
    house.queue("1", tell="call:1")
    house.platform.gate = asyncio.Event()
    sender = house.sender()

    async def act() -> None:
        await until(lambda: house.platform.asked)
        another = house.sender(house.held("another"))
        await another._take_over()
        [claimed] = house.write(lambda work: another._claim(work, 8, ()))
        assert house.platform.gate
        house.platform.gate.set()
        await until(lambda: not sender._on_the_way)
        assert (house.states, house.told) == ({"1": "claimed"}, [])
        await another._deliver(claimed)

    await running(sender, act)
    assert (house.states, house.told) == ({"1": "sent"}, ["call:1 sent at anna: 2"])


async def test_the_test_sees_an_end_without_its_fence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Outbox.table()
    unfenced = Statement(
        lambda: (
            update(table)
            .where(table.c.id == bindparam("row"), true())
            .values(state=bindparam("new"), message=bindparam("new_message"), error=bindparam("new_error"))
            .values(done=bindparam("new_done", type_=table.c.done.type))
        )
    )
    monkeypatch.setattr(outbox, "_FINISH", unfenced)
    with pytest.raises(AssertionError, match="claimed"):
        await test_an_owner_whose_lease_is_lost_decides_nothing_any_more(house)


async def test_who_can_not_be_sure_of_the_lease_sends_nothing_and_gives_back(house: House) -> None:
    house.queue("1")
    held = house.held()
    sender = AccountSender(house.database, house.platform, Owned(held, hold=0.0), house.tell)
    [claimed] = house.write(lambda work: sender._claim(work, 8, ()))
    await sender._deliver(claimed)
    assert (house.platform.asked, house.states, house.rows["1"].attempts) == ([], {"1": "pending"}, 0)


async def test_the_test_sees_a_sender_that_does_not_ask_before_it_sends(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Owned, "safe", lambda self: True)
    with pytest.raises(AssertionError):
        await test_who_can_not_be_sure_of_the_lease_sends_nothing_and_gives_back(house)


async def test_stopping_ends_what_is_on_its_way_and_doubles_nothing(house: House) -> None:
    house.platform = Platform(rate=20, latency=1.0)
    house.platform.slow = 0.05
    for number in range(30):
        house.queue(f"{number}", to=Address("memory", "staff", f"c{number}"))
    for _ in range(3):
        sender = house.sender()
        await running(sender, lambda: asyncio.sleep(0.3))
        assert "claimed" not in house.states.values()
    assert 0 < len(house.platform.texts) < 30
    assert sorted(text for _, text in house.platform.asked) == sorted(house.platform.texts)
    assert len(set(house.platform.texts)) == len(house.platform.texts)
    assert {row.attempts for row in house.rows.values()} == {0, 1}


async def test_stopping_does_not_wait_for_a_chat_that_rests(house: House) -> None:
    house.platform = Platform(chat_rate=0.01)
    house.queue(*(f"{number}" for number in range(5)))
    house.queue("alert", urgency=Urgency.ALERT)
    before = time.monotonic()
    await running(house.sender(), lambda: until(lambda: len(house.platform.texts) == 3))
    assert time.monotonic() - before < 3
    assert "claimed" not in house.states.values()


async def test_a_sender_sends_what_is_written_while_it_sleeps(house: House) -> None:
    async def act() -> None:
        await asyncio.sleep(0.3)
        house.queue("1", "2")
        await until(lambda: house.platform.texts == ["1", "2"])

    await running(house.sender(), act)


async def test_a_second_sender_with_an_old_lease_claims_nothing(house: House) -> None:
    old = house.sender(house.held("one"))
    house.held("another")
    house.queue("1")
    assert (await old.flush(), house.platform.asked) == (0, [])


async def test_the_account_sends_no_faster_than_its_rate(house: House) -> None:
    house.platform = Platform(rate=20)
    for number in range(21):
        house.queue(f"{number}", to=Address("memory", "staff", f"c{number}"))
    before = time.monotonic()
    await running(house.sender(), lambda: until(lambda: len(house.platform.texts) == 21))
    assert time.monotonic() - before >= 1.0


async def test_the_test_sees_a_limiter_that_is_not_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limiter, "ready_in", lambda self, chat, *, room: 0.0)
    with pytest.raises(AssertionError):
        await test_the_account_sends_no_faster_than_its_rate(house)


@pytest.mark.parametrize("outcome", [None, NeverDeliverable("no")])
async def test_a_storage_that_fails_for_a_moment_changes_no_outcome(
    house: House, outcome: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.core.errors import Busy

    house.queue("1", tell="call:1")
    house.platform.says = [outcome]
    sender = house.sender()
    [claimed] = house.write(lambda work: sender._claim(work, 8, ()))
    write, left = house.database.write, [Busy("full"), Busy("full")]

    def failing(act: Any, *, lane: str = "") -> Any:
        if left:
            raise left.pop()
        return write(act, lane=lane)

    monkeypatch.setattr(house.database, "write", failing)
    await sender._deliver(claimed)
    assert (house.states["1"], len(house.platform.asked), len(house.told)) == ("failed" if outcome else "sent", 1, 1)


async def test_a_lease_that_another_takes_over_is_noticed_at_the_next_claim(house: House) -> None:
    held = house.held()
    owned = Owned(held, hold=60)
    sender = AccountSender(house.database, house.platform, owned, house.tell)
    house.later(16)
    house.write(lambda work: leases.take(work, "staff", "another", hold=HOLD))
    house.queue("1")
    assert (await sender.flush(), owned.safe()) == (0, False)
