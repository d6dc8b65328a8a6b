"""Whom a campaign leaves out and why, how much of it goes now, and what it was worth: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.care.slowing import rests_until

AHEAD = 20
"""So many messages wait in front of the sender: few enough that stop means stop, enough that it never waits for us."""
KINDS: Mapping[str, Text] = {
    "offer": _("Offer"),
    "event": _("Event"),
    "article": _("Article"),
    "outside": _("Outside"),
}
REASONS: Mapping[str, Text] = {
    "stopped": _("do not want it"),
    "unreachable": _("not reachable by chat"),
    "cap": _("heard enough from us this week"),
    "resting": _("did not answer lately"),
    "gone": _("no longer a customer"),
}
EVERYBODY = "value:>=0"
"""The filter that holds for every customer."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer when they could be written to."""

    active: bool = True
    stopped: frozenset[str] = frozenset()
    reached: bool = True
    touches: int = 0
    unanswered: int = 0
    last: datetime | None = None


def wanted_as(kind: str) -> str:
    """The word by which customers stop it."""
    return "articles" if kind == "article" else "offers"


def left_out(known: Known, kind: str, cap: int, now: datetime) -> str:
    """Why this customer gets nothing, the gravest reason first; empty when nothing speaks against it."""
    if not known.active:
        return "gone"
    if known.stopped & {"all", wanted_as(kind)}:
        return "stopped"
    if not known.reached:
        return "unreachable"
    if known.touches >= cap:
        return "cap"
    until = rests_until(known.unanswered, known.last)
    return "resting" if until is not None and now < until else ""


def room_for(outstanding: int, *, done: int, size: int, spread: timedelta, elapsed: timedelta) -> int:
    """How many more may be put in front of the sender now."""
    free = AHEAD - outstanding
    if spread:
        due = -(-size * min(elapsed, spread) // spread) or 1
        free = min(free, int(due) - done - outstanding)
    return max(0, free)


def worth(sum_: int, cost: int) -> int | None:
    """What came back on what was spent, in percent; None where nothing was spent."""
    return round(100 * (sum_ - cost) / cost) if cost > 0 else None
