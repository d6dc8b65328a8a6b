"""Working time and bands, with their borders."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.alerts.rules import LOW, SO_SO, a_working_day_later, band_of, next_morning, when_called, working

SHANGHAI = ZoneInfo("Asia/Shanghai")
TWO = timedelta(hours=2)


def weekday(day: date) -> bool:
    return day.weekday() < 5


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(("score", "band"), [(1, LOW), (2, LOW), (3, SO_SO), (4, ""), (5, "")])
def test_bands(score: int, band: str) -> None:
    assert band_of(score) == band


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-02T10:00", "2026-03-02T12:00"),
        ("2026-03-02T07:00", "2026-03-02T11:00"),
        ("2026-03-02T16:00", "2026-03-02T18:00"),
        ("2026-03-02T17:00", "2026-03-03T10:00"),
        ("2026-03-02T18:00", "2026-03-03T11:00"),
        ("2026-03-06T17:30", "2026-03-09T10:30"),
        ("2026-03-07T12:00", "2026-03-09T11:00"),
    ],
)
def test_two_working_hours(now: str, due: str) -> None:
    assert working(at(now), TWO, SHANGHAI, weekday) == at(due)


def test_a_firm_that_never_works_still_gets_a_time() -> None:
    assert working(at("2026-03-02T10:00"), TWO, SHANGHAI, lambda day: False) == at("2026-03-02T12:00")


@pytest.mark.parametrize(
    ("now", "morning", "later"),
    [
        ("2026-03-02T10:00", "2026-03-03T09:00", "2026-03-03T10:00"),
        ("2026-03-06T15:10", "2026-03-09T09:00", "2026-03-09T15:10"),
        ("2026-03-08T00:30", "2026-03-09T09:00", "2026-03-09T00:30"),
    ],
)
def test_the_next_working_morning_and_a_working_day_later(now: str, morning: str, later: str) -> None:
    assert next_morning(at(now), SHANGHAI, weekday) == at(morning)
    assert a_working_day_later(at(now), SHANGHAI, weekday) == at(later)


@pytest.mark.parametrize(
    ("due", "zone", "said"),
    [
        ("2026-03-02T12:00", SHANGHAI, "today"),
        ("2026-03-03T00:00", SHANGHAI, "tomorrow"),
        ("2026-03-03T07:00", ZoneInfo("Europe/Berlin"), "tomorrow"),
        ("2026-03-02T12:00", ZoneInfo("America/New_York"), "today"),
        ("2026-03-05T09:00", SHANGHAI, "later"),
    ],
)
def test_the_day_as_the_customer_says_it(due: str, zone: ZoneInfo, said: str) -> None:
    assert when_called(at(due), at("2026-03-02T11:30"), zone) == said
