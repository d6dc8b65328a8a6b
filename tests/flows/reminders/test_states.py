"""Whatever is done to reminders: each is in exactly one state, a series is never bent, and each waits once."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from flows.reminders import actions, colleagues
from flows.reminders.rules import next_ring
from store.engine import open_database
from store.models import Reminder
from tests.engines import Hands, fresh
from tests.flows.reminders.firm import Firm
from tests.machines import walk

RULES = ("", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=31")
START = datetime(2026, 3, 27, 10, tzinfo=UTC)
"""Two days before the clocks change in Berlin."""


class Reminders(RuleBasedStateMachine):
    """Two colleagues, a clock, and every act."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        clock = Hands(START)
        database = open_database(self.stack.enter_context(fresh("sqlite", folder)), clock)
        self.stack.callback(database.close)
        self.firm = Firm(database, clock)
        self.series: dict[int, tuple[str, str]] = {}

    def teardown(self) -> None:
        self.stack.close()

    def _pick(self, number: int) -> Reminder | None:
        rows = [row for row in self.firm.rows(Reminder) if row.state == "open"]
        return rows[number % len(rows)] if rows else None

    @rule(who=st.integers(0, 1), to=st.integers(0, 1), repeat=st.sampled_from(RULES), hours=st.integers(1, 60))
    def set(self, who: int, to: int, repeat: str, hours: int) -> None:
        due, member = self.firm.clock.now + timedelta(hours=hours), self.firm.members[to]
        made = self.firm.does(
            self.firm.members[who], lambda turn: actions.set_reminder(turn, member, due, "x", rule=repeat, source="s")
        )
        self.series.pop(made.id, None)
        if repeat:
            self.series[made.id] = (made.wall, made.rule)

    @rule(number=st.integers(0, 9), who=st.integers(0, 1), hours=st.integers(1, 80))
    def put_off(self, number: int, who: int, hours: int) -> None:
        if found := self._pick(number):
            due = self.firm.clock.now + timedelta(hours=hours)
            member = self.firm.members[who]
            self.firm.does(member, lambda turn: actions.ring_at(turn, actions.mine(turn, found.id), due))

    @rule(number=st.integers(0, 9), who=st.integers(0, 1))
    def done(self, number: int, who: int) -> None:
        if found := self._pick(number):
            self.firm.does(self.firm.members[who], lambda turn: actions.done(turn, actions.mine(turn, found.id)))

    @rule(number=st.integers(0, 9), who=st.integers(0, 1), yes=st.booleans())
    def answer(self, number: int, who: int, yes: bool) -> None:
        if found := self._pick(number):
            act = colleagues.take if yes else colleagues.refuse
            self.firm.does(self.firm.members[who], lambda turn: act(turn, found.id))

    @rule(number=st.integers(0, 9), who=st.integers(0, 1))
    def remove(self, number: int, who: int) -> None:
        if found := self._pick(number):
            member = self.firm.members[who]
            self.firm.does(member, lambda turn: actions.remove_reminder(turn, actions.mine(turn, found.id)))

    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        self.firm.undoes(self.firm.members[who])

    @rule(hours=st.sampled_from((0.5, 3, 26, 24 * 8, -1)))
    def time_passes(self, hours: float) -> None:
        self.firm.tick(hours=hours)

    @invariant()
    def each_is_in_one_state_and_waits_once(self) -> None:
        for row in self.firm.rows(Reminder):
            waiting = self.firm.waiting(row)
            assert row.state in ("open", "done", "cancelled")
            assert len(waiting) <= 1, (row, waiting)
            if row.state == "open" and (row.rung is None or row.due > row.rung):
                assert [timer.due for timer in waiting] == [row.due], row
            elif row.state != "open":
                assert waiting == [], row

    @invariant()
    def a_series_is_never_bent(self) -> None:
        for row in self.firm.rows(Reminder):
            if row.id in self.series and row.state == "open":
                assert (row.wall, row.rule) == self.series[row.id]
                just_before = row.due - timedelta(seconds=1)
                assert next_ring(row.wall, row.rule, ZoneInfo(row.zone), just_before) == row.due


def test_any_sequence_of_acts_leaves_reminders_whole() -> None:
    walk(Reminders, 12, 15)


@pytest.mark.slow
def test_a_great_many_sequences_do() -> None:
    walk(Reminders, 40, 25)
