"""P9: a campaign to a million customers of one bot: until it can be sent, and then beside people who want an answer.

The whole service runs in a process of its own, so that its memory is its own: a member asks for the list, presses
"Send", and the sender delivers at Telegram's rate while customers write and wait for what they are told.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.memory import MemoryAdapter
from adapters.memory.parse import raw
from adapters.memory.platform import CAPABILITIES
from adapters.telegram.render import CAPABILITIES as TELEGRAM
from benchmarks import Target
from bot.app import build
from bot.core.messages import Address, Body, Command, Event, Pressed, Said, Sender, Update
from bot.core.ports import Call
from flows.setup.actions import found_firm
from flows.turn import sign
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Account, Campaign, Conversation, Customer, Identity, Member, Row
from store.work import Work

WITHIN, MEGABYTES, WAIT = 60.0, 300.0, 2.0
SATURATED = 0.95
LATENCY = 0.1
"""Seconds that the platform takes for a message."""
WRITING = 4.0
"""People a second who write meanwhile."""
LIKE_TELEGRAM = replace(CAPABILITIES, rate=TELEGRAM.rate, chat_rate=TELEGRAM.chat_rate, private_first=True)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Platform(MemoryAdapter):
    """The memory platform with Telegram's rates; remembers when what went where."""

    sent: list[float] = field(default_factory=list)
    awaited: dict[str, asyncio.Event] = field(default_factory=dict)
    """Chats in which somebody waits for an answer."""

    async def send(self, call: Call) -> str:
        self.sent.append(time.monotonic())
        if event := self.awaited.get(call.arguments["chat"]):
            event.set()
        await asyncio.sleep(LATENCY)
        return str(len(self.sent))


class Firm:
    """A firm with one member and many customers, each with a chat, where it is noon."""

    def __init__(self, database: Database, customers: int) -> None:
        self.database = database
        self.customers = customers
        self.secret = database.write(self._found).result()
        self.staff = Platform("staff", capabilities=CAPABILITIES)
        self.platform = Platform("customers", capabilities=LIKE_TELEGRAM)
        self.service = build(database, [self.staff, self.platform], files=_Nothing())
        self._keys = iter(range(1, 1_000_000))

    def _found(self, work: Work) -> str:
        zone = f"Etc/GMT{now().hour - 12:+d}" if now().hour != 12 else "UTC"
        firm = found_firm(work, name="Bench", country="CN", language="en", zone=zone)
        for name, side in (("staff", "member"), ("customers", "customer")):
            work.add(Account(platform="memory", name=name, side=side))
        home = Address("memory", "staff", "ann").key
        ann = work.add(Member(name="Ann", role="owner", home=home, joined=work.now))
        work.add(Identity(platform="memory", account="staff", person="ann", member=ann.id))
        chat: dict[str, Any] = {"platform": "memory", "seen": work.now, "language": "en"}
        work.add(Conversation(address=home, account="staff", side="member", member=ann.id, **chat))
        one = work.add(Customer(name="Customer 1", created=work.now))
        where = {"address": Address("memory", "customers", "1").key, "account": "customers", "side": "customer"}
        talk = work.add(Conversation(customer=one.id, **where, **chat))
        person = work.add(Identity(platform="memory", account="customers", person="1", customer=one.id))
        many = self.customers - 1
        _copied(work, one, many, name="'Customer ' || n.i")
        address = Address("memory", "customers", "@").key.replace("@", "' || n.i || '")
        _copied(work, talk, many, address=f"'{address}'", customer="n.i")
        _copied(work, person, many, person="CAST(n.i AS TEXT)", customer="n.i")
        work.for_good()
        return firm.secret

    async def does(self, account: str, person: str, body: Body) -> None:
        key = str(next(self._keys))
        event = Event(key, now(), Address("memory", account, person), Sender(person, person), body)
        await self.service.intake.accept(Update(account, key, raw(event), person))

    async def presses(self, person: str, press: str) -> None:
        await self.does("staff", person, Pressed(sign(self.secret, Address("memory", "staff", person), press), "1"))

    def campaign(self) -> Campaign | None:
        with self.database.read() as work:
            work.workspace = 1
            return work.get(Campaign, 1)


class _Nothing:
    """No files."""

    def read(self, hash: str) -> bytes:
        raise FileNotFoundError(hash)

    def keep(self, content: bytes) -> str:
        return ""

    def remove(self, hash: str) -> None:
        """Nothing to remove."""

    def hashes(self, older: float = 0.0) -> list[str]:
        return []


