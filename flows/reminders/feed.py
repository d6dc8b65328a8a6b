"""A member's reminders as a calendar that other programs subscribe to: a secret address, ended by a new one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from flows.reminders.actions import FAR, next_of
from flows.turn import Turn
from store.feeds import feed_of
from store.models import Feed, Member, Reminder
from store.work import Work

AHEAD = timedelta(days=60)
"""How far series are written out; the calendar asks again every few hours."""
LONG = timedelta(minutes=15)


def new_address(turn: Turn) -> str:
    """The path of the member's calendar; an older one shows nothing any more."""
    me, token = turn.me(), secrets.token_urlsafe(24)
    for known in turn.work.find(Feed, member=me.id):
        turn.work.remove(known)
    turn.work.add(Feed(member=me.id, digest=digest(token), made=turn.now))
    return f"/calendar/{token}.ics"


def digest(token: str) -> str:
    """What the table keeps of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


def calendar(work: Work, token: str) -> bytes | None:
    """The calendar behind a secret address; None for one that nobody has, or whose member has left."""
    found = feed_of(work, digest(token))
    if found is None:
        return None
    work.workspace = found.workspace
    firm, member = work.firm(found.workspace), work.get(Member, found.member)
    if firm is None or member is None or member.state != "active":
        return None
    return _written(Turn(work=work, workspace=firm, key=""), member)


def _written(turn: Turn, member: Member) -> bytes:
    from icalendar import Alarm, Calendar, Event

    whole = Calendar()
    whole.add("prodid", "-//Rapport//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", f"{turn.workspace.name} · {member.name}")
    for reminder in turn.work.reminders.open(member.id, turn.now + FAR):
        for due in _occurrences(turn, reminder):
            event = Event()
            event.add("uid", f"reminder-{reminder.id}-{int(due.timestamp())}@rapport")
            event.add("dtstamp", turn.now)
            event.add("dtstart", due)
            event.add("dtend", due + LONG)
            event.add("summary", _summary(turn, reminder))
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _summary(turn, reminder))
            alarm.add("trigger", timedelta())
            event.add_component(alarm)
            whole.add_component(event)
    return bytes(whole.to_ical())


def _summary(turn: Turn, reminder: Reminder) -> str:
    customer = turn.work.customers.get(reminder.customer) if reminder.customer else None
    if customer is None or customer.name.casefold() in reminder.text.casefold():
        return reminder.text or "…"
    return f"{reminder.text} · {customer.name}" if reminder.text else customer.name


def _occurrences(turn: Turn, reminder: Reminder) -> list[datetime]:
    """Each is an event of its own: working days and short months are ours to say, no calendar would know them."""
    found = [reminder.due]
    while reminder.rule and len(found) < 100:
        following = next_of(turn, reminder, found[-1])
        if following is None or following > turn.now + AHEAD:
            break
        found.append(following)
    return found
