"""What the clock does for tiers: the daily upkeep, and the monthly review."""

from __future__ import annotations

from flows.churn.actions import RISK
from flows.refresh.actions import ask_owners, tell_gaps
from flows.router import timer
from flows.tiers.actions import review
from flows.tiers.cards import monthly
from flows.tiers.upkeep import DAILY, MONTHLY, auto_tags, plan_review, plan_upkeep
from flows.turn import Turn
from flows.words import zone_of

MONDAY = 0
STEP = 100
"""Customers that one turn looks at; the next turn goes on from there."""


@timer(DAILY)
def daily(turn: Turn, subject: str) -> None:
    """Orders fall out of the year, silence grows: every buyer is looked at again, a hundred in a turn."""
    after = int(subject or 0)
    rows = turn.work.standing.buyers(after, limit=STEP)
    for customer in rows:
        review(turn, customer)
    if len(rows) == STEP:
        turn.work.timers.set(DAILY, str(rows[-1].id), turn.now)
        return
    turn.work.timers.set(RISK, "0", turn.now)
    auto_tags(turn)
    ask_owners(turn)
    if turn.now.astimezone(zone_of(turn.workspace.zone)).weekday() == MONDAY:
        tell_gaps(turn)
    plan_upkeep(turn)


@timer(MONTHLY)
def month(turn: Turn, subject: str) -> None:
    """Managers see what moved, and what the tags are worth."""
    shown = monthly(turn)
    for member in turn.work.people.members() if shown is not None else ():
        if member.role in ("owner", "manager") and shown is not None:
            turn.message_member(member, shown, "standing")
    plan_review(turn)
