"""The fake is as strict as the real platform, or the tests above it prove nothing."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.wires.telegram import Account, Person, TelegramWire
from tests.wires.telegram.people import until


class Caller:
    """Calls the Bot API as any client would."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.AsyncClient(base_url=f"{url}/bot{token}/", trust_env=False, timeout=10)

    async def __call__(self, method: str, **arguments: Any) -> dict[str, Any]:
        response = await self._client.post(method, json=arguments)
        answer: dict[str, Any] = response.json()
        return answer

    async def numbers(self, **arguments: Any) -> list[int]:
        return [update["update_id"] for update in (await self("getUpdates", **arguments))["result"]]

    async def close(self) -> None:
        await self._client.aclose()


@pytest.fixture
async def wire() -> AsyncIterator[TelegramWire]:
    async with TelegramWire() as wire:
        yield wire


@pytest.fixture
def bot(wire: TelegramWire) -> Account:
    return wire.bot("our bot")


@pytest.fixture
async def call(wire: TelegramWire, bot: Account) -> AsyncIterator[Caller]:
    caller = Caller(wire.url, bot.token)
    yield caller
    await caller.close()


@pytest.fixture
def ann(wire: TelegramWire, bot: Account) -> Person:
    person = wire.user("Ann")
    person.starts("our bot")
    return person


async def test_updates_come_again_until_they_are_confirmed(call: Caller, ann: Person) -> None:
    ann.says("our bot", "hello")
    first, second = await call.numbers()

    assert await call.numbers() == [first, second]
    assert await call.numbers(limit=1) == [first]
    assert await call.numbers(offset=second) == [second]
    assert await call.numbers() == [second]
    assert await call.numbers(offset=second + 1) == []


async def test_a_poll_waits_for_news(call: Caller, ann: Person) -> None:
    (start,) = await call.numbers()
    poll = asyncio.create_task(call.numbers(offset=start + 1, timeout=5))
    await asyncio.sleep(0.1)
    assert not poll.done()
    ann.says("our bot", "hello")

    assert await poll == [start + 1]


async def test_a_second_poll_ends_the_first(bot: Account, call: Caller, ann: Person) -> None:
    (start,) = await call.numbers()
    poll, polls = asyncio.create_task(call("getUpdates", offset=start + 1, timeout=5)), bot.polls
    await until(lambda: bot.polls > polls, 5, "it never asked")
    await call("getUpdates", offset=start + 1)

    assert (await poll)["error_code"] == 409


async def test_a_webhook_ends_polling(call: Caller) -> None:
    await call("setWebhook", url="https://crm.example.com/hook")

    assert "webhook is active" in (await call("getUpdates"))["description"]


async def test_presses_live_for_150_seconds(wire: TelegramWire, call: Caller, ann: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "OK", "callback_data": "ok"}]]}
    await call("sendMessage", chat_id=ann.id, text="Sure?", reply_markup=keyboard)
    press = ann.presses("OK")
    wire.passes(151)

    assert len(await call.numbers()) == 1
    assert "query is too old" in (await call("answerCallbackQuery", callback_query_id=press.id))["description"]


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"text": ""}, "empty"),
        ({"text": "\u200b"}, "empty"),
        ({"text": "😀" * 2049}, "too long"),
        ({"entities": [{"type": "bold", "offset": 1, "length": 9}]}, "bounds"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, "middle of a UTF-16"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}, "exactly one"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "http://localhost/"}]]}}, "Wrong HTTP URL"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}}, "ROW_INVALID"),
        ({"parse_mode": "HTML"}, "mark-up"),
        ({"colour": "red"}, "no argument colour"),
        ({"message_thread_id": 5}, "thread not found"),
        ({"reply_parameters": {"message_id": 99}}, "replied not found"),
        ({"chat_id": 42}, "chat not found"),
    ],
    ids=range(14),
)
async def test_what_breaks_a_rule_is_refused(call: Caller, ann: Person, more: Any, complaint: str) -> None:
    answer = await call("sendMessage", **{"chat_id": ann.id, "text": "hi", **more})

    assert (answer["ok"], answer.get("error_code")) == (False, 400)
    assert complaint in answer["description"]


async def test_nobody_is_written_to_before_they_start(wire: TelegramWire, call: Caller, ann: Person) -> None:
    ben = wire.user("Ben")
    wire.group("Sales", [ben])

    assert "can't initiate" in (await call("sendMessage", chat_id=ben.id, text="hi"))["description"]


async def test_disobeying_a_pause_is_counted(wire: TelegramWire, call: Caller, ann: Person) -> None:
    wire.limits(5, chat=str(ann.id))
    answers = [await call("sendMessage", chat_id=ann.id, text="hi") for _ in range(3)]

    assert [answer["parameters"]["retry_after"] for answer in answers] == [5, 5, 5]
    assert wire.faults.inside_pause == 2


async def test_privacy_keeps_a_groups_talk_from_the_bot(wire: TelegramWire, bot: Account, ann: Person) -> None:
    nosy = wire.bot("nosy bot", reads_all=True)
    sales = wire.group("Sales", [ann, "our bot", "nosy bot"])
    before = [len(account.waiting) for account in (bot, nosy)]
    ann.says(sales, "among us")

    assert [len(account.waiting) for account in (bot, nosy)] == [before[0], before[1] + 1]


async def test_what_was_sent_twice_or_too_fast_shows(wire: TelegramWire, call: Caller, ann: Person) -> None:
    for text in ("a", "b", "a"):
        await call("sendMessage", chat_id=ann.id, text=text)

    assert wire.doubled() == [(str(ann.id), "a")]
    assert wire.busiest(60.0) == 3


async def test_another_process_can_drive_it() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.wires.telegram", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    url = (await process.stdout.readline()).decode().strip()
    async with httpx.AsyncClient(base_url=f"{url}/control/", trust_env=False, timeout=20) as control:
        token = (await control.post("bot", json={"name": "our bot"})).json()["token"]
        await control.post("do", json={"who": "Ann", "does": "starts", "with": ["our bot", "code"]})
        await control.post("wire", json={"does": "fails", "with": ["getUpdates", 502]})
        seen = (await control.get("seen", params={"who": "Ann", "bot": "our bot"})).json()
        failed = await control.post(f"{url}/bot{token}/getUpdates")
        updates = (await control.post(f"{url}/bot{token}/getUpdates")).json()["result"]
    process.terminate()
    await process.wait()

    assert [message["text"] for message in seen] == ["/start code"]
    assert failed.status_code == 502
    assert updates[0]["message"]["text"] == "/start code"
