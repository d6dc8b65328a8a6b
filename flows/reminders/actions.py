"""Setting, moving, snoozing and ending reminders; each is one row and at most one waiting timer."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.errors import BadInput, NotFound, TooLate
from bot.core.text import gettext as _
from flows.reminders.rules import instant, next_ring, wall_of
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member, Reminder

TIMER = "reminder"


def set_reminder(
    turn: Turn,
    member: Member,
    due: datetime,
    text: str,
    *,
    rule: str = "",
    customer: int | None = None,
    activity: int | None = None,
) -> Reminder:
    """A new reminder that rings at `due`, then by its rule, on the member's clock."""
    zone = member.zone or turn.workspace.zone
    reminder = turn.work.add(
        Reminder(
            member=member.id,
            customer=customer,
            activity=activity,
            text=text[:500],
            due=due,
            wall=wall_of(due, zone_of(zone)),
            zone=zone,
            rule=rule,
            by=turn.member.id if turn.member else None,
        )
    )
    turn.work.timers.set(TIMER, str(reminder.id), due)
    return reminder


def mine(turn: Turn, id: int) -> Reminder:
    """The member's own open reminder; raises NotFound or TooLate."""
    reminder = turn.work.reminders.get(id)
    me = turn.me()
    if reminder is None or (reminder.member != me.id and me.role not in ("owner", "manager")):
        raise NotFound(_("That reminder is no longer there."))
    if reminder.state != "open":
        raise TooLate(_("That is done already."))
    return reminder


def ring_at(turn: Turn, reminder: Reminder, due: datetime) -> Reminder:
    """One occurrence rings at another time; the series keeps its own."""
    if due <= turn.now:
        raise BadInput(_("That time has passed. Example: {example}", example="tomorrow 9:00"))
    turn.work.timers.move(TIMER, str(reminder.id), due)
    return turn.work.change(reminder, due=due, rung=None)


def move(turn: Turn, reminder: Reminder, due: datetime) -> Reminder:
    """It was meant for another time: the series moves along."""
    if due <= turn.now:
        raise BadInput(_("That time has passed. Example: {example}", example="tomorrow 9:00"))
    turn.work.timers.move(TIMER, str(reminder.id), due)
    return turn.work.change(reminder, due=due, wall=wall_of(due, zone_of(reminder.zone)), rung=None)


def done(turn: Turn, reminder: Reminder) -> Reminder:
    """This occurrence is done; a series goes on to its next one, which is set already when this one has rung."""
    if reminder.rule and reminder.rung is not None and reminder.due > turn.now:
        return turn.work.change(reminder, rung=None)
    following = next_of(reminder, max(turn.now, reminder.due))
    if following is None:
        turn.work.timers.cancel(TIMER, str(reminder.id))
        return turn.work.change(reminder, state="done")
    turn.work.timers.move(TIMER, str(reminder.id), following)
    return turn.work.change(reminder, due=following, rung=None)


def remove_reminder(turn: Turn, reminder: Reminder) -> None:
    """It is not wanted any more."""
    turn.work.timers.cancel(TIMER, str(reminder.id))
    turn.work.change(reminder, state="cancelled")


def next_of(reminder: Reminder, after: datetime) -> datetime | None:
    """The next occurrence of a series after a moment; None for a reminder that rings once, or when it is over."""
    return next_ring(reminder.wall, reminder.rule, zone_of(reminder.zone), after) if reminder.rule else None


def follow_zone(turn: Turn, member: Member) -> None:
    """The member moved to another zone: every open reminder keeps its wall time there."""
    zone = member.zone or turn.workspace.zone
    for reminder in turn.work.reminders.open(member.id, turn.now + timedelta(days=3660)):
        wall = reminder.due.astimezone(zone_of(reminder.zone)).replace(tzinfo=None)
        due = instant(wall, zone_of(zone))
        turn.work.change(reminder, due=due, zone=zone)
        turn.work.timers.move(TIMER, str(reminder.id), due)
