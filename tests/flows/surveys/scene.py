"""A small firm on a real database, whose people act through the real handle(); nothing is sent, the outbox is read."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from bot.core.messages import Address, Answer, Answered, Body, Event, Pressed, Said, Sender
from flows import handle as flows
from flows import load
from flows.setup.actions import found_firm
from flows.turn import sign
from store.engine import Database
from store.models import Account, Conversation, Identity, Member, Outbox
from store.work import Work

load()


class Scene:
    """Everybody is at home in a private chat; customers write to the account "customers", members to "staff"."""

    def __init__(self, database: Database, clock: Any) -> None:
        self.database = database
        self.clock = clock
        self.keys = itertools.count(1)
        self.secret = ""
        self.write(self._found)

    def _found(self, work: Work) -> None:
        firm = found_firm(work, name="Northwind", country="CN", language="en", zone="Asia/Shanghai")
        self.secret = firm.secret
        for name, side in (("staff", "member"), ("customers", "customer")):
            work.add(Account(platform="memory", name=name, side=side))

    def write(self, act: Callable[[Work], Any]) -> Any:
        def inside(work: Work) -> Any:
            work.workspace = 1
            result = act(work)
            work.for_good()
            return result

        return self.database.write(inside).result(120)

    def find(self, kind: type[Any], **equals: Any) -> list[Any]:
        return list(self.write(lambda work: work.find(kind, **equals)))

    def member(self, name: str, role: str = "rep") -> int:
        where = Address("memory", "staff", name)

        def act(work: Work) -> int:
            member = work.add(Member(name=name, role=role, home=where.key, joined=work.now))
            work.add(Identity(platform="memory", account="staff", person=name, name=name, member=member.id))
            self._chat(work, where, "member", member=member.id)
            return member.id

        return int(self.write(act))

    def customer(self, name: str, *, owner: int | None = None, chats: int = 1, **values: Any) -> int:
        def act(work: Work) -> int:
            customer = work.customers.add(name, owner=owner, **values)
            for number in range(chats):
                self._bind(work, f"{name}{number or ''}", customer.id)
            return customer.id

        return int(self.write(act))

    def _bind(self, work: Work, person: str, customer: int) -> None:
        work.add(Identity(platform="memory", account="customers", person=person, name=person, customer=customer))
        self._chat(work, Address("memory", "customers", person), "customer", customer=customer)

    def _chat(self, work: Work, where: Address, side: str, **bound: int) -> None:
        values = {"platform": where.platform, "account": where.account, "side": side, "seen": work.now}
        work.add(Conversation(address=where.key, **values, **bound))

    # acting

    def event(self, account: str, person: str, body: Body) -> Event:
        where = Address("memory", account, person)
        return Event(f"e{next(self.keys)}", self.clock(), where, Sender(person, person), body)

    def does(self, account: str, person: str, body: Body) -> Answer | None:
        event = self.event(account, person, body)
        answer: Answer | None = self.database.write(lambda work: flows.handle(work, event)).result(30)
        return answer

    def says(self, account: str, person: str, text: str) -> Answer | None:
        return self.does(account, person, Said(text, f"m{next(self.keys)}"))

    def presses(self, account: str, person: str, press: str) -> Answer | None:
        return self.does(account, person, self.pressed(account, person, press))

    def pressed(self, account: str, person: str, press: str) -> Pressed:
        return Pressed(sign(self.secret, Address("memory", account, person), press), "1")

    def toast(self, account: str, person: str, press: str) -> str:
        answer = self.presses(account, person, press)
        return answer.toast if answer else ""

    def tick(self, **span: float) -> None:
        """Moves the clock and wakes what is due by then."""
        self.clock.forward(**span)

        def act(work: Work) -> None:
            for timer in work.timers.due(limit=100):
                work.timers.end(timer)
                flows.wake(work, timer)

        self.write(act)

    def came_back(self, tell: str, outcome: Any, *, unreachable: str = "") -> None:
        """What the sender reports of a message."""
        event = Event(
            f"o{next(self.keys)}", self.clock(), Address("memory", "customers", ""), Sender(""), Answered(tell, outcome)
        )

        def act(work: Work) -> None:
            if unreachable:
                work.people.set_reachable(Address("memory", "customers", unreachable).key, False)
            flows.came_back(work, 1, event)

        self.write(act)

    def heard(self, account: str, person: str) -> list[str]:
        """What waits for somebody, as plain text."""
        chat = Address("memory", account, person).key
        rows = self.write(lambda work: work.find(Outbox, chat=chat))
        return ["".join(run[0] for run in row.payload["text"]) for row in rows]
