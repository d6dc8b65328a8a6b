"""Requests come, people come and go: everything has an owner or waits in sight, and nothing is passed around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from flows import load
from flows.handle import finish, wake
from flows.routing import actions
from flows.routing.actions import people
from flows.routing.duty import come_back, leave
from flows.routing.rules import Person
from flows.setup.actions import found_firm
from flows.tickets.actions import open_ticket, solve
from flows.tickets.closing import told
from flows.tickets.facts import CustomerSaid, TicketOpened
from flows.turn import Turn
from store.engine import Database, open_database
from store.firms import set_settings
from store.models import Customer, Line, Member, Ticket
from store.work import Work
from tests.engines import Hands, fresh

LIMIT = 3
SKILLS = ("", "", "fault", "complaint zh", "vip", "en question")


@dataclass
class Office:
    """A firm with reps of several skills, and a record of who had what, kept beside the tables."""

    database: Database
    clock: Hands
    random: Random
    turns: int = 0
    owners: dict[int, int | None] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    """Ticket → how often it went on by itself since a person last decided."""

    def __post_init__(self) -> None:
        load()
        self.write(self._found)

    def _found(self, work: Work) -> None:
        firm = found_firm(work, name="Firm", country="DE", language="en", zone="Europe/Berlin")
        work.workspace = firm.id
        set_settings(work, firm, load=LIMIT, accept=15)
        reps = [
            work.add(Member(name=f"Rep {n}", role="rep", skills=skills, joined=work.now))
            for n, skills in enumerate(SKILLS)
        ]
        work.add(Member(name="Max", role="manager", joined=work.now))
        for rep, other in pairwise(reps):
            work.change(rep, deputy=other.id)
        for n in range(12):
            work.customers.add(f"Customer {n}", owner=reps[n % 4].id if n % 3 else None)

    def write(self, act: Callable[[Work], Any]) -> Any:
        def inside(work: Work) -> Any:
            work.workspace = 1
            result = act(work)
            work.for_good()
            return result

        return self.database.write(inside).result(30)

    def turn(self, work: Work, member: Member | None = None) -> Turn:
        firm = work.firm(1)
        assert firm is not None
        self.turns += 1
        return Turn(work=work, workspace=firm, key=f"t{self.turns}", member=member)

    # what happens

    def arrives(self, work: Work) -> None:
        turn, pick = self.turn(work), self.random.choice
        customer = pick(work.find(Customer))
        kind, priority = pick(("question", "fault", "complaint")), pick((1, 3, 3, 3, 4))
        open_ticket(turn, customer, "words", kind=kind, priority=priority)
        finish(turn)

    def goes_or_comes(self, work: Work) -> None:
        member = self.random.choice([m for m in work.find(Member) if m.role == "rep"])
        turn = self.turn(work, member)
        if member.duty == "on":
            leave(turn, member)
        else:
            come_back(turn, member)
        finish(turn)

    def solves(self, work: Work) -> None:
        if owned := [ticket for ticket in work.desk.open() if ticket.owner]:
            ticket = self.random.choice(owned)
            turn = self.turn(work, work.get(Member, ticket.owner or 0))
            ticket = solve(turn, ticket)
            told(turn, ticket)  # else whoever solved a complaint hears every day that the customer must know
            finish(turn)

    def customer_writes(self, work: Work) -> None:
        if there := work.desk.open():
            ticket, turn = self.random.choice(there), self.turn(work)
            line = work.add(Line(ticket=ticket.id, kind="in", at=work.now, text="and when?"))
            turn.tell(CustomerSaid(ticket.id, line.id))
            finish(turn)

    def time_passes(self) -> None:
        self.clock.now += timedelta(minutes=self.random.choice((1, 5, 20, 60, 600)))
        while self.write(self._one_timer):
            self.check(settled=False)
        self.check()

    def _one_timer(self, work: Work) -> bool:
        for timer in work.timers.due(limit=1):
            work.timers.end(timer)
            wake(work, timer)
            return True
        return False

    # what must hold

    def check(self, *, settled: bool = True) -> None:
        """Everything that holds at any moment, and what holds once all that is due has rung."""
        self.write(lambda work: self._check(work, settled=settled))

    def _check(self, work: Work, *, settled: bool) -> None:
        turn, there = self.turn(work), work.desk.open()
        queue = work.desk.queue()
        now = people(turn)
        assert all(ticket.owner in now or ticket in queue for ticket in there)
        given = [ticket for ticket in there if ticket.owner != self.owners.get(ticket.id)]
        for ticket in given:
            self._given(ticket, queue)
        assert all(person.load <= LIMIT for person in now.values())
        assert not (settled and queue and any(person.free for person in now.values() if person.role == "rep"))
        assert queue == sorted(queue, key=lambda ticket: (ticket.priority, ticket.opened, ticket.id))
        self.owners = {ticket.id: ticket.owner for ticket in there}

    def _given(self, ticket: Ticket, queue: list[Ticket]) -> None:
        """It came out of the queue in its order, or went on by itself for the first time."""
        before = self.owners.get(ticket.id)
        if before is None and ticket.owner is not None:
            older = [other for other in queue if _place(other) < _place(ticket)]
            assert older == []
        elif before is not None:
            self.moved[ticket.id] = self.moved.get(ticket.id, 0) + 1
            assert ticket.owner is not None
            assert self.moved[ticket.id] <= 1


def _place(ticket: Ticket) -> tuple[int, datetime, int]:
    return ticket.priority, ticket.opened, ticket.id


def run(folder: Path, arrivals: int, seed: int) -> Office:
    with fresh("sqlite", folder) as url:
        clock = Hands(datetime(2026, 3, 2, 7, tzinfo=UTC))
        database = open_database(url, clock)
        office, came = Office(database, clock, Random(seed)), 0
        acts = (*2 * (office.arrives,), *5 * (office.solves,), office.goes_or_comes, office.customer_writes)
        while came < arrivals:
            act = office.random.choice(acts)
            office.write(act)
            office.check()
            came += act == office.arrives
            if office.random.random() < 0.5:
                office.time_passes()
        database.close()
        return office


def test_arrivals(tmp_path: Path) -> None:
    assert run(tmp_path, 150, 1).moved


@pytest.mark.slow
def test_ten_thousand_arrivals(tmp_path: Path) -> None:
    assert len(run(tmp_path, 10_000, 2).moved) > 100


# red proofs


def _takes_more_than_they_may(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Person, "free", property(lambda self: self.here))


def _goes_on_and_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(actions, "moved_by_itself", lambda stays: 0)


def _jumps_the_queue(patch: pytest.MonkeyPatch) -> None:
    """The newest goes to whoever can take any at all, past what waits for the same person."""

    def opened(turn: Turn, fact: TicketOpened) -> None:
        ticket, now = turn.work.desk.get(fact.ticket), people(turn)
        here = [person for person in now.values() if person.here and person.role == "rep"]
        if ticket is not None and here:
            actions.assign(turn, ticket, min(here, key=lambda person: person.load).id, automatic=True)

    patch.setattr(actions, "opened", opened)


def _is_left_lying(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks at the queue when somebody comes back or has a place again."""
    patch.setattr(actions, "moved", lambda turn, fact: None)


@pytest.mark.parametrize(
    "mistake",
    [_takes_more_than_they_may, _goes_on_and_on, _jumps_the_queue, _is_left_lying],
    ids=lambda act: act.__name__,
)
def test_a_mistake_is_seen(
    mistake: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake(monkeypatch)
    with pytest.raises(AssertionError):
        run(tmp_path, 150, 1)
