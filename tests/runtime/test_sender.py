"""What the sender does with every way in which a message can end; on both engines."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import bindparam, true, update

from bot.core.errors import Busy, Changed, Closed, Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.messages import Address, Outgoing, Sender, Urgency
from bot.core.text import Run
from bot.runtime import outcomes
from bot.runtime import sender as sending
from bot.runtime.leases import Owned
from bot.runtime.limiter import Limiter
from bot.runtime.metrics import LIMITED, PAUSES, SENT, WAIT
from bot.runtime.sender import AccountSender
from store import leases, outbox
from store.cards import Cards
from store.models import Outbox
from store.outbox import Posting
from store.statements import Statement
from tests.awake import Awake
from tests.runtime.conftest import ANNA, BO, HOLD, House, Platform, buttons, running, until


async def test_what_waits_is_sent_in_order_and_noted(house: House) -> None:
    house.queue("1", "2", tell="call:7")
    assert await house.sender().flush() == 2
    assert house.platform.texts == ["1", "2"]
    noted = [(row.state, row.message, row.error, row.lease) for row in house.rows.values()]
    assert noted == [("sent", "1", "", 1), ("sent", "2", "", 1)]


async def test_who_asked_is_told_once_how_it_ended(house: House) -> None:
    house.queue("good", tell="call:1")
    house.queue("bad", to=BO, tell="call:2")
    house.platform.says = [None, NeverDeliverable("no such thing")]
    for _ in range(2):
        await house.sender().flush()
    assert house.told == ["call:1 sent at anna: 1", "call:2 failed at bo: no such thing"]
    assert [(event.key, event.at, event.sender) for event in house.events] == [
        (f"out:{row.id}:{row.state}", house.clock(), Sender("")) for row in house.rows.values()
    ]
    assert house.rows["bad"].message == ""


async def test_news_that_the_flows_can_not_take_never_unsend_a_message(house: House) -> None:
    house.queue("1", tell="call:1", card="c:1")
    house.queue("2")
    house.fails = ValueError("a mistake of theirs")
    await house.sender().flush()
    assert (house.states, house.told, house.platform.texts) == ({"1": "sent", "2": "sent"}, [], ["1", "2"])
    assert house.write(lambda work: work.cards.message("c:1", ANNA.key)) == "1"


async def test_news_that_meet_themselves_on_a_row_every_time_hold_nobody_up(house: House) -> None:
    house.queue("1", tell="call:1")
    house.queue("2")
    house.fails = Changed("row")
    await house.sender().flush()
    assert (house.states, house.told, house.platform.texts) == ({"1": "sent", "2": "sent"}, [], ["1", "2"])


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
        ends = [SENT.labels("staff", outcome)._value.get() for outcome in ("sent", "failed", "again")]
        pauses, limited = PAUSES.labels("staff")._value.get(), LIMITED.labels("staff")._sum.get() // 5
        return [*ends, WAIT._sum.get(), pauses, limited]

    before = counted()
    house.queue("good")
    await house.sender().flush()
    house.queue("bad", to=BO)
    house.clock.forward(seconds=7)
    house.platform.says = [NeverDeliverable("no such thing")]
    await house.sender().flush()
    house.queue("busy")
    house.platform.says = [TryLater(limited=True)]
    await house.sender().flush()
    assert [after - one for after, one in zip(counted(), before, strict=True)] == [1, 1, 1, 7, 1, 0]
    assert LIMITED.labels("staff")._sum.get() > 0


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
        assert house.rows["1"].error == "try again in 1 s"
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
    assert (house.rows["answer"].error, house.rows["answer"].attempts) == ("unsure", 1)
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
    sender, refused = house.sender(), list[float]()
    house.platform.gate = asyncio.Event()

    async def act() -> None:
        await until(lambda: len(house.platform.asked) == 2)
        assert house.platform.gate
        refused.append(time.monotonic())
        house.platform.gate.set()
        await until(lambda: sorted(house.states.values()) == ["pending", "sent"])
        house.clock.forward(seconds=1)
        house.queue("3", to=Address("memory", "staff", "cy"))
        await until(lambda: len(house.platform.texts) == 3)

    await running(sender, act)
    assert house.platform.times[2] - refused[0] >= 0.4


def _timeless(sender: AccountSender) -> AccountSender:
    """For its limiter it stays the moment at which it was made."""
    sender._limiter = Limiter(sender._adapter.capabilities, now=lambda: 0.0)
    return sender


async def test_a_refused_token_costs_three_requests_loses_nothing_and_a_new_one_sends_on(house: House) -> None:
    house.queue("1", "2", tell="call:1")
    house.platform.says = [WrongCredentials("401")] * 9
    sender, rests = _timeless(house.sender()), list[float]()
    for _ in range(4):
        await sender.flush()
        rests.append(sender._limiter.paused_for())
        sender._limiter._all_paused = 0.0
    assert rests == [60, 300, 3600, 3600]
    assert (len(house.platform.asked), house.states) == (4, {"1": "pending", "2": "pending"})
    assert (house.rows["1"].error, house.rows["1"].after) == ("WrongCredentials", house.clock())
    house.platform.says = []
    await house.sender().flush()
    assert (house.platform.texts, house.rows["1"].attempts) == (["1", "2"], 1)


async def test_a_token_that_is_taken_again_forgives_the_refusals(house: House) -> None:
    house.queue("1", "2")
    house.platform.says = [WrongCredentials("401"), None, WrongCredentials("401")]
    sender = _timeless(house.sender())
    await sender.flush()
    sender._limiter._all_paused = 0.0
    await sender.flush()
    assert sender._limiter.paused_for() == 60


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
    assert (house.states, len(house.platform.asked), house.rows["1"].error) == ({"1": "failed"}, 1, "Moved")


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
    house.queue("What else?", buttons=buttons("three"))
    house.platform.says = [NeverDeliverable("no such thing")]
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
    row = house.rows["1"]
    assert (house.platform.asked, row.state, row.attempts) == ([], "pending", 0)
    assert (row.error, row.after) == ("", house.clock())


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
    for number in range(1, 4):
        sender = house.sender()
        await running(sender, lambda number=number: until(lambda: len(house.platform.texts) >= 4 * number))  # type: ignore[misc]
        assert "claimed" not in house.states.values()
    assert len(house.platform.texts) < 30
    assert sorted(text for _, text in house.platform.asked) == sorted(house.platform.texts)
    assert len(set(house.platform.texts)) == len(house.platform.texts)
    assert {row.attempts for row in house.rows.values()} == {0, 1}


async def test_a_platform_that_never_answers_does_not_keep_us_from_stopping(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAVING", sending.LEAVING / 100)
    house.queue("1")
    house.platform.gate = asyncio.Event()
    sender = house.sender()
    task = asyncio.create_task(sender.run(took_over=False))
    await until(lambda: house.platform.asked)
    await asyncio.wait_for(sender.stop(), 2)
    assert house.states == {"1": "claimed"}
    house.platform.gate.set()
    await task
    assert house.states == {"1": "sent"}


async def test_a_pause_is_slept_through_whatever_wakes_us(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.queue("1")
    house.platform.says = [TryLater(9, limited=True, whole_account=True)]
    sender, looks, step = house.sender(), list[float](), AccountSender._step

    async def counted(self: AccountSender) -> bool:
        looks.append(time.monotonic())
        return await step(self)

    monkeypatch.setattr(AccountSender, "_step", counted)

    async def act() -> None:
        await until(lambda: house.platform.asked)
        house.queue("2")
        sender.wake()
        await asyncio.sleep(0.3)

    await running(sender, act)
    assert (len(house.platform.asked), len(looks) < 12) == (1, True)


@pytest.mark.parametrize(("can", "window"), [({}, 8), ({"rate": 20, "latency": 0.16}, 4)])
async def test_no_more_is_on_its_way_than_a_crash_may_repeat(house: House, can: dict[str, Any], window: int) -> None:
    house.platform = Platform(**can)
    for number in range(10):
        house.queue(f"{number}", to=Address("memory", "staff", f"c{number}"))
    house.platform.gate = asyncio.Event()
    sender = house.sender()

    async def act() -> None:
        await until(lambda: len(house.platform.asked) == window)
        await asyncio.sleep(0.1)
        assert list(house.states.values()).count("claimed") == len(house.platform.asked) == window
        assert house.platform.gate
        house.platform.gate.set()
        await until(lambda: len(house.platform.texts) == 10)

    await running(sender, act)


@pytest.mark.parametrize(("took_over", "rate", "waits"), [(True, 20, True), (False, 20, False), (True, 0, False)])
async def test_who_took_over_waits_until_what_was_sent_before_is_a_second_old(
    house: House, took_over: bool, rate: float, waits: bool
) -> None:
    house.platform = Platform(rate=rate)
    sender = _timeless(house.sender())
    await running(sender, lambda: asyncio.sleep(0), took_over=took_over)
    assert (sender._limiter.ready_in(ANNA.key, room=False) > 0.5) is waits


async def test_a_room_is_written_to_more_slowly_than_a_person(house: House) -> None:
    house.platform = Platform(room_rate=20)
    room = Address("memory", "staff", "-100")
    house.queue(*(f"r{number}" for number in range(5)), to=room, room=True)
    house.queue(*(f"p{number}" for number in range(5)))
    await running(house.sender(), lambda: until(lambda: len(house.platform.texts) == 8))
    assert [len(house.platform.seen(chat.key)) for chat in (room, ANNA)] == [3, 5]


async def test_a_storage_that_can_not_be_read_is_asked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TROUBLE", sending.TROUBLE / 20)
    house.queue("1")
    sender, written, troubles = house.sender(), house.database.written, [Busy("full"), ValueError("odd"), Busy("full")]

    async def failing(act: Any, *, lane: str = "") -> Any:
        if troubles and lane == "sender:staff":
            raise troubles.pop()
        return await written(act, lane=lane)

    monkeypatch.setattr(house.database, "written", failing)
    await running(sender, lambda: until(lambda: house.platform.texts == ["1"]))
    assert troubles == []


async def test_a_message_says_which_one_it_is_and_hangs_under_its_card(house: House) -> None:
    house.queue("card", card="ticket:1")
    await house.sender().flush()
    house.queue("under it", under="ticket:1")
    house.queue("under nothing", under="ticket:2")
    await house.sender().flush()
    assert [message.answers for message in house.platform.messages.values()] == ["", "1", ""]
    assert house.platform.keys == ["card", "under it", "under nothing"]


@pytest.mark.parametrize(
    ("keeps", "shown"), [(False, ("box for key", ("code", ""))), (True, ("box (key)", ("sealed", "key")))]
)
async def test_a_secret_is_opened_as_it_leaves_unless_the_platform_keeps_it(
    house: House, keeps: bool, shown: tuple[str, tuple[str, str]]
) -> None:
    house.platform = Platform(keeps=keeps)
    secret = Posting(ANNA, Outgoing((Run("box", "sealed", "key"),)))
    house.write(lambda work: work.outbox.queue("1", secret))

    def reveal(box: str, subject: str) -> str:
        return f"{box} for {subject}"

    await AccountSender(house.database, house.platform, Owned(house.held(), hold=60), house.tell, reveal).flush()
    [message] = house.platform.messages.values()
    assert (message.text, *message.styles) == shown


async def test_stopping_does_not_wait_for_a_chat_that_rests(house: House) -> None:
    house.platform = Platform(chat_rate=0.01)
    house.queue(*(f"{number}" for number in range(5)))
    house.queue("alert", urgency=Urgency.ALERT)
    with Awake() as clock:
        await running(house.sender(), lambda: until(lambda: len(house.platform.texts) == 3))
        assert clock() < 3
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
    house.queue("1", tell="call:1")
    house.platform.says = [outcome]
    sender = house.sender()
    [claimed] = house.write(lambda work: sender._claim(work, 8, ()))
    written, left = house.database.written, [Busy("full"), Busy("full")]

    async def failing(act: Any, *, lane: str = "") -> Any:
        if left:
            raise left.pop()
        return await written(act, lane=lane)

    monkeypatch.setattr(house.database, "written", failing)
    await sender._deliver(claimed)
    assert (house.states["1"], len(house.platform.asked), len(house.told)) == ("failed" if outcome else "sent", 1, 1)


class Away:
    """A storage that can't be reached while `why` says so, and a message of a sender that was just claimed."""

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(outcomes, "PATIENCE", outcomes.PATIENCE / 50)
        house.queue("1")
        self.why: Exception | None = None
        self.tries = 0
        self.owned = Owned(house.held(), hold=60)
        self._sender = AccountSender(house.database, house.platform, self.owned, house.tell)
        [self._claimed] = house.write(lambda work: self._sender._claim(work, 8, ()))
        self._written = house.database.written
        monkeypatch.setattr(house.database, "written", self._reached)

    async def _reached(self, act: Any, *, lane: str = "") -> Any:
        if self.why:
            self.tries += 1
            raise self.why
        return await self._written(act, lane=lane)

    async def delivers(self, house: House, why: Exception) -> asyncio.Task[None]:
        """The message is out, and its end can't be noted."""
        self.why = why
        delivering = asyncio.create_task(self._sender._deliver(self._claimed))
        await until(lambda: house.platform.texts == ["1"])
        return delivering


