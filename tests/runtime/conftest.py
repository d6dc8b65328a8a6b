"""A small house for the runtime: one firm, one bot account on the memory platform, and flows that only take notes."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.memory import MemoryAdapter
from bot.core.capabilities import Capabilities
from bot.core.messages import Address, Answered, Button, Event, Outgoing
from bot.core.ports import Call
from bot.core.text import Run as Words
from bot.runtime.leases import Owned
from bot.runtime.sender import AccountSender
from store import leases
from store.engine import Database
from store.models import Account, Conversation, Outbox, Tag, Workspace
from store.outbox import Posting
from store.work import Work
from tests.engines import NOON, Hands

ANNA, BO = (Address("memory", "staff", chat) for chat in ("anna", "bo"))
HOLD = timedelta(seconds=15)


class Platform(MemoryAdapter):
    """The memory platform with a script: `says` are raised one by one, before or after a call was carried out."""

    def __init__(self, **can: Any) -> None:
        super().__init__("staff")
        self.capabilities = replace(self.capabilities, private_first=True, **can)
        self.asked: list[tuple[str, str]] = []
        self.times: list[float] = []
        """When each was asked, on a clock that never jumps."""
        self.keys: list[str] = []
        self.says: list[Exception | None] = []
        self.accepts_first = False
        self.slow = 0.0
        self.gate: asyncio.Event | None = None

    async def send(self, call: Call) -> str:
        self.asked.append((call.arguments["chat"], call.arguments["text"]))
        self.times.append(time.monotonic())
        self.keys.append(call.arguments["key"])
        if self.gate:
            await self.gate.wait()
        await asyncio.sleep(self.slow)
        error = self.says.pop(0) if self.says else None
        if error and not self.accepts_first:
            raise error
        message = await super().send(call)
        if error:
            raise error
        return message

    @property
    def texts(self) -> list[str]:
        """Everything that the platform carried out and still shows, in order."""
        return [message.text for message in self.messages.values()]


@dataclass
class House:
    """The tables, the platform, and what the flows were told."""

    database: Database
    clock: Hands
    platform: Platform = field(default_factory=Platform)
    fails: Exception | None = None
    """What the flows raise when they are told."""
    events: list[Event] = field(default_factory=list)
    """What they were told, also in turns that were rolled back."""
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def write(self, act: Callable[[Work], Any]) -> Any:
        def inside(work: Work) -> Any:
            work.workspace = 1
            return act(work)

        return self.database.write(inside).result(10)

    def queue(self, *texts: str, to: Address = ANNA, **values: Any) -> None:
        """Messages, each under its text as its key."""
        buttons = values.pop("buttons", ())
        clears = values.pop("clears", False)
        room = values.pop("room", False)

        def act(work: Work) -> None:
            for text in texts:
                message = Outgoing((Words(text),), buttons=buttons, clears=clears, room=room)
                work.outbox.queue(values.get("key", text), Posting(to, message, **_without(values, "key")))

        self.write(act)

    def tell(self, work: Work, workspace: int, event: Event) -> None:
        """Keeps the news as a row of the same transaction."""
        assert isinstance(event.body, Answered)
        self.events.append(event)
        work.workspace = workspace
        said = f"{event.body.tell} {event.body.outcome} at {event.where.chat}: {event.body.error or event.body.message}"
        self.note(work, said)
        if self.fails:
            raise self.fails

    def note(self, work: Work, said: str) -> None:
        """A row, as often as it is said."""
        work.add(Tag(customer=next(self.numbers), name=said))

    def held(self, owner: str = "me") -> leases.Held:
        """The account's lease, however the last owner left it."""

        def act(work: Work) -> leases.Held:
            if last := leases.holder(work, "staff"):
                leases.release(work, last)
            held = leases.take(work, "staff", owner, hold=HOLD)
            assert held is not None
            return held

        return self.write(act)  # type: ignore[no-any-return]

    def later(self, seconds: float) -> None:
        """Time passes: on PostgreSQL leases go by the server's clock, so there they are moved into the past instead."""
        self.clock.forward(seconds=seconds)
        past = int(seconds * 1_000_000)
        moved = f"UPDATE lease SET until = until - {past}, paused_until = paused_until - {past}"  # noqa: S608
        self.write(lambda work: work.cursor.execute(moved) if work.dialect == "postgresql" else None)

    def sender(self, held: leases.Held | None = None, platform: Platform | None = None) -> AccountSender:
        return AccountSender(self.database, platform or self.platform, Owned(held or self.held(), hold=60), self.tell)

    def claim(self, epoch: int, limit: int = 10) -> list[Outbox]:
        """As a sender that then dies."""
        return self.write(  # type: ignore[no-any-return]
            lambda work: work.outbox.claim("staff", epoch=epoch, limit=limit, resting=())
        )

    @property
    def rows(self) -> dict[str, Outbox]:
        with self.database.read() as work:
            work.workspace = 1
            return {row.key: row for row in work.find(Outbox)}

    @property
    def states(self) -> dict[str, str]:
        return {key: row.state for key, row in self.rows.items()}

    @property
    def told(self) -> list[str]:
        with self.database.read() as work:
            work.workspace = 1
            return [tag.name for tag in work.find(Tag)]

    def conversation(self, to: Address = ANNA) -> Conversation:
        with self.database.read() as work:
            work.workspace = 1
            found = work.first(Conversation, address=to.key)
        assert found is not None
        return found


@pytest.fixture
def house(database: Database, clock: Hands) -> House:
    def make(work: Work) -> None:
        work.workspace = work.insert(Workspace(name="Acme", secret="s", created=NOON)).id
        work.add(Account(platform="memory", name="staff", side="member"))
        for where in (ANNA, BO):
            work.add(Conversation(address=where.key, platform="memory", account="staff", side="member", seen=NOON))

    database.write(make).result(10)
    return House(database, clock)


def limits(**can: Any) -> Capabilities:
    """The memory platform's abilities with other numbers."""
    return replace(MemoryAdapter("x").capabilities, **can)


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label, f"press:{label}") for label in labels)


async def until(found: Callable[[], Any], seconds: float = 5.0) -> Any:
    """The first true value, looked for every 10 ms."""
    end = asyncio.get_running_loop().time() + seconds
    while not (value := found()):
        assert asyncio.get_running_loop().time() < end, "it did not come"
        await asyncio.sleep(0.01)
    return value


async def running(sender: AccountSender, act: Callable[[], Awaitable[Any]], *, took_over: bool = False) -> Any:
    """The sender at work while `act` runs; it is stopped in order afterwards."""
    task = asyncio.create_task(sender.run(took_over=took_over))
    try:
        return await act()
    finally:
        await sender.stop()
        await task


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
