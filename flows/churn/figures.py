"""Who left, as the finder of causes wants to know it: each buyer with the time they were there, now and before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flows.churn.cards import REASONS
from flows.churn.causes import Case
from flows.turn import Turn
from store.churn import Life

NOW, BEFORE = timedelta(days=30), timedelta(days=360)
"""A month beside the year before it: a short past would be chance itself."""
GONE = timedelta(days=180)
"""Neither an order nor a contact for so long: gone, though nobody has said so."""


def cases(turn: Turn) -> list[Case]:
    """Every buyer who was there in the last thirteen months, as far as one may see them."""
    losses = {row.customer: row.at for row in turn.work.churn.losses(turn.now - timedelta(days=3650))}
    found = []
    for life in turn.work.churn.lives():
        left = losses.get(life.customer) or (life.last + GONE if life.last + GONE <= turn.now else None)
        if case := case_of(life, left, turn.now):
            found.append(case)
    return found


def case_of(life: Life, left: datetime | None, now: datetime) -> Case | None:
    """The customer with their time in periods of thirty days; None when they were not there at all."""
    edge, start = now - NOW, now - NOW - BEFORE
    end = left or now
    there_now = 1.0 if life.first < edge and end > edge else 0.0
    inside = max(timedelta(0), min(end, edge) - max(life.first, start))
    there_before = inside / NOW
    if not there_now and not there_before:
        return None
    groups = {"source": life.source, "tier": life.tier, "owner": life.owner, "industry": life.industry}
    gone_now = left is not None and left > edge and there_now > 0
    gone_before = left is not None and start < left <= edge
    return Case(there_now, there_before, gone_now, gone_before, groups)


def given(turn: Turn) -> Sequence[Case]:
    """The losses whose reason somebody has said; a reason of our own list, others as one."""
    rows = turn.work.churn.losses(turn.now - NOW - BEFORE)
    edge = turn.now - NOW
    whole = []
    for row in rows:
        reason = row.reason if row.reason in REASONS else ""
        late = row.at > edge
        whole.append(Case(1.0, BEFORE / NOW, late, not late, {"reason": reason}))
    return whole