@pytest.fixture
def away(house: House, monkeypatch: pytest.MonkeyPatch) -> Away:
    return Away(house, monkeypatch)


async def test_an_end_is_noted_as_soon_as_the_storage_is_back_while_the_lease_is_ours(house: House, away: Away) -> None:
    delivering = await away.delivers(house, Busy("full"))
    await asyncio.sleep(2 * outcomes.PATIENCE)
    await until(lambda: away.tries > 1)
    assert away.tries < 8
    away.why = None
    await asyncio.wait_for(delivering, 5)
    assert house.states == {"1": "sent"}


async def test_an_end_is_noted_within_our_patience_when_the_lease_is_lost(
    house: House, away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "PATIENCE", 30.0)
    delivering = await away.delivers(house, Busy("full"))
    away.owned.lost()
    await asyncio.sleep(0.1)
    away.why = None
    await asyncio.wait_for(delivering, 5)
    assert house.states == {"1": "sent"}


async def test_an_end_that_can_not_be_noted_is_left_to_the_next_owner(house: House, away: Away) -> None:
    delivering = await away.delivers(house, Busy("full"))
    away.owned.lost()
    await asyncio.wait_for(delivering, 5)
    assert house.states == {"1": "claimed"}


async def test_a_storage_that_was_closed_is_not_waited_for(house: House, away: Away) -> None:
    await asyncio.wait_for(await away.delivers(house, Closed()), 5)
    assert house.states == {"1": "claimed"}


async def test_a_lease_that_another_takes_over_is_noticed_at_the_next_claim(house: House) -> None:
    held = house.held()
    owned = Owned(held, hold=60)
    sender = AccountSender(house.database, house.platform, owned, house.tell)
    house.later(16)
    house.write(lambda work: leases.take(work, "staff", "another", hold=HOLD))
    house.queue("1")
    assert (await sender.flush(), owned.safe()) == (0, False)
