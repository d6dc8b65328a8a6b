"""What counts in a day, and how far goals are."""

from __future__ import annotations

from datetime import date

import pytest

from flows.day.rules import Did, bar, began, counted, ended, metric_in, on_track, period_in, ranked, reached

DAY = date(2026, 3, 4)


def _did(kind: str, text: str, customer: int = 1, member: int = 1) -> Did:
    return Did(member, customer, kind, text, DAY)


def test_the_same_words_twice_and_notes_of_one_word_count_nowhere() -> None:
    done = [
        _did("call", "called Acme, fine"),
        _did("call", "Called  Acme, fine"),
        _did("call", "called Acme, fine", customer=2),
        _did("note", "ok"),
        _did("note", "prefers mail in the morning"),
        _did("call", ""),
        _did("call", ""),
    ]
    assert [(one.kind, one.customer, one.text) for one in counted(done)] == [
        ("call", 1, "called Acme, fine"), ("call", 2, "called Acme, fine"),
        ("note", 1, "prefers mail in the morning"), ("call", 1, ""), ("call", 1, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "metric", "period"),
    [
        ("calls week", "calls", "week"),
        ("电话 本周", "calls", "week"),
        ("won this month", "won", "month"),
        ("业绩 每月", "won", "month"),
        ("visits 5 a week", "visits", "week"),
        ("nothing known", None, None),
    ],
)
def test_metrics_and_periods_in_words(words: str, metric: str | None, period: str | None) -> None:
    found, rest = metric_in(words)
    assert found == metric
    assert period_in(rest)[0] == period


def test_stretches_of_time() -> None:
    assert (began("week", DAY), ended("week", DAY)) == (date(2026, 3, 2), date(2026, 3, 9))
    assert (began("month", DAY), ended("month", DAY)) == (date(2026, 3, 1), date(2026, 4, 1))
    assert ended("month", date(2026, 12, 31)) == date(2027, 1, 1)


def test_goals_and_ranks() -> None:
    assert bar(30) == "███░░░░░░░"
    assert reached(3, 10) == 30
    assert on_track(3, 10, date(2026, 3, 2), date(2026, 3, 9), DAY)
    assert not on_track(2, 10, date(2026, 3, 2), date(2026, 3, 9), DAY)
    assert ranked({1: 5, 2: 7, 3: 5, 4: 0}) == [(1, 2, 7), (2, 1, 5), (2, 3, 5)]
