"""The rule of asking, test by test with its borders; and the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.core.text import plain
from flows.surveys import rules
from flows.surveys.rules import (
    REASONS,
    History,
    allowed_from,
    csat,
    follows,
    may_ask,
    may_override,
    percent,
    refusals,
    waits_until,
)
from flows.words import Words

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FREE = History(now=NOW)
SECOND = timedelta(seconds=1)
WEEK, MONTH = timedelta(hours=7 * 24), timedelta(days=30)


def refused(**values: Any) -> str:
    refusal = may_ask(replace(FREE, **values))
    return refusal.code if refusal else ""


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, ""),
        ({"activity": "there"}, ""),
        ({"activity": "undone"}, "undone"),
        ({"by_human": False}, "no-human"),
        ({"active": False}, "inactive"),
        ({"reachable": False}, "unreachable"),
        ({"stopped": True}, "stopped"),
        ({"busy": True}, "busy"),
        ({"room": True}, "room"),
        ({"reporter": True}, "reporter"),
        ({"last_any": NOW - WEEK + SECOND}, "any-survey"),
        ({"last_any": NOW - WEEK}, ""),
        ({"last_any": NOW}, "any-survey"),
        ({"last_any": NOW - MONTH + SECOND, "last_same": NOW - MONTH + SECOND}, "same-survey"),
        ({"last_any": NOW - MONTH, "last_same": NOW - MONTH}, ""),
        ({"last_any": NOW - WEEK, "last_same": NOW - timedelta(days=89), "every": 90}, "same-survey"),
        ({"last_any": NOW - WEEK, "last_same": NOW - timedelta(days=90), "every": 90}, ""),
    ],
)
def test_each_test_of_the_rule_and_its_border(values: dict[str, Any], code: str) -> None:
    assert refused(**values) == code


def test_the_tests_are_made_in_their_order() -> None:
    worst = History(
        now=NOW,
        activity="undone",
        by_human=False,
        active=False,
        reachable=False,
        stopped=True,
        last_same=NOW,
        last_any=NOW,
        busy=True,
        room=True,
        reporter=True,
    )
    assert [refusal.code for refusal in refusals(worst)] == [
        "undone",
        "no-human",
        "inactive",
        "unreachable",
        "stopped",
        "same-survey",
        "any-survey",
        "busy",
        "room",
        "reporter",
    ]


@pytest.mark.parametrize("code", sorted(REASONS))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_refusal_is_a_sentence_in_both_languages(code: str, language: Any) -> None:
    said = plain(REASONS[code].resolve(Words(language, "UTC", NOW)))
    assert said.endswith("." if language == "en" else "。")
    assert said.isascii() == (language == "en")


@pytest.mark.parametrize(
    ("values", "may"),
    [
        ({}, False),
        ({"last_any": NOW}, True),
        ({"last_any": NOW, "last_same": NOW}, True),
        ({"last_any": NOW, "stopped": True}, False),
        ({"stopped": True}, False),
        ({"last_any": NOW, "busy": True}, False),
        ({"last_any": NOW, "reachable": False}, False),
    ],
)
def test_only_distances_can_be_overridden(values: dict[str, Any], may: bool) -> None:
    assert may_override(replace(FREE, **values)) is may


def test_it_is_possible_again_when_the_longest_distance_has_passed() -> None:
    history = replace(FREE, last_any=NOW - SECOND, last_same=NOW - timedelta(days=10))
    assert allowed_from(history) == NOW + timedelta(days=20)
    assert refused(last_any=history.last_any, last_same=history.last_same, now=NOW + timedelta(days=20)) == ""
    assert waits_until(next(refusals(history))) is not None
    assert waits_until(rules.Refusal("stopped")) is None


def test_a_shorter_distance_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "ANY_SURVEY", timedelta(hours=7 * 24) - SECOND)
    assert refused(last_any=NOW - WEEK + SECOND) != "any-survey"


@pytest.mark.parametrize(
    ("kind", "status", "age", "fits"),
    [
        ("visit", "done", timedelta(), True),
        ("visit", "planned", timedelta(), False),
        ("call", "done", timedelta(), False),
        ("visit", "done", timedelta(days=7), True),
        ("visit", "done", timedelta(days=7, seconds=1), False),
    ],
)
def test_when_a_survey_follows_by_rule(kind: str, status: str, age: timedelta, fits: bool) -> None:
    assert follows(kind, status, ["visit"], age) is fits


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, "0"),
        ({1: 1}, "0"),
        ({4: 1, 5: 1, 3: 1}, "66.67"),
        ({5: 3}, "100"),
        ({3: 7, 4: 1}, "12.5"),
        ({1: 5, 5: 1}, "16.67"),
    ],
)
def test_csat_is_fours_and_fives_among_answers(scores: dict[int, int], expected: str) -> None:
    assert csat(scores) == Decimal(expected)


def test_the_rate_of_nothing_is_zero() -> None:
    assert percent(0, 0) == 0
    assert percent(1, 3) == Decimal("33.33")
