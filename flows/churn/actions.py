"""Looking who may go, telling their owners, winning back, and writing down who is lost and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.errors import BadInput, TooLate
from bot.core.text import gettext as _
from flows.churn.risk import History, Risk, risk_of
from flows.rhythm.actions import rhythm_of
from flows.tiers.actions import review
from flows.turn import Turn
from store.campaigns import Silence
from store.churn import Past
from store.models import Customer, Loss, Standing, Winback

RISK, RESULT = "risk", "winback"
"""Timers: the nightly look, and the question what came of an attempt."""
GRADES = {"": 0, "yellow": 1, "red": 2}
PATIENCE = timedelta(days=14)
_COMPLAINT = re.compile(
    r"\b(complain\w*|unacceptable|disappoint\w*|terrible|refund|not happy|unhappy|fed up)\b"
    r"|投诉|不满意?|太差|退货|退款|失望|生气",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Assessed:
    """A customer with what speaks for their going."""

    customer: Customer
    risk: Risk


def look(turn: Turn, customers: Sequence[Customer]) -> list[Assessed]:
    """Everybody's risk at this moment, from what the tables say."""
    ids = [customer.id for customer in customers]
    pasts, silences = turn.work.churn.pasts(ids), turn.work.campaigns.silences(ids)
    return [
        Assessed(customer, risk_of(history(turn, customer, pasts[customer.id], silences))) for customer in customers
    ]


def history(turn: Turn, customer: Customer, past: Past, silences: Mapping[int, Silence]) -> History:
    """A customer's past as the rules read it."""
    touches = past.touches or ([customer.last_touch] if customer.last_touch else [])
    return History(
        now=turn.now,
        rhythm=rhythm_of(turn, customer),
        touches=touches,
        heard=past.heard,
        orders=past.orders,
        scores=past.scores,
        complaints=[at for at, words in past.said if _COMPLAINT.search(words)],
        unanswered=silences.get(customer.id, Silence()).count,
    )


def assess(turn: Turn, customers: Sequence[Customer]) -> list[Assessed]:
    """Keeps each one's grade where it changed; a red one comes into the stage of warning, and winning back begins."""
    found = look(turn, customers)
    for one in found:
        last = turn.work.standing.last(one.customer.id, "risk")
        was, now = last.now if last else "", one.risk.grade
        if was == now:
            continue
        why = [list(reason) for reason in one.risk.reasons]
        row = Standing(customer=one.customer.id, kind="risk", was=was, now=now, why=why, at=turn.now)
        turn.work.add(row)
        if "red" in (was, now):
            review(turn, one.customer)
        if now == "red" and running(turn, one.customer.id) is None:
            turn.work.add(Winback(customer=one.customer.id, member=one.customer.owner, made=turn.now))
    return found


def after_contact(turn: Turn, customer: int) -> None:
    """Who was at risk is looked at anew as soon as somebody has been in touch; the others wait for the night."""
    last, found = turn.work.standing.last(customer, "risk"), turn.work.customers.get(customer)
    if last is not None and last.now and found is not None and found.state == "active":
        assess(turn, [found])


def running(turn: Turn, customer: int) -> Winback | None:
    """The attempt that is not over."""
    rows = [row for row in turn.work.find(Winback, customer=customer) if row.state in ("open", "tried")]
    return rows[-1] if rows else None


def attempt(turn: Turn, customer: Customer) -> Winback:
    """The attempt that runs, or a new one."""
    found = running(turn, customer.id)
    return found or turn.work.add(Winback(customer=customer.id, member=customer.owner, made=turn.now))


def tried(turn: Turn, customer: int) -> None:
    """Somebody of us was in touch: in two weeks it is asked what came of it."""
    found = running(turn, customer)
    if found is not None and found.state == "open":
        turn.work.change(found, state="tried", way=found.way or "contact", tried=turn.now)
        turn.work.timers.set(RESULT, str(found.id), turn.now + PATIENCE)


def settle(turn: Turn, found: Winback, state: str) -> Winback:
    """What came of it; raises TooLate when that was said already."""
    if found.state not in ("open", "tried"):
        raise TooLate(_("That is settled already."))
    turn.work.timers.cancel(RESULT, str(found.id))
    return turn.work.change(found, state=state, ended=turn.now)


def lose(turn: Turn, customer: Customer, reason: str) -> Loss:
    """The customer is lost; there is always a reason."""
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise BadInput(_("Why was it lost? A reason is needed."))
    if lost(turn, customer.id) is not None:
        raise TooLate(_("That is settled already."))
    if (found := running(turn, customer.id)) is not None:
        settle(turn, found, "lost")
    by = turn.member.id if turn.member else None
    return turn.work.add(Loss(customer=customer.id, reason=reason, member=by, at=turn.now))


def lost(turn: Turn, customer: int) -> Loss | None:
    """How the customer was lost, if they have not come back."""
    rows = [row for row in turn.work.find(Loss, customer=customer) if row.back is None]
    return rows[-1] if rows else None


def came_back(turn: Turn, customer: int) -> Loss | None:
    """They are a customer again."""
    found = lost(turn, customer)
    return turn.work.change(found, back=turn.now) if found is not None else None


def worse_since(turn: Turn, since: datetime) -> dict[int, list[Standing]]:
    """Customers whose risk has grown since then, by owner."""
    found: dict[int, list[Standing]] = {}
    newest = {row.customer: row for row in turn.work.standing.moves("risk", since)}
    for row in newest.values():
        customer = turn.work.customers.get(row.customer)
        if customer is not None and customer.owner and GRADES[row.now] > GRADES.get(row.was, 0):
            found.setdefault(customer.owner, []).append(row)
    return found
