"""What people do on the platform arrives as events, in order, and is confirmed only when we have it."""

from __future__ import annotations

import asyncio
import json

import pytest

from adapters import build
from bot.core.errors import WrongCredentials
from bot.core.messages import Answer, Command, Edited, Joined, Left, Pressed, Said, Shared
from bot.core.ports import Call
from tests.adapters.telegram.conftest import Listening
from tests.files import KeptFiles
from tests.wires.telegram import TelegramWire
from tests.wires.telegram.people import until


async def test_a_person_starts_talks_edits_and_shares_a_card(wire: TelegramWire, listening: Listening) -> None:
    listening.start()
    ann = wire.user("Ann Li", language="zh", phone="15550100")
    ann.starts("our bot", "invite-1")
    ann.says("our bot", "Called 李伟 😀")
    ann.edits("our bot", "Called 李伟 twice")
    ann.shares_contact("our bot")

    start, said, edited, shared = await listening.hears(4)

    assert start == Command("start", "invite-1", start.message)
    assert said == Said("Called 李伟 😀", said.message)
    assert edited == Edited(said.message, "Called 李伟 twice")
    assert shared == Shared("contact", "Ann", phone="+15550100", own=True, message=shared.message)
    assert {event.sender.name for event in listening.events} == {"Ann Li"}
    assert {event.sender.language for event in listening.events} == {"zh"}


async def test_blocking_and_unblocking_is_the_bot_leaving_and_joining(wire: TelegramWire, listening: Listening) -> None:
    listening.start()
    ann = wire.user("Ann")
    ann.starts("our bot")
    ann.blocks("our bot")
    ann.unblocks("our bot")

    assert (await listening.hears(3))[1:] == [Left((), bot=True), Joined((), bot=True)]


async def test_in_a_group_the_bot_hears_its_name_commands_and_answers(wire: TelegramWire, listening: Listening) -> None:
    listening.start()
    ann = wire.user("Ann")
    sales = wire.group("Sales", [ann, "our bot"], forum=True)
    topic = sales.topic("Deals")
    ann.says(sales, "not for the bot")
    ann.says(sales, "@Rapport_bot, who is 李伟?", topic=topic)
    ann.says(sales, "/who@rapport_bot Acme")
    ann.says(sales, "/who@other_bot Acme")

    joined, said, command = await listening.hears(3)

    assert joined == Joined((), bot=True, title="Sales")
    assert (said.text, said.mentioned) == ("who is 李伟?", True)
    assert command == Command("who", "Acme", command.message)
    assert [event.where.thread for event in listening.events] == ["", str(topic), ""]
    assert {event.where.chat for event in listening.events} == {sales.id}
    assert not any(event.private for event in listening.events)


async def test_a_migrated_group_says_where_it_went(wire: TelegramWire, listening: Listening) -> None:
    listening.start()
    old = wire.group("Sales", [wire.user("Ann"), "our bot"], kind="group")
    new = old.migrates()

    assert (await listening.hears(3))[1:] == [Left((), moved_to=new.id)] * 2
    assert {event.where.chat for event in listening.events} == {old.id}


async def test_a_press_is_answered_with_its_toast(wire: TelegramWire, listening: Listening) -> None:
    ann = wire.user("Ann")
    ann.starts("our bot")
    keyboard = {"inline_keyboard": [[{"text": "Claim", "callback_data": "claim:102:signature"}]]}
    arguments = {"chat_id": str(ann.id), "text": "A ticket", "reply_markup": keyboard}
    card = await listening.adapter.send(Call("sendMessage", arguments))
    listening.answer = Answer(toast="认领了 " * 100)
    listening.start()

    press = ann.presses("Claim")

    assert (await listening.hears(2))[1] == Pressed("claim:102:signature", card)
    assert (await press.toast()).startswith("认领了")


async def test_a_press_that_is_too_old_to_be_answered_disturbs_nobody(wire: TelegramWire, listening: Listening) -> None:
    ann = wire.user("Ann")
    ann.starts("our bot")
    keyboard = {"inline_keyboard": [[{"text": "Claim", "callback_data": "claim:102"}]]}
    arguments = {"chat_id": str(ann.id), "text": "A ticket", "reply_markup": keyboard}
    await listening.adapter.send(Call("sendMessage", arguments))
    listening.before = lambda update: wire.passes(200) if "callback_query" in update.raw else None
    listening.start()

    press = ann.presses("Claim")
    await listening.hears(2)
    await until(lambda: wire.refusals, 5, "the answer was not refused")
    ann.says("our bot", "still there?")

    assert (await listening.hears(3))[2].text == "still there?"
    assert not press.answered


async def test_what_could_not_be_accepted_comes_again(wire: TelegramWire, listening: Listening) -> None:
    failures = iter([RuntimeError("disk full"), RuntimeError("disk full")])

    def fail_twice(update: object) -> None:
        if failure := next(failures, None):
            raise failure

    listening.before = fail_twice
    listening.start()
    wire.user("Ann").says("our bot", "one")
    wire.user("Ann").says("our bot", "two")

    assert [body.text for body in await listening.hears(2)] == ["one", "two"]
    await until(lambda: not wire.account("our bot").waiting, 5, "never confirmed")


