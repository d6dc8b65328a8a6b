"""The stage of a transcript: the real service in houses on real wires, a clock that only we move, and its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import build
from bot.core.messages import Answer, Body, Update
from bot.core.ports import Adapter, Files
from bot.runtime.leases import Owned
from bot.runtime.sender import AccountSender
from bot.runtime.service import Service
from flows.handle import came_back
from flows.reminders.day import plan_brief
from flows.setup.actions import found_firm
from flows.turn import Turn
from store import leases
from store.engine import Database
from store.firms import set_settings
from store.models import Account, Conversation, Customer, Identity, Member
from store.work import Work
from tests.files import KeptFiles
from tests.transcripts.moving import Moving
from tests.transcripts.stages import outside
from tests.transcripts.stages.house import CUSTOMERS, STAFF, House, Impossible, Person, Room, Seen
from tests.transcripts.stages.memory import MemoryHouse


class Clock:
    """Time that stands still until it is moved; with a traveller the whole process's time goes with it."""

    def __init__(self, now: datetime, traveller: Any = None) -> None:
        self._traveller = traveller
        self.now = now

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)
        if self._traveller:
            self._traveller.move_to(self._now, tick=False)

    def __call__(self) -> datetime:
        return self._now


@dataclass
class Stage:
    """A firm and its people, as a transcript gives them; who names no platform lives in the first house that fits."""

    database: Database
    clock: Clock
    houses: Sequence[House] = ()
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: Files = field(default_factory=lambda: KeptFiles())
    moving: Moving | None = None
    service: Service = field(init=False)
    programs: outside.Programs = field(init=False)

    def __post_init__(self) -> None:
        self.houses = self.houses or [MemoryHouse(self.clock)]
        self.programs = outside.Programs(self.database)
        self.start()
        for house in self.houses:
            house.listens(self._accept)

    def start(self) -> None:
        """The service over the same tables, as after a restart."""
        self.database.key = outside.KEY
        self.service = build(self.database, self.adapters, self.files, reveal=outside.KEY.shown)

    def moves(self) -> None:
        """To another deployment, with another database."""
        assert self.moving is not None
        self.database, self.files = self.moving.move(self.database, self.clock)
        self.programs = outside.Programs(self.database)
        self.start()

    @property
    def adapters(self) -> list[Adapter]:
        return [*(adapter for house in self.houses for adapter in house.adapters), self.programs]

    async def _accept(self, update: Update) -> Answer | None:
        """Of the service that runs now: restarts change it."""
        return await self.service.intake.accept(update)

    def found(self, name: str, country: str, language: str, zone: str) -> None:
        """The firm and its bot accounts."""

        def act(work: Work) -> None:
            firm = found_firm(work, name=name, country=country, language=language, zone=zone)
            set_settings(work, firm, seal=outside.KEY.public)
            self._open_accounts(work)

        self.write(act)

    def _open_accounts(self, work: Work) -> None:
        for house in self.houses:
            for account in house.served:
                if work.first(Account, name=account.name) is None:
                    row = Account(platform=house.platform, name=account.name, side=account.side, handle=account.handle)
                    work.add(row)

    async def furnish(self) -> None:
        """The bots of all who came, and the rooms with the bot in them, as they were before the story begins."""
        self.write(self._open_accounts)
        self.start()
        for name in self.rooms:
            room = self.room(name)
            assert room is not None
            await self.house(room.people[0]).furnishes(room)
        await self.settle()

    def write(self, act: Any) -> Any:
        """Runs something in the firm's workspace."""

        def inside(work: Work) -> Any:
            work.workspace = 1
            result = act(work)
            work.for_good()
            return result

        return self.database.write(inside).result(10)

    def member(self, name: str, role: str, language: str, zone: str, platform: str = "") -> None:
        """A member who has already said hello."""
        person = self._person(name, STAFF, language, zone, platform)
        self.house(person).knows(person)

        def act(work: Work) -> None:
            member = work.add(
                Member(name=name, role=role, language=language, zone=zone, home=person.address.key, joined=work.now)
            )
            work.add(_identity(person, member=member.id))
            work.add(_private(person, "member", work, member=member.id, language=language))
            firm = work.firm(work.workspace)
            assert firm is not None
            plan_brief(Turn(work=work, workspace=firm, key=f"stage:{name}"), member)

        self.write(act)

    def customer(
        self, name: str, customer: int, contact: int | None, language: str, zone: str, platform: str = ""
    ) -> None:
        """A customer's person whose chat is bound already."""
        person = self._person(name, CUSTOMERS, language, zone, platform)
        self.house(person).knows(person)

        def act(work: Work) -> None:
            bound = {"customer": customer, "contact": contact}
            work.add(_identity(person, **bound))
            work.add(_private(person, "customer", work, language=language, **bound))

        self.write(act)

    def stranger(self, name: str, side: str, language: str, platform: str = "") -> None:
        """Somebody whom no row knows yet."""
        self._person(name, side, language, "", platform)

    def _person(self, name: str, side: str, language: str, zone: str, platform: str) -> Person:
        found = self._at(platform) if platform else self._for(side)
        person = Person(name, "", found.account(side), language or "en", zone, platform=found.platform, side=side)
        found.meets(person)
        self.people[name] = person
        return person

    # acting

    def house(self, person: Person) -> House:
        """Where this person lives."""
        return self._at(person.platform)

    def _at(self, platform: str) -> House:
        return next(house for house in self.houses if house.platform == platform)

    def _for(self, side: str) -> House:
        found = next((house for house in self.houses if side in house.sides), None)
        if found is None:
            raise Impossible(f"nobody of the {side} lives here")
        return found

    def room(self, name: str) -> Room | None:
        """The room of that name; None for a private chat, whose room has no name."""
        if not name:
            return None
        people = tuple(self.people[person] for person in self.rooms[name])
        return Room(name, people[0].account, people)

    async def act(self, person: Person, body: Body) -> Answer | None:
        """Any event at all, on the memory platform; returns what the platform was told."""
        house = self.house(person)
        assert isinstance(house, MemoryHouse)
        answer = await house.act(person, body)
        await self.settle()
        return answer

    def next_message(self) -> str:
        """An id for a message that a person writes, for `act`."""
        house = self.houses[0]
        assert isinstance(house, MemoryHouse)
        return house.next_message()

    def messages(self, person: Person, room: str = "") -> Sequence[Seen]:
        """What stands in the chat now, by the bot."""
        return self.house(person).shows(person, self.room(room))

    async def settle(self) -> None:
        """Sends and handles everything that is due now."""
        for _ in range(20):
            moved = await self.service.timers.tick() + outside.look(self.database)
            moved += await self.service.jobs.tick() if self.service.jobs else 0
            for adapter in self.adapters:
                moved += await self._flush(adapter)
            if not moved:
                return
        raise AssertionError("the service does not come to rest")

    async def _flush(self, adapter: Adapter) -> int:
        hold = timedelta(days=3650)
        held = self.database.write(lambda work: leases.take(work, adapter.account, "stage", hold=hold)).result(10)
        assert held is not None
        return await AccountSender(self.database, adapter, Owned(held, hold=1e9), came_back, outside.KEY.shown).flush()

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


def _identity(person: Person, **bound: Any) -> Identity:
    return Identity(platform=person.platform, account=person.account, person=person.id, name=person.name, **bound)


def _private(person: Person, side: str, work: Work, **values: Any) -> Conversation:
    where = {"address": person.address.key, "platform": person.platform, "account": person.account}
    return Conversation(**where, side=side, seen=work.now, **values)


def named(work: Work, table: type[Any], name: str) -> Any:
    """The id of the member, customer or contact of that name."""
    found = work.first(table, name=name)
    return found.id if found else name


__all__ = ["CUSTOMERS", "STAFF", "Clock", "Customer", "Person", "Stage", "named"]
