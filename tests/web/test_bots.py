"""What a bot's token turns on: its name in links, its menu, and webhooks where they are wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.local import held
from bot.serving import Serving, serving
from bot.web.local import run
from tests.web.conftest import settings_of
from tests.wires.telegram import Account, TelegramWire


@asynccontextmanager
async def bots(folder: Path, wire: TelegramWire, **more: str) -> AsyncIterator[tuple[Serving, Account, Account]]:
    staff, customers = wire.bot("staff bot", username="staff_bot"), wire.bot("customer bot", username="firm_bot")
    settings = settings_of(
        folder,
        telegram_staff_token=staff.token,
        telegram_customer_token=customers.token,
        telegram_api_url=wire.url,
        **more,
    )
    with held(settings):
        async with serving(settings, lambda line: None) as running:
            yield running, staff, customers


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@pytest.fixture
async def wire() -> AsyncIterator[TelegramWire]:
    async with TelegramWire() as running:
        yield running


async def test_links_carry_the_bots_own_names(wire: TelegramWire, tmp_path: Path) -> None:
    async with bots(tmp_path, wire) as (service, staff, customers):
        await until(lambda: staff.menus and customers.menus)
        invited = await run(service.application.database, "invite-member", {"role": "owner"})
        asked = await run(service.application.database, "invite-customer", {"customer": "Acme"})
    assert f"https://t.me/staff_bot?start={invited['code']}" in invited["links"]
    assert f"https://t.me/firm_bot?start={asked['code']}" in asked["links"]
    assert not any("firm_bot" in link for link in invited["links"])


async def test_each_bot_shows_the_menu_of_its_side(wire: TelegramWire, tmp_path: Path) -> None:
    async with bots(tmp_path, wire) as (_service, staff, customers):
        await until(lambda: len(staff.menus) >= 6 and len(customers.menus) >= 6)
    for_staff = {command["command"] for menu in staff.menus for command in menu["commands"]}
    for_customers = {command["command"] for menu in customers.menus for command in menu["commands"]}
    assert {"remind", "who"} <= for_staff
    assert not {"remind", "who"} & for_customers
    assert {menu.get("language_code", "") for menu in staff.menus} == {"", "en", "zh"}


async def test_webhooks_are_set_where_they_are_wanted(wire: TelegramWire, tmp_path: Path) -> None:
    wanted = {"public_url": "https://crm.example.com", "telegram_webhook_secret": "a-secret"}
    async with bots(tmp_path, wire, **wanted) as (_service, staff, customers):
        await until(lambda: staff.webhook and customers.webhook)
    assert staff.webhook == "https://crm.example.com/hooks/telegram/staff"
    assert (staff.secret, customers.secret) == ("a-secret", "a-secret")


async def test_without_the_secret_updates_are_fetched(wire: TelegramWire, tmp_path: Path) -> None:
    async with bots(tmp_path, wire, public_url="https://crm.example.com") as (_service, staff, customers):
        await until(lambda: staff.menus and customers.menus)
    assert (staff.webhook, customers.webhook) == ("", "")


async def test_a_bot_without_its_token_is_in_no_link(wire: TelegramWire, tmp_path: Path) -> None:
    async with bots(tmp_path, wire) as (_service, staff, _customers):
        await until(lambda: staff.menus)
    settings = settings_of(tmp_path)
    with held(settings):
        async with serving(settings, lambda line: None) as service:
            invited = await run(service.application.database, "invite-member", {"role": "owner"})
    assert not any("t.me" in link for link in invited["links"])
