"""The firm's bot accounts as the environment gives them, and the menus that bots show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from bot.core.text import plain
from flows.router import COMMANDS, Route
from flows.setup.actions import found_firm
from flows.words import LANGUAGES, Words, language_of, zone_here
from store.alone import FOUNDING, alone
from store.firms import firms, set_settings
from store.models import Account, Workspace
from store.work import Work

Side = Literal["member", "customer", "both"]
"""Whom a bot account serves."""
NEW_FIRM = {"en": "Our firm", "zh": "我们公司"}


def seed(
    work: Work, accounts: Mapping[tuple[str, str], tuple[Side, bool]], *, url: str, language: str, seal: str = ""
) -> str:
    """Makes the first firm and its accounts where they are missing; a bot without its token is off, not forgotten.

    Every firm learns with which key its secrets are sealed and where the service is. Returns the first firm's secret,
    from which other keys are made.
    """
    alone(work, FOUNDING)
    found = firms(work) or [_new_firm(work, language)]
    for each in found:
        set_settings(work, each, seal=seal or None, url=url)
    firm = found[0]
    work.workspace = firm.id
    for (platform, name), (side, on) in accounts.items():
        state, row = "active" if on else "off", work.first(Account, platform=platform, name=name)
        if row is not None:
            work.change(row, state=state, side=side)
        elif on:
            work.add(Account(platform=platform, name=name, side=side))
    return firm.secret


def offer(work: Work, services: Sequence[str], install: str = "") -> None:
    """Every firm knows which services read for it, so that nothing is asked of one that is not there, and where our
    Slack app is let in."""
    for firm in firms(work):
        set_settings(work, firm, services=list(services) or None, slack_install=install or None)


def _new_firm(work: Work, language: str) -> Workspace:
    spoken = language_of(language)
    country, zone = ("CN", "Asia/Shanghai") if spoken == "zh" else ("US", zone_here())
    return found_firm(work, name=NEW_FIRM[spoken], country=country, language=spoken, zone=zone)


def menu(side: Side) -> dict[tuple[str, str], dict[str, str]]:
    """The commands that everybody of a side sees, by (language, where); members see their role's in their own chats."""
    role = "customer" if side == "customer" else "rep"
    return {
        (code, scope): _menu(role, language, rooms=scope == "groups")
        for language in LANGUAGES
        for code in (("", language) if language == LANGUAGES[0] else (language,))
        for scope in ("private", "groups")
    }


def menu_of(role: str, language: str) -> dict[str, str]:
    """The commands of a role in a private chat, with what they do in this language."""
    return _menu(role, language_of(language), rooms=False)


def _menu(role: str, language: Literal["en", "zh"], *, rooms: bool) -> dict[str, str]:
    shown = [route for route in COMMANDS.values() if route.listed and role in route.for_]
    return _lines([route for route in shown if route.rooms or not rooms], language)


def _lines(routes: list[Route], language: Literal["en", "zh"]) -> dict[str, str]:
    words = Words(language, "UTC", datetime.now(UTC))
    return {route.name: plain(route.help.resolve(words)) for route in routes}
