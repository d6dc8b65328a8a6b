"""Who may come in by HTTP: only what Slack signed within five minutes, small and readable; no other is even parsed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from adapters import build
from bot.core.errors import TryLater
from bot.core.messages import Answer, Update
from tests.adapters.gone import refused
from tests.contract.descriptors import SAMPLES
from tests.contract.test_contract import torn_apart
from tests.files import KeptFiles
from tests.wires.slack import SlackWire
from tests.wires.slack.delivery import signed

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
EVENT = json.loads((SAMPLES / "slack" / "direct-message.json").read_text())["update"]
BODY = json.dumps(EVENT).encode()
Headers = dict[str, str]


class Door:
    """The mounted adapter, and who came in."""

    def __init__(self, secret: str = SECRET, **more: Any) -> None:
        self.taken: list[Update] = []
        self.refuses = False
        given = {"bot_token": "xoxb-1", "signing_secret": secret, "api_url": "http://127.0.0.1:9/"} | more
        self.adapter: Any = build("slack", account="ours", files=KeptFiles(), **given)
        self.app = self.adapter.mount(self.accept)
        transport = httpx.ASGITransport(self.app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://here")

    async def accept(self, update: Update) -> Answer | None:
        if self.refuses:
            raise TryLater()
        self.taken.append(update)
        return Answer("Done")

    async def post(self, body: bytes = BODY, headers: Any = None, kind: str = "application/json") -> httpx.Response:
        given = {"Content-Type": kind, **signed(SECRET, body, time.time())} if headers is None else headers
        return await self.client.post("/", content=body, headers=given)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    yield door
    await door.adapter.close()


def good(**changed: str) -> Headers:
    return {"Content-Type": "application/json", **signed(SECRET, BODY, time.time()), **changed}


def twice(name: str) -> list[tuple[str, str]]:
    headers = list(good().items())
    return [*headers, next(item for item in headers if item[0] == name)]


MUTATIONS: dict[str, Callable[[], tuple[bytes, Any]]] = {
    "no headers": lambda: (BODY, {"Content-Type": "application/json"}),
    "no signature": lambda: (BODY, {"X-Slack-Request-Timestamp": str(int(time.time()))}),
    "no timestamp": lambda: (BODY, {"X-Slack-Signature": good()["X-Slack-Signature"]}),
    "signature of nothing": lambda: (BODY, good(**{"X-Slack-Signature": "v0="})),
    "signature cut short": lambda: (BODY, good(**{"X-Slack-Signature": good()["X-Slack-Signature"][:-1]})),
    "signature in capitals": lambda: (BODY, good(**{"X-Slack-Signature": good()["X-Slack-Signature"].upper()})),
    "another version": lambda: (BODY, good(**{"X-Slack-Signature": good()["X-Slack-Signature"].replace("v0", "v1")})),
    "another app's secret": lambda: (BODY, {**good(), **signed("another secret", BODY, time.time())}),
    "another body": lambda: (BODY.replace(b"Acme", b"Evil"), good()),
    "a body made longer": lambda: (BODY + b" ", good()),
    "six minutes old": lambda: (BODY, {**good(), **signed(SECRET, BODY, time.time() - 360)}),
    "from the future": lambda: (BODY, {**good(), **signed(SECRET, BODY, time.time() + 360)}),
    "a new timestamp on an old signature": lambda: (
        BODY,
        {**signed(SECRET, BODY, time.time() - 600), "X-Slack-Request-Timestamp": str(int(time.time()))},
    ),
    "a timestamp in words": lambda: (BODY, good(**{"X-Slack-Request-Timestamp": "now"})),
    "a timestamp without end": lambda: (BODY, good(**{"X-Slack-Request-Timestamp": "1" * 5000})),
    "a signature beyond ASCII": lambda: (BODY, {**good(), b"X-Slack-Signature": "v0=é".encode()}),
    "two signatures": lambda: (BODY, twice("X-Slack-Signature")),
    "two timestamps": lambda: (BODY, twice("X-Slack-Request-Timestamp")),
    "bytes that are no text": lambda: (b"\xff\xfe", {**good(), **_raw_signed(b"\xff\xfe")}),
}


def _raw_signed(body: bytes) -> Headers:
    return signed(SECRET, body, time.time())


@pytest.mark.parametrize("name", MUTATIONS)
async def test_what_slack_did_not_sign_is_refused_unread(door: Door, name: str) -> None:
    body, headers = MUTATIONS[name]()
    response = await door.post(body, headers)

    assert (response.status_code, response.content, door.taken) == (401, b"", [])


async def test_what_slack_signed_comes_in(door: Door) -> None:
    response = await door.post()

    assert (response.status_code, response.content) == (200, b"")
    assert (door.taken[0].account, door.taken[0].key, door.taken[0].lane) == (
        "ours",
        "D0ANN:1763800000.000100",
        "D0ANN",
    )
    assert (
        json.loads(door.taken[0].raw).items()
        >= {**EVENT, "received": json.loads(door.taken[0].raw)["received"]}.items()
    )


async def test_without_a_secret_of_ours_nobody_comes_in() -> None:
    door = Door(secret="")

    assert (await door.post(headers={**good(), **signed("", BODY, time.time())})).status_code == 401


async def test_a_body_may_be_as_long_as_we_say_and_come_in_pieces(door: Door) -> None:
    whole = BODY + b" " * (1024 * 1024 - len(BODY))

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(whole), 100_000):
            yield whole[start : start + 100_000]

    given = {"Content-Type": "application/json", **signed(SECRET, whole, time.time())}
    response = await door.client.post("/", content=pieces(), headers=given)

    assert (response.status_code, len(door.taken)) == (200, 1)


async def test_a_sender_who_leaves_and_one_who_wants_a_socket_are_refused(door: Door) -> None:
    assert await refused(door.app, {"type": "http", "method": "POST", "headers": []}) == ["http.response.start 400"]
    assert await refused(door.app, {"type": "websocket", "headers": []}) == ["websocket.http.response.start 404"]


async def test_only_posts_come_in(door: Door) -> None:
    assert (await door.client.get("/", headers=good())).status_code == 404


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"x"', b"nul", b"[" * 10_000, b'{"type": ' + b'{"a":' * 5_000, b"payload=%7B"], ids=range(7)
)
async def test_signed_rubbish_is_no_update(door: Door, body: bytes) -> None:
    response = await door.post(body)

    assert (response.status_code, door.taken) == (400, [])


@pytest.mark.parametrize("body", [b"", b"{}", b"a=b", b'{"type": "event_callback", "event": {}}'], ids=range(4))
async def test_what_has_no_key_is_nothing_to_keep(door: Door, body: bytes) -> None:
    assert ((await door.post(body, kind="text/plain")).status_code, door.taken) == (200, [])


async def test_large_bodies_are_refused_before_they_are_read(door: Door) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield b"x" * 65536

    announced = await door.post(b"x" * (1024 * 1024 + 1))
    chunked = await door.client.post("/", content=endless(), headers=good())

    assert (announced.status_code, chunked.status_code, door.taken) == (413, 413, [])
    assert read <= 17


async def test_what_could_not_be_kept_is_asked_for_again(door: Door) -> None:
    door.refuses = True
    response = await door.post()

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


async def test_slacks_questions_are_answered_and_not_kept(door: Door) -> None:
    challenge = await door.post(json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode())
    check = await door.post(b"ssl_check=1&token=x", kind="application/x-www-form-urlencoded")
    limited = await door.post(b'{"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1}')

    assert challenge.json() == {"challenge": "3eZbrw1a"}
    assert challenge.headers["content-type"].startswith("application/json")
    assert (check.status_code, limited.status_code, door.taken) == (200, 200, [])


async def test_a_replay_within_five_minutes_is_the_same_update(door: Door) -> None:
    headers = good()
    for _ in range(3):
        await door.post(headers=headers)

    assert {update.key for update in door.taken} == {"D0ANN:1763800000.000100"}


async def test_workspaces_that_we_are_not_in_are_refused() -> None:
    from adapters.slack.incoming import Workspace

    door = Door(workspaces={"T0OTHER": Workspace("xoxb-2", "U1")})

    response = await door.post()
    await door.adapter.close()

    assert (response.status_code, door.taken) == (404, [])


async def test_another_teams_payloads_are_refused_by_a_bot_of_one_team(wire: SlackWire) -> None:
    """By a process that does not listen, too: it asks who we are before it takes anything in."""
    door = Door(bot_token=wire.home.token, api_url=wire.api_url)
    ours = {**EVENT, "team_id": wire.home.id, "authorizations": [{"team_id": wire.home.id, "user_id": "U0BOT"}]}
    theirs = {**EVENT, "team_id": "T0THEIRS", "authorizations": [{"team_id": "T0THEIRS", "user_id": "U0BOT"}]}
    shared = {**ours, "team_id": "T0THEIRS", "context_team_id": wire.home.id}
    press = json.loads((SAMPLES / "slack" / "press.json").read_text())["update"]
    foreign = {**press, "team": {"id": "T0THEIRS"}, "user": {**press["user"], "team_id": "T0THEIRS"}}

    answers = [await door.post(json.dumps(payload).encode()) for payload in (theirs, foreign, ours, shared)]
    await door.adapter.close()

    assert [answer.status_code for answer in answers] == [404, 404, 200, 200]
    assert len(door.taken) == 2


ODD_MESSAGES: tuple[dict[str, Any], ...] = (
    {"text": "<@U0ADMIN|x> <!channel> <#C1|> <> <|x> <http://x|y>"},
    {"user": None},
    {"user": ""},
    {"files": [None, {}, {"id": None}, {"id": "F1", "name": None, "size": None}]},
    {"subtype": "message_changed", "message": None, "previous_message": None},
    {"subtype": "message_changed", "message": {"ts": "5.5", "text": "a", "edited": {"ts": "6.6"}}},
    {"subtype": "message_deleted", "deleted_ts": "5.5", "previous_message": {"user": None, "ts": "5.5"}},
)


@pytest.mark.parametrize("odd", ODD_MESSAGES, ids=str)
async def test_messages_with_holes_are_read_as_far_as_they_go(door: Door, odd: dict[str, Any]) -> None:
    event = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U7", "text": "hi", "ts": "1.2", **odd}
    response = await door.post(json.dumps({**EVENT, "event_id": "Ev9", "event": event}).encode())

    assert response.status_code == 200
    for update in door.taken:
        door.adapter.parse(update.raw)


async def test_an_event_without_an_event_is_refused_and_a_zero_is_in_no_key(door: Door) -> None:
    nothing = await door.post(json.dumps({**EVENT, "event_id": "Ev9", "event": None}).encode())
    zero = {"type": "message", "channel": "D\0", "user": "U7", "text": "hi", "ts": "1.2"}
    await door.post(json.dumps({**EVENT, "event_id": "Ev8", "event": zero}).encode())

    assert nothing.status_code == 400
    assert [update.key for update in door.taken] == ["D:1.2"]


ODD_EVENTS = (
    {"type": "channel_rename", "channel": {"id": "C1", "name": "new", "created": 1}},
    {"type": "im_created", "user": "U7", "channel": {"id": "D7"}},
    {"type": "user_change", "user": {"id": "U7"}},
    {"type": "message", "channel": {"id": "C1"}, "user": "U7", "ts": "1.2"},
    {"type": "not_yet_invented", "channel": "C1", "what": [None, {"x": []}]},
    {"type": "tokens_revoked", "tokens": {"oauth": ["U7"], "bot": []}},
    {"type": "tokens_revoked", "tokens": None},
)


@pytest.mark.parametrize("odd", ODD_EVENTS, ids=str)
async def test_kinds_that_we_do_not_know_are_nothing_to_us(door: Door, odd: dict[str, Any]) -> None:
    response = await door.post(json.dumps({**EVENT, "event_id": "Ev9", "event": {"event_ts": "1.2", **odd}}).encode())
    await asyncio.sleep(0.05)

    assert response.status_code == 200
    assert {update.key for update in door.taken} == {"Ev9"}


@pytest.mark.parametrize(
    "end", [{"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, {"type": "app_uninstalled"}], ids=str
)
async def test_news_of_our_end_comes_again_until_slack_can_be_asked(door: Door, end: dict[str, Any]) -> None:
    response = await door.post(json.dumps({**EVENT, "event_id": "Ev9", "event": {"event_ts": "1.2", **end}}).encode())

    assert response.status_code == 503
    assert door.taken == []


async def test_a_commands_answer_is_the_response(door: Door) -> None:
    body = urlencode(json.loads((SAMPLES / "slack" / "command.json").read_text())["update"]).encode()
    response = await door.post(body, kind="application/x-www-form-urlencoded")

    assert response.json() == {"response_type": "ephemeral", "text": "Done"}
    assert door.taken[0].key == "912.346.abc"


@pytest.mark.parametrize(
    "sample", ["direct-message", "edited", "press", "form-submitted", "message-shortcut", "command"]
)
async def test_signed_payloads_with_a_part_torn_out_never_break_the_door(
    sample: str, caplog: pytest.LogCaptureFixture
) -> None:
    door = Door(api_url="http://127.0.0.1:9/")
    update = json.loads((SAMPLES / "slack" / f"{sample}.json").read_text())["update"]
    statuses = set()
    for torn in torn_apart(update):
        if isinstance(torn, dict):
            statuses.add((await door.post(json.dumps(torn).encode())).status_code)
    await door.adapter.close()

    assert statuses <= {200, 400}
    assert "Failed to run a middleware" not in caplog.text


async def test_payloads_that_we_cannot_read_are_kept_to_be_parked(door: Door) -> None:
    odd = {**EVENT, "event": {**EVENT["event"], "files": "odd", "blocks": 7}}

    assert (await door.post(json.dumps(odd).encode())).status_code == 200
    assert len(door.taken) == 1
