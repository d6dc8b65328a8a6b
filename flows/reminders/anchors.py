"""Reminders that are counted from something that moves: a customer's last contact, the end of a contract."""

from __future__ import annotations

from datetime import datetime

from flows.reminders.actions import TIMER
from flows.reminders.rules import counted
from flows.turn import Turn
from flows.words import zone_of
from store.models import Deal, Member, Reminder

TOUCH, CONTRACT = "touch", "contract"


def set_counted(
    turn: Turn, member: Member, customer: int, at: datetime, text: str, *, anchor: str, away: int, source: str = ""
) -> Reminder | None:
    """A reminder so many days after or before the anchor, at the hour of `at`; None when that can't come any more."""
    zone = member.zone or turn.workspace.zone
    others = turn.member is not None and turn.member.id != member.id
    reminder = Reminder(
        member=member.id,
        customer=customer,
        text=text[:500],
        due=at,
        wall=at.astimezone(zone_of(turn.words.zone)).strftime("%Y-%m-%dT%H:%M"),
        zone=zone,
        anchor=anchor,
        away=away,
        by=turn.member.id if turn.member else None,
        source=source,
        asked="waiting" if others else "",
    )
    due = next_counted(turn, reminder, turn.now)
    if due is None:
        return None
    reminder = turn.work.add(Reminder(**{**reminder.__dict__, "due": due}))
    turn.work.timers.set(TIMER, str(reminder.id), due)
    return reminder


def next_counted(turn: Turn, reminder: Reminder, after: datetime) -> datetime | None:
    """When it is next due after a moment, by the anchor as it is now."""
    found = anchor_at(turn, reminder.customer, reminder.anchor)
    if found is None:
        return None
    clock = datetime.fromisoformat(reminder.wall).time()
    due = counted(found, reminder.away, clock, zone_of(reminder.zone), after)
    return due if due > after else None


def anchor_at(turn: Turn, customer: int | None, anchor: str) -> datetime | None:
    """The moment from which is counted."""
    found = turn.work.customers.get(customer) if customer else None
    if found is None:
        return None
    if anchor == TOUCH:
        return found.last_touch or found.created
    ends = [deal.until for deal in turn.work.find(Deal, customer=found.id, state="won") if deal.until]
    return min((end for end in ends if end > turn.now), default=max(ends, default=None))


def recount(turn: Turn, customer: int, anchor: str) -> None:
    """The anchor has moved: what is counted from it follows, and what had arrived is answered by that."""
    for reminder in turn.work.reminders.anchored(customer, anchor):
        due = next_counted(turn, reminder, turn.now)
        if due is None:
            turn.work.timers.cancel(TIMER, str(reminder.id))
        elif due != reminder.due:
            turn.work.timers.move(TIMER, str(reminder.id), due)
            turn.work.change(reminder, due=due, acted=True)
