# ruff: noqa: E501 -- Chinese letters are wide
"""How often, in words; and a week that is even."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rhythm.rules import Due, over_the_week, read_days, wants_less

MONDAY = date(2026, 3, 2)
WORKING = [MONDAY + timedelta(days=step) for step in range(5)]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("14d", 14), ("every 2 weeks", 14), ("每两周", 14), ("monthly", 30), ("每月一次", 30), ("every three months", 90),
        ("less often", 60), ("少联系", 60), ("more often", 15), ("as usual", 0), ("默认", 0), ("whenever", None), ("每季度", 90),
    ],
)  # fmt: skip
def test_rhythms_in_words(words: str, days: int | None) -> None:
    assert read_days(words, 30) == days


@pytest.mark.parametrize(
    "words",
    ["please write less often", "not so often please", "别老是给我打电话", "少发点消息", "太频繁了，联系太频繁"],
)
def test_a_customer_who_wants_less(words: str) -> None:
    assert wants_less(words)


@pytest.mark.parametrize("words", ["the sample was less than perfect", "how often do you deliver?", "少一个零件"])
def test_a_customer_who_wants_something_else(words: str) -> None:
    assert not wants_less(words)


@given(late=st.integers(0, 40), today=st.integers(0, 4))
def test_a_week_is_even_and_nobody_is_left_out(late: int, today: int) -> None:
    due = [Due(n, MONDAY - timedelta(days=n % 7), "ABC"[n % 3]) for n in range(late)]
    days = over_the_week(due, WORKING[today], WORKING)
    assert sorted(days) == list(range(late))
    counts = Counter(days.values())
    left = 5 - today
    assert all(day >= WORKING[today] for day in counts)
    assert max(counts.values(), default=0) <= -(-late // left)


def test_nobody_is_proposed_before_their_day() -> None:
    due = [Due(1, WORKING[3], "A"), Due(2, WORKING[0], "C")]
    assert over_the_week(due, MONDAY, WORKING) == {2: WORKING[0], 1: WORKING[3]}
