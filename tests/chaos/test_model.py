"""Customers, what is said of them, reminders and messages against a plain model, with updates in any order and again.

Each person's chat has a window: what happened in it is handed over in any order, some of it twice, by an intake as the
service has it; the model does it all in the order in which it happened. Then time passes, a sender dies in the middle
of sending, and another one sends the rest.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from adapters.memory import MemoryAdapter
from adapters.memory.parse import raw
from bot.app import HANDLERS
from bot.core.messages import Address, Body, Command, Edited, Event, Said, Sender, Update, Urgency
from bot.runtime.intake import Intake
from bot.runtime.leases import Owned
from bot.runtime.sender import AccountSender
from bot.runtime.timers import Timers
from flows import handle
from flows.handle import came_back, wake
from store import leases
from store.engine import open_database
from store.inbound import Updates
from store.models import Activity, Customer, Member, Outbox, Reminder
from store.work import Work
from tests.engines import Hands, fresh
from tests.figures import Told
from tests.flows.surveys.scene import Scene
from tests.machines import walk

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""
PEOPLE, FIRMS = ("Ann", "Bob"), ("Acme", "Globex", "Initech")
KINDS = {"Called": "call", "Visited": "visit", "Emailed": "email"}
WORDS = ("likes the demo", "wants the blue one", "asked for a list of prices", "is happy with us")
WINDOW = 5


@dataclass
class Model:
    """What must be true, in the plainest words: each line by its message, each reminder by its text."""

    customers: set[str] = field(default_factory=lambda: set(FIRMS))
    lines: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Message → (customer, text)."""
    reminders: dict[str, datetime] = field(default_factory=dict)
    rung: set[str] = field(default_factory=set)


