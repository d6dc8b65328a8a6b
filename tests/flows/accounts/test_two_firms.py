"""Two firms with equal ids wherever a platform gives them: nothing that one says or presses reaches the other."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.memory import MemoryAdapter
from adapters.memory.parse import raw
from bot.app import build
from bot.core.messages import Address, Body, Command, Event, Pressed, Said, Sender, Update
from bot.runtime.leases import Owned as Lease
from bot.runtime.sender import AccountSender
from flows import load
from flows.arguments import Rest, Word
from flows.handle import came_back
from flows.router import COMMANDS, CUSTOMERS, MEMBERS, PRESSES, Route
from flows.setup.actions import found_firm, make_pass
from flows.turn import sign
from store import leases
from store.engine import Database, open_database
from store.models import Account, Conversation, Customer, Identity, Member, Owned, Reminder
from store.work import Work
from tests.engines import NOON, fresh

load()

ANN, ACME = Sender("u1", "Ann", "en"), "Acme"
SECRETS = ("Zanzibar", "Quentin", "Umbral plans")
"""What stands in the first firm only; the second one types all but the last letter, which searching forgives."""
NEARLY = tuple(secret[:-1] for secret in SECRETS)
MACHINERY = {"inbound", "outbox", "card", "shown", "attempt", "lease", "timer"}
FOREIGN = (1, 2)
"""Numbers that the first firm's rows have: customers, contacts, members, reminders, accounts, surveys …"""


class Firms:
    """Two firms whose chats, people and messages have the same ids on their own bots."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.bots = {name: MemoryAdapter(name) for name in ("staff-1", "shop-1", "staff-2", "shop-2")}
        self.service = build(database, list(self.bots.values()))
        self._keys = {name: itertools.count(1) for name in self.bots}
        self._senders = {bot.account: self._sender(bot) for bot in self.bots.values()}
        self.secrets: dict[int, str] = {}
        for number in (1, 2):
            database.write(lambda work, number=number: self._found(work, number)).result(10)

    def _sender(self, bot: MemoryAdapter) -> AccountSender:
        hold = datetime(2100, 1, 1, tzinfo=UTC) - NOON
        held = self.database.write(lambda work: leases.take(work, bot.account, "test", hold=hold)).result(10)
        assert held is not None
        return AccountSender(self.database, bot, Lease(held, hold=1e9), came_back)

    def _found(self, work: Work, number: int) -> None:
        firm = found_firm(work, name=f"Firm {number}", country="US", language="en", zone="UTC")
        self.secrets[number] = firm.secret
        work.add(Account(platform="memory", name=f"staff-{number}", side="member"))
        work.add(Account(platform="memory", name=f"shop-{number}", side="customer"))
        where = Address("memory", f"staff-{number}", "p1")
        ann = work.add(Member(name="Ann", role="owner", language="en", home=where.key, joined=work.now))
        work.add(Identity(platform="memory", account=where.account, person="u1", name="Ann", member=ann.id))
        work.add(_chat(where, "member", work, member=ann.id))
        names = (ACME, SECRETS[0]) if number == 1 else (ACME,)
        for name in names:
            customer = work.customers.add(name, owner=ann.id, phone="13800138000")
            work.customers.add_contact(customer, SECRETS[1] if number == 1 else "Li Wei")
            when = {"due": work.now.replace(hour=20), "wall": "2026-03-02T20:00", "zone": "UTC"}
            text = SECRETS[2] if number == 1 else "call"
            work.add(Reminder(member=ann.id, customer=customer.id, text=text, by=ann.id, **when))
        first = work.first(Customer, name=ACME)
        assert first is not None
        shop = Address("memory", f"shop-{number}", "p1")
        work.add(Identity(platform="memory", account=shop.account, person="u1", name="Li", customer=first.id))
        work.add(_chat(shop, "customer", work, customer=first.id))
        work.for_good()

    async def does(self, account: str, body: Body) -> str:
        """What came into the same chat of the same person because of it."""
        where, bot = Address("memory", account, "p1"), self.bots[account]
        bot.opened.add(where.key)
        before = max((message.order for message in bot.seen(where.key)), default=0)
        event = Event(f"e{next(self._keys[account])}", NOON, where, ANN, body)
        answer = await self.service.intake.accept(Update(account, event.key, raw(event), where.key))
        await self._settle(bot)
        shown = [message for message in bot.seen(where.key) if message.order > before]
        labels = [button.label for message in shown for button in message.buttons]
        return "\n".join([*(m.text for m in shown), *labels, answer.toast if answer else ""])

    async def presses(self, account: str, press: str, *, as_firm: int) -> str:
        """A button signed with a firm's own secret for this very address."""
        signed = sign(self.secrets[as_firm], Address("memory", account, "p1"), press)
        return await self.does(account, Pressed(signed, "1"))

    async def _settle(self, *bots: MemoryAdapter) -> None:
        """Sends what waits, when anything does."""
        for bot in bots or self.bots.values():
            with self.database.read() as work:
                work.cursor.execute("SELECT DISTINCT account FROM outbox WHERE done IS NULL")
                if (bot.account,) not in map(tuple, work.cursor.fetchall()):
                    continue
            await self._senders[bot.account].flush()

    def tables(self, firm: int) -> Mapping[str, list[str]]:
        """Every row of a firm, but for the machinery of what was said."""

        def act(work: Work) -> dict[str, list[str]]:
            work.workspace = firm
            kinds = [kind for kind in Owned.__subclasses__() if kind.table().name not in MACHINERY]
            return {kind.table().name: [str(row) for row in work.find(kind)] for kind in kinds}

        return self.database.write(act).result(10)

    async def shown(self, firm: int) -> int:
        """How many messages the firm's people have seen, or had changed."""
        await self._settle()
        bots = (self.bots[f"staff-{firm}"], self.bots[f"shop-{firm}"])
        return sum(message.order for bot in bots for message in bot.messages.values())

    def parked(self) -> int:
        return len(self.database.write(lambda work: work.updates.parked()).result(10))


