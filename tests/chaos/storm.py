"""People who write to the bot on a fake platform while its services are killed, frozen and restarted."""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
from bisect import bisect
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from bot.app import utc_now
from bot.core.messages import Address, Outgoing, Urgency
from bot.core.text import Run
from flows import load
from flows.setup.actions import found_firm
from store.engine import open_database
from store.models import Account, Identity, Member
from store.outbox import Posting
from store.work import Work
from tests.awake import Awake, before
from tests.chaos.history import Entry, History
from tests.chaos.lines import MARK, Line, line
from tests.chaos.zygote import ACCOUNTS
from tests.engines import fresh

WINDOW = 8
ALONE = ("getUpdates", "send", "edit", "chat.", "apps.connections")
"""What only the owner of an account may ask for."""
ON_THE_WAY = 0.5


@dataclass
class Zygote:
    """Starts services, which write what they complain about into services.log; who lives at the end is killed."""

    folder: Path
    children: set[int] = field(default_factory=set)

    @property
    def log(self) -> Path:
        return self.folder / "services.log"

    async def start(self, **arguments: Any) -> int:
        child = _forked({**arguments, "log": str(self.log)})
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
    """Its process is one for all tests of a run: it takes seconds to import everything."""
    made = Zygote(folder)
    try:
        yield made
    finally:
        for child in made.children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


@cache
def _mother() -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "tests.chaos.zygote")
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_ends, process)
    assert process.stdout
    process.stdout.readline()
    return process


