"""Setting, moving, snoozing and ending reminders; each is one row and at most one waiting timer.

A series is never bent: its `due` is always one of its own occurrences. What is put off or moved becomes a row that
rings once, and the series goes on.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.errors import BadInput, NotFound, TooLate
from bot.core.text import gettext as _
from flows.reminders.calendars import works_in, zone_at
from flows.reminders.rules import instant, next_ring, of_workdays, shifted, wall_of
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member, Reminder

TIMER = "reminder"
FAR = timedelta(days=3660)
MINUTE = timedelta(minutes=1)


def set_reminder(
    turn: Turn,
    member: Member,
    due: datetime,
    text: str,
    *,
    rule: str = "",
    workdays: bool = False,
    customer: int | None = None,
    activity: int | None = None,
    source: str = "",
) -> Reminder:
    """A new reminder that rings at `due`, then by its rule, on the member's clock; a colleague's waits for a yes."""
    zone = zone_at(turn, member)
    daily = of_workdays(rule)
    wall = wall_of(due, zone_of(zone))
    if rule:
        rule, workdays = daily or rule, workdays or bool(daily)
        works = works_in(turn) if workdays else None
        due = next_ring(wall, rule, zone_of(zone), max(turn.now, due - timedelta(seconds=1)), works) or due
    others = turn.member is not None and turn.event is not None and turn.member.id != member.id
    reminder = turn.work.add(
        Reminder(
            member=member.id,
            customer=customer,
            activity=activity,
            text=text[:500],
            due=due,
            wall=wall,
            zone=zone,
            rule=rule,
            workdays=workdays,
            by=turn.member.id if turn.member else None,
            source=source,
            asked="waiting" if others and source else "",
        )
    )
    turn.work.timers.set(TIMER, str(reminder.id), due)
    return reminder


def mine(turn: Turn, id: int) -> Reminder:
    """The member's own open reminder, or one they gave away; raises NotFound or TooLate."""
    reminder = turn.work.reminders.get(id)
    me = turn.me()
    if reminder is None or (me.id not in (reminder.member, reminder.by) and me.role not in ("owner", "manager")):
        raise NotFound(_("That reminder is no longer there."))
    if reminder.state != "open":
        raise TooLate(_("That is done already."))
    return reminder


def ring_at(turn: Turn, reminder: Reminder, due: datetime) -> Reminder:
    """This occurrence rings at another time; of a series it becomes a reminder of its own. Returns what will ring."""
    if due <= turn.now:
        raise BadInput(_("That time has passed. Example: {example}", example="tomorrow 9:00"))
    zone = zone_of(reminder.zone)
    if not (reminder.rule or reminder.anchor):
        turn.work.timers.move(TIMER, str(reminder.id), due)
        turn.work.timers.cancel(OVERDUE, str(reminder.id))
        return turn.work.change(reminder, due=due, wall=wall_of(due, zone), rung=None, acted=False, escalated=None)
    after = _past_this_one(turn, reminder)
    if after.state == "open" and abs(after.due - due) < MINUTE:
        return after
    own = turn.work.add(
        Reminder(
            member=reminder.member,
            customer=reminder.customer,
            activity=reminder.activity,
            origin=reminder.id,
            text=reminder.text,
            due=due,
            wall=wall_of(due, zone),
            zone=reminder.zone,
            by=reminder.by,
        )
    )
    turn.work.timers.set(TIMER, str(own.id), due)
    return own


move = ring_at


def move_series(turn: Turn, reminder: Reminder, due: datetime) -> Reminder:
    """The whole series is meant for another time from now on."""
    if due <= turn.now:
        raise BadInput(_("That time has passed. Example: {example}", example="tomorrow 9:00"))
    zone = zone_of(reminder.zone)
    rule, wall = shifted(reminder.rule, due, zone), wall_of(due, zone)
    first = next_ring(wall, rule, zone, due - timedelta(seconds=1), works_in(turn) if reminder.workdays else None)
    turn.work.timers.move(TIMER, str(reminder.id), first or due)
    return turn.work.change(reminder, due=first or due, wall=wall, rule=rule, rung=None, acted=False)


def done(turn: Turn, reminder: Reminder) -> Reminder:
    """This occurrence is done; a series goes on to its next one, which is set already when this one has rung."""
    if reminder.rule or reminder.anchor:
        return _past_this_one(turn, reminder)
    turn.work.timers.cancel(TIMER, str(reminder.id))
    turn.work.timers.cancel(OVERDUE, str(reminder.id))
    return turn.work.change(reminder, state="done", acted=True)


def _past_this_one(turn: Turn, reminder: Reminder) -> Reminder:
    """What arrived has been acted upon; what has not arrived yet is skipped."""
    if reminder.rung is not None and not reminder.acted and reminder.due > turn.now:
        return turn.work.change(reminder, acted=True)
    following = next_of(turn, reminder, max(turn.now, reminder.due))
    if following is None:
        turn.work.timers.cancel(TIMER, str(reminder.id))
        return turn.work.change(reminder, state="done", acted=True)
    turn.work.timers.move(TIMER, str(reminder.id), following)
    return turn.work.change(reminder, due=following, acted=True)


def stop_series(turn: Turn, reminder: Reminder) -> Reminder:
    """No further occurrence comes."""
    turn.work.timers.cancel(TIMER, str(reminder.id))
    return turn.work.change(reminder, state="done", acted=True)


def remove_reminder(turn: Turn, reminder: Reminder) -> None:
    """It is not wanted any more."""
    turn.work.timers.cancel(TIMER, str(reminder.id))
    turn.work.timers.cancel(OVERDUE, str(reminder.id))
    turn.work.change(reminder, state="cancelled")


def next_of(turn: Turn, reminder: Reminder, after: datetime) -> datetime | None:
    """The next occurrence of a series after a moment; None for a reminder that rings once, or when it is over."""
    if reminder.anchor:
        from flows.reminders.anchors import next_counted

        return next_counted(turn, reminder, after)
    if not reminder.rule:
        return None
    works = works_in(turn) if reminder.workdays else None
    return next_ring(reminder.wall, reminder.rule, zone_of(reminder.zone), after, works)


def follow_zone(turn: Turn, member: Member) -> None:
    """The member moved to another zone: every open reminder keeps its wall time there."""
    zone = zone_at(turn, member)
    for reminder in turn.work.reminders.open(member.id, turn.now + FAR):
        wall = reminder.due.astimezone(zone_of(reminder.zone)).replace(tzinfo=None)
        due = instant(wall, zone_of(zone))
        turn.work.change(reminder, due=due, zone=zone)
        if reminder.rung is None or due > turn.now:
            turn.work.timers.move(TIMER, str(reminder.id), due)


def give_to(turn: Turn, reminder: Reminder, member: Member, *, asked: str = "") -> Reminder:
    """Another member has it from now on: once at the same instant, a series at the same wall time there."""
    zone = zone_at(turn, member)
    due, wall = reminder.due, reminder.wall
    if reminder.rule:
        works = works_in(turn) if reminder.workdays else None
        due = next_ring(wall, reminder.rule, zone_of(zone), turn.now, works) or due
    elif not reminder.anchor:
        wall = wall_of(due, zone_of(zone))
    rings = reminder.rung is None or due > turn.now
    changed = turn.work.change(reminder, member=member.id, due=due, wall=wall, zone=zone, asked=asked)
    if rings:
        turn.work.timers.move(TIMER, str(reminder.id), due)
    return changed


OVERDUE = "overdue"
"""Timer: nobody has acted on a reminder since it rang."""
