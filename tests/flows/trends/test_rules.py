"""A doubling is noticed within a week; flat weeks raise hardly any alarm."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from flows.trends.rules import REST, WEEKS, chance, is_trend, trends

START = date(2026, 1, 5)
KINDS = ("complaint", "fault", "question", "request", "delivery")


def _poisson(chooser: random.Random, mean: float) -> int:
    """Knuth's way: how many exponential waits fit into one."""
    count, left = 0, chooser.expovariate(mean)
    while left < 1.0:
        count, left = count + 1, left + chooser.expovariate(mean)
    return count


def _days(chooser: random.Random, weekly: float, days: int, *, doubled_from: int | None = None) -> list[date]:
    """Tickets at random, more on Mondays than on Sundays; twice as many from a day on."""
    shares = [1.5, 1.2, 1.1, 1.1, 1.1, 0.6, 0.4]
    found = []
    for number in range(days):
        factor = 2.0 if doubled_from is not None and number >= doubled_from else 1.0
        mean = weekly / 7 * shares[number % 7] * factor
        found += [START + timedelta(days=number)] * _poisson(chooser, mean)
    return found


def _told(days: dict[str, list[date]], first: int, last: int) -> list[int]:
    """The days on which somebody is told, each theme at most once in its rest."""
    told: dict[str, int] = {}
    out = []
    for number in range(first, last):
        for trend in trends(days, START + timedelta(days=number), START):
            if number - told.get(trend.theme, -1000) >= REST.days:
                told[trend.theme] = number
                out.append(number)
    return out


@pytest.mark.parametrize("quarters", [30, pytest.param(77, marks=pytest.mark.slow)])
def test_flat_weeks_raise_less_than_one_alarm_a_quarter(quarters: int) -> None:
    """77 quarters are 1,001 weeks, looked at every day for five themes of different size."""
    chooser, alarms = random.Random(7), []
    for _quarter in range(quarters):
        days = {kind: _days(chooser, chooser.choice((2, 6, 12, 25, 60)), 7 * (WEEKS + 13)) for kind in KINDS}
        alarms.append(len(_told(days, 7 * WEEKS + 7, 7 * (WEEKS + 13))))
    assert sum(alarms) / quarters <= 0.5
    assert sum(count > 1 for count in alarms) <= 0.1 * quarters


@pytest.mark.parametrize("weekly", [25, 60])
def test_a_doubling_is_found_within_seven_days(weekly: int) -> None:
    chooser, found, tries = random.Random(11), 0, 30
    for _try in range(tries):
        first = 7 * (WEEKS + 1)
        days = {kind: _days(chooser, 12, first + 8) for kind in KINDS[1:]}
        days["complaint"] = _days(chooser, weekly, first + 8, doubled_from=first)
        seen = [t for n in range(first, first + 8) for t in trends(days, START + timedelta(days=n), START)]
        found += any(trend.theme == "complaint" for trend in seen)
    assert found >= 0.9 * tries


@pytest.mark.parametrize(
    ("now", "seen", "weeks", "expected"),
    [
        (40, 160, 8, True),
        (25, 160, 8, False),
        (29, 160, 8, False),
        (4, 0, 8, False),
        (8, 0, 8, True),
        (100, 5, 1, False),
    ],
)
def test_borders(now: int, seen: int, weeks: int, expected: bool) -> None:
    assert is_trend(now, seen, weeks) is expected


def test_the_chance_is_that_of_the_negative_binomial() -> None:
    """Drawn by hand: a rate from its gamma, then a count from its Poisson."""
    chooser = random.Random(3)
    rates = [chooser.gammavariate(160.5, 1 / 8) for _ in range(8_000)]
    drawn = sum(_poisson(chooser, rate) >= 30 for rate in rates) / len(rates)
    assert chance(30, 160, 8) == pytest.approx(drawn, abs=0.008)


def test_a_young_firm_has_no_usual_week_yet() -> None:
    days = {"complaint": [START + timedelta(days=9)] * 30}
    assert trends(days, START + timedelta(days=10), START) == []