def _copied(work: Work, row: Row, count: int, **values: str) -> None:
    """The row so many times, numbered from 2, in one statement."""
    table = row.table()
    names = [column.name for column in table.c if column.name != "id"]
    chosen = ", ".join(values.get(name, f"t.{name}") for name in names)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i <= ?) "
    work.cursor.execute(
        f"INSERT INTO {table.name} ({', '.join(names)}) {numbers} "  # noqa: S608
        f"SELECT {chosen} FROM n, {table.name} AS t WHERE t.id = ? AND n.i <= ?",
        (count, row.id, count + 1),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What one run has shown."""

    preview: float
    ready: float
    megabytes: float
    share: float
    most: int
    waited: float
    people: int


async def run(folder: str, count: int, seconds: float) -> Found:
    """The member's two taps, and so many seconds of sending."""
    url = f"sqlite:///{folder}/p9.db"
    migrate(url)
    firm = Firm(open_database(url, now), count)
    await firm.service.start()
    waits: list[float] = []
    people = asyncio.create_task(_people(firm, waits))
    started = time.monotonic()
    await firm.does("staff", "ann", Command("push", "all name=Big: Hello {name}, our new pumps are here.", "m1"))
    preview = time.monotonic() - started
    while (campaign := firm.campaign()) is None or campaign.state != "draft":  # noqa: ASYNC110 - the tables say when
        await asyncio.sleep(0.05)
    ready = time.monotonic() - started
    assert campaign.size == count, campaign
    await firm.presses("ann", "campaign-go:1")
    await asyncio.sleep(1.0)
    begun = time.monotonic()
    await asyncio.sleep(seconds)
    over = time.monotonic()
    people.cancel()
    times = [at for at in firm.platform.sent if begun <= at < over]
    await firm.service.stop()
    firm.database.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    share = len(times) / (LIKE_TELEGRAM.rate * (over - begun))
    return Found(preview, ready, memory, share, _most(times), _late(waits), len(waits))


async def _people(firm: Firm, waits: list[float]) -> None:
    """Customers, each once, who write and wait for their answer."""
    asking = set[asyncio.Task[None]]()
    for number in range(firm.customers, 0, -1):
        task = asyncio.create_task(_waits(firm, str(number), waits))
        asking.add(task)
        task.add_done_callback(asking.discard)
        await asyncio.sleep(1 / WRITING)


async def _waits(firm: Firm, person: str, waits: list[float]) -> None:
    begun, here = time.monotonic(), asyncio.Event()
    firm.platform.awaited[Address("memory", "customers", person).key] = here
    await firm.does("customers", person, Said("When does our order come?", "m1"))
    await here.wait()
    waits.append(time.monotonic() - begun)


def _most(times: Sequence[float]) -> int:
    """The most that left within any second."""
    most, first = 0, 0
    for number, at in enumerate(times):
        while times[first] <= at - 1.0:
            first += 1
        most = max(most, number - first + 1)
    return most


def _late(waits: Sequence[float]) -> float:
    """Of twenty people nineteen had their answer by then."""
    return sorted(waits)[int(len(waits) * 0.95)] if waits else float("inf")


def measure(quick: bool) -> Sequence[Target]:
    count, seconds = (20_000, 3.0) if quick else (1_000_000, 60.0)
    command = [sys.executable, "-m", "benchmarks.p9_campaign", str(count), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found = Found(**json.loads(done.stdout.splitlines()[-1]))
    sys.stderr.write(f"  {found.people} people wrote meanwhile, the preview was there in {found.preview:.2f} s\n")
    limit: Any = {"rounds": 1, "peers": "the limit"}
    rate = LIKE_TELEGRAM.rate
    to = f"to {count:,}"
    return (
        Target("P9", f"a campaign {to} is ready", found.ready, WITHIN, found.ready / WITHIN, 1.0, "s", "less", **limit),
        Target(
            "P9", f"memory, {to}", found.megabytes, MEGABYTES, found.megabytes / MEGABYTES, 1.0, "MB", "less", **limit
        ),
        Target("P9", "the rate that is used", found.share * rate, rate, found.share, SATURATED, "/s", "more", **limit),
        Target("P9", "most in any second", found.most, rate, found.most / rate, 1.0, "/s", "less", **limit),
        Target("P9", "an answer meanwhile, p95", found.waited, WAIT, found.waited / WAIT, 1.0, "s", "less", **limit),
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="rapport-p9-") as place:
        result = asyncio.run(run(place, int(sys.argv[1]), float(sys.argv[2])))
    print(json.dumps(asdict(result)))
