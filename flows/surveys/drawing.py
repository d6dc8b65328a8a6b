"""Whom a survey by rule means: those who fit and are drawn by lot, until enough have answered."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from flows.segments.actions import ask
from flows.turn import Turn
from store.models import Customer, Survey

WHOLE = 10_000


def chosen(turn: Turn, survey: Survey, customer: int, trigger: str) -> bool:
    """Whether this customer is among those whom the rule means, and is drawn."""
    if survey.share < WHOLE and _lot(survey, trigger) >= survey.share:
        return False
    if not survey.audience:
        return True
    return turn.work.segments.fits(ask(turn, survey.audience).question, customer)


def drawn(survey: Survey, customers: Iterable[Customer], share: int, draw: str) -> list[Customer]:
    """So many of them by lot, one at least; the same draw gives the same ones."""
    found = list(customers)
    if share >= WHOLE or not found:
        return found
    count = max(1, (len(found) * share + WHOLE // 2) // WHOLE)
    lots = sorted(found, key=lambda customer: _lot(survey, f"{draw}:{customer.id}", 1 << 60))[:count]
    ids = {customer.id for customer in lots}
    return [customer for customer in found if customer.id in ids]


def _lot(survey: Survey, what: str, among: int = WHOLE) -> int:
    return int.from_bytes(blake2b(f"{survey.name}:{what}".encode(), digest_size=8).digest(), "big") % among


def enough(turn: Turn, survey: Survey) -> bool:
    """As many have answered, or may still be answering, as were wanted."""
    if not survey.quota:
        return False
    return turn.work.feedback.states(survey.id).get("finished", 0) >= survey.quota
