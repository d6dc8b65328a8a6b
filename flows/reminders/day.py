"""A member's day: what is overdue, due, promised; as an answer to "today" and as the morning brief."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.core.messages import Reply
from flows.reminders.cards import day_list
from flows.reminders.rules import instant
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member

BRIEF = "brief"


def brief(turn: Turn, member: Member) -> Reply:
    """Overdue, today's and promised."""
    start, end = day_of(turn, member)
    found = turn.work.reminders.open(member.id, end)
    overdue = [reminder for reminder in found if reminder.due < min(start, turn.now)]
    today = [reminder for reminder in found if reminder not in overdue]
    promises = [p for p in turn.work.activities.promises_due(member.id, end) if p.by == "us"]
    return day_list(turn, overdue, today, promises)


def has_something(turn: Turn, member: Member) -> bool:
    """Whether the day is worth a message nobody asked for."""
    _start, end = day_of(turn, member)
    return bool(turn.work.reminders.open(member.id, end) or turn.work.activities.promises_due(member.id, end))


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
    local = turn.now.astimezone(zone)
    at = time(member.brief_at // 60, member.brief_at % 60)
    day = local.date() if local.time() < at else local.date() + timedelta(days=1)
    turn.work.timers.move(BRIEF, str(member.id), instant(datetime.combine(day, at), zone))
