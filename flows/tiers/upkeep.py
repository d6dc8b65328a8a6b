"""What keeps itself: tags that follow a question, and the days on which tiers are looked at."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flows.reminders.rules import instant, next_clock
from flows.segments.actions import ask
from flows.turn import Turn
from flows.words import zone_of
from store.models import Segment, Tag, Timer

DAILY, MONTHLY = "upkeep", "tier-review"
EARLY, NINE = time(8, 15), time(9)


def ensure(turn: Turn) -> None:
    """The first order of a firm starts its daily upkeep and its monthly review."""
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


def plan_upkeep(turn: Turn) -> None:
    """The next morning before the brief, on the firm's clock."""
    turn.work.timers.move(DAILY, "0", next_clock(turn.now, EARLY, zone_of(turn.workspace.zone)))


def plan_review(turn: Turn) -> None:
    """The first of the next month at nine, on the firm's clock."""
    zone = zone_of(turn.workspace.zone)
    begin = turn.now.astimezone(zone).date().replace(day=1)
    first = instant(datetime.combine(begin, NINE), zone)
    if first <= turn.now:
        first = instant(datetime.combine((begin + timedelta(days=32)).replace(day=1), NINE), zone)
    turn.work.timers.move(MONTHLY, "", first)