def _ends(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.close()
    process.wait()


def _forked(arguments: dict[str, Any]) -> int:
    mother = _mother()
    assert mother.stdin
    assert mother.stdout
    mother.stdin.write(json.dumps(arguments) + "\n")
    mother.stdin.flush()
    return int(mother.stdout.readline())


class Told(NamedTuple):
    """A reply that was accepted: the number of its note, and the process that sent it."""

    at: float
    chat: str
    number: int
    who: str


@dataclass
class Storm:
    """People, each in a private chat of their own, the firm they work for, and its services."""

    url: str
    line: Line
    people: Sequence[tuple[str, str]]
    hold: float = 15.0
    rate: float = 0.0
    broken: str = ""
    apart: bool = False
    """Whether the services behave as if each were on a machine of its own."""
    said: dict[int, str] = field(default_factory=dict)
    """Number of each note → who wrote it."""
    posted: dict[int, bool] = field(default_factory=dict)
    """Number of each message of our own → whether it may come twice."""
    kills: list[float] = field(default_factory=list)
    redelivered: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    _first: int = 0
    _acked: set[int] = field(default_factory=set)
    _stored: set[int] = field(default_factory=set)
    awake: Awake = field(default_factory=Awake)
    """Whether the platform could run: while it stands still, requests wait at its door."""
    history: History | None = None
    """Where it is kept what happened, for who reads it afterwards."""

    def write(self, count: int, share: float = 0.1) -> None:
        """Notes, each with a number of its own; a share of the updates is handed over once more later."""
        for number in self._numbers(count):
            who = self.chance.randrange(len(self.people))
            self.line.says(who, f"{self.line.speaks}chaos {number:05}")
            self.said[number] = self.people[who][0]
            if self.chance.random() < share:
                self.redelivered += 1
                self.line.again()

    def post(self, chats: Sequence[str], count: int, *, again: bool = True) -> None:
        """Messages of our own, queued for these chats in turn before any service runs."""
        numbers = self._numbers(count)
        self.posted |= dict.fromkeys(numbers, again)
        database = open_database(self.url, utc_now)
        for start in range(0, count, 500):
            some = [(number, chats[number % len(chats)]) for number in numbers[start : start + 500]]
            database.write(partial(_queue, some, again)).result(60)
        database.close()

    def forget(self) -> None:
        """What was written so far has been looked at."""
        self._first += len(self.said) + len(self.posted)
        self.said.clear()
        self.posted.clear()

    def _numbers(self, count: int) -> range:
        first = self._first + len(self.said) + len(self.posted)
        return range(first, first + count)

    @property
    def wanted(self) -> set[int]:
        """What must arrive, once at least."""
        return self.said.keys() | {number for number, again in self.posted.items() if again}

    async def start(self, mother: Zygote) -> int:
        told = {"url": self.url, "hold": self.hold, "rate": self.rate, "broken": self.broken, "apart": self.apart}
        return await mother.start(port=self.line.port, **told, **self.line.arguments())

    def looks(self, *, killed: int = 0) -> None:
        """Notes what was acknowledged up to now, what the tables have after it, and which process was killed."""
        if self.history is None:
            return
        at = self.line.now()
        acked, stored = self.said.keys() - self.line.unconfirmed(), set(self.notes())
        news = {"acked": acked - self._acked, "stored": stored - self._stored, "gone": self._stored - stored}
        self._acked, self._stored = self._acked | acked, stored
        self.history.note(Entry(what, at, number) for what, numbers in news.items() for number in numbers)
        self.history.note([Entry("looked", at), *([Entry("killed", at, who=str(killed))] if killed else [])])

    def ends(self) -> None:
        """Notes what came of it all."""
        self.looks()
        if self.history is not None:
            self.history.note(Entry("stood", begin, until=end) for begin, end in self.awake.stood)
            self.history.note(Entry("effect", number=number) for number in self.notes())
            self.history.note(Entry("sent", one.at, one.number, one.chat, who=one.who) for one in self.sent())
            self.history.note(Entry("asked", at, chat=chat) for at, chat in self.line.requests())

    def notes(self) -> list[int]:
        """The numbers of all rows that notes became."""
        return [int(mark[1]) for (text,) in self.ask("SELECT text FROM activity") if (mark := MARK.search(text))]

    def sent(self) -> list[Told]:
        """Every reply that the platform accepted."""
        found = [(one, MARK.search(one.text)) for one in self.line.sent()]
        return [Told(one.at, one.chat, int(mark.group(1)), one.who) for one, mark in found if mark]

    def all_sent(self) -> bool:
        return self.wanted <= {one.number for one in self.sent()}

    def missing(self) -> str:
        """Which replies are missing, and what waits to be sent: its number, state, attempts and what went wrong."""
        unsent = sorted(self.wanted - {one.number for one in self.sent()})
        rows = self.ask("SELECT id, state, attempts, error FROM outbox WHERE state != 'sent' ORDER BY id LIMIT 20")
        return f"what {unsent[:20]} are told ({len(set(self.notes()) & set(unsent))} noted, outbox {rows})"

    async def until_quiet(self, seconds: float = 30.0) -> None:
        """Until nothing waits in the outbox and every update is confirmed."""
        end = time.monotonic() + seconds
        while self._waiting():
            assert time.monotonic() < end, f"{self._waiting()} still wait"
            await asyncio.sleep(0.1)

    def _waiting(self) -> int:
        return int(self.ask("SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed')")[0][0])

    def owner(self) -> int:
        """The process that has the account now; 0 for none."""
        found = self.ask("SELECT owner FROM lease")
        return process_of(found[0][0]) if found else 0

    def ask(self, sql: str, *values: int) -> list[Any]:
        """Beside the service, on a connection of our own; numbers take the places {0}, {1} …"""
        database = open_database(self.url, utc_now)
        try:
            with database.read() as work:
                work.cursor.execute(sql.format(*values))
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
    """How many messages of each process that left some, for each time it owned the account, were sent again: by the
    next, or by one after it where that one ended before it came to them.
    """
    out_of_order: int
    rivals: int = 0
    """Requests of a process that was not the owner of the account when it made them."""
    late: int = 0
    """Requests that arrived after their process had lost the account, however short before."""
    owners: int = 0
    integrity: str = "ok"

    def __str__(self) -> str:
        most, mean = max(self.repeats, default=0), sum(self.repeats) / max(1, self.kills)
        return (
            f"{self.updates} messages, {self.redelivered} redelivered, {self.kills} kills in {self.seconds:.1f} s: "
            f"{self.lost} lost, {self.doubled} applied twice, {self.parked} parked, {self.unsent} unsent, "
            f"{sum(self.repeats)} repeats ({mean:.2f} a kill, at most {most}), "
            f"{self.out_of_order} out of order, {self.owners} owners, {self.rivals} requests by others, "
            f"integrity {self.integrity}"
        )

    def problems(self, window: int = WINDOW, rivals: int = 0) -> list[str]:
        """Promises that were not kept; a frozen owner may end so many requests that it had begun.

        What it ends may be a message that somebody else has repeated meanwhile, with later ones behind it: each of its
        requests can be out of order, and none of anybody else; and it is a repeat beside what the others leave.
        """
        bad = [name for name in ("lost", "doubled", "parked", "unsent") if getattr(self, name)]
        bad += ["out_of_order"] if self.out_of_order > self.late else []
        bad += ["rivals"] if self.rivals > rivals else []
        bad += ["repeats"] if max(self.repeats, default=0) > window + self.late else []
        return bad + (["integrity"] if self.integrity != "ok" else [])


def figures(storm: Storm, seconds: float) -> Figures:
    """Counts by the tables and by what the platform accepted."""
    notes = Counter(storm.notes())
    sent, seen, repeats = storm.sent(), dict[int, tuple[str, int]](), Counter[tuple[str, int]]()
    times = _times(storm)
    for one in sent:
        if one.number in seen:
            repeats[seen[one.number]] += 1
        seen[one.number] = (one.who, bisect(times.get(one.who, ()), one.at))
    return Figures(
        updates=len(storm.said) + len(storm.posted),
        redelivered=storm.redelivered,
        kills=len(storm.kills),
        seconds=seconds,
        lost=sum(1 for number in storm.said if not notes[number]),
        doubled=sum(1 for count in notes.values() if count > 1),
        parked=len(storm.ask("SELECT 1 FROM inbound WHERE state = 'parked'")),
        unsent=len(storm.wanted - seen.keys()),
        repeats=tuple(repeats.values()),
        out_of_order=_out_of_order(sent),
        rivals=len(rivals(storm, ON_THE_WAY)),
        late=len(rivals(storm, 0)),
        owners=len(_history(storm)),
        integrity=_integrity(storm),
    )


def rivals(storm: Storm, on_the_way: float) -> list[tuple[float, str, str]]:
    """Requests for updates and messages by a process that had not owned the account for so many seconds, by the leases'
    own history.
    """
    history = _history(storm)
    if not history:
        return []
    return [
        (at, who, method)
        for at, who, method in storm.line.origins()
        if method.startswith(ALONE)
        and int(who) not in _owners_around(history, before(at, on_the_way, storm.awake.stood), at)
    ]


def _owners_around(history: list[tuple[float, int]], left: float, at: float) -> set[int]:
    """Who owned it since then: a request that was on its way arrives after its sender was killed."""
    found = {owner for since, owner in history if left <= since <= at}
    return found | {next((owner for since, owner in reversed(history) if since <= left), 0)}


def _history(storm: Storm) -> list[tuple[float, int]]:
    """(since when, which process), where the database keeps it."""
    if not storm.url.startswith("postgresql"):
        return []
    return [
        (float(at), process_of(owner)) for at, owner in storm.ask("SELECT at, owner FROM lease_history ORDER BY at")
    ]


def _times(storm: Storm) -> dict[str, list[float]]:
    """When each process came to own the account, where the database keeps it."""
    found = dict[str, list[float]]()
    for since, owner in _history(storm):
        found.setdefault(str(owner), []).append(since)
    return found


def process_of(owner: str) -> int:
    return int(owner.split("-")[1])


def _out_of_order(sent: Sequence[Told]) -> int:
    """A message after a later one of its chat; the repeat of one directly before is no disorder."""
    last, found = dict[str, int](), 0
    for one in sent:
        found += one.number < last.get(one.chat, -1)
        last[one.chat] = max(one.number, last.get(one.chat, -1))
    return found


def _integrity(storm: Storm) -> str:
    if not storm.url.startswith("sqlite"):
        return "ok"
    return str(storm.ask("PRAGMA integrity_check")[0][0]) if not storm.ask("PRAGMA foreign_key_check") else "keys"


def _queue(some: Sequence[tuple[int, str]], again: bool, work: Work) -> None:
    work.workspace = 1
    urgency = Urgency.ANSWER if again else Urgency.CAMPAIGN
    for number, chat in some:
        message = Outgoing((Run(f"chaos {number:05}"),))
        work.outbox.queue(f"chaos:{number}", Posting(Address.of(chat), message, urgency=urgency, again=again))


@asynccontextmanager
async def storm(engine: str, wire: str, folder: Path, *, people: int = 20) -> AsyncIterator[Storm]:
    """A firm on a fresh database whose people write on this wire."""
    with fresh(engine, folder) as url, _unhindered():
        async with line(wire) as found:
            storm = prepare(url, found, people)
            with storm.awake:
                yield storm


@contextmanager
def _unhindered() -> Iterator[None]:
    """What the tests hold is left out of collections: during one nothing is taken in, and then much at once."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def prepare(url: str, line: Line, people: int) -> Storm:
    """The firm, its bot, its customer and the members, who have written before."""
    load()
    found = line.people(people)
    database = open_database(url, utc_now)
    database.write(lambda work: _firm(work, line.platform, found)).result(20)
    database.close()
    return Storm(url, line, found)


def _firm(work: Work, platform: str, people: Sequence[tuple[str, str]]) -> None:
    firm, account = found_firm(work, name="Storm", country="US", language="en", zone="UTC"), ACCOUNTS[platform]
    work.workspace = firm.id
    work.add(Account(platform=platform, name=account, side="member", handle="staff_bot"))
    owner = None
    for person, name in people:
        owner = work.add(Member(name=name, role="rep", language="en", joined=work.now))
        work.add(Identity(platform=platform, account=account, person=person, name=name, member=owner.id))
    work.customers.add("Acme", owner=owner.id if owner else None)
    if work.dialect == "postgresql":
        for statement in HISTORY:
            work.cursor.execute(statement)


HISTORY = (
    "CREATE TABLE lease_history (at double precision, owner text)",
    "CREATE FUNCTION keep_lease() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "INSERT INTO lease_history VALUES (extract(epoch FROM clock_timestamp()), NEW.owner); RETURN NEW; END $$",
    "CREATE TRIGGER keep_taken AFTER INSERT ON lease FOR EACH ROW EXECUTE FUNCTION keep_lease()",
    "CREATE TRIGGER keep_given AFTER UPDATE ON lease FOR EACH ROW WHEN (OLD.epoch <> NEW.epoch) "
    "EXECUTE FUNCTION keep_lease()",
)
"""Who owned the account since when, kept by the database itself."""


async def until(
    found: Callable[[], bool], seconds: float, look: float = 0.05, missing: Callable[[], str] = lambda: "it"
) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, f"{missing()} takes too long"
        await asyncio.sleep(look)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


__all__ = ["WINDOW", "Figures", "Storm", "Zygote", "figures", "storm", "until", "zygote"]
