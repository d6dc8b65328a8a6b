"""Reminders as they run: many at once, after downtime, with a clock that jumps, through colleagues, past patience."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from flows.customers.actions import touched
from flows.reminders import actions, anchors, colleagues
from flows.undo.actions import redo, undone_last
from store.engine import Database
from store.models import Reminder
from tests.engines import Hands
from tests.flows.reminders.firm import Firm

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""Eight in the morning in Berlin."""


@pytest.fixture
def firm(database: Database, clock: Hands) -> Firm:
    clock.now = MONDAY
    return Firm(database, clock)


def _set(firm: Firm, due: datetime, text: str = "call", **more: object) -> Reminder:
    ann = firm.members[0]
    made: Reminder = firm.does(ann, lambda turn: actions.set_reminder(turn, ann, due, text, **more))  # type: ignore[arg-type]
    return made


def test_thirty_at_nine_are_one_message(firm: Firm) -> None:
    for number in range(30):
        _set(firm, MONDAY + timedelta(hours=1), f"call {number}")
    firm.tick(hours=1)
    firm.tick(minutes=10)
    assert [text.splitlines()[0] for text in firm.messages()] == ["30 reminders"]
    assert sum(row.rung is not None for row in firm.rows(Reminder)) == 30


def test_after_a_day_of_downtime_each_comes_once_and_says_that_it_is_late(firm: Firm) -> None:
    _set(firm, MONDAY + timedelta(hours=1), "once")
    _set(firm, MONDAY + timedelta(hours=2), "daily", rule="FREQ=DAILY")
    firm.tick(hours=26)
    firm.tick(minutes=1)
    late = firm.messages()
    assert [text.splitlines()[0] for text in late] == ["Reminder: once", "Reminder: daily"]
    assert all("This was due" in text for text in late)
    firm.tick(hours=24)
    assert [text.splitlines()[0] for text in firm.messages()][2:] == ["Reminder: daily"]


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=1)])
def test_a_clock_that_jumps_loses_and_doubles_nothing(firm: Firm, jump: timedelta) -> None:
    _set(firm, MONDAY + timedelta(minutes=30), "before")
    _set(firm, MONDAY + timedelta(hours=2), "after")
    firm.tick(minutes=40)
    firm.clock.now += jump
    firm.ring()
    for _ in range(8):
        firm.tick(minutes=30)
    assert sorted(text.splitlines()[0] for text in firm.messages()) == ["Reminder: after", "Reminder: before"]


def test_any_contact_starts_the_count_anew(firm: Firm) -> None:
    acme, ann = firm.customer("Acme"), firm.members[0]
    at = MONDAY.replace(hour=8)
    made = firm.does(ann, lambda turn: anchors.set_counted(turn, ann, acme.id, at, "check in", anchor="touch", away=14))
    assert made.due == datetime(2026, 3, 16, 8, tzinfo=UTC)
    firm.tick(days=10)
    firm.does(ann, lambda turn: touched(turn, turn.work.customers.get(acme.id), inbound=True))
    assert firm.rows(Reminder)[0].due == datetime(2026, 3, 26, 8, tzinfo=UTC)
    firm.tick(days=16)
    assert len(firm.messages()) == 1
    assert firm.rows(Reminder)[0].due == datetime(2026, 4, 9, 7, tzinfo=UTC), "14 days on, at nine by summer time"


def _asked(firm: Firm) -> Reminder:
    ann, bob = firm.members
    due = MONDAY + timedelta(hours=10)
    made: Reminder = firm.does(ann, lambda turn: actions.set_reminder(turn, bob, due, "call Acme", source="s"))
    return made


@pytest.mark.parametrize(
    ("act", "member", "asked"), [(colleagues.take, 1, "accepted"), (colleagues.refuse, 0, "declined")]
)
def test_a_colleague_takes_it_or_it_comes_back(firm: Firm, act: Callable[..., object], member: int, asked: str) -> None:
    made = _asked(firm)
    firm.does(firm.members[1], lambda turn: act(turn, made.id))
    row = firm.rows(Reminder)[0]
    assert (row.member, row.asked, row.state, row.due) == (firm.members[member].id, asked, "open", made.due)
    assert firm.does(firm.members[1], lambda turn: act(turn, made.id)) is None, "only once"


def test_what_nobody_acts_on_reaches_whoever_asked_once(firm: Firm) -> None:
    made = _asked(firm)
    firm.does(firm.members[1], lambda turn: colleagues.take(turn, made.id))
    firm.tick(days=1)
    before = len(firm.messages())
    firm.tick(days=2)
    firm.tick(days=5)
    assert [text.splitlines()[0] for text in firm.messages()[before:]] == ["Overdue with Bob: call Acme"]


def test_undoing_late_rings_at_once(firm: Firm) -> None:
    ann = firm.members[0]
    made = _set(firm, MONDAY + timedelta(hours=1))
    firm.does(ann, lambda turn: actions.done(turn, actions.mine(turn, made.id)))
    firm.tick(hours=2)
    firm.undoes(ann)
    firm.ring()
    assert [text.splitlines()[0] for text in firm.messages()] == ["Reminder: call"]


def test_what_was_undone_comes_back_beside_what_came_since(firm: Firm) -> None:
    ann = firm.members[0]
    _set(firm, MONDAY + timedelta(hours=1), "first")
    firm.undoes(ann)
    _set(firm, MONDAY + timedelta(hours=2), "second")
    firm.does(ann, lambda turn: redo(turn, undone_last(turn) or pytest.fail("nothing was undone")))
    assert [row.text for row in firm.rows(Reminder)] == ["first", "second"]
    firm.tick(hours=3)
    assert [text.splitlines()[0] for text in firm.messages()] == ["Reminder: first", "Reminder: second"]


def test_done_twice_skips_no_occurrence(firm: Firm) -> None:
    ann = firm.members[0]
    made = _set(firm, MONDAY + timedelta(hours=1), rule="FREQ=DAILY")
    firm.tick(hours=2)
    firm.does(ann, lambda turn: actions.done(turn, actions.mine(turn, made.id)))
    assert firm.rows(Reminder)[0].due == MONDAY + timedelta(hours=25)
    assert firm.rows(Reminder)[0].acted
