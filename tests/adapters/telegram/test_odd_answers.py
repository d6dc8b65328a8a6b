"""Answers as other servers than Telegram's give them, and things on the way to it: each has one meaning."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters import build
from adapters.telegram import customers, staff
from bot.core.errors import DeliveryError, Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.messages import Answer, File, Update
from bot.core.ports import Call
from tests.files import KeptFiles
from tests.wires.scripted import Scripted, answer, page, scripted, told
from tests.wires.telegram.people import until

HELLO = Call("sendMessage", {"chat_id": "-7", "text": "hello"})
SENT = {"ok": True, "result": {"message_id": 5}}


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    async with scripted() as server:
        yield server


@pytest.fixture(params=["telegram-staff", "telegram-customers"])
async def adapter(request: pytest.FixtureRequest, server: Scripted) -> AsyncIterator[Any]:
    made: Any = build(
        request.param, token="1:x", account="ours", files=KeptFiles(), api_url=server.url, first_pause=0.01
    )
    yield made
    await made.close()


def no(code: int, description: str, *, status: int = 0, **parameters: Any) -> bytes:
    more = {"parameters": parameters} if parameters else {}
    return told(status or code, ok=False, error_code=code, description=description, **more)


async def error(adapter: Any, server: Scripted, given: bytes, call: Call = HELLO) -> Any:
    server.says(given)
    with pytest.raises(DeliveryError) as caught:
        await adapter.send(call)
    return caught.value


LIMITS: list[tuple[bytes, float]] = [
    (no(429, "Too Many Requests: retry after 7", retry_after=7), 7),
    (no(429, "Too Many Requests: retry after 7", retry_after="7"), 7),
    (no(429, "Too Many Requests: retry after 7", retry_after=7.5), 7.5),
    (no(429, "Too Many Requests: retry after 7", status=200, retry_after=7), 7),
    (no(429, "Too Many Requests"), 5),
    (no(429, "Too Many Requests", retry_after="soon"), 5),
    (answer(429, b'{"ok": false, "error_code": 429, "parameters": {"retry_after": Infinity}}'), 5),
    (page(429), 5),
    (page(429, retry_after="9"), 9),
    (page(429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), 5),
]


async def test_a_limit_is_a_limit_however_it_is_written(adapter: Any, server: Scripted) -> None:
    for given, seconds in LIMITS:
        found = await error(adapter, server, given)
        assert isinstance(found, TryLater), given
        assert (found.seconds, found.limited) == (seconds, True), given


async def test_a_refusal_is_one_whatever_status_it_comes_with(adapter: Any, server: Scripted) -> None:
    for status in (200, 400, 500):
        found = await error(adapter, server, no(400, "Bad Request: TOPIC_CLOSED", status=status))
        assert isinstance(found, NeverDeliverable)
        assert (found.reason, found.unreachable) == ("Bad Request: TOPIC_CLOSED", False)
    assert isinstance(await error(adapter, server, told(200, ok=False)), NeverDeliverable)
    assert isinstance(await error(adapter, server, no(401, "Unauthorized", status=200)), WrongCredentials)
    moved = await error(adapter, server, no(400, "Bad Request: upgraded", status=200, migrate_to_chat_id=-1009))
    assert isinstance(moved, Moved)
    assert moved.address.chat == "-1009"


async def test_what_is_written_by_something_on_the_way_is_no_refusal_by_telegram(
    adapter: Any, server: Scripted
) -> None:
    for status in (302, 307, 403, 407):
        found = await error(adapter, server, page(status, location=f"{server.url}/elsewhere"))
        assert isinstance(found, TryLater), status
        assert not found.limited
    for given in (page(502), page(504), page(200), answer(200, b'{"ok": tru'), answer(200, b"[]"), told(200)):
        assert isinstance(await error(adapter, server, given), Unsure), given
    assert not [line for line in server.asked if "elsewhere" in line]
    assert isinstance(await error(adapter, server, page(413)), NeverDeliverable)


async def test_only_a_chat_that_takes_nothing_is_out_of_reach(adapter: Any, server: Scripted) -> None:
    said = {
        "Bad Request: chat not found": True,
        "Forbidden: user is deactivated": True,
        "Bad Request: CHAT_WRITE_FORBIDDEN": True,
        "Bad Request: have no rights to send a message": True,
        "Bad Request: not enough rights to send text messages to the chat": True,
        "Bad Request: not enough rights to send photos to the chat": False,
        "Bad Request: BUTTON_DATA_INVALID": False,
        "Bad Request: can't parse entities: unexpected end": False,
    }
    found = [await error(adapter, server, no(403 if "Forbid" in words else 400, words)) for words in said]
    assert [one.unreachable for one in found] == [*said.values()]


async def test_a_result_is_taken_in_any_shape(adapter: Any, server: Scripted) -> None:
    body = json.dumps(SENT).encode()
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked += b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:9], body[9:])) + b"0\r\n\r\n"
    shapes = (
        told(200, **SENT),
        told(500, **SENT),
        answer(200, body, kind="text/plain"),
        answer(200, gzip.compress(body), content_encoding="gzip"),
        b"HTTP/1.0 200 OK\r\n\r\n" + body,
        chunked,
        told(200, ok=True, result={"message_id": 5, "chat": "odd", "entities": [{"type": "brand new"}]}),
    )
    for shape in shapes:
        server.says(shape)
        assert await adapter.send(HELLO) == "5", shape
    server.says(told(200, ok=True, result={"message_id": 2**53 + 1}))
    assert await adapter.send(HELLO) == str(2**53 + 1)


async def test_a_connection_that_was_closed_meanwhile_is_opened_again(adapter: Any, server: Scripted) -> None:
    server.says(told(200, **SENT))
    server.closes = True
    for _time in range(3):
        assert await adapter.send(HELLO) == "5"
        await asyncio.sleep(0.02)
    assert len(server.asked) == 3


async def test_an_answer_that_drips_is_not_waited_for(
    adapter: Any, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in (staff, customers):
        monkeypatch.setattr(library, "SECONDS", 0.3)
    server.drips = 0.02
    assert isinstance(await error(adapter, server, told(200, **SENT)), Unsure)


async def test_a_file_that_is_gone_stops_no_bot(adapter: Any, server: Scripted) -> None:
    server.on = lambda line: None if "getFile" in line else page(404)
    given = told(200, ok=True, result={"file_id": "f", "file_unique_id": "u", "file_path": "voice/1.oga"})
    found = await error(adapter, server, given, Call("fetch", {}, File("a", "audio/ogg", ref="f")))
    assert isinstance(found, NeverDeliverable)
    assert "gone" in found.reason


class Heard(list[int]):
    """Takes updates by their number."""

    async def accept(self, update: Update) -> Answer | None:
        self.append(int(update.key))
        return None


@asynccontextmanager
async def listened(adapter: Any, heard: Heard) -> AsyncIterator[None]:
    task = asyncio.create_task(adapter.listen(heard.accept))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def updates(*numbers: int) -> bytes:
    return told(200, ok=True, result=[{"update_id": number, "poll": {"id": "1"}} for number in numbers])


async def test_numbers_that_jump_back_are_followed(adapter: Any, server: Scripted) -> None:
    server.on = lambda line: told(200, ok=True, result={"id": 1, "username": "b"}) if "getMe" in line else None
    server.says(updates(9_000_000_000_000_000), updates(40, 41), updates(7), page(502))
    heard = Heard()
    async with listened(adapter, heard):
        await until(lambda: len(heard) == 4, 9, lambda: f"only {heard}")
    assert heard == [9_000_000_000_000_000, 40, 41, 7]


async def test_a_server_that_hears_no_confirmation_is_not_stormed(adapter: Any, server: Scripted) -> None:
    server.on = lambda line: told(200, ok=True, result={"id": 1, "username": "b"}) if "getMe" in line else None
    server.says(updates(5, 6))
    heard = Heard()
    async with listened(adapter, heard):
        await until(lambda: len(heard) >= 4, 9, lambda: f"only {heard}")
        await asyncio.sleep(0.3)
    assert len(heard) <= 40


async def test_a_limit_is_kept_while_the_bot_asks_for_its_name(adapter: Any, server: Scripted) -> None:
    server.says(no(429, "Too Many Requests", retry_after=5))
    async with listened(adapter, Heard()):
        await until(lambda: server.asked, 9, "it never asked")
        await asyncio.sleep(0.1)
    assert len(server.asked) == 1