class World(RuleBasedStateMachine):
    """Two members of a firm; every rule is something that happens to them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.clock = Hands(MONDAY)
        self.database = open_database(self.stack.enter_context(fresh("sqlite", folder)), self.clock)
        self.stack.callback(self.database.close)
        self.scene = Scene(self.database, self.clock)
        for person in PEOPLE:
            self.scene.member(person)
        self.scene.write(_settled)
        self.platform = MemoryAdapter("staff")
        self.platform.capabilities = replace(self.platform.capabilities, private_first=True)
        self.intake = Intake(self.database, {"staff": self.platform}, HANDLERS)
        self.model = Model()
        self.windows: dict[str, list[Update]] = {person: [] for person in PEOPLE}
        self.delivered: list[Update] = []
        self.numbers = 0

    def teardown(self) -> None:
        self.stack.close()

    # what happens

    @rule(
        who=st.sampled_from(PEOPLE),
        verb=st.sampled_from(sorted(KINDS)),
        firm=st.sampled_from(FIRMS),
        words=st.sampled_from(WORDS),
    )
    def says(self, who: str, verb: str, firm: str, words: str) -> None:
        text = f"{verb} {firm}, {words}, no {self._number()}"
        message = f"m{self.numbers}"
        self.model.lines[f"{who}#{message}"] = (firm, text)
        self._happens(who, Said(text, message))

    @precondition(lambda self: self.model.lines)
    @rule(which=st.integers(0, 3), firm=st.sampled_from(FIRMS), words=st.sampled_from(WORDS))
    def edits(self, which: int, firm: str, words: str) -> None:
        """One of the last ones, which may not have arrived yet."""
        source = list(self.model.lines)[-1 - which % len(self.model.lines)]
        verb = self.model.lines[source][1].partition(" ")[0]
        text = f"{verb} {firm}, {words}, no {self._number()}"
        self.model.lines[source] = (firm, text)
        who, _sep, message = source.partition("#")
        self._happens(who, Edited(message, text))

    @rule(who=st.sampled_from(PEOPLE), hours=st.integers(2, 30), firm=st.sampled_from(FIRMS))
    def asks_to_be_reminded(self, who: str, hours: int, firm: str) -> None:
        """By the wall clock of their firm, as people do."""
        due = (self.clock.now + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
        local = due + timedelta(hours=8)
        text = f"send it no {self._number()}"
        self.model.reminders[text] = due
        self._happens(who, Said(f"remind me {local:%Y-%m-%d %H:%M} {text}", f"m{self.numbers}"))

    @rule(who=st.sampled_from(PEOPLE), name=st.sampled_from(("Umbrella", "Hooli", "Stark")))
    def adds(self, who: str, name: str) -> None:
        """Alone in the window: what is said of a customer before they are known is a question back."""
        if name in self.model.customers:
            return
        self.arrives(who, [], 0)
        self.model.customers.add(name)
        self._happens(who, Command("add", name, f"m{self._number()}"))
        self.arrives(who, [], 0)

    # how it arrives

    @rule(who=st.sampled_from(PEOPLE), order=st.permutations(range(WINDOW)), again=st.integers(0, 3))
    def arrives(self, who: str, order: Sequence[int], again: int) -> None:
        """The window in any order, then some of what was handed over before once more."""
        waiting, self.windows[who] = self.windows[who], []
        if order:
            waiting = [waiting[place] for place in order if place < len(waiting)]
        for update in (*waiting, *self.delivered[len(self.delivered) - again :]):
            self._takes(update)

    @rule(hours=st.sampled_from((0.5, 3, 26)))
    def time_passes(self, hours: float) -> None:
        for who in PEOPLE:
            self.arrives(who, [], 0)
        self.clock.forward(hours=hours)
        for _ in range(2):
            asyncio.run(Timers(self.database, wake).tick())
        self.model.rung |= {text for text, due in self.model.reminders.items() if due <= self.clock.now}

    @rule(dies_with=st.integers(0, 3))
    def is_sent(self, dies_with: int) -> None:
        """By one who dies with some of it in hand, and by who comes after."""
        first = self._held("one")
        self.scene.write(lambda work: work.outbox.claim("staff", epoch=first.epoch, limit=dies_with, resting=()))
        sender = AccountSender(self.database, self.platform, Owned(self._held("two"), hold=60), came_back)
        asyncio.run(sender.flush())

    # what must be so

    @invariant()
    def what_has_arrived_is_what_happened(self) -> None:
        if any(self.windows.values()):
            return
        names = {row.id: row.name for row in self.scene.find(Customer)}
        assert Counter(names.values()) == Counter(self.model.customers)
        rows = self.scene.find(Activity)
        found = {row.source.removeprefix("memory:staff:"): (names[row.customer], row.text) for row in rows}
        assert len(found) == len(rows), "a line is there twice"
        assert found == self.model.lines
        reminders = self.scene.find(Reminder)
        assert {row.text: row.due for row in reminders} == self.model.reminders
        assert len(reminders) == len(self.model.reminders)
        assert {row.text for row in reminders if row.rung} == self.model.rung
        assert self.scene.write(lambda work: work.updates.parked()) == []

    @invariant()
    def each_message_is_there_once_and_none_is_stuck(self) -> None:
        rows = self.scene.find(Outbox)
        assert len({row.key for row in rows}) == len(rows)
        over = [row for row in rows if row.expires < self.clock.now]
        assert {row.state for row in rows} <= {"pending", "claimed", "sent", *(row.state for row in over)}
        assert {row.state for row in over} <= {"pending", "claimed", "sent", "dead"}
        told = [_words(row) for row in rows if row.lane == Urgency.REMINDER]
        for text in self.model.rung:
            assert sum(len(re.findall(rf"{text}(?!\d)", one)) for one in told) == 1, (text, told)

    # by which means

    def _number(self) -> int:
        self.numbers += 1
        return self.numbers

    def _happens(self, who: str, body: Body) -> None:
        """Noted by the platform in the second in which it happens."""
        at = self.clock.forward(seconds=1)
        where = Address("memory", "staff", who)
        event = Event(f"u{self._number()}", at, where, Sender(who, who), body)
        self.windows[who].append(Update("staff", event.key, raw(event), lane=who))
        if len(self.windows[who]) >= WINDOW:
            self.arrives(who, [4, 1, 3, 0, 2], 1)

    def _takes(self, update: Update) -> None:
        asyncio.run(self._accepted(update))
        self.delivered.append(update)

    async def _accepted(self, update: Update) -> None:
        await self.intake.accept(update)

    def _held(self, owner: str) -> leases.Held:
        def act(work: Work) -> leases.Held:
            if last := leases.holder(work, "staff"):
                leases.release(work, last)
            held = leases.take(work, "staff", owner, hold=HOLD)
            assert held is not None
            return held

        return self.scene.write(act)  # type: ignore[no-any-return]


HOLD = timedelta(seconds=15)


def _settled(work: Work) -> None:
    """The firm has customers, and nobody is left in peace at night."""
    for member in work.find(Member):
        work.change(member, quiet_from=0, quiet_until=0)
    for name in FIRMS:
        work.customers.add(name, owner=None)


def _words(row: Any) -> str:
    return "".join(run[0] for run in row.payload["text"])


def test_any_order_of_updates_leaves_what_happened() -> None:
    walk(World, 10, 25)


@pytest.mark.slow
def test_a_thousand_orders_of_fifty_do(told: Told) -> None:
    walk(World, 1000, 50)
    told("model: 1000 examples of 50 steps, 0 differences")


def test_the_model_sees_an_edit_that_comes_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handle, "in_order", lambda turn, event: event)
    with pytest.raises(AssertionError):
        walk(World, 30, 20, Phase.generate)


def test_the_model_sees_an_update_that_is_taken_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by its name alone: the keys of what is made of it would stop it too."""
    take, parse, names = Updates.take, MemoryAdapter.parse, count()

    def nameless(self: MemoryAdapter, text: str) -> Sequence[Event]:
        return [replace(event, key=f"{event.key}-{next(names)}") for event in parse(self, text)]

    monkeypatch.setattr(Updates, "take", lambda self, update, **how: take(self, update, **how) or True)
    monkeypatch.setattr(MemoryAdapter, "parse", nameless)
    with pytest.raises(AssertionError):
        walk(World, 30, 20, Phase.generate)
