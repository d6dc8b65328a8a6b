"""A program that an owner names in chat hears facts, signed; one inside our network only when it is allowed."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters.webhook.signing import signature
from bot.app import open_store
from bot.local import held
from bot.serving import serving
from bot.web.local import run
from bot.web.screen import StoredScreen
from store.sealing import Key, seal
from tests.journeys.house import reads, until
from tests.web.conftest import settings_of
from tests.wires.telegram import Person, TelegramWire

STAFF = "staff bot"


class Program:
    """Another program: takes what it gets, or refuses as it is told."""

    def __init__(self) -> None:
        self.status = 200
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.url = ""

    async def hears(self, request: web.Request) -> web.Response:
        self.received.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status)

    def facts(self) -> list[str]:
        return [json.loads(body)["type"] for _headers, body in self.received]


@asynccontextmanager
async def _firm(folder: Path, allowed: str) -> AsyncIterator[tuple[Person, Program]]:
    program = Program()
    async with AsyncExitStack() as stack:
        application = web.Application()
        application.router.add_post("/in", program.hears)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        program.url = f"http://127.0.0.1:{runner.addresses[0][1]}/in"
        wire = await stack.enter_async_context(TelegramWire())
        staff = wire.bot(STAFF, username="staff_bot")
        more: dict[str, Any] = {"telegram_staff_token": staff.token, "telegram_api_url": wire.url}
        settings = settings_of(folder, webhook_allowed=allowed, **more)
        stack.enter_context(held(settings))
        service = await stack.enter_async_context(serving(settings, lambda line: None))
        ann = wire.user("Ann")
        ann.starts(STAFF, (await run(service.application.database, "invite-member", {"role": "owner"}))["code"])
        await reads(ann, STAFF, "Welcome")
        yield ann, program


async def test_a_program_hears_what_happened_and_can_tell_that_it_is_us(tmp_path: Path) -> None:
    async with _firm(tmp_path, "127.0.0.0/8") as (ann, program):
        ann.says(STAFF, f"/webhook add {program.url} activities")
        said = await reads(ann, STAFF, "shown only now")
        await reads(ann, STAFF, "The test arrived")
        found = re.search(r"whsec_[A-Za-z0-9+/=]+", said)
        assert found
        assert _files_with(found[0], tmp_path) == []
        headers, body = program.received[0]
        names = {name.lower(): value for name, value in headers.items()}
        id, at = names["webhook-id"], int(names["webhook-timestamp"])
        assert names["webhook-signature"] == signature(found[0], id, at, body)
        ann.says(STAFF, "/add Acme, Li Wei")
        await reads(ann, STAFF, "Acme", "Li Wei")
        program.status = 400
        ann.says(STAFF, "Called Li Wei at Acme, all fine")
        await until(lambda: len(program.received) == 2, 20, lambda: "nothing was told")
        program.status = 200
        ann.says(STAFF, "/webhook")
        await reads(ann, STAFF, "Webhooks", button="127.0.0.1")
        ann.presses("127.0.0.1")
        await reads(ann, STAFF, "did not arrive: status 400", button="Not arrived: 1")
        ann.presses("Not arrived: 1")
        await reads(ann, STAFF, "Not arrived at", button="Send all again")
        ann.presses("Send all again")
        ann.presses("Send all again")
        await reads(ann, STAFF, "On their way again: 0")
        await until(lambda: len(program.received) == 3, 20, lambda: "it was not sent again")
        assert program.facts() == ["test", "activity.logged", "activity.logged"]
        first, again = (headers["webhook-id"] for headers, _body in program.received[1:])
        assert first == again


def _files_with(secret: str, folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


async def test_a_secret_on_a_page_is_sealed_in_the_tables_and_seen_for_an_hour(tmp_path: Path) -> None:
    now = [datetime.now(UTC)]
    database, key = open_store(f"sqlite:///{tmp_path / 'rapport.db'}", lambda: now[0]), Key(bytes(range(32)))
    screen = StoredScreen(database, key.shown)
    run = [seal(key.public, "whsec_abc", subject="shown:1"), "sealed", "shown:1"]
    await screen.show("p1", {"by": "bot", "text": [["Its secret: ", "", ""], run]}, key="k")

    async def seen() -> list[str]:
        return [text for text, _style, _url in (await screen.since("p1", 0))[0]["text"]]

    assert await seen() == ["Its secret: ", "whsec_abc"]
    assert _files_with("whsec_abc", tmp_path) == []
    now[0] += timedelta(hours=1, seconds=1)
    assert await seen() == ["Its secret: ", "•••"]
    database.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
async def test_an_address_inside_is_not_called(tmp_path: Path, host: str) -> None:
    async with _firm(tmp_path, "") as (ann, program):
        ann.says(STAFF, f"/webhook add {program.url.replace('127.0.0.1', host).replace('http:', 'https:')}")
        told = await reads(ann, STAFF, "The test did not arrive")
        assert "inside a network" in told
        await reads(ann, STAFF, "switched the webhook")
        assert program.received == []