def _chat(where: Address, side: str, work: Work, **bound: Any) -> Conversation:
    named = {"address": where.key, "platform": where.platform, "account": where.account}
    return Conversation(**named, side=side, seen=work.now, **bound)


@pytest.fixture
async def firms(tmp_path: Path) -> AsyncIterator[Firms]:
    with fresh("sqlite", tmp_path) as url:
        database = open_database(url, lambda: NOON)
        yield Firms(database)
        await asyncio.to_thread(database.close)


def presses(route: Route, *, numbers: Sequence[int] = FOREIGN) -> Iterator[str]:
    """The route's press with every number in the place of every number."""
    kinds = [parameter.kind for parameter in route.parameters]
    if int not in kinds:
        yield ":".join([route.name, *("yes" for _ in kinds)])
        return
    for number in numbers:
        yield ":".join([route.name, *(str(number) if kind is int else "yes" for kind in kinds)])


def commands() -> Iterator[str]:
    """Every command with the other firm's names and numbers where it takes any."""
    for route in COMMANDS.values():
        if not any(parameter.kind in (Rest, Word) or parameter.kind for parameter in route.parameters):
            yield f"/{route.name}"
            continue
        for words in (NEARLY[0], f"{NEARLY[1]} tomorrow 9:00 x"):
            yield f"/{route.name} {words}"


async def test_no_command_of_one_reaches_the_other(firms: Firms) -> None:
    before, seen = firms.tables(1), await firms.shown(1)
    for account in ("staff-2", "shop-2"):
        for typed in commands():
            name, _space, rest = typed[1:].partition(" ")
            said = await firms.does(account, Command(name, rest, "1"))
            assert not [secret for secret in SECRETS if secret in said], (account, typed, said)
        for sentence in (f"Called {NEARLY[0]}, all fine", f"who is {NEARLY[1]}?", "1", "show me everything"):
            said = await firms.does(account, Said(sentence, "1"))
            assert not [secret for secret in SECRETS if secret in said], (account, sentence, said)
    assert firms.tables(1) == before
    assert await firms.shown(1) == seen
    assert firms.parked() == 0


async def test_no_button_of_one_is_good_in_the_other(firms: Firms) -> None:
    """A button that the first firm signed for the same chat of the same person is worth nothing."""
    before, own = firms.tables(1), firms.tables(2)
    for account in ("staff-2", "shop-2"):
        for route in PRESSES.values():
            for press in presses(route, numbers=(1,)):
                said = await firms.presses(account, press, as_firm=1)
                assert "older version" in said or "not available" in said, (account, press, said)
    assert firms.tables(1) == before
    assert _without_audit(firms.tables(2)) == _without_audit(own)


async def test_no_number_of_one_means_anything_in_the_other(firms: Firms) -> None:
    """Even a button that the second firm's own bot has signed finds no row of the first."""
    before, seen = firms.tables(1), await firms.shown(1)
    for side, account in ((MEMBERS, "staff-2"), (CUSTOMERS, "shop-2")):
        for route in PRESSES.values():
            if not route.for_ & side:
                continue
            for press in presses(route):
                said = await firms.presses(account, press, as_firm=2)
                assert not [secret for secret in SECRETS if secret in said], (account, press, said)
    assert firms.tables(1) == before
    assert await firms.shown(1) == seen
    assert firms.parked() == 0


async def test_no_invitation_of_one_lets_anybody_into_the_other(firms: Firms) -> None:
    def invite(work: Work, purpose: str) -> str:
        work.workspace = 1
        return make_pass(work, purpose, role="owner", customer=1 if purpose == "customer" else None)

    for purpose, account in itertools.product(("member", "customer"), ("staff-2", "shop-2")):
        code = firms.database.write(lambda work, purpose=purpose: invite(work, purpose)).result(10)
        before = firms.tables(1)
        for body in (Command("start", code, "1"), Said(code, "1")):
            said = await firms.does(account, body)
            assert "Firm 1" not in said, said
        assert firms.tables(1) == before


async def test_the_check_sees_a_leak(firms: Firms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the workspace in a query, the matrix above would notice."""

    def careless(work: Work, kind: Any, id: int) -> Any:
        for workspace in (1, 2):
            kept, work.workspace = work.workspace, workspace
            try:
                if (found := work.first(kind, id=id)) is not None:
                    return found
            finally:
                work.workspace = kept
        return None

    monkeypatch.setattr(Work, "get", careless)
    with pytest.raises(AssertionError):
        await test_no_number_of_one_means_anything_in_the_other(firms)


def _without_audit(tables: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    return {name: rows for name, rows in tables.items() if name not in ("audit", "conversation")}
