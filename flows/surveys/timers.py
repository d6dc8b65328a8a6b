"""What time alone triggers: an invitation goes out, is remembered once, ends half-answered, or closes unanswered."""

from __future__ import annotations

from flows.router import timer
from flows.surveys import rounds
from flows.surveys.actions import EXPIRE, INVITE, REMIND, REST, ask, by_day
from flows.surveys.answers import expire, rest
from flows.surveys.following import follow_changes
from flows.surveys.reminding import remind
from flows.turn import Turn
from store.models import Invitation, Round, Survey


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


@timer(REMIND)
def reminded(turn: Turn, subject: str) -> None:
    if invitation := turn.work.get(Invitation, int(subject)):
        remind(turn, invitation)


@timer(rounds.ROUND)
def next_step(turn: Turn, subject: str) -> None:
    if round := turn.work.get(Round, int(subject)):
        rounds.show(turn, rounds.go_on(turn, round))


@timer(rounds.SHOWN)
def progressed(turn: Turn, subject: str) -> None:
    if round := turn.work.get(Round, int(subject)):
        rounds.show(turn, round)
