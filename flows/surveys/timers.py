"""What time alone triggers: an invitation goes out, a half-answered one ends, an unanswered one closes."""

from __future__ import annotations

from flows.router import timer
from flows.surveys.actions import EXPIRE, INVITE, REST, ask, by_day, follow_changes
from flows.surveys.answers import expire, rest
from flows.turn import Turn
from store.models import Invitation, Survey


@timer(INVITE)
def invite(turn: Turn, subject: str) -> None:
    """Sends it if it is still right to; after downtime it waits for the customer's day."""
    invitation = turn.work.get(Invitation, int(subject))
    survey = turn.work.get(Survey, invitation.survey) if invitation else None
    if invitation is None or survey is None or invitation.state != "waiting":
        return
    due = by_day(turn, invitation.customer, turn.now)
    if due > turn.now:
        turn.work.timers.set(INVITE, subject, due)
        return
    current = follow_changes(turn, survey, invitation)
    if current is None:
        turn.work.change(invitation, state="refused", reason="changed")
    else:
        ask(turn, survey, current)


@timer(REST)
def ended(turn: Turn, subject: str) -> None:
    if invitation := turn.work.get(Invitation, int(subject)):
        rest(turn, invitation)


@timer(EXPIRE)
def expired(turn: Turn, subject: str) -> None:
    if invitation := turn.work.get(Invitation, int(subject)):
        expire(turn, invitation)
