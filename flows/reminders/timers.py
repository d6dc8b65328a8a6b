"""What time alone triggers: a reminder rings, or nobody has acted on one for too long."""

from __future__ import annotations

from datetime import datetime

from flows.reminders.actions import OVERDUE, TIMER, next_of
from flows.reminders.calendars import works_in, zone_at
from flows.reminders.cards import gathered, ringing
from flows.reminders.facts import ReminderOverdue
from flows.reminders.rules import LATE, MANY, instant, out_of_quiet, workdays_on
from flows.router import timer
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member, Reminder

PATIENCE = 2
"""Working days without an act after which somebody else hears of it; a setting of the firm."""


@timer(TIMER)
def ring(turn: Turn, subject: str) -> None:
    """Rings once, late ones marked, together with what else is due by now, and sets a series to its next time.

    In quiet hours it waits for their end, unless the member asked for just that hour.
    """
    reminder = turn.work.reminders.get(int(subject))
    member = turn.work.get(Member, reminder.member) if reminder else None
    if reminder is None or member is None or reminder.state != "open" or member.state != "active":
        return
    if reminder.due > turn.now:
        turn.work.timers.set(TIMER, subject, reminder.due)
        return
    if reminder.rung is not None and reminder.rung >= reminder.due:
        return
    zone = zone_of(zone_at(turn, member))
    allowed = out_of_quiet(turn.now, zone, member.quiet_from, member.quiet_until)
    quiet = allowed > turn.now
    if quiet and not _own(turn, reminder):
        turn.work.timers.set(TIMER, subject, allowed)
        return
    waiting = [r for r in turn.work.reminders.waiting(member.id, turn.now) if not quiet or _own(turn, r)]
    if len(waiting) < MANY:
        turn.message_member(member, ringing(turn, reminder))
        _rang(turn, reminder, zone_at(turn, member))
        return
    rung = [_rang(turn, one, zone_at(turn, member)) for one in waiting]
    turn.message_member(member, gathered(turn, member, rung, turn.now))


def _own(turn: Turn, reminder: Reminder) -> bool:
    """What may ring in quiet hours, because its reader asked for just that hour."""
    return reminder.by == reminder.member and turn.now - reminder.due < LATE


def _rang(turn: Turn, reminder: Reminder, zone: str) -> Reminder:
    following = next_of(turn, reminder, turn.now)
    arrived = {"rung": turn.now, "occurrence": reminder.due, "acted": False}
    if following is None:
        if reminder.customer or (reminder.by and reminder.by != reminder.member):
            turn.work.timers.set(OVERDUE, str(reminder.id), _patience_ends(turn, zone))
        return turn.work.change(reminder, **arrived)
    turn.work.timers.set(TIMER, str(reminder.id), following)
    return turn.work.change(reminder, due=following, **arrived)


def _patience_ends(turn: Turn, zone: str) -> datetime:
    local = turn.now.astimezone(zone_of(zone))
    days = int(turn.workspace.settings.get("overdue_days", PATIENCE))
    day = workdays_on(local.date(), days, works_in(turn))
    return instant(datetime.combine(day, local.time().replace(second=0, microsecond=0)), zone_of(zone))


@timer(OVERDUE)
def overdue(turn: Turn, subject: str) -> None:
    """Nobody has acted on it."""
    reminder = turn.work.reminders.get(int(subject))
    if reminder is None or reminder.state != "open" or reminder.acted or reminder.escalated or reminder.rung is None:
        return
    turn.work.change(reminder, escalated=turn.now)
    turn.tell(ReminderOverdue(reminder.id))
