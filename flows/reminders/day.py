"""A member's day: what is overdue, due, promised; the answer to "today" and the heart of the morning brief."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.reminders.calendars import works_in, zone_at
from flows.reminders.cards import SHOWN, said
from flows.reminders.rules import instant, next_clock, workdays_on
from flows.turn import Turn
from flows.words import zone_of
from store.models import Customer, Member, Promise, Reminder

BRIEF = "brief"


def brief(turn: Turn, member: Member) -> Reply:
    """Overdue, today's and promised."""
    start, end = day_of(turn, member)
    found = turn.work.reminders.open(member.id, end)
    overdue = [reminder for reminder in found if reminder.due < min(start, turn.now)]
    today = [reminder for reminder in found if reminder not in overdue]
    promises = promises_near(turn, member)
    return day_list(turn, overdue, today, promises)


def has_something(turn: Turn, member: Member) -> bool:
    """Whether the day is worth a message nobody asked for."""
    _start, end = day_of(turn, member)
    return bool(turn.work.reminders.open(member.id, end) or promises_near(turn, member))


def promises_near(turn: Turn, member: Member) -> Sequence[Promise]:
    """What is owed by the end of the next working day: a promise is told the day before, on the day and after it."""
    _start, end = day_of(turn, member)
    zone = zone_of(zone_at(turn, member))
    day = workdays_on(end.astimezone(zone).date() - timedelta(days=1), 1, works_in(turn))
    until = instant(datetime.combine(day + timedelta(days=1), time()), zone)
    return [p for p in turn.work.activities.promises_due(member.id, until) if p.by == "us"]


def day_of(turn: Turn, member: Member) -> tuple[datetime, datetime]:
    """Today's first and last moment on the member's clock."""
    zone = zone_of(member.zone or turn.workspace.zone)
    day = turn.now.astimezone(zone).date()
    return instant(datetime.combine(day, time()), zone), instant(
        datetime.combine(day + timedelta(days=1), time()), zone
    )


def plan_brief(turn: Turn, member: Member) -> None:
    """The next morning brief, at the member's own hour."""
    zone = zone_of(member.zone or turn.workspace.zone)
    at = time(member.brief_at // 60, member.brief_at % 60)
    turn.work.timers.move(BRIEF, str(member.id), next_clock(turn.now, at, zone))


def day_list(turn: Turn, overdue: Sequence[Reminder], today: Sequence[Reminder], promises: Sequence[Promise]) -> Reply:
    """What is overdue, what is for today, what was promised by today; a button for each of the first few."""
    if not (overdue or today or promises):
        return Reply(_("Nothing is due today. Enjoy it."))
    count = len(overdue) + len(today)
    body = lines(
        ngettext("{n} thing to do today", "{n} things to do today", count) if count else None,
        bold(_("Overdue")) if overdue else None,
        *(line(turn, reminder) for reminder in overdue[:SHOWN]),
        bold(_("Today")) if today else None,
        *(line(turn, reminder) for reminder in today[:SHOWN]),
        bold(_("Promised")) if promises else None,
        *(promise_line(turn, promise) for promise in promises[:SHOWN]),
        more(max(0, len(overdue) - SHOWN) + max(0, len(today) - SHOWN)),
    )
    picks = [*overdue, *today][:SHOWN]
    return Reply(body, tuple(Option(text("✓ ", said(turn, r)), f"reminder:{r.id}", wide=True) for r in picks))


def line(turn: Turn, reminder: Reminder) -> Text:
    """One line of a list."""
    return text("• ", moment(reminder.due, "short"), " ", said(turn, reminder))


def promise_line(turn: Turn, promise: Promise) -> Text:
    """One line of a list: what, to whom, by when."""
    customer: Customer | None = turn.work.customers.get(promise.customer)
    due = text(" (", moment(promise.due, "day"), ")") if promise.due else text()
    return text("• ", promise.what, " · ", customer.name if customer else "", due)


def more(count: int) -> Text | None:
    """That a list goes on; nothing where it does not."""
    return ngettext("and {n} more", "and {n} more", count) if count > 0 else None
