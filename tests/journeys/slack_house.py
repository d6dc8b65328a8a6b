"""The whole service as its users start it, its one bot an app on the fake Slack, called by HTTP or over a socket."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.journeys.house import PATIENCE, ROOT, House, until, zone_of_day
from tests.wires.slack import Channel, Person, SlackWire
from tests.wires.slack.world import Seen

PAGES = "https://crm.example.com"


@dataclass
class SlackHouse(House):
    """A running service that Slack finds again after every start."""

    slack: SlackWire = None  # type: ignore[assignment]

    async def start(self) -> None:
        await super().start()
        note = json.loads((self.folder / "service.json").read_text())
        if "SLACK_APP_TOKEN" not in self.environment:
            self.slack.calls(f"{note['url']}/hooks/slack")

    async def invitation(self, *words: str) -> str:
        printed = await self.console("invite", *words)
        return next(line.split()[1] for line in printed.splitlines() if line.strip().startswith("code"))

    async def changes_to_socket(self) -> None:
        """As after an app token was put into the settings."""
        await self.stop()
        self.environment["SLACK_APP_TOKEN"] = self.slack.app_token
        self.slack.deliverer.request_url = ""
        await self.start()


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[SlackHouse]:
    """A fresh house; it is stopped in order afterwards, and must end well."""
    async with SlackWire() as wire:
        wire.deliverer.answer_seconds = PATIENCE  # three seconds are Slack's; a busy machine must not fail a story
        wire.previews(urlsplit(PAGES).netloc)
        house = SlackHouse(None, folder, _environment(folder, wire), slack=wire)  # type: ignore[arg-type]
        await house.start()
        try:
            yield house
        finally:
            code = await house.stop()
        assert code == 0, house.log()


def _environment(folder: Path, wire: SlackWire) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    ours = {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'rapport.db'}",
        "DATA_DIR": str(folder),
        "PORT": "0",
        "DEMO": "false",
        "PUBLIC_URL": PAGES,
        "SLACK_API_URL": wire.api_url,
        "SLACK_BOT_TOKEN": wire.home.token,
        "SLACK_SIGNING_SECRET": wire.secret,
    }
    return kept | ours


async def founded(house: SlackHouse) -> tuple[Person, Person]:
    """Ann owns the firm, Bob sells for it."""
    ann, bob = (house.slack.user(name) for name in ("Ann", "Bob"))
    ann.says("bot", await house.invitation("member", "--role", "owner"))
    await reads(ann, "bot", "What is your firm called?")
    for answer in ("Northwind Tools", "United States", "English", zone_of_day()):
        await say(ann, answer)
    await reads(ann, "bot", "is set up", zone_of_day())
    await ann.commands("/crm colleague rep").ended()
    invited = await reads(ann, "bot", "Join Northwind Tools")
    await bob.commands(f"/crm start {invited.shown.split()[-1]}").ended()
    await reads(bob, "bot", "Welcome to Northwind Tools")
    await house.comes("SELECT 1 FROM member WHERE name = 'Bob'")  # Slack said "bob" first, and the name when asked
    return ann, bob


async def say(who: Person, text: str, where: str | Channel = "bot") -> str:
    """One thing after the other: Slack promises no order."""
    ts = who.says(where, text)
    await who.wire.settled(PATIENCE)
    return ts


async def reads(who: Person, where: str | Channel, *texts: str, button: str = "") -> Seen:
    """The newest message of the app that has all of these in it; waits for it."""

    def fits(seen: Seen) -> bool:
        pressable = not button or any(button in label for label in seen.labels)
        return bool(seen.by_bot) and pressable and all(text in seen.shown for text in texts)

    def complaint() -> str:
        return f"{texts} {button} is not in {[(seen.shown, seen.labels) for seen in who.sees(where)][-6:]}"

    found: Seen = await until(lambda: next(filter(fits, reversed(who.sees(where))), None), PATIENCE, complaint)
    return found
