"""How likely a customer is to go, in points with their reasons, each measured by the customer's own habits: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean, median
from typing import Literal

Grade = Literal["", "yellow", "red"]

YELLOW, RED = 1.5, 3.0
SPAN = timedelta(days=90)
MOST = 3.0
"""No single reason counts for more."""
HABIT = 4
"""So many of a kind make a habit."""
ANYWAY = 0.2
"""What a quarter may lack by chance."""
_LOW = 2.5
"""A score from here down, of five, is a complaint."""


@dataclass(frozen=True, slots=True)
class History:
    """What is known of one customer; scores are on a scale of 1 to 5, every list in order of time."""

    now: datetime
    rhythm: int
    """Days between two contacts, as agreed or as usual for the tier; what counts until there is a habit."""
    touches: Sequence[datetime] = ()
    heard: Sequence[datetime] = ()
    orders: Sequence[datetime] = ()
    scores: Sequence[tuple[datetime, float]] = ()
    complaints: Sequence[datetime] = ()
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Risk:
    """The points, what they make, and the reasons as words of ours with their numbers, the gravest first."""

    points: float = 0.0
    reasons: tuple[tuple[str | int, ...], ...] = ()
    grade: Grade = field(default="")


def risk_of(history: History) -> Risk:
    """Every sign that speaks for itself, added up."""
    signs = [
        _silence(history),
        _late_order(history),
        _fewer("orders", 1.5, history.orders, history.now),
        _fewer("answers", 2.0, history.heard, history.now),
        _scores(history),
        _complaints(history),
        _unanswered(history),
    ]
    found = sorted((sign for sign in signs if sign[0] > 0), key=lambda sign: -sign[0])
    points = sum(sign[0] for sign in found)
    return Risk(round(points, 2), tuple(sign[1] for sign in found), _grade(points))


def _grade(points: float) -> Grade:
    return "red" if points >= RED else "yellow" if points >= YELLOW else ""


_Sign = tuple[float, tuple[str | int, ...]]


def _silence(history: History) -> _Sign:
    """Silent for longer than they are used to: a customer of every week worries sooner than one of every quarter."""
    if not history.touches:
        return 0.0, ()
    silent = _days(history.now - history.touches[-1])
    usual = _habit(history.touches) or float(history.rhythm)
    points = _beyond(silent / max(usual, 3.0), 1.2)
    return points, ("silent", silent, round(usual))


def _late_order(history: History) -> _Sign:
    """The next order is late, where they have a habit of ordering."""
    usual = _habit(history.orders)
    if usual is None:
        return 0.0, ()
    since = _days(history.now - history.orders[-1])
    return _beyond(since / max(usual, 7.0), 1.4), ("late", since, round(usual))


def _fewer(word: str, weight: float, moments: Sequence[datetime], now: datetime) -> _Sign:
    """Clearly fewer in ninety days than they used to be in as long."""
    earlier = [at for at in moments if at <= now - SPAN]
    if len(earlier) < HABIT or now - SPAN - earlier[0] < timedelta(days=45):
        return 0.0, ()
    usual = len(earlier) / ((now - SPAN - earlier[0]) / SPAN)
    late = len(moments) - len(earlier)
    return max(0.0, weight * (1 - late / usual - ANYWAY)), (word, late, round(usual))


def _scores(history: History) -> _Sign:
    """The last score beside those before it."""
    if len(history.scores) < 2 or history.now - history.scores[-1][0] > 2 * SPAN:
        return 0.0, ()
    last, before = history.scores[-1][1], fmean(score for _at, score in history.scores[:-1])
    drop = before - last
    return (min(2.0, drop), ("score", round(last * 10), round(before * 10))) if drop >= 1 else (0.0, ())


def _complaints(history: History) -> _Sign:
    """Of ninety days: said, or given as a low score."""
    low = [at for at, score in history.scores if score <= _LOW]
    count = sum(history.now - at <= SPAN for at in (*history.complaints, *low))
    return min(2.0, 1.0 * count), ("complaints", count)


def _unanswered(history: History) -> _Sign:
    return (1.0, ("unanswered", history.unanswered)) if history.unanswered >= 3 else (0.0, ())


def _habit(moments: Sequence[datetime]) -> float | None:
    """Days that usually lie between two; None where there are too few to say."""
    days = sorted({at.date() for at in moments[-25:]})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return float(median(gaps)) if len(gaps) >= HABIT else None


def _beyond(ratio: float, free: float) -> float:
    return min(MOST, max(0.0, ratio - free))


def _days(span: timedelta) -> int:
    return max(0, span.days)
