"""A firm whose reminders are handled without a platform: what a press or a timer does, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from bot.core.errors import Problem
from bot.core.messages import Address, Event, Said, Sender
from bot.core.text import Text
from flows import load
from flows.handle import finish, wake
from flows.reminders.actions import TIMER
from flows.setup.actions import found_firm
from flows.turn import Turn
from flows.undo.actions import last, redo, undo, undone_last
from store.engine import Database
from store.models import Conversation, Customer, Member, Reminder, Timer, Workspace
from store.work import Work
from tests.engines import Hands

T = TypeVar("T")


@dataclass
class Firm:
    """Two members with a chat each, in different zones."""

    database: Database
    clock: Hands
    firm: Workspace = field(init=False)
    members: list[Member] = field(init=False)
    turns: int = 0

    def __post_init__(self) -> None:
        load()
        self.firm = self.write(
            lambda work: found_firm(work, name="Firm", country="CN", language="en", zone="Europe/Berlin")
        )
        self.members = [self._member("Ann", "manager", ""), self._member("Bob", "rep", "America/New_York")]

    def _member(self, name: str, role: str, zone: str) -> Member:
        home = f"memory:staff:{name}"

        def act(work: Work) -> Member:
            work.workspace = self.firm.id
            member = work.add(
                Member(name=name, role=role, zone=zone, home=home, quiet_from=0, quiet_until=0, joined=work.now)
            )
            work.add(
                Conversation(
                    address=home, platform="memory", account="staff", side="member", member=member.id, seen=work.now
                )
            )
            return member

        return self.write(act)

    def write(self, act: Callable[[Work], T]) -> T:
        return self.database.write(act).result()

    def rows(self, kind: type[T]) -> list[T]:
        def act(work: Work) -> list[T]:
            work.workspace = self.firm.id
            return work.find(kind)  # type: ignore[type-var]

        return self.write(act)

    def customer(self, name: str) -> Customer:
        def act(work: Work) -> Customer:
            work.workspace = self.firm.id
            return work.customers.add(name, owner=None)

        return self.write(act)

    def does(self, member: Member, act: Callable[[Turn], Any]) -> Any:
        """The act as one turn of the member's that can be undone; None when it was refused."""
        self.turns += 1
        where = Address.of(member.home)
        event = Event(f"e{self.turns}", self.clock.now, where, Sender(member.name), Said("…"))

        def turn(work: Work) -> Any:
            work.workspace = self.firm.id
            made = Turn(work, self.firm, f"t{self.turns}", event, where, member=work.get(Member, member.id))
            found = act(made)
            made.did(Text(("act",)), "card")
            finish(made)
            return found

        try:
            return self.write(turn)
        except Problem:
            return None

    def undoes(self, member: Member) -> None:
        def act(turn: Turn) -> None:
            change = last(turn)
            if change is not None:
                undo(turn, change)
                turn.work.for_good()

        self.does(member, act)

    def redoes(self, member: Member) -> None:
        def act(turn: Turn) -> None:
            change = undone_last(turn)
            if change is not None:
                redo(turn, change)
                turn.work.for_good()

        self.does(member, act)

    def looks(self, member: Member, act: Callable[[Turn], Any]) -> Any:
        """The act as a turn that leaves nothing to undo; None when it was refused."""

        def turn(work: Work) -> Any:
            work.workspace = self.firm.id
            return act(Turn(work, self.firm, "look", member=work.get(Member, member.id)))

        try:
            return self.write(turn)
        except Problem:
            return None

    def tick(self, **span: float) -> None:
        """The clock moves, and everything that is due is handled."""
        self.clock.forward(**span)
        self.ring()

    def ring(self) -> None:
        def act(work: Work) -> int:
            due = work.timers.due(limit=500)
            for timer in due:
                if work.timers.end(timer):
                    wake(work, timer)
            return len(due)

        while self.write(act):
            pass

    def waiting(self, reminder: Reminder) -> list[Timer]:
        return [
            t for t in self.rows(Timer) if t.kind == TIMER and t.subject == str(reminder.id) and t.state == "waiting"
        ]

    def messages(self) -> list[str]:
        """What was said to anybody, oldest first."""

        def act(work: Work) -> list[str]:
            work.cursor.execute("SELECT payload FROM outbox ORDER BY id")
            import json

            return ["".join(run[0] for run in json.loads(row[0])["text"]) for row in work.cursor.fetchall()]

        return self.write(act)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
