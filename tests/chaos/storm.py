"""People who write to the staff bot on the fake Telegram while its service is killed, frozen and restarted."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.app import utc_now
from flows import load
from flows.setup.actions import found_firm
from store.engine import open_database
from store.models import Account, Identity, Member
from store.work import Work
from tests.chaos.zygote import ACCOUNT
from tests.wires.telegram import Person, TelegramWire
from tests.wires.telegram.world import Waiting

BOT = "staff bot"
WINDOW = 8
MARK = re.compile(r"chaos (\d{5})")


@dataclass
class Zygote:
    """Starts services; those that still live at the end are killed."""

    process: asyncio.subprocess.Process
    children: set[int] = field(default_factory=set)

    async def start(self, **arguments: Any) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(arguments).encode() + b"\n")
        await self.process.stdin.drain()
        child = int(await self.process.stdout.readline())
        self.children.add(child)
        return child

    def send(self, child: int, number: signal.Signals) -> None:
        os.kill(child, number)

    async def end(self, child: int, number: signal.Signals = signal.SIGKILL, seconds: float = 20.0) -> float:
        """Sends it and returns how many seconds it took until the process was gone."""
        before = time.monotonic()
        self.send(child, number)
        while _lives(child):
            assert time.monotonic() - before < seconds, f"it does not end by {number.name}"
            await asyncio.sleep(0.005)
        self.children.discard(child)
        return time.monotonic() - before


@asynccontextmanager
async def zygote(folder: Path) -> AsyncIterator[Zygote]:
    """Its services write what they complain about into services.log."""
    with (folder / "services.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.chaos.zygote",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        made = Zygote(process)
        try:
            assert process.stdout
            await process.stdout.readline()
            yield made
        finally:
            for child in made.children:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            assert process.stdin
            process.stdin.close()
            await process.wait()


@dataclass
class Storm:
    """`writers` people, each in a private chat of their own, and the firm they work for."""

    url: str
    wire: TelegramWire
    token: str
    people: list[Person]
    hold: float = 15.0
    rate: float = 0.0
    broken: str = ""
    said: dict[int, int] = field(default_factory=dict)
    """Number of each note → who wrote it."""
    kills: list[float] = field(default_factory=list)
    redelivered: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def write(self, count: int, share: float = 0.1) -> None:
        """Notes, each with a number of its own; a share of the updates is handed over once more later."""
        bot = self.wire.account(BOT)
        for number in range(len(self.said), len(self.said) + count):
            who = self.chance.choice(self.people)
            before = bot.next_update
            who.says(BOT, f"/note Acme chaos {number:05}")
            self.said[number] = who.id
            if self.chance.random() < share:
                self.redelivered += 1
                old = self.chance.randrange(max(before - 150, 500_000_001), bot.next_update)
                again = next((item.update for item in bot.waiting if item.update["update_id"] == old), None)
                if again:
                    bot.waiting.append(Waiting(before + 1, again, self.wire.world.now() + 86400))

    async def start(self, mother: Zygote) -> int:
        return await mother.start(
            url=self.url, api=self.wire.url, token=self.token, hold=self.hold, rate=self.rate, broken=self.broken
        )

    def sent(self) -> list[tuple[float, int, int]]:
        """(when, to whom, number) of every reply that the platform accepted."""
        found = [(entry, MARK.search(entry.text)) for entry in self.wire.accepted("sendMessage")]
        return [(entry.at, int(entry.chat), int(mark.group(1))) for entry, mark in found if mark]

    def all_sent(self) -> bool:
        return len({number for _, _, number in self.sent()}) >= len(self.said)

    async def until_quiet(self, seconds: float = 30.0) -> None:
        """Until nothing waits in the outbox and every update is confirmed."""
        end = time.monotonic() + seconds
        while self._waiting():
            assert time.monotonic() < end, f"{self._waiting()} still wait"
            await asyncio.sleep(0.1)

    def _waiting(self) -> int:
        return int(self.ask("SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed')")[0][0])

    def ask(self, sql: str) -> list[Any]:
        """Beside the service, on a connection of our own."""
        database = open_database(self.url, utc_now)
        try:
            with database.read() as work:
                work.cursor.execute(sql)
                return list(work.cursor.fetchall())
        finally:
            database.close()


@dataclass(frozen=True, slots=True)
class Figures:
    """What a storm left behind."""

    updates: int
    redelivered: int
    kills: int
    seconds: float
    lost: int
    doubled: int
    parked: int
    unsent: int
    repeats: tuple[int, ...]
    """How many messages were sent again, for each life of the service."""
    out_of_order: int
    integrity: str = "ok"

    def __str__(self) -> str:
        most, mean = max(self.repeats, default=0), sum(self.repeats) / max(1, self.kills)
        return (
            f"{self.updates} updates, {self.redelivered} redelivered, {self.kills} kills in {self.seconds:.1f} s: "
            f"{self.lost} lost, {self.doubled} applied twice, {self.parked} parked, {self.unsent} unsent, "
            f"{sum(self.repeats)} repeats ({mean:.2f} a kill, at most {most}), "
            f"{self.out_of_order} out of order, integrity {self.integrity}"
        )

    def problems(self, window: int = WINDOW) -> list[str]:
        """Promises that were not kept."""
        bad = [name for name in ("lost", "doubled", "parked", "unsent", "out_of_order") if getattr(self, name)]
        bad += ["repeats"] if max(self.repeats, default=0) > window else []
        return bad + (["integrity"] if self.integrity != "ok" else [])


def figures(storm: Storm, seconds: float) -> Figures:
    """Counts by the tables and by what the platform accepted."""
    notes = Counter(
        int(mark.group(1)) for (text,) in storm.ask("SELECT text FROM activity") if (mark := MARK.search(text))
    )
    sent, seen, repeats = storm.sent(), set[int](), [0] * (len(storm.kills) + 1)
    for at, _chat, number in sent:
        life = sum(1 for kill in storm.kills if kill < at)
        repeats[life] += number in seen
        seen.add(number)
    return Figures(
        updates=len(storm.said),
        redelivered=storm.redelivered,
        kills=len(storm.kills),
        seconds=seconds,
        lost=sum(1 for number in storm.said if not notes[number]),
        doubled=sum(1 for count in notes.values() if count > 1),
        parked=len(storm.ask("SELECT 1 FROM inbound WHERE state = 'parked'")),
        unsent=len(storm.said.keys() - seen),
        repeats=tuple(repeats),
        out_of_order=_out_of_order(sent),
        integrity=_integrity(storm),
    )


def _out_of_order(sent: list[tuple[float, int, int]]) -> int:
    """A message after a later one of its chat; the repeat of one directly before is no disorder."""
    last, found = dict[int, int](), 0
    for _at, chat, number in sent:
        found += number < last.get(chat, -1)
        last[chat] = max(number, last.get(chat, -1))
    return found


def _integrity(storm: Storm) -> str:
    if not storm.url.startswith("sqlite"):
        return "ok"
    return str(storm.ask("PRAGMA integrity_check")[0][0]) if not storm.ask("PRAGMA foreign_key_check") else "keys"


def prepare(url: str, wire: TelegramWire, people: int) -> Storm:
    """The firm, its bot, its customer and the members, who have written before."""
    load()
    import_module("aiogram.methods"), import_module("teremok.validation")  # the wire's first call would stop its clock
    token = wire.bot(BOT, username="staff_bot").token
    found = [wire.user(f"Rep {number}") for number in range(people)]
    database = open_database(url, utc_now)
    database.write(lambda work: _firm(work, found)).result(20)
    database.close()
    return Storm(url, wire, token, found)


def _firm(work: Work, people: list[Person]) -> None:
    firm = found_firm(work, name="Storm", country="US", language="en", zone="UTC")
    work.workspace = firm.id
    work.add(Account(platform="telegram", name=ACCOUNT, side="member", handle="staff_bot"))
    owner = None
    for person in people:
        owner = work.add(Member(name=person.user["first_name"], role="rep", language="en", joined=work.now))
        name = str(person.user["first_name"])
        work.add(Identity(platform="telegram", account=ACCOUNT, person=str(person.id), name=name, member=owner.id))
    work.customers.add("Acme", owner=owner.id if owner else None)


async def until(found: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it takes too long"
        await asyncio.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


__all__ = ["WINDOW", "Figures", "Storm", "figures", "prepare", "until", "zygote"]
