"""The whole service as its users start it: `python -m bot serve` in an empty folder, both bots on the fake Telegram."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.wires.telegram import Group, Person, Seen, TelegramWire

ROOT = Path(__file__).parents[2]
STAFF, CUSTOMERS = "staff bot", "customer bot"
ZONES = ("Pacific/Auckland", "Asia/Shanghai", "Asia/Dubai", "Europe/Berlin", "America/New_York", "Pacific/Honolulu")
PATIENCE = 20.0


def zone_of_day() -> str:
    """Where it is day just now: nobody is written to at night."""
    now = datetime.now(UTC)
    return min(ZONES, key=lambda zone: abs(now.astimezone(ZoneInfo(zone)).hour - 12))


@dataclass
class House:
    """A running service, and what its console says."""

    wire: TelegramWire
    folder: Path
    environment: dict[str, str]
    lines: list[str] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns when it says that it is ready."""
        self.lines.clear()
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "serve",
                cwd=self.folder,
                env=self.environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        self._reading = asyncio.create_task(self._read())
        await until(lambda: any("Rapport is ready" in line for line in self.lines), 60, self.log)

    async def _read(self) -> None:
        assert self.process
        assert self.process.stdout
        async for line in self.process.stdout:
            self.lines.append(line.decode().rstrip())

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ends it and returns its code."""
        assert self.process
        if self.process.returncode is None:
            self.process.send_signal(number)
        code = await asyncio.wait_for(self.process.wait(), 30)
        if self._reading:
            await self._reading
        return code

    async def restart(self, number: signal.Signals = signal.SIGTERM) -> None:
        """As after a deployment, or after a crash."""
        await self.stop(number)
        await self.start()

    @property
    def link(self) -> str:
        """The link that the console printed."""
        return next(line for line in self.lines if "Rapport is ready" in line).split()[-1]

    async def console(self, *words: str) -> str:
        """Another command beside the running service."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complaint = await process.communicate()
        assert process.returncode == 0, complaint.decode()
        return said.decode()

    async def invitation(self, *words: str) -> str:
        """The code that `invite` prints, once the bots know their names."""
        await until(lambda: len(self.ask("SELECT 1 FROM account WHERE handle != ''")) == 2, PATIENCE, self.log)
        printed = await self.console("invite", *words)
        return next(line.split()[1] for line in printed.splitlines() if line.strip().startswith("code"))

    # the tables, from outside

    def ask(self, sql: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "rapport.db", timeout=10)) as connection:
            return list(connection.execute(sql, values))

    def rings(self, kind: str, subject: int = 0) -> None:
        """What waits of this kind is due now: time passes in the tables only."""
        with closing(sqlite3.connect(self.folder / "rapport.db", timeout=10)) as connection, connection:
            past = int(time.time() * 1_000_000) - 1_000_000
            if kind == "reminder":
                connection.execute("UPDATE reminder SET due = ? WHERE state = 'open' AND ? IN (0, id)", (past, subject))
            timer = "UPDATE timer SET due = ? + id WHERE state = 'waiting' AND kind = ? AND ? IN ('0', subject)"
            assert connection.execute(timer, (past, kind, str(subject))).rowcount, f"no {kind} waits"

    async def comes(self, sql: str, *values: Any) -> Any:
        """The first row, once there is one."""
        return await until(lambda: self.ask(sql, *values), PATIENCE, lambda: f"no row: {sql}")

    def log(self) -> str:
        """What the service complained about."""
        return (self.folder / "log").read_text()[-4000:]


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[House]:
    """A fresh house without a firm; it is stopped in order afterwards, and must end well."""
    import_module("aiogram.methods"), import_module("teremok.validation")  # the wire's first call would take seconds
    async with TelegramWire() as wire:
        tokens = {bot: wire.bot(bot, username=f"{bot.partition(' ')[0]}_bot").token for bot in (STAFF, CUSTOMERS)}
        house = House(wire, folder, _environment(folder, wire, tokens))
        await house.start()
        try:
            yield house
        finally:
            code = await house.stop()
        assert code == 0, house.log()


def _environment(folder: Path, wire: TelegramWire, tokens: dict[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    ours = {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'rapport.db'}",
        "DATA_DIR": str(folder),
        "PORT": "0",
        "DEMO": "false",
        "TELEGRAM_API_URL": wire.url,
        "TELEGRAM_STAFF_TOKEN": tokens[STAFF],
        "TELEGRAM_CUSTOMER_TOKEN": tokens[CUSTOMERS],
    }
    return kept | ours


async def until(found: Callable[[], Any], seconds: float, complaint: Callable[[], str]) -> Any:
    """The first true value."""
    end = asyncio.get_running_loop().time() + seconds
    while not (value := found()):
        assert asyncio.get_running_loop().time() < end, complaint()
        await asyncio.sleep(0.05)
    return value


async def reads(who: Person, where: str | Group, *texts: str, button: str = "") -> str:
    """The newest message of a bot that has all of these in it, and a button with this label; waits for it."""

    def found() -> str:
        return next((bare(seen) for seen in reversed(who.sees(where)) if fits(seen)), "")

    def fits(seen: Seen) -> bool:
        pressable = not button or any(button in label for label in seen.labels)
        return seen.by_bot and pressable and all(text in bare(seen) for text in texts)

    def complaint() -> str:
        return f"{texts} {button} is not in {[(bare(seen), seen.labels) for seen in who.sees(where)][-6:]}"

    text: str = await until(found, PATIENCE, complaint)
    return text


def bare(seen: Seen) -> str:
    """Without the joiners that keep a platform from making links."""
    return seen.text.replace("\u2060", "")


def shown(who: Person, where: str | Group, text: str) -> int:
    """How many messages on the screen have this in them."""
    return sum(text in bare(seen) for seen in who.sees(where) if seen.by_bot)


def code_in(text: str, bot: str) -> str:
    """The code of a t.me link to this bot."""
    match = re.search(rf"t\.me/{bot.partition(' ')[0]}_bot\?start=(\S+)", text)
    assert match, text
    return match.group(1)
