"""What time alone triggers: a reminder rings, the morning brief comes."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Urgency
from bot.core.text import gettext as _
from bot.core.text import lines
from flows.reminders.actions import TIMER, next_of
from flows.reminders.cards import ringing
from flows.reminders.day import BRIEF, brief, has_something, plan_brief
from flows.reminders.rules import LATE, out_of_quiet
from flows.router import timer
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member


@timer(TIMER)
def ring(turn: Turn, subject: str) -> None:
    """Rings once, late ones marked, and sets a series to its next time.

    In quiet hours it waits for their end, unless the member asked for just that hour.
    """
    reminder = turn.work.reminders.get(int(subject))
    member = turn.work.get(Member, reminder.member) if reminder else None
    if reminder is None or member is None or reminder.state != "open" or member.state != "active":
        return
    if reminder.due > turn.now:
        turn.work.timers.set(TIMER, subject, reminder.due)
        return
    zone = zone_of(member.zone or turn.workspace.zone)
    allowed = out_of_quiet(turn.now, zone, member.quiet_from, member.quiet_until)
    own = reminder.by == member.id and turn.now - reminder.due < LATE
    if allowed > turn.now and not own:
        turn.work.timers.set(TIMER, subject, allowed)
        return
    turn.message_member(member, ringing(turn, reminder))
    following = next_of(reminder, turn.now)
    if following is None:
        turn.work.change(reminder, rung=turn.now)
        return
    turn.work.change(reminder, due=following, rung=turn.now)
    turn.work.timers.set(TIMER, subject, following)


@timer(BRIEF)
def morning(turn: Turn, subject: str) -> None:
    """Only when there is something; and the next one is planned."""
    member = turn.work.get(Member, int(subject))
    if member is None or member.state != "active":
        return
    plan_brief(turn, member)
    if has_something(turn, member):
        shown = brief(turn, member)
        greeting = lines(_("Good morning, {name}.", name=member.name), shown.text)
        turn.message_member(member, replace(shown, text=greeting, urgency=Urgency.REMINDER), "brief")