async def test_nothing_is_confirmed_before_it_is_accepted(wire: TelegramWire, listening: Listening) -> None:
    gate = asyncio.Event()
    listening.before = lambda update: gate.wait()
    listening.start()
    wire.user("Ann").says("our bot", "one")
    await until(lambda: len([r for r in wire.requests if r[2] == "getUpdates"]) > 0, 5, "never polled")
    await asyncio.sleep(0.2)

    assert len(wire.account("our bot").waiting) == 1
    gate.set()
    await until(lambda: not wire.account("our bot").waiting, 5, "never confirmed")


async def test_a_slow_chat_holds_up_no_other_and_keeps_its_own_order(wire: TelegramWire, listening: Listening) -> None:
    gate = asyncio.Event()
    ann, ben = wire.user("Ann"), wire.user("Ben")
    for number in range(5):
        ann.says("our bot", f"a{number}")
        ben.says("our bot", f"b{number}")

    async def wait_for_ann(update: object) -> None:
        if f'"id": {ann.id}' in str(update):
            await gate.wait()

    listening.before = wait_for_ann
    listening.start()

    assert [body.text for body in await listening.hears(5)] == [f"b{number}" for number in range(5)]
    gate.set()
    assert [body.text for body in (await listening.hears(10))[5:]] == [f"a{number}" for number in range(5)]
    assert {update.lane for update in listening.updates} == {str(ann.id), str(ben.id)}


@pytest.mark.parametrize(
    "odd",
    [
        {"brand_new_kind": {"chat": "not even an object"}},
        {"message": None},
        {"message": {"chat": {"id": "x"}}},
        {"message": []},
        {"callback_query": "?"},
    ],
)
async def test_an_odd_update_is_handed_over_and_wedges_nothing(
    wire: TelegramWire, listening: Listening, odd: dict[str, object]
) -> None:
    listening.start()
    kind, content = next(iter(odd.items()))
    wire.world.queue(wire.account("our bot"), kind, content)  # type: ignore[arg-type]
    wire.user("Ann").says("our bot", "after")
    await until(lambda: len(listening.updates) == 2, 5, "wedged")

    assert json.loads(listening.updates[0].raw)[kind] == content


async def test_what_is_no_update_at_all_is_passed_over(wire: TelegramWire, listening: Listening) -> None:
    account = wire.account("our bot")
    wire.world.queue(account, "message", {})
    account.waiting[0].update = ["not", "an", "object"]  # type: ignore[assignment]
    listening.start()
    wire.user("Ann").says("our bot", "after")

    assert [body.text for body in await listening.hears()] == ["after"]


async def test_a_forgotten_webhook_is_taken_away(wire: TelegramWire, listening: Listening) -> None:
    wire.account("our bot").webhook = "https://old.example.com/hook"
    wire.user("Ann").says("our bot", "hello")
    listening.start()

    assert [body.text for body in await listening.hears()] == ["hello"]
    assert [entry.method for entry in wire.accepted("deleteWebhook")] == ["deleteWebhook"]


async def test_a_webhook_is_left_alone_when_nothing_is_in_the_way(wire: TelegramWire, listening: Listening) -> None:
    wire.user("Ann").says("our bot", "hello")
    listening.start()
    await listening.hears()

    assert wire.accepted("deleteWebhook") == []


async def test_a_second_poller_makes_ours_come_back_later(wire: TelegramWire, listening: Listening) -> None:
    listening.start()
    await until(lambda: wire.account("our bot").polls == 1, 5, "never polled")
    wire.account("our bot").polls += 1
    wire.account("our bot").arrived.set()
    wire.user("Ann").says("our bot", "hello")

    assert [body.text for body in await listening.hears()] == ["hello"]


@pytest.mark.parametrize("trouble", ["502", "garbage", "drop", "500"])
async def test_polling_outlives_trouble_on_the_line(wire: TelegramWire, listening: Listening, trouble: str) -> None:
    if trouble == "garbage":
        wire.garbles("getUpdates", times=2)
    elif trouble == "drop":
        wire.drops("getUpdates", times=2)
    else:
        wire.fails("getUpdates", int(trouble), times=2)
    wire.fails("getMe", 502)
    wire.user("Ann").says("our bot", "hello")
    listening.start()

    assert [body.text for body in await listening.hears()] == ["hello"]


async def test_a_revoked_token_ends_the_listening(wire: TelegramWire, listening: Listening) -> None:
    wire.revokes("our bot")

    with pytest.raises(WrongCredentials):
        await listening.adapter.listen(listening.accept)


@pytest.mark.parametrize("name", ["telegram-staff", "telegram-customers"])
@pytest.mark.parametrize("token", ["", "no token", "1:unknown"])
async def test_what_is_no_token_ends_the_listening(wire: TelegramWire, name: str, token: str) -> None:
    adapter = build(name, token=token, account="a", files=KeptFiles(), api_url=wire.url)

    with pytest.raises(WrongCredentials):
        await adapter.listen(None)  # type: ignore[arg-type]
    await adapter.close()  # type: ignore[attr-defined]


async def test_nothing_that_is_printed_shows_the_token(wire: TelegramWire, listening: Listening) -> None:
    wire.revokes("our bot")
    with pytest.raises(WrongCredentials) as caught:
        await listening.adapter.send(Call("sendMessage", {"chat_id": "1", "text": "hi"}))

    token = wire.account("our bot").token
    assert token not in repr(listening.adapter) + str(caught.getrepr(style="long"))
