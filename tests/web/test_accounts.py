"""Bots that an owner connects in chat: they run at once, are called at their own path, and their tokens are nowhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Application, make, open_store
from bot.local import held
from bot.serving import Serving, serving
from bot.web.local import run
from tests.engines import fresh
from tests.journeys.house import reads, until
from tests.web.conftest import settings_of
from tests.wires.telegram import Account, Person, TelegramWire

PUBLIC = "https://crm.example.com"
STAFF, SHOP = "staff bot", "shop bot"
TOKEN = "7000000099:AAF-canary-canary-canary-canary-cana"
OTHER = "7000000099:AAF-second-second-second-second-seco"


@dataclass
class House:
    """A running service whose owner talks to its staff bot."""

    wire: TelegramWire
    folder: Path
    service: Serving
    ann: Person
    shop: Account

    @property
    def near(self) -> str:
        return f"http://127.0.0.1:{self.service.port}"

    def rows(self, name: str) -> Any:
        database = self.service.application.database
        with database.read() as work:
            from store.models import Account as Row

            work.workspace = 1
            return work.first(Row, handle=name)

    async def connects(self, token: str = TOKEN) -> None:
        self.ann.says(STAFF, "/connect telegram customers")
        await reads(self.ann, STAFF, "@BotFather")
        self.ann.says(STAFF, f"Use this token:\n{token}")
        await reads(self.ann, STAFF, "@shop_bot is connected")


@asynccontextmanager
async def house(folder: Path, *, public: str = "") -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        wire = await stack.enter_async_context(TelegramWire())
        staff, shop = wire.bot(STAFF, username="staff_bot"), wire.bot(SHOP, TOKEN, username="shop_bot")
        more = {"public_url": public, "telegram_webhook_secret": "of-the-settings"} if public else {}
        settings = settings_of(folder, telegram_staff_token=staff.token, telegram_api_url=wire.url, **more)
        stack.enter_context(held(settings))
        service = await stack.enter_async_context(serving(settings, lambda line: None))
        if public:
            await stack.enter_async_context(wire.delivers(public, f"http://127.0.0.1:{service.port}"))
        invited = await run(service.application.database, "invite-member", {"role": "owner"})
        ann = wire.user("Ann")
        ann.starts(STAFF, invited["code"])
        await reads(ann, STAFF, "Welcome")
        yield House(wire, folder, service, ann, shop)


async def test_a_connected_bot_is_called_at_its_own_path_with_its_own_secret(tmp_path: Path) -> None:
    async with house(tmp_path, public=PUBLIC) as at:
        await at.connects()
        await until(lambda: at.shop.webhook, 10, lambda: "no webhook was set")
        zoe = at.wire.user("Zoe")
        zoe.starts(SHOP)
        await reads(zoe, SHOP, "a person answers")
        row = at.rows("shop_bot")
        assert at.shop.webhook == f"{PUBLIC}/hooks/telegram/{row.name}"
        assert at.wire.account(STAFF).webhook == f"{PUBLIC}/hooks/telegram/staff"
        assert at.shop.secret not in ("", "of-the-settings", TOKEN)
        assert at.shop.polls == 0
        path = at.shop.webhook.removeprefix(PUBLIC)
        update = {"update_id": 7, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}
        async with httpx.AsyncClient(base_url=at.near, trust_env=False) as forger:
            for secret in ("", "of-the-settings", TOKEN, at.shop.secret[:-1]):
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                assert (await forger.post(path, json=update, headers=headers)).status_code == 404
            at.ann.says(STAFF, "/accounts")
            await reads(at.ann, STAFF, "Bots", button="@shop_bot")
            for label in ("Telegram @shop_bot", "Remove", "Yes, remove it"):
                await reads(at.ann, STAFF, "@shop_bot", button=label)
                at.ann.presses(label)
            await reads(at.ann, STAFF, "@shop_bot is removed")
            await until(lambda: not at.shop.webhook, 10, lambda: "the webhook stayed")
            headers = {"X-Telegram-Bot-Api-Secret-Token": at.shop.secret}
            assert (await forger.post(path, json=update, headers=headers)).status_code == 404
        assert at.rows("shop_bot").token == ""


async def test_a_token_is_kept_nowhere_as_it_was_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with house(tmp_path) as at:
            await at.connects()
            at.ann.says(STAFF, f"/nonsense {TOKEN}")
            at.ann.says(STAFF, f"Called Acme about {TOKEN}")
            await reads(at.ann, STAFF, "Whom shall the bot talk to?")
            assert not any(TOKEN in seen.text for seen in at.ann.sees(STAFF) if "Use this token" in seen.text)
            shown = repr(at.service) + repr(at.service.application.accounts.running)
    secret = TOKEN.partition(":")[2]
    ours = [record for record in caplog.records if record.name.partition(".")[0] in ("bot", "flows", "store")]
    assert secret not in shown + "".join(record.getMessage() for record in ours)
    assert _files_with(secret, tmp_path) == []
    assert (tmp_path / "seal.key").stat().st_mode & 0o077 == 0


def _files_with(secret: str, folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


async def test_a_refused_token_is_told_and_a_new_one_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with house(tmp_path) as at:
        await at.connects()
        zoe = at.wire.user("Zoe")
        zoe.starts(SHOP)
        await reads(zoe, SHOP, "a person answers")
        at.wire.revokes(SHOP)
        await reads(at.ann, STAFF, "refuses the token of Telegram @shop_bot", button="New token")
        await until(lambda: at.rows("shop_bot").state == "refused", 10, lambda: "it was not noted")
        waiting, at.shop.waiting = at.shop.waiting, type(at.shop.waiting)()
        renewed = at.wire.bot(SHOP, OTHER, username="shop_bot")
        renewed.waiting = waiting
        at.wire.world.private[OTHER, zoe.id] = at.wire.world.private[TOKEN, zoe.id]
        del at.wire.world.accounts[TOKEN]
        at.ann.presses("New token")
        await reads(at.ann, STAFF, "@BotFather")
        at.ann.says(STAFF, OTHER)
        await reads(at.ann, STAFF, "has its new token")
        zoe.says(SHOP, "Is anybody there?")
        await until(lambda: not renewed.waiting and renewed.polls, 20, lambda: "nobody fetches")
        assert at.rows("shop_bot").state == "active"


async def test_every_process_starts_it_and_one_fetches(tmp_path: Path) -> None:
    with fresh("postgresql", tmp_path) as url:
        async with TelegramWire() as wire:
            shop = wire.bot(SHOP, TOKEN, username="shop_bot")
            settings = settings_of(tmp_path, database_url=url, telegram_api_url=wire.url)
            applications = [_application(settings, url) for _ in range(2)]
            for application in applications:
                await application.start()
            try:
                _offer(applications[0])
                names = [lambda a=a: [n for n, one in a.accounts.running.items() if one.token] for a in applications]
                await until(lambda: all(found() for found in names), 20, lambda: "not both have it")
                await until(lambda: shop.polls, 20, lambda: "nobody fetches")
                await asyncio.sleep(1.5)
                [name] = names[0]()
                assert [found() for found in names] == [[name], [name]]
                assert [a.service.owns(name) for a in applications].count(True) == 1
                assert shop.polls == 1
                assert not [error for method, error in wire.refusals if method == "getUpdates"]
            finally:
                for application in applications:
                    await application.stop()


def _application(settings: Any, url: str) -> Application:
    return make(settings, open_store(url), url="http://here", token="t")


def _offer(application: Application) -> None:
    """As an owner would in chat."""
    import json

    from flows.accounts.actions import SIGNAL, new_name, subject
    from store.models import Account as Row
    from store.sealing import seal
    from store.work import Work

    def act(work: Work) -> None:
        work.workspace, name = 1, new_name()
        firm = work.firm(1)
        assert firm is not None
        sealed = seal(firm.settings["seal"], TOKEN, subject=subject(name, "bot"))
        work.add(Row(platform="telegram", name=name, side="customer", offered=json.dumps({"bot": sealed})))
        work.signals.add(SIGNAL)

    application.database.write(act).result(10)


async def test_another_firm_comes_in_by_its_own_bot(tmp_path: Path) -> None:
    """The same person owns both firms, with the same ids on the platform, and each knows only its own."""
    async with house(tmp_path) as at:
        database = at.service.application.database
        at.ann.says(STAFF, "/add Zanzibar Holdings")
        await reads(at.ann, STAFF, "Zanzibar Holdings")
        added = await run(database, "workspace-add", {"name": "Second", "country": "", "language": "", "zone": ""})
        given = {"workspace": "second", "platform": "telegram", "side": "member", "token": TOKEN}
        bot = await run(database, "workspace-bot", given)
        state = {"workspace": "Second", "account": bot["account"]}
        await until(lambda: _said(database, state)["state"] == "active", 20, lambda: "it is not connected")
        assert _said(database, state)["handle"] == "shop_bot"
        at.ann.starts(SHOP, added["code"])
        await reads(at.ann, SHOP, "Welcome to Second")
        await reads(at.ann, SHOP, "What is your firm called?")
        opens = await run(database, "link", {"workspace": "Second", "member": ""})
        assert (opens["firm"], opens["link"], opens["ran"]) == ("Second", "", True)
        ours = await run(database, "link", {"workspace": "1", "member": "Ann"})
        assert "/enter/" in ours["link"]
        at.ann.says(SHOP, "/web")
        await reads(at.ann, SHOP, "Nobody serves the pages")
        at.ann.says(SHOP, "/find Zanzibar")
        await reads(at.ann, SHOP, "Zanzibar")
        assert not any("Zanzibar Holdings" in seen.text for seen in at.ann.sees(SHOP) if seen.by_bot)
        listed = await run(database, "workspace-list", {})
        assert [(firm["name"], firm["members"], firm["bots"]) for firm in listed] == [
            ("Our firm", 1, ["telegram @staff_bot"]),
            ("Second", 1, ["telegram @shop_bot"]),
        ]


def _said(database: Any, state: dict[str, str]) -> Any:
    from flows.setup import console

    return database.write(lambda work: console.do(work, name="workspace-bot-state", arguments=state)).result(10)
