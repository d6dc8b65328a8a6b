"""Answers that Slack gives seldom, and that things on the way give in its place: each has one meaning."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters import build
from bot.core.errors import DeliveryError, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.ports import Call
from tests.adapters.slack.conftest import made
from tests.files import KeptFiles
from tests.wires.scripted import Scripted, answer, page, scripted, told
from tests.wires.slack import SlackWire
from tests.wires.telegram.people import until

POST = Call("chat.postMessage", {"channel": "C1", "text": "hello"})
EDIT = Call("chat.update", {"channel": "C1", "ts": "1.2", "text": "hello"})


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    async with scripted() as server:
        yield server


@pytest.fixture
async def adapter(server: Scripted) -> AsyncIterator[Any]:
    made: Any = build(
        "slack", account="ours", bot_token="xoxb-1", signing_secret="s", files=KeptFiles(), api_url=server.url
    )
    yield made
    await made.close()


async def error(adapter: Any, server: Scripted, given: bytes, call: Call = POST) -> Any:
    server.says(given)
    with pytest.raises(DeliveryError) as caught:
        await adapter.send(call)
    return caught.value


async def test_a_limit_is_a_limit_however_it_is_written(adapter: Any, server: Scripted) -> None:
    limited = {"ok": False, "error": "ratelimited"}
    body = b'{"ok": false, "error": "ratelimited"}'
    for given, seconds in (
        (told(200, **limited), 30),
        (answer(200, body, retry_after="7"), 7),
        (answer(429, body, retry_after="7"), 7),
        (told(429, **limited), 30),
        (page(429), 30),
        (page(429, retry_after="8"), 8),
        (page(429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), 30),
        (told(200, ok=False, error="rate_limited"), 30),
    ):
        posting, editing = await error(adapter, server, given), await error(adapter, server, given, EDIT)
        assert isinstance(posting, TryLater), given
        assert (posting.seconds, posting.limited, posting.whole_account) == (seconds, True, False), given
        assert isinstance(editing, TryLater)
        assert editing.whole_account


async def test_every_refusal_has_its_end(adapter: Any, server: Scripted) -> None:
    ends: dict[str, tuple[type[DeliveryError], bool | None]] = {
        "not_in_channel": (NeverDeliverable, True),
        "is_archived": (NeverDeliverable, True),
        "channel_not_found": (NeverDeliverable, True),
        "msg_too_long": (NeverDeliverable, False),
        "invalid_blocks": (NeverDeliverable, False),
        "token_expired": (WrongCredentials, None),
        "account_inactive": (WrongCredentials, None),
        "internal_error": (Unsure, None),
        "fatal_error": (Unsure, None),
        "service_unavailable": (Unsure, None),
        "team_added_to_org": (TryLater, None),
    }
    for said, (kind, unreachable) in ends.items():
        found = await error(adapter, server, told(200, ok=False, error=said))
        assert isinstance(found, kind), said
        assert getattr(found, "unreachable", None) == unreachable, said
        if isinstance(found, NeverDeliverable):
            assert found.reason == said


async def test_what_is_written_by_something_on_the_way_is_no_refusal_by_slack(adapter: Any, server: Scripted) -> None:
    for given in (page(403), page(407)):
        found = await error(adapter, server, given)
        assert isinstance(found, TryLater), given
        assert not found.limited
    for given in (page(502), page(504), page(200), answer(200, b'{"ok": tru'), answer(200, b"[]"), told(200)):
        assert isinstance(await error(adapter, server, given), Unsure), given


async def test_a_result_is_taken_in_any_shape(adapter: Any, server: Scripted) -> None:
    body = b'{"ok": true, "ts": "1.5", "brand_new": [{}], "response_metadata": {"warnings": ["odd"]}}'
    for given in (
        answer(200, body),
        b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body,
        answer(200, body, kind="application/json; charset=utf-8"),
    ):
        server.says(given)
        assert await adapter.send(POST) == "1.5"


async def test_a_socket_that_stays_away_is_begun_anew() -> None:
    """The library would ask for ever, and nobody would hear or be told anything."""
    async with SlackWire() as wire:
        adapter = made(wire, KeptFiles(), app_token=wire.app_token, ping_seconds=0.1)
        listening = asyncio.create_task(adapter.listen(None))
        await until(lambda: wire.deliverer.lines, 9, "no connection was opened")
        await asyncio.sleep(0.6)
        assert not listening.done()
        wire.app_token = "xapp-another"
        await wire.deliverer.lines[0].socket.close()
        with pytest.raises(TryLater):
            await asyncio.wait_for(listening, 9)
        await adapter.close()
