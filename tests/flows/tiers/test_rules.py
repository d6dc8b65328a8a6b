"""The reference table of tiers, stages and scores, with every border."""

from __future__ import annotations

from typing import Any

import pytest

from flows.tiers.rules import WEIGHTS, Limits, Numbers, parts_of, rising, score_of, stage_of, tier_of


@pytest.mark.parametrize(
    ("value", "tier"),
    [
        (0, "C"),
        (29_999_999, "C"),
        (30_000_000, "B"),
        (30_000_001, "B"),
        (99_999_999, "B"),
        (100_000_000, "B"),
        (100_000_001, "A"),
        (10**15, "A"),
        (-1, "C"),
    ],
)
def test_tier_by_value(value: int, tier: str) -> None:
    assert tier_of(Numbers(orders=1, value=value), 0, Limits()) == (tier, ["value", value])


def test_no_tier_before_any_order() -> None:
    assert tier_of(Numbers(value=0), 100, Limits()) == ("", ["no_order"])


@pytest.mark.parametrize(("value", "tier"), [(499_99, "C"), (500_00, "B"), (1000_00, "B"), (1000_01, "A")])
def test_tier_by_the_firms_own_limits(value: int, tier: str) -> None:
    assert tier_of(Numbers(orders=1, value=value), 0, Limits(a=1000, b=500))[0] == tier


@pytest.mark.parametrize(("score", "tier"), [(0, "C"), (44, "C"), (45, "B"), (74, "B"), (75, "A"), (100, "A")])
def test_tier_by_score(score: int, tier: str) -> None:
    assert tier_of(Numbers(orders=1), score, Limits(by="score")) == (tier, ["score", score])


@pytest.mark.parametrize(
    ("numbers", "stage", "why"),
    [
        ({}, "potential", ["no_order"]),
        ({"silent": 900, "complaints": 9}, "potential", ["no_order"]),
        ({"orders": 1}, "new", ["first_order"]),
        ({"orders": 2}, "growth", ["repeat", 2]),
        ({"orders": 1, "silent": 90}, "new", ["first_order"]),
        ({"orders": 1, "silent": 91}, "warning", ["silent", 91]),
        ({"orders": 3, "complaints": 1}, "growth", ["repeat", 3]),
        ({"orders": 3, "complaints": 2}, "warning", ["complaints", 2]),
        ({"orders": 3, "complaints": 2, "complaints_before": 2}, "growth", ["repeat", 3]),
        ({"orders": 3, "complaints": 3, "complaints_before": 2}, "warning", ["complaints", 3]),
        ({"orders": 3, "activity": 1, "activity_before": 3}, "growth", ["repeat", 3]),
        ({"orders": 3, "activity": 1, "activity_before": 4}, "warning", ["less", 1, 4]),
        ({"orders": 3, "activity": 2, "activity_before": 4}, "growth", ["repeat", 3]),
        ({"orders": 3, "activity": 2, "activity_before": 5}, "warning", ["less", 2, 5]),
    ],
)
def test_stage(numbers: dict[str, Any], stage: str, why: list[object]) -> None:
    assert stage_of(Numbers(**numbers), Limits()) == (stage, why)


@pytest.mark.parametrize(
    ("part", "numbers", "stage", "expected"),
    [
        ("amount", {"value": 0}, "", 0),
        ("amount", {"value": 50_000_000}, "", 50),
        ("amount", {"value": 100_000_000}, "", 100),
        ("amount", {"value": 10**12}, "", 100),
        ("frequency", {"orders_year": 0}, "", 0),
        ("frequency", {"orders_year": 3}, "", 75),
        ("frequency", {"orders_year": 4}, "", 100),
        ("frequency", {"orders_year": 5}, "", 100),
        ("stage", {}, "growth", 100),
        ("stage", {}, "warning", 0),
        ("stage", {}, "new", 50),
        ("satisfaction", {}, "", 50),
        ("satisfaction", {"satisfaction": 1}, "", 0),
        ("satisfaction", {"satisfaction": 5}, "", 100),
        ("complaints", {}, "", 100),
        ("complaints", {"complaints_year": 2}, "", 32),
        ("complaints", {"complaints_year": 3}, "", 0),
        ("activity", {"activity": 4}, "", 80),
        ("activity", {"activity": 6}, "", 100),
        ("growth", {}, "", 0),
        ("growth", {"half": 1}, "", 100),
        ("growth", {"half": 5, "half_before": 5}, "", 50),
        ("growth", {"half": 0, "half_before": 5}, "", 0),
        ("growth", {"half": 10, "half_before": 5}, "", 100),
    ],
)
def test_part_of_the_score(part: str, numbers: dict[str, Any], stage: str, expected: int) -> None:
    assert parts_of(Numbers(**numbers), stage, Limits())[part] == expected


def test_the_score_is_the_weighted_mean() -> None:
    assert score_of({"amount": 100, "frequency": 50}, {"amount": 1, "frequency": 1}) == 75
    assert score_of({"amount": 100, "frequency": 49}, {"amount": 1, "frequency": 1}) == 75
    assert score_of({"amount": 100, "frequency": 50}, {"amount": 0, "frequency": 0}) == 0
    assert score_of(dict.fromkeys(WEIGHTS, 100), WEIGHTS) == 100
    assert score_of(dict.fromkeys(WEIGHTS, 0), WEIGHTS) == 0


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, False),
        ({"half": 1}, True),
        ({"half": 3, "half_before": 2}, True),
        ({"half": 29, "half_before": 20}, False),
        ({"activity": 2}, False),
        ({"activity": 3, "activity_before": 1}, True),
        ({"activity": 5, "activity_before": 3}, False),
    ],
)
def test_rising(numbers: dict[str, Any], expected: bool) -> None:
    assert rising(Numbers(**numbers)) is expected
