"""What we send arrives once, and every way it can fail has one meaning."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from adapters import build
from bot.core.errors import DeliveryError, Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.messages import Address, Button, File, Outgoing
from bot.core.ports import Call
from bot.core.text import Run
from tests.adapters.telegram.conftest import Listening
from tests.files import KeptFiles
from tests.wires.telegram import Group, Person, TelegramWire

PNG = b"\x89PNG\r\n\x1a\n made up"


@pytest.fixture
def ann(wire: TelegramWire, adapter: Any) -> Person:
    person = wire.user("Ann")
    person.starts("our bot")
    return person


async def sent(adapter: Any, chat: Person | Group, *runs: Run, thread: str = "", **more: Any) -> str:
    """Sends one message and returns its id."""
    address = Address("telegram", "ours", str(chat.id), thread)
    number = ""
    for call in adapter.render(address, Outgoing(runs or (Run("hello"),), **more)):
        number = await adapter.send(call)
    return number


async def test_text_arrives_with_its_styles_and_buttons(ann: Person, adapter: Any) -> None:
    buttons = (Button("Done", "done:1", style="primary"), Button("Open", url="https://example.com/c/1"))
    number = await sent(
        adapter, ann, Run("😀 "), Run("Li Wei", "bold"), Run(" said "), Run("hi", "quote"), buttons=buttons
    )

    seen = ann.sees("our bot")[-1]
    assert (str(seen.id), seen.text) == (number, "😀 Li Wei said hi")
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in seen.entities] == [
        ("bold", 3, 6),
        ("blockquote", 15, 2),
    ]
    assert seen.labels == ["Done", "Open"]


async def test_a_message_is_edited_in_place(ann: Person, adapter: Any) -> None:
    number = await sent(adapter, ann, Run("open"), buttons=(Button("Claim", "claim:1"),))

    assert await sent(adapter, ann, Run("claimed by Ann"), edits=number) == number
    assert [(seen.text, seen.labels) for seen in ann.sees("our bot")[1:]] == [("claimed by Ann", [])]


async def test_an_edit_that_changes_nothing_is_done(ann: Person, adapter: Any) -> None:
    number = await sent(adapter, ann, Run("same"))

    assert await sent(adapter, ann, Run("same"), edits=number) == number


async def test_clearing_takes_the_message_away_and_twice_is_fine(ann: Person, adapter: Any) -> None:
    number = await sent(adapter, ann, Run("secret"))
    await sent(adapter, ann, edits=number, clears=True)
    await sent(adapter, ann, edits=number, clears=True)

    assert [seen.text for seen in ann.sees("our bot")] == ["/start"]


async def test_after_two_days_clearing_empties_what_can_not_be_deleted(
    wire: TelegramWire, ann: Person, adapter: Any
) -> None:
    number = await sent(adapter, ann, Run("secret"), buttons=(Button("Claim", "claim:1"),))
    wire.passes(3 * 86400)
    await sent(adapter, ann, edits=number, clears=True)

    assert [(seen.text, seen.labels) for seen in ann.sees("our bot")[1:]] == [("…", [])]


async def test_a_topic_and_the_answered_message_are_kept(wire: TelegramWire, ann: Person, adapter: Any) -> None:
    sales = wire.group("Sales", [ann, "our bot"], forum=True)
    topic = sales.topic("Deals")
    asked = ann.says(sales, "@rapport_bot who?", topic=topic)
    await sent(adapter, sales, thread=str(topic), answers=str(asked))
    await sent(adapter, sales, answers="999999")

    one, other = (seen for seen in sales.chat.visible() if seen.by_bot)
    assert (one.thread, one.answers) == (topic, asked)
    assert other.thread == 0


@pytest.mark.parametrize(
    ("file", "method"),
    [
        (File("chart.png", "image/png", kind="picture"), "sendPhoto"),
        (File("scan.tiff", "image/tiff", kind="picture"), "sendDocument"),
        (File("客户 list.csv", "text/csv"), "sendDocument"),
        (File("note.oga", "audio/ogg", kind="voice"), "sendVoice"),
        (File("clip.mp4", "video/mp4", kind="video"), "sendVideo"),
    ],
)
async def test_files_travel_by_their_kind(
    wire: TelegramWire, ann: Person, adapter: Any, files: KeptFiles, file: File, method: str
) -> None:
    kept = replace(file, hash=files.keep(PNG))
    number = await sent(adapter, ann, Run("here", "bold"), file=kept, buttons=(Button("OK", "ok"),))

    seen = ann.sees("our bot")[-1]
    assert (str(seen.id), seen.text, seen.labels) == (number, "here", ["OK"])
    assert wire.world.files[seen.file][1] == PNG
    assert [entry.method for entry in wire.accepted() if entry.method.startswith("send")] == [method]


async def test_the_caption_of_a_file_can_be_changed(ann: Person, adapter: Any, files: KeptFiles) -> None:
    file = File("chart.png", "image/png", hash=files.keep(PNG), kind="picture")
    number = await sent(adapter, ann, Run("before"), file=file)
    await sent(adapter, ann, Run("after"), file=file, edits=number)

    assert ann.sees("our bot")[-1].text == "after"


async def test_a_file_that_is_gone_is_never_sent(ann: Person, adapter: Any) -> None:
    with pytest.raises(NeverDeliverable, match="gone"):
        await sent(adapter, ann, file=File("a.pdf", "application/pdf", hash="nothing"))


async def test_files_of_people_are_fetched_and_kept(
    wire: TelegramWire, ann: Person, listening: Listening, files: KeptFiles
) -> None:
    listening.start()
    ann.sends_photo("our bot", PNG, "a card")
    said = (await listening.hears(2))[1]

    hash = await listening.adapter.send(Call("fetch", {}, said.files[0]))

    assert said.text == "a card"
    assert files.read(hash) == PNG


async def test_a_file_that_is_too_large_is_not_fetched(ann: Person, listening: Listening) -> None:
    listening.start()
    ann.sends_document("our bot", "film.mov", b"...", size=21 * 1024 * 1024)
    file = (await listening.hears(2))[1].files[0]

    for claimed in (file, File(file.name, file.mime, ref=file.ref)):
        with pytest.raises(NeverDeliverable, match="20 MB"):
            await listening.adapter.send(Call("fetch", {}, claimed))


async def test_a_limit_pauses_the_chat_and_no_other(wire: TelegramWire, ann: Person, adapter: Any) -> None:
    ben = wire.user("Ben")
    ben.starts("our bot")
    wire.limits(7, chat=str(ann.id))

    with pytest.raises(TryLater) as caught:
        await sent(adapter, ann)
    await sent(adapter, ben)

    assert (caught.value.limited, caught.value.whole_account) == (True, False)
    assert 6 <= caught.value.seconds <= 8


async def test_a_person_who_blocked_the_bot_is_unreachable(wire: TelegramWire, ann: Person, adapter: Any) -> None:
    ann.blocks("our bot")

    with pytest.raises(NeverDeliverable, match="blocked") as caught:
        await sent(adapter, ann)
    assert caught.value.unreachable


async def test_strangers_lost_accounts_and_left_groups_are_unreachable(
    wire: TelegramWire, ann: Person, adapter: Any
) -> None:
    sales = wire.group("Sales", [ann, "our bot"])
    sales.remove("our bot")
    ben, cid = wire.user("Ben"), wire.user("Cid")
    wire.private(ben, "our bot")
    cid.starts("our bot")
    cid.vanishes("our bot")

    for chat in (sales, ben, cid):
        with pytest.raises(NeverDeliverable) as caught:
            await sent(adapter, chat)
        assert caught.value.unreachable
    with pytest.raises(NeverDeliverable) as caught:
        await adapter.send(Call("sendMessage", {"chat_id": "42", "text": "hi"}))
    assert caught.value.unreachable


async def test_a_migrated_group_tells_its_new_address(wire: TelegramWire, ann: Person, adapter: Any) -> None:
    old = wire.group("Sales", [ann, "our bot"], kind="group")
    new = old.migrates()

    with pytest.raises(Moved) as caught:
        await sent(adapter, old)
    assert caught.value.address == Address("telegram", "ours", new.id)


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(
    "break_it",
    [
        lambda wire, accepted: wire.fails("sendMessage", 500, accepted=accepted),
        lambda wire, accepted: wire.fails("sendMessage", 502, accepted=accepted),
        lambda wire, accepted: wire.drops("sendMessage", accepted=accepted),
        lambda wire, accepted: wire.garbles("sendMessage", accepted=accepted),
    ],
    ids=["500", "502", "dropped", "garbage"],
)
async def test_without_a_clear_answer_nobody_knows(
    wire: TelegramWire, ann: Person, adapter: Any, break_it: Callable[..., Any], accepted: bool
) -> None:
    break_it(wire, accepted)

    with pytest.raises(Unsure):
        await sent(adapter, ann)
    assert len(wire.accepted("sendMessage")) == accepted


@pytest.mark.parametrize(
    "break_it",
    [
        lambda wire: wire.fails("editMessageText", 500, accepted=True),
        lambda wire: wire.fails("editMessageText", 502, accepted=True),
        lambda wire: wire.drops("editMessageText", accepted=True),
        lambda wire: wire.garbles("editMessageText", accepted=True),
    ],
    ids=["500", "502", "dropped", "garbage"],
)
async def test_an_edit_without_a_clear_answer_is_simply_tried_again(
    wire: TelegramWire, ann: Person, adapter: Any, break_it: Callable[..., Any]
) -> None:
    number = await sent(adapter, ann, Run("before"))
    break_it(wire)

    with pytest.raises(TryLater):
        await sent(adapter, ann, Run("after"), edits=number)
    assert await sent(adapter, ann, Run("after"), edits=number) == number


@pytest.mark.parametrize("name", ["telegram-staff", "telegram-customers"])
async def test_without_a_connection_nothing_was_sent(name: str) -> None:
    adapter: Any = build(name, token="1:x", account="ours", files=KeptFiles(), api_url="http://127.0.0.1:9")

    with pytest.raises(TryLater) as caught:
        await adapter.send(Call("sendMessage", {"chat_id": "1", "text": "hi"}))
    assert not caught.value.limited
    await adapter.close()


async def test_a_revoked_token_is_told(wire: TelegramWire, ann: Person, adapter: Any) -> None:
    wire.revokes("our bot")

    with pytest.raises(WrongCredentials):
        await sent(adapter, ann)


@pytest.mark.parametrize("edits", ["999999", "1"])
async def test_what_is_not_there_or_not_ours_can_not_be_edited(ann: Person, adapter: Any, edits: str) -> None:
    with pytest.raises(NeverDeliverable) as caught:
        await sent(adapter, ann, edits=edits)
    assert not caught.value.unreachable


async def test_the_command_menu_is_set_by_language_and_scope(wire: TelegramWire, adapter: Any) -> None:
    await adapter.greet(
        {
            ("", ""): {"help": "What I can do"},
            ("zh_CN", "private"): {"help": "帮助", "记录": "不在菜单里"},
            ("en", "groups"): {"who": ""},
        }
    )

    assert wire.account("our bot").menus == [
        {"commands": [{"command": "help", "description": "What I can do"}]},
        {
            "commands": [{"command": "help", "description": "帮助"}],
            "scope": {"type": "all_private_chats"},
            "language_code": "zh",
        },
        {
            "commands": [{"command": "who", "description": "who"}],
            "scope": {"type": "all_group_chats"},
            "language_code": "en",
        },
    ]


async def test_a_closed_adapter_opens_again(ann: Person, adapter: Any) -> None:
    await sent(adapter, ann)
    await adapter.close()
    await adapter.close()

    assert await sent(adapter, ann)


async def test_logs_hold_neither_the_token_nor_what_was_said(
    wire: TelegramWire, ann: Person, adapter: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wire.garbles("sendMessage", times=1)
    with pytest.raises(Unsure) as caught:
        await sent(adapter, ann, Run("a canary in the mine"))
    await sent(adapter, ann, Run("a canary in the mine"))
    wire.drops("getFile")
    with pytest.raises(TryLater):
        await adapter.send(Call("fetch", {}, File("a", "b", ref=wire.world.keep_file(b"x", "x.bin"))))

    printed = caplog.text + str(caught.getrepr(style="long", chain=True))
    ours = "\n".join(
        line for line in printed.splitlines() if "aiohttp.access" not in line and "test_sending" not in line
    )
    assert wire.account("our bot").token not in ours
    assert "canary" not in caplog.text


def test_every_failure_is_one_that_the_sender_knows() -> None:
    for kind in (TryLater, Unsure, NeverDeliverable, Moved, WrongCredentials):
        assert issubclass(kind, DeliveryError)
