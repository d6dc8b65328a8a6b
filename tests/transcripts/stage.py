"""The stage of a transcript: the real service on the memory platform, a clock that only we move, and its people."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.memory import MemoryAdapter, Message
from adapters.memory.parse import raw
from bot.app import build
from bot.core.messages import Address, Body, Event, Sender, Update
from bot.runtime.leases import Owned
from bot.runtime.sender import AccountSender
from bot.runtime.service import Service
from flows.handle import came_back
from flows.reminders.day import plan_brief
from flows.setup.actions import found_firm
from flows.turn import Turn
from store import leases
from store.engine import Database
from store.models import Account, Conversation, Customer, Identity, Member
from store.work import Work

STAFF, CUSTOMERS = "staff", "customers"


@dataclass
class Person:
    """Somebody on the stage."""

    name: str
    id: str
    account: str
    language: str = "en"
    zone: str = ""
    chat: str = ""
    said: list[str] = field(default_factory=list)
    """Ids of this person's own messages."""

    @property
    def address(self) -> Address:
        return Address("memory", self.account, self.chat)


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """One firm with its people, as a transcript gives them."""

    database: Database
    clock: Clock
    staff: MemoryAdapter = field(default_factory=lambda: MemoryAdapter(STAFF))
    customers: MemoryAdapter = field(default_factory=lambda: MemoryAdapter(CUSTOMERS))
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: Path | None = None
    service: Service = field(init=False)
    _keys: Any = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """The service over the same tables, as after a restart."""
        self.service = build(self.database, [self.staff, self.customers])

    def found(self, name: str, country: str, language: str, zone: str) -> None:
        """The firm and its two bot accounts."""

        def act(work: Work) -> None:
            firm = found_firm(work, name=name, country=country, language=language, zone=zone)
            for account, side in ((STAFF, "member"), (CUSTOMERS, "customer")):
                work.add(Account(platform="memory", name=account, side=side, handle=f"{account}_bot"))
            assert firm.id

        self.write(act)

    def write(self, act: Any) -> Any:
        """Runs something in the firm's workspace."""

        def inside(work: Work) -> Any:
            work.workspace = 1
            result = act(work)
            work.changes = []
            return result

        return self.database.write(inside).result(10)

    def member(self, name: str, role: str, language: str, zone: str) -> None:
        """A member who has already said hello."""
        person = self._person(name, STAFF, language, zone)
        self.staff.opened.add(person.address.key)

        def act(work: Work) -> None:
            member = work.add(
                Member(name=name, role=role, language=language, zone=zone, home=person.address.key, joined=work.now)
            )
            work.add(Identity(platform="memory", account=STAFF, person=person.id, name=name, member=member.id))
            work.add(_private(person, "member", work, member=member.id, language=language))
            firm = work.firm(work.workspace)
            assert firm is not None
            plan_brief(Turn(work=work, workspace=firm, key=f"stage:{name}"), member)

        self.write(act)

    def customer(self, name: str, customer: int, contact: int | None, language: str, zone: str) -> None:
        """A customer's person whose chat is bound already."""
        person = self._person(name, CUSTOMERS, language, zone)
        self.customers.opened.add(person.address.key)

        def act(work: Work) -> None:
            bound = {"customer": customer, "contact": contact}
            work.add(Identity(platform="memory", account=CUSTOMERS, person=person.id, name=name, **bound))
            work.add(_private(person, "customer", work, language=language, **bound))

        self.write(act)

    def stranger(self, name: str, account: str, language: str) -> None:
        """Somebody whom no row knows yet."""
        self._person(name, account, language, "")

    def _person(self, name: str, account: str, language: str, zone: str) -> Person:
        number = len(self.people) + 1
        self.people[name] = Person(name, f"u{number}", account, language or "en", zone, chat=f"p{number}")
        return self.people[name]

    # acting

    async def act(self, person: Person, body: Body, room: str = "") -> Any:
        """Something this person does, taken in and answered; returns what the platform was told."""
        where = Address("memory", person.account, room) if room else person.address
        adapter = self.adapter(person)
        adapter.opened.add(where.key)
        adapter.blocked.discard(where.key)
        sender = Sender(person.id, person.name, person.language)
        event = Event(f"e{next(self._keys)}", self.clock(), where, sender, body, private=not room)
        answer = await self.service.intake.accept(Update(person.account, event.key, raw(event), where.key))
        await self.settle()
        return answer

    def next_message(self) -> str:
        """An id for a message that a person writes."""
        return f"m{next(self._keys)}"

    def adapter(self, person: Person) -> MemoryAdapter:
        """The bot that this person writes to."""
        return self.staff if person.account == STAFF else self.customers

    def messages(self, person: Person, room: str = "") -> list[Message]:
        """What stands in the chat now, by the bot."""
        where = Address("memory", person.account, room) if room else person.address
        return self.adapter(person).seen(where.key)

    async def settle(self) -> None:
        """Sends and handles everything that is due now."""
        for _ in range(20):
            moved = await self.service.timers.tick()
            for adapter in (self.staff, self.customers):
                moved += await self._flush(adapter)
            if not moved:
                return
        raise AssertionError("the service does not come to rest")

    async def _flush(self, adapter: MemoryAdapter) -> int:
        hold = timedelta(days=3650)
        held = self.database.write(lambda work: leases.take(work, adapter.account, "stage", hold=hold)).result(10)
        assert held is not None
        return await AccountSender(self.database, adapter, Owned(held, hold=1e9), came_back).flush()

    async def until(self, target: datetime) -> None:
        """Moves the clock there, ringing every timer at its own moment."""
        while (due := self.database.write(lambda work: work.timers.next()).result(10)) and due <= target:
            self.clock.now = max(self.clock.now, due)
            await self.settle()
        later = self.clock.now if target < self.clock.now else target.astimezone(UTC)
        self.clock.now = later
        await self.settle()

    def zone(self) -> ZoneInfo:
        """The firm's zone, in which a transcript's times are written."""
        return ZoneInfo(self._zone())

    def _zone(self) -> str:
        firm = self.database.write(lambda work: work.firm(1)).result(10)
        assert firm is not None
        return firm.zone


def _private(person: Person, side: str, work: Work, **values: Any) -> Conversation:
    return Conversation(
        address=person.address.key, platform="memory", account=person.account, side=side, seen=work.now, **values
    )


def named(work: Work, table: type[Any], name: str) -> Any:
    """The id of the member, customer or contact of that name."""
    found = work.first(table, name=name)
    return found.id if found else name


__all__ = ["CUSTOMERS", "STAFF", "Clock", "Customer", "Person", "Stage", "named"]
