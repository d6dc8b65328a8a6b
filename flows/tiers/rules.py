"""Tiers, scores and lifecycle stages from plain numbers: pure, no rows and no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Why = list[object]
"""A reason: a word of ours, then its numbers."""

HUNDREDTHS = 100
TIERS = ("A", "B", "C")
STAGES = ("lead", "potential", "new", "growth", "warning")
STEPS = ("need", "contact", "talk", "deal", "service", "return")
WEIGHTS: Mapping[str, int] = {
    "amount": 30,
    "frequency": 15,
    "stage": 10,
    "satisfaction": 15,
    "complaints": 10,
    "activity": 10,
    "growth": 10,
}
"""The parts of a score, and how much each counts until somebody sets it otherwise."""
_OF_STAGE = {"lead": 0, "potential": 25, "new": 50, "growth": 100, "warning": 0}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the firm has set: yearly values in whole units, scores, days; `by` is "value" or "score"."""

    by: str = "value"
    a: int = 1_000_000
    b: int = 300_000
    score_a: int = 75
    score_b: int = 45
    silent: int = 90
    weights: Mapping[str, int] = field(default_factory=lambda: dict(WEIGHTS))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is known of one customer: sums in hundredths, counts, days."""

    orders: int = 0
    orders_year: int = 0
    value: int = 0
    """Of the last twelve months."""
    half: int = 0
    """Of the last six months."""
    half_before: int = 0
    activity: int = 0
    """Contacts of the last ninety days, and of the ninety before."""
    activity_before: int = 0
    complaints: int = 0
    complaints_before: int = 0
    complaints_year: int = 0
    satisfaction: float | None = None
    """1 to 5, the mean of twelve months."""
    silent: int = 0
    red: bool = False
    """By their own habits they may well be going."""


def tier_of(numbers: Numbers, score: int, limits: Limits) -> tuple[str, Why]:
    """A above the upper limit, B from the lower to the upper one, both included, C below; nothing before any order."""
    if not numbers.orders:
        return "", ["no_order"]
    if limits.by == "score":
        tier = "A" if score >= limits.score_a else "B" if score >= limits.score_b else "C"
        return tier, ["score", score]
    value = numbers.value
    tier = "A" if value > limits.a * HUNDREDTHS else "B" if value >= limits.b * HUNDREDTHS else "C"
    return tier, ["value", value]


def stage_of(numbers: Numbers, limits: Limits) -> tuple[str, Why]:
    """Where a customer stands by what happened; a warning needs somebody who has bought before."""
    if not numbers.orders:
        return "potential", ["no_order"]
    if numbers.complaints >= 2 and numbers.complaints > numbers.complaints_before:
        return "warning", ["complaints", numbers.complaints]
    if numbers.red:
        return "warning", ["risk"]
    if numbers.silent > limits.silent:
        return "warning", ["silent", numbers.silent]
    if numbers.activity_before >= 4 and numbers.activity * 2 < numbers.activity_before:
        return "warning", ["less", numbers.activity, numbers.activity_before]
    return ("new", ["first_order"]) if numbers.orders == 1 else ("growth", ["repeat", numbers.orders])


def parts_of(numbers: Numbers, stage: str, limits: Limits) -> Mapping[str, int]:
    """Each part of the score, 0 to 100."""
    return {
        "amount": _capped(numbers.value / max(1, limits.a)),
        "frequency": _capped(numbers.orders_year * 25),
        "stage": _OF_STAGE.get(stage, 0),
        "satisfaction": 50 if numbers.satisfaction is None else _capped((numbers.satisfaction - 1) * 25),
        "complaints": _capped(100 - numbers.complaints_year * 34),
        "activity": _capped(numbers.activity * 20),
        "growth": _growth(numbers.half, numbers.half_before),
    }


def score_of(parts: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """The weighted mean, halves up; 0 when nothing counts."""
    whole = sum(weights.get(name, 0) for name in parts)
    return int(sum(parts[name] * weights.get(name, 0) for name in parts) / whole + 0.5) if whole else 0


def rising(numbers: Numbers) -> bool:
    """Somebody who buys or talks clearly more than before: half as much again, or for the first time."""
    more_money = numbers.half > 0 and numbers.half * 2 >= numbers.half_before * 3
    more_talk = numbers.activity >= 3 and numbers.activity >= numbers.activity_before * 2
    return more_money or more_talk


def _growth(now: int, before: int) -> int:
    """50 when nothing changed, 100 for twice as much or a beginning, 0 for nothing any more."""
    if not before:
        return 100 if now else 0
    return _capped(50 * now / before)


def _capped(value: float) -> int:
    return int(min(100, max(0, value)))
