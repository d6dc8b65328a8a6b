"""What the clock does about risk: after the daily upkeep it looks at every buyer, and asks what came of attempts."""

from __future__ import annotations

from datetime import timedelta

from flows.churn import actions, cards
from flows.churn.actions import RESULT, RISK, assess, worse_since
from flows.router import timer
from flows.turn import Turn
from store.models import Member, Winback

STEP = 100
TODAY = timedelta(hours=12)


@timer(RISK)
def look(turn: Turn, subject: str) -> None:
    """A hundred buyers in a turn; at the end each owner hears who has come to be at risk."""
    rows = turn.work.standing.buyers(int(subject or 0), limit=STEP)
    assess(turn, rows)
    if len(rows) == STEP:
        turn.work.timers.set(RISK, str(rows[-1].id), turn.now)
        return
    _bought_again(turn)
    for id, moves in worse_since(turn, turn.now - TODAY).items():
        member = turn.work.get(Member, id)
        customers = {row.id: row for row in turn.work.segments.customers([move.customer for move in moves])}
        shown = [(move, customers[move.customer]) for move in moves if move.customer in customers]
        if member is not None and shown:
            shown.sort(key=lambda pair: (pair[0].now, pair[0].id))
            turn.message_member(member, cards.told_owner(turn, shown), "risk")


def _bought_again(turn: Turn) -> None:
    """An order after an attempt is its result."""
    for found in turn.work.churn.ordered_since():
        actions.settle(turn, found, "won")
        actions.came_back(turn, found.customer)


@timer(RESULT)
def result(turn: Turn, subject: str) -> None:
    found = turn.work.get(Winback, int(subject))
    customer = turn.work.customers.get(found.customer) if found else None
    member = turn.work.get(Member, customer.owner) if customer and customer.owner else None
    if found is not None and customer is not None and member is not None and found.state == "tried":
        turn.message_member(member, cards.ask_result(customer, found), "risk")
