"""When Telegram calls us: only with the secret, only small updates, and 200 means that we have it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from adapters import build
from bot.core.errors import TryLater
from bot.core.messages import Answer, Update
from tests.adapters.gone import refused
from tests.files import KeptFiles
from tests.wires.telegram import TelegramWire
from tests.wires.telegram.people import until

SECRET = "a-secret_of-ours"
PRESS = {"update_id": 7, "callback_query": {"id": "99", "from": {"id": 1}, "data": "ok"}}


class Door:
    """The mounted adapter, and who came in."""

    def __init__(self, adapter: Any) -> None:
        self.taken: list[Update] = []
        self.refuses = False
        self.app = adapter.mount(self.accept)
        transport = httpx.ASGITransport(self.app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://here")

    async def accept(self, update: Update) -> Answer | None:
        if self.refuses:
            raise TryLater()
        self.taken.append(update)
        return Answer(toast="Done")

    async def post(self, content: Any, headers: Any = None) -> httpx.Response:
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        given = {"X-Telegram-Bot-Api-Secret-Token": SECRET} if headers is None else headers
        return await self.client.post("/", content=content, headers=given)


def made(secret: str = SECRET, **more: Any) -> Any:
    return build("telegram-customers", token="1:x", account="shop", files=KeptFiles(), webhook_secret=secret, **more)


@pytest.fixture
def door() -> Door:
    return Door(made())


async def test_an_update_is_taken_and_a_press_answered_in_the_response(door: Door) -> None:
    response = await door.post(PRESS)

    assert (response.status_code, door.taken[0].account, door.taken[0].key) == (200, "shop", "7")
    assert response.json() == {"method": "answerCallbackQuery", "callback_query_id": "99", "text": "Done"}
    assert json.loads(door.taken[0].raw).items() >= PRESS.items()


async def test_what_is_no_press_gets_an_empty_answer(door: Door) -> None:
    response = await door.post({"update_id": 8, "brand_new": {}})

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Telegram-Bot-Api-Secret-Token": ""},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET.upper()},
        {"X-Telegram-Bot-Api-Secret": SECRET},
        {"Authorization": SECRET},
        [("X-Telegram-Bot-Api-Secret-Token", SECRET), ("X-Telegram-Bot-Api-Secret-Token", SECRET)],
        [("X-Telegram-Bot-Api-Secret-Token", "x"), ("X-Telegram-Bot-Api-Secret-Token", SECRET)],
        {b"X-Telegram-Bot-Api-Secret-Token": "\u00e9".encode()},
    ],
    ids=range(10),
)
async def test_without_the_secret_nothing_comes_in(door: Door, headers: Any) -> None:
    response = await door.post(PRESS, headers)

    assert (response.status_code, door.taken) == (404, [])


async def test_without_a_secret_of_ours_nobody_comes_in() -> None:
    door = Door(made(secret=""))

    assert (await door.post(PRESS, {"X-Telegram-Bot-Api-Secret-Token": ""})).status_code == 404


async def test_a_body_may_be_as_long_as_we_say_and_come_in_pieces(door: Door) -> None:
    whole = json.dumps(PRESS).encode().ljust(1024 * 1024)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(whole), 100_000):
            yield whole[start : start + 100_000]

    response = await door.client.post("/", content=pieces(), headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

    assert (response.status_code, len(door.taken)) == (200, 1)


async def test_a_sender_who_leaves_and_one_who_wants_a_socket_are_refused(door: Door) -> None:
    known = [(b"x-telegram-bot-api-secret-token", SECRET.encode())]

    assert await refused(door.app, {"type": "http", "method": "POST", "headers": known}) == ["http.response.start 400"]
    assert await refused(door.app, {"type": "websocket", "headers": []}) == ["websocket.http.response.start 404"]


async def test_only_posts_come_in(door: Door) -> None:
    response = await door.client.get("/", headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": true}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 10_000, 400),
        (b"x" * (1024 * 1024 + 1), 413),
    ],
    ids=range(9),
)
async def test_rubbish_is_refused(door: Door, body: bytes, status: int) -> None:
    response = await door.post(body)

    assert (response.status_code, door.taken) == (status, [])


async def test_what_could_not_be_kept_is_asked_for_again(door: Door) -> None:
    door.refuses = True
    response = await door.post(PRESS)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


async def test_with_a_secret_the_bot_learns_its_name_and_does_not_poll(wire: TelegramWire) -> None:
    token = wire.bot("our bot", username="rapport_bot").token
    adapter: Any = build(
        "telegram-customers", token=token, account="a", files=KeptFiles(), webhook_secret=SECRET, api_url=wire.url
    )
    listening = asyncio.create_task(adapter.listen(None))
    await until(lambda: adapter.me.username == "rapport_bot", 5, "never asked")
    await asyncio.sleep(0.1)
    listening.cancel()
    await adapter.close()

    assert [method for _, _, method, _ in wire.requests] == ["getMe"]
    assert adapter.path == "/hooks/telegram/a"
