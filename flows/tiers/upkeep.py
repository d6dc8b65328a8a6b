"""What keeps itself: tags that follow a question, and the days on which tiers are looked at."""

from __future__ import annotations

from flows.segments.actions import ask
from flows.turn import Turn
from store.models import Segment, Tag, Timer

DAILY, MONTHLY = "upkeep", "tier-review"


def ensure(turn: Turn) -> None:
    """The first order of a firm starts its daily upkeep and its monthly review."""
    from flows.tiers.timers import plan_review, plan_upkeep

    if not turn.work.find(Timer, kind=DAILY, state="waiting"):
        plan_upkeep(turn)
        plan_review(turn)


def auto_tags(turn: Turn) -> None:
    """A segment with a tag: whoever fits carries it, and nobody else."""
    for segment in turn.work.find(Segment):
        if not segment.tag:
            continue
        fits = set(turn.work.segments.found(ask(turn, segment.name).question).ids)
        rows = {row.customer: row for row in turn.work.find(Tag, name=segment.tag)}
        for gone in rows.keys() - fits:
            turn.work.remove(rows[gone])
        for new in sorted(fits - rows.keys()):
            turn.work.customers.tag(new, [segment.tag])
