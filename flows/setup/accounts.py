"""The firm's bot accounts as the environment gives them, their public names, and the menu that each one shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from bot.core.text import plain
from flows.router import COMMANDS, CUSTOMERS, MEMBERS, Route
from flows.setup.actions import found_firm
from flows.words import LANGUAGES, Words, language_of
from store.firms import firms, set_settings
from store.models import Account, Workspace
from store.work import Work

Side = Literal["member", "customer", "both"]
"""Whom a bot account serves."""
NEW_FIRM = {"en": "Our firm", "zh": "我们公司"}


def seed(work: Work, accounts: Mapping[tuple[str, str], tuple[Side, bool]], *, url: str, language: str) -> str:
    """Makes the first firm and its accounts where they are missing; a bot without its token is off, not forgotten.

    Returns the firm's secret, from which other keys are made.
    """
    found = firms(work)
    firm = found[0] if found else _new_firm(work, language)
    work.workspace = firm.id
    set_settings(work, firm, url=url)
    for (platform, name), (side, on) in accounts.items():
        state, row = "active" if on else "off", work.first(Account, platform=platform, name=name)
        if row is not None:
            work.change(row, state=state, side=side)
        elif on:
            work.add(Account(platform=platform, name=name, side=side))
    return firm.secret


def _new_firm(work: Work, language: str) -> Workspace:
    spoken = language_of(language)
    country, zone, currency = ("CN", "Asia/Shanghai", "CNY") if spoken == "zh" else ("US", _zone_here(), "USD")
    return found_firm(work, name=NEW_FIRM[spoken], country=country, language=spoken, zone=zone, currency=currency)


def _zone_here() -> str:
    """This machine's zone by name, where it has one."""
    from pathlib import Path
    from zoneinfo import available_timezones

    parts = Path("/etc/localtime").resolve().parts
    name = "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else ""
    return name if name in available_timezones() else "UTC"


def named(work: Work, platform: str, name: str, handle: str) -> None:
    """The platform told what the bot is called in public."""
    work.workspace = firms(work)[0].id
    account = work.first(Account, platform=platform, name=name)
    if account is not None:
        work.change(account, handle=handle)


def menu(side: Side) -> dict[tuple[str, str], dict[str, str]]:
    """The commands of a side by (language, where); the first language is what others see."""
    roles = CUSTOMERS if side == "customer" else MEMBERS
    shown = [route for route in COMMANDS.values() if route.listed and route.for_ & roles]
    return {
        (code, scope): _lines([r for r in shown if r.rooms or scope == "private"], language)
        for language in LANGUAGES
        for code in (("", language) if language == LANGUAGES[0] else (language,))
        for scope in ("private", "groups")
    }


def _lines(routes: list[Route], language: Literal["en", "zh"]) -> dict[str, str]:
    words = Words(language, "UTC", datetime.now(UTC))
    return {route.name: plain(route.help.resolve(words)) for route in routes}
