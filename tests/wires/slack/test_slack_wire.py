"""The fake is as strict as the real platform, or the tests above it prove nothing."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import httpx
import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.wires.slack import Person, SlackWire

RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "hi"}]}]}
BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "OK"}, "value": "ok"}
INPUT = {
    "type": "input",
    "block_id": "name",
    "label": {"type": "plain_text", "text": "Name"},
    "element": {"type": "plain_text_input", "action_id": "value"},
}
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Go"},
    "blocks": [INPUT],
}


class Caller:
    """Calls the Web API as any client would."""

    def __init__(self, wire: SlackWire, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._client = httpx.AsyncClient(base_url=wire.api_url, trust_env=False, timeout=10, headers=headers)

    async def __call__(self, method: str, **arguments: Any) -> dict[str, Any]:
        response = await self._client.post(method, json=arguments)
        answer: dict[str, Any] = response.json()
        return answer

    async def get(self, method: str, **arguments: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (await self._client.get(method, params=arguments)).json()
        return answer

    async def close(self) -> None:
        await self._client.aclose()


class App:
    """An app that hears everything and answers as it is told."""

    def __init__(self, secret: str) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.body: Any = None
        self._verifier = SignatureVerifier(secret)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        assert self._verifier.is_valid_request(body, dict(request.headers))
        self.heard.append((dict(request.headers), body))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.body, status=status) if self.body else web.Response(status=status)


@pytest.fixture
async def wire() -> AsyncIterator[SlackWire]:
    async with SlackWire() as wire:
        yield wire


@pytest.fixture
async def app(wire: SlackWire) -> AsyncIterator[App]:
    made, application = App(wire.secret), web.Application()
    application.router.add_post("/", made.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    wire.calls(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    yield made
    await runner.cleanup()


@pytest.fixture
async def call(wire: SlackWire) -> AsyncIterator[Caller]:
    caller = Caller(wire, wire.home.token)
    yield caller
    await caller.close()


@pytest.fixture
def ann(wire: SlackWire) -> Person:
    return wire.user("Ann")


async def test_events_are_signed_and_come_again_until_they_are_heard(wire: SlackWire, app: App, ann: Person) -> None:
    app.statuses = [500, 404, 200]
    ann.says("bot", "hello")
    await wire.settled()

    assert wire.deliverer.log[0].statuses == [500, 404, 200]
    assert [headers.get("X-Slack-Retry-Num") for headers, _ in app.heard] == [None, "1", "2"]
    assert app.heard[1][0]["X-Slack-Retry-Reason"] == "http_error"
    assert len({body for _, body in app.heard}) == 1


async def test_after_three_repetitions_an_event_is_lost(wire: SlackWire, app: App, ann: Person) -> None:
    app.statuses = [500] * 9
    ann.says("bot", "hello")
    await wire.settled()

    assert wire.deliverer.log[0].statuses == [500] * 4


async def test_commands_and_presses_come_once(wire: SlackWire, app: App, call: Caller, ann: Person) -> None:
    app.statuses = [500, 500]
    await call("chat.postMessage", channel=ann.direct, text="x", blocks=[{"type": "actions", "elements": [BUTTON]}])

    assert await ann.commands("/crm help").ended() == 500
    assert await ann.presses("OK").ended() == 500
    assert len(app.heard) == 2


async def test_a_trigger_works_once_and_for_three_seconds(wire: SlackWire, app: App, call: Caller, ann: Person) -> None:
    first, second = (ann.commands("/crm deal").payload["trigger_id"] for _ in range(2))
    answers = [await call("views.open", trigger_id=first, view=MODAL) for _ in range(2)]
    wire.passes(4)
    late = await call("views.open", trigger_id=second, view=MODAL)

    assert [answer.get("error") for answer in (*answers, late)] == [None, "exchanged_trigger_id", "expired_trigger_id"]


async def test_forms_are_submitted_whole(wire: SlackWire, app: App, call: Caller, ann: Person) -> None:
    trigger = ann.commands("/crm deal").payload["trigger_id"]
    await call("views.open", trigger_id=trigger, view=MODAL)
    for values in ({"colour": "red"}, {}):
        with pytest.raises(AssertionError, match="form"):
            ann.fills(**values)
    app.body = {"response_action": "errors", "errors": {"name": "No"}}
    first = ann.fills(name="x")
    await first.ended()
    app.body = None
    await ann.fills(name="y").ended()

    assert first.errors == {"name": "No"}
    assert ann.user.modal is None


async def test_a_response_url_works_five_times(wire: SlackWire, app: App, ann: Person) -> None:
    url = ann.commands("/crm help").payload["response_url"]
    async with aiohttp.ClientSession() as session:
        statuses = [(await session.post(url, json={"text": "hi"})).status for _ in range(6)]

    assert statuses == [200] * 5 + [404]
    assert [seen.only_for for seen in ann.sees("bot")] == [ann.id] * 5


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": [RICH] * 51}, "invalid_blocks"),
        ({"blocks": [{"type": "rich_text", "elements": []}]}, "invalid_blocks"),
        ({"blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": [BUTTON, BUTTON]}]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": [{**BUTTON, "value": "x" * 2001}]}]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": [{**BUTTON, "style": "wild"}]}]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": [{**BUTTON, "url": "no url"}]}]}, "invalid_blocks"),
        (
            {"blocks": [{"type": "actions", "elements": [{**BUTTON, "text": {"type": "plain_text", "text": ""}}]}]},
            "invalid_blocks",
        ),
        ({"blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}]}, "invalid_blocks"),
        ({"metadata": {"key": "k"}}, "invalid_metadata_format"),
        ({"colour": "red"}, "invalid_arguments"),
        ({"thread_ts": "1.2"}, "thread_not_found"),
        ({"channel": "C0NONE"}, "channel_not_found"),
    ],
    ids=range(15),
)
async def test_what_breaks_a_rule_is_refused(call: Caller, ann: Person, more: Any, complaint: str) -> None:
    answer = await call("chat.postMessage", **{"channel": ann.direct, "text": "hi", **more})

    assert (answer["ok"], answer.get("error")) == (False, complaint)


async def test_who_may_write_where(wire: SlackWire, call: Caller, ann: Person) -> None:
    away, old = wire.channel("away", [ann], bot=False), wire.channel("old", [ann])
    secret = wire.channel("secret", [ann], bot=False, private=True)
    old.archives()
    stranger = Caller(wire, "xoxb-nobody")
    errors = [(await call("chat.postMessage", channel=place.id, text="hi"))["error"] for place in (away, old, secret)]
    errors.append((await stranger("chat.postMessage", channel=ann.direct, text="hi"))["error"])
    await stranger.close()

    assert errors == ["not_in_channel", "is_archived", "channel_not_found", "invalid_auth"]


async def test_only_own_messages_can_be_changed(wire: SlackWire, call: Caller, app: App, ann: Person) -> None:
    theirs = ann.says("bot", "mine")
    updated = await call("chat.update", channel=ann.direct, ts=theirs, text="yours")
    by_person = await call("chat.update", channel=ann.id, ts=theirs, text="yours")

    assert (updated["error"], by_person["error"]) == ("cant_update_message", "channel_not_found")


async def test_reads_may_come_as_gets(call: Caller, ann: Person) -> None:
    assert (await call.get("users.info", user=ann.id))["user"]["real_name"] == "Ann"
    assert (await call.get("users.info"))["error"] == "invalid_arguments"


async def test_disobeying_a_pause_is_counted(wire: SlackWire, call: Caller, ann: Person) -> None:
    wire.limits(5, chat=ann.direct)
    answers = [await call("chat.postMessage", channel=ann.direct, text="hi") for _ in range(3)]

    assert [answer["error"] for answer in answers] == ["ratelimited"] * 3
    assert wire.faults.inside_pause == 2


async def test_a_sockets_address_works_once(wire: SlackWire) -> None:
    caller, wrong = Caller(wire, wire.app_token), Caller(wire, wire.home.token)
    url = (await caller("apps.connections.open"))["url"]
    refused = await wrong("apps.connections.open")
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
    await caller.close()
    await wrong.close()

    assert refused["error"] == "invalid_auth"


async def test_what_a_socket_does_not_acknowledge_comes_again(wire: SlackWire, ann: Person) -> None:
    wire.deliverer.answer_seconds = 0.1
    caller = Caller(wire, wire.app_token)
    url = (await caller("apps.connections.open"))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        ann.says("bot", "hello")
        envelopes = [await socket.receive_json() for _ in range(2)]
        await socket.send_json({"envelope_id": envelopes[1]["envelope_id"]})
        await wire.settled()
    await caller.close()

    assert [envelope["retry_attempt"] for envelope in envelopes] == [0, 1]
    assert envelopes[0]["payload"] == envelopes[1]["payload"]


async def test_what_was_sent_twice_shows(wire: SlackWire, call: Caller, ann: Person) -> None:
    for key in ("a", "b", "a"):
        metadata = {"event_type": "x", "event_payload": {"key": key}}
        await call("chat.postMessage", channel=ann.direct, text="hi", metadata=metadata)

    assert wire.doubled() == [(ann.direct, "a")]
    assert wire.busiest(60.0) == 3


async def test_another_process_can_drive_it() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.wires.slack", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    url = (await process.stdout.readline()).decode().strip()
    async with httpx.AsyncClient(base_url=f"{url}/control/", trust_env=False, timeout=20) as control:
        app = (await control.get("app")).json()
        person = (await control.post("user", json={"name": "Ann"})).json()
        channel = (await control.post("channel", json={"title": "sales", "people": ["Ann"]})).json()
        await control.post("do", json={"who": "Ann", "does": "says", "with": ["bot", "hello"]})
        await control.post("wire", json={"does": "fails", "with": ["chat.postMessage", 502]})
        headers = {"Authorization": f"Bearer {app['token']}"}
        message = {"channel": channel["id"], "text": "hi all"}
        failed = await control.post(f"{app['api']}chat.postMessage", json=message, headers=headers)
        sent = (await control.post(f"{app['api']}chat.postMessage", json=message, headers=headers)).json()
        seen = (await control.get("seen", params={"who": "Ann"})).json()
        shared = (await control.get("seen", params={"who": "Ann", "channel": "sales"})).json()
    process.terminate()
    await process.wait()

    assert (failed.status_code, sent["ok"]) == (502, True)
    assert [message["shown"] for message in seen] == ["hello"]
    assert [message["shown"] for message in shared] == ["hi all"]
    assert person["direct"].startswith("D")
