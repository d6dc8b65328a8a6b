"""Risk finds who will leave better than "silent for 30 days" does, and a planted cause of churn by its name."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from flows.churn.causes import Case, causes
from flows.churn.risk import History, risk_of
from tests.engines import NOON

DAY = timedelta(days=1)
SEEDS = range(12)


def histories(seed: int, count: int = 300) -> list[tuple[History, bool]]:
    """Customers with habits of their own, a fifth of whom have begun to leave some time ago, each in another way."""
    dice = random.Random(seed)
    return [_customer(dice, leaving=dice.random() < 0.2) for _ in range(count)]


def _customer(dice: random.Random, *, leaving: bool) -> tuple[History, bool]:
    talk, buy = dice.lognormvariate(3.0, 0.6), dice.lognormvariate(3.9, 0.5)
    turned = NOON - dice.uniform(25, 90) * DAY if leaving else None
    signs = dice.sample(["talk", "orders", "answers", "scores", "complaints"], k=dice.randint(2, 4)) if leaving else []
    touches = _walk(dice, talk, turned if "talk" in signs else None, slower=3.0)
    orders = _walk(dice, buy, turned if "orders" in signs else None, slower=4.0)
    heard = [at for at in touches if dice.random() < (0.2 if turned and at > turned and "answers" in signs else 0.6)]
    scores = []
    for at in touches:
        if dice.random() < 0.15:
            unhappy = turned is not None and at > turned and "scores" in signs
            scores.append((at, float(min(5, max(1, round(dice.gauss(2.6 if unhappy else 4.3, 0.7)))))))
    complaints = [
        at for at in heard if dice.random() < (0.3 if turned and at > turned and "complaints" in signs else 0.02)
    ]
    history = History(
        NOON, 30, touches, heard, orders, scores, complaints, dice.choice([0, 0, 0, 1, 3 if leaving else 2])
    )
    return history, leaving


def _walk(dice: random.Random, gap: float, turned: datetime | None, slower: float) -> list[datetime]:
    at, found = NOON - 365 * DAY, []
    while True:
        factor = slower if turned is not None and at > turned else 1.0
        at += max(1.0, dice.gammavariate(4, gap / 4) * factor) * DAY
        if at >= NOON:
            return found
        found.append(at)


def auc(scored: Sequence[tuple[float, bool]]) -> float:
    """How often somebody who leaves stands above somebody who stays; equal ones count half."""
    go, stay = [s for s, left in scored if left], [s for s, left in scored if not left]
    return sum((g > s) + (g == s) / 2 for g in go for s in stay) / (len(go) * len(stay))


def silent(history: History) -> float:
    return (history.now - history.touches[-1]) / DAY if history.touches else 365.0


def precision_at(scored: Sequence[tuple[float, bool]], wanted: int) -> float:
    """Among the first so many that the order names until as many leavers are found."""
    found = named = 0
    for _score, left in sorted(scored, key=lambda one: -one[0]):
        named, found = named + 1, found + left
        if found >= wanted:
            break
    return found / named


def test_risk_beats_thirty_days_of_silence() -> None:
    ours, plain, better = [], [], 0
    for seed in SEEDS:
        people = histories(seed)
        scored = [(risk_of(history).points, left) for history, left in people]
        ours.append(auc(scored))
        plain.append(auc([(silent(history), left) for history, left in people]))
        rule = [left for history, left in people if silent(history) > 30]
        better += precision_at(scored, sum(rule)) > sum(rule) / len(rule)
    assert sum(ours) / len(ours) > 0.72
    assert sum(ours) / len(ours) > sum(plain) / len(plain) + 0.1
    assert min(mine - theirs for mine, theirs in zip(ours, plain, strict=True)) > 0
    assert better >= len(SEEDS) - 2


def test_who_keeps_their_habits_is_at_no_risk_however_rarely_they_come() -> None:
    rarely = [NOON - n * 90 * DAY for n in range(5, 0, -1)]
    assert risk_of(History(NOON, 30, touches=rarely, orders=rarely)).grade == ""


def test_every_reason_is_said_with_its_numbers() -> None:
    weekly = [NOON - (40 + n * 7) * DAY for n in range(20, 0, -1)]
    found = risk_of(
        History(
            NOON,
            14,
            touches=weekly,
            heard=weekly,
            orders=[NOON - (100 + n * 30) * DAY for n in range(6, 0, -1)],
            scores=[(NOON - 100 * DAY, 5.0), (NOON - 20 * DAY, 2.0)],
            complaints=[NOON - 10 * DAY],
            unanswered=4,
        )
    )
    assert found.grade == "red"
    assert {reason[0] for reason in found.reasons} >= {"silent", "late", "score", "complaints", "unanswered"}
    assert ("silent", 47, 7) in found.reasons


# causes

VALUES = {
    "source": ["expo", "web", "referral", "phone"],
    "tier": ["A", "B", "C"],
    "owner": ["Ann", "Bob", "Cem", "Dia", "Eve"],
    "industry": ["auto", "food", "water", "mining", "paper", "toys"],
}


def firm(seed: int, planted: tuple[str, str] | None, *, rising: float = 1.0, lost: float = 0.25) -> list[Case]:
    """400 buyers whose tiers and owners always lose at rates of their own; of the planted group one in four goes."""
    dice = random.Random(seed)
    own = {value: dice.uniform(0.6, 1.6) for dimension in ("tier", "owner") for value in VALUES[dimension]}
    cases = []
    while sum(case.there_now > 0 for case in cases) < 400:
        groups = {dimension: dice.choice(values) for dimension, values in VALUES.items()}
        base = 0.02 * own[groups["tier"]] * own[groups["owner"]]
        since = dice.randint(1, 12)
        left = next((month for month in range(since) if dice.random() < base), None)
        now = lost if planted and groups[planted[0]] == planted[1] else base * rising
        there = 1.0 if left is None else 0.0
        left_now = left is None and dice.random() < now
        cases.append(Case(there, float(since if left is None else left + 0.5), left_now, left is not None, groups))
    return cases


@pytest.mark.parametrize("rising", [1.0, 2.0])
def test_no_cause_is_invented(rising: float) -> None:
    invented = sum(bool(causes(firm(seed, None, rising=rising), list(VALUES))) for seed in range(100))
    assert invented <= 10


def test_a_planted_cause_is_named() -> None:
    named = 0
    for seed in range(100):
        dimension = random.Random(seed).choice(["source", "tier", "owner"])
        value = random.Random(seed + 1000).choice(VALUES[dimension])
        found = causes(firm(seed, (dimension, value), rising=1.2), list(VALUES))
        named += any((cause.dimension, cause.value) == (dimension, value) for cause in found)
    assert named >= 90
