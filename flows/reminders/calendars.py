"""The firm's working days, and each member's zone."""

from __future__ import annotations

from datetime import date

from flows.reminders.rules import Works
from flows.turn import Turn
from flows.understanding import Context
from flows.understanding.workdays import is_workday
from store.models import Member


def works_in(turn: Turn) -> Works:
    """Whether the firm works on a day: the country's calendar with its moved weekends, and the firm's own days."""
    context = days_of(turn)
    return lambda day: is_workday(day, context)


def days_of(turn: Turn) -> Context:
    """What is needed to tell working days: the country, and the firm's own days."""
    own = turn.workspace.settings
    return Context(
        now=turn.now,
        country=turn.workspace.country,
        workdays=frozenset(date.fromisoformat(day) for day in own.get("workdays", ())),
        days_off=frozenset(date.fromisoformat(day) for day in own.get("days_off", ())),
    )


def zone_at(turn: Turn, member: Member) -> str:
    """The name of the member's zone, or of the firm's."""
    return member.zone or turn.workspace.zone
