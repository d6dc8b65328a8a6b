"""The hooks of the whole site: what a platform did not send is refused unread, and leaves no row."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from bot.local import held
from bot.serving import Serving, serving
from store.models import Row
from tests.contract.descriptors import SAMPLES
from tests.web.conftest import settings_of
from tests.web.test_bots import until
from tests.wires.slack import SlackWire
from tests.wires.slack.delivery import signed
from tests.wires.telegram import TelegramWire

WORD, LARGE = "word-of-the-webhook", 1024 * 1024 + 1
SECRET = "X-Telegram-Bot-Api-Secret-Token"
JSON = {"Content-Type": "application/json"}
RUBBISH = b'{"update_id": 1, "message": ' + b"[" * 100_000

Request = tuple[str, bytes | Iterator[bytes], dict[str, str]]
"""Path, body, headers."""


@dataclass
class Hooks:
    """The running site, and what each platform would send to it."""

    service: Serving
    client: httpx.AsyncClient
    slack: SlackWire
    numbers: int = 700

    def path(self, platform: str) -> str:
        running = self.service.application.accounts.running.values()
        return str(next(one.adapter.path for one in running if one.adapter.name == platform))

    def telegram(self, *, word: str | None = WORD) -> Request:
        self.numbers += 1
        person = {"id": 7, "is_bot": False, "first_name": "Ann"}
        message = {"message_id": 1, "date": int(time.time()), "from": person, "text": "hello"}
        update = {"update_id": self.numbers, "message": {**message, "chat": {"id": 7, "type": "private"}}}
        return self.path("telegram"), json.dumps(update).encode(), {**JSON, **({SECRET: word} if word else {})}

    def slacks(self, *, secret: str = "", at: float = 0.0) -> Request:
        self.numbers += 1
        sample = (SAMPLES / "slack" / "direct-message.json").read_text().replace("T0HOME", self.slack.home.id)
        event = json.loads(sample)["update"]
        event["event"]["ts"] = f"1795000000.{self.numbers:06}"
        body = json.dumps(event).encode()
        return self.path("slack"), body, {**JSON, **signed(secret or self.slack.secret, body, at or time.time())}

    async def post(self, request: Request) -> int:
        path, body, headers = request
        content = body if isinstance(body, bytes) else _flow(body)
        try:
            return (await self.client.post(path, content=content, headers=headers)).status_code
        except httpx.WriteError:
            return 413  # the door was shut in the middle of the body

    def rows(self) -> dict[str, int]:
        """How many there are of everything but leases, which are renewed meanwhile."""
        names = [table.name for table in Row.metadata.sorted_tables if table.name != "lease"]
        with self.service.application.database.read() as work:
            return {name: work.cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608


async def _flow(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """A body without a declared length."""
    for part in parts:
        yield part


@pytest.fixture
async def hooks(tmp_path: Path) -> AsyncIterator[Hooks]:
    async with AsyncExitStack() as stack:
        telegram, slack = await stack.enter_async_context(TelegramWire()), await stack.enter_async_context(SlackWire())
        bot = telegram.bot("staff bot", username="staff_bot")
        settings = settings_of(
            tmp_path,
            public_url="https://crm.example.com",
            telegram_staff_token=bot.token,
            telegram_webhook_secret=WORD,
            telegram_api_url=telegram.url,
            slack_bot_token=slack.home.token,
            slack_signing_secret=slack.secret,
            slack_api_url=slack.api_url,
        )
        stack.enter_context(held(settings))
        service = await stack.enter_async_context(serving(settings, lambda line: None))
        near = f"http://127.0.0.1:{service.port}"
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=near, trust_env=False))
        await until(lambda: bot.webhook)
        yield Hooks(service, client, slack)


def _altered(request: Request, **headers: str) -> Request:
    path, body, given = request
    return path, body, {**given, **{name.replace("_", "-"): value for name, value in headers.items()}}


def _with(request: Request, body: bytes | Iterator[bytes]) -> Request:
    return request[0], body, request[2]


def _large(hooks: Hooks) -> Request:
    """Signed as it should be, and too long."""
    body = b" " * LARGE
    return hooks.path("slack"), body, {**JSON, **signed(hooks.slack.secret, body, time.time())}


def _form(hooks: Hooks) -> Request:
    body = urlencode({"payload": json.dumps({"type": "block_actions"})}).encode()
    return hooks.path("slack"), body, {"Content-Type": "application/x-www-form-urlencoded"}


FORGED: dict[str, tuple[int, Callable[[Hooks], Request]]] = {
    "telegram without its word": (404, lambda hooks: hooks.telegram(word=None)),
    "telegram with another word": (404, lambda hooks: hooks.telegram(word="guess")),
    "telegram with an empty word": (404, lambda hooks: _altered(hooks.telegram(), **{SECRET: ""})),
    "telegram without its word, rubbish": (404, lambda hooks: _with(hooks.telegram(word=None), RUBBISH)),
    "telegram, rubbish": (400, lambda hooks: _with(hooks.telegram(), RUBBISH)),
    "telegram, too long": (413, lambda hooks: _with(hooks.telegram(), b" " * LARGE)),
    "telegram, endless": (413, lambda hooks: _with(hooks.telegram(), (b" " * 65536 for _ in range(400)))),
    "slack unsigned": (401, lambda hooks: (hooks.path("slack"), hooks.slacks()[1], JSON)),
    "slack signed by another app": (401, lambda hooks: hooks.slacks(secret="another")),
    "slack six minutes ago": (401, lambda hooks: hooks.slacks(at=time.time() - 360)),
    "slack with a new time on an old signature": (
        401,
        lambda hooks: _altered(hooks.slacks(at=time.time() - 360), X_Slack_Request_Timestamp=str(int(time.time()))),
    ),
    "slack with another body": (401, lambda hooks: _with(hooks.slacks(), hooks.slacks()[1])),
    "slack unsigned, rubbish": (401, lambda hooks: (hooks.path("slack"), RUBBISH, JSON)),
    "slack, an unsigned press": (401, _form),
    "slack, too long": (413, _large),
    "slack, endless": (413, lambda hooks: _with(hooks.slacks(), (b" " * 65536 for _ in range(400)))),
    "telegram's word at slack's door": (401, lambda hooks: (hooks.path("slack"), *hooks.telegram()[1:])),
    "slack's signature at telegram's door": (404, lambda hooks: (hooks.path("telegram"), *hooks.slacks()[1:])),
    "a bot that is not here": (404, lambda hooks: ("/hooks/telegram/nobody", *hooks.telegram()[1:])),
    "a platform that is not here": (404, lambda hooks: ("/hooks/nowhere/staff", *hooks.telegram()[1:])),
    "somewhere below a hook": (404, lambda hooks: (hooks.path("telegram") + "/more", *hooks.telegram()[1:])),
    "no hook at all": (404, lambda hooks: ("/hooks/", *hooks.telegram()[1:])),
}


async def test_what_no_platform_sent_is_refused_and_leaves_no_row(hooks: Hooks) -> None:
    before, seen = hooks.rows(), {}
    for name, (_status, make) in FORGED.items():
        seen[name] = await hooks.post(make(hooks))
    assert seen == {name: status for name, (status, _make) in FORGED.items()}
    assert hooks.rows() == before


async def test_what_a_platform_sent_is_taken_once_however_often_it_comes(hooks: Hooks) -> None:
    for request in (hooks.telegram(), hooks.slacks()):
        before = hooks.rows()["inbound"]
        assert [await hooks.post(request) for _ in range(3)] == [200, 200, 200]
        assert hooks.rows()["inbound"] == before + 1
