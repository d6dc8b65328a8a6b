"""The calendar: each ring an event of its own, a new address ends the old one, a removed member's shows nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from flows.reminders import actions
from flows.reminders.feed import calendar, new_address
from store.engine import Database
from store.models import Member
from store.work import Work
from tests.engines import Hands
from tests.flows.reminders.firm import Firm


def _read(firm: Firm, path: str) -> bytes | None:
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    return firm.write(lambda work: calendar(work, token))


def test_a_calendar_of_one_s_own(database: Database, clock: Hands) -> None:
    clock.now = datetime(2026, 3, 26, 7, tzinfo=UTC)
    firm = Firm(database, clock)
    ann = firm.members[0]
    due = clock.now + timedelta(hours=1)
    firm.does(ann, lambda turn: actions.set_reminder(turn, ann, due, "call, “Acme”; now"))
    firm.does(ann, lambda turn: actions.set_reminder(turn, ann, due, "plan", rule="FREQ=WEEKLY"))
    first = firm.does(ann, new_address)
    content = _read(firm, first)
    assert content is not None
    events = [event for event in Calendar.from_ical(content).walk("VEVENT")]
    assert str(events[0]["SUMMARY"]) == "call, “Acme”; now"
    weekly = [event["DTSTART"].dt for event in events if str(event["SUMMARY"]) == "plan"]
    assert weekly[:2] == [datetime(2026, 3, 26, 8, tzinfo=UTC), datetime(2026, 4, 2, 7, tzinfo=UTC)], (
        "nine by the clock there"
    )
    second = firm.does(ann, new_address)
    assert _read(firm, first) is None

    def leave(work: Work) -> None:
        work.workspace = firm.firm.id
        member = work.get(Member, ann.id)
        assert member is not None
        work.change(member, state="removed")

    assert _read(firm, second) is not None
    firm.write(leave)
    assert _read(firm, second) is None
