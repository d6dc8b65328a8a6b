"""The numbers against a second way to each: counting answers one by one, roots of the test's own equation, samples."""

from __future__ import annotations

import random
from collections import Counter
from math import sqrt
from statistics import NormalDist, fmean, pstdev

import pytest

from flows.results import rules
from flows.results.cards import number
from flows.results.rules import ces, csat, hidden, nps, share

Z = NormalDist().inv_cdf(0.975)
SETS = 1000


def drawn(seed: int, low: int, high: int) -> list[list[int | None]]:
    """Answer sets of every size and shape; None is a question that was skipped."""
    dice, found = random.Random(seed), []
    for _ in range(SETS):
        weights = [dice.random() ** 3 + 0.001 for _ in range(low, high + 1)]
        values: list[int | None] = list(
            dice.choices(range(low, high + 1), weights, k=dice.choice((0, 1, 2, 5, 30, 200)))
        )
        found.append(values + [None] * dice.choice((0, 0, 3, 50)))
        dice.shuffle(found[-1])
    return found


def counted(values: list[int | None]) -> Counter[int]:
    return Counter(value for value in values if value is not None)


def test_nps_is_the_mean_of_plus_and_minus_a_hundred() -> None:
    for values in drawn(1, 0, 10):
        said = [value for value in values if value is not None]
        marks = [100 if value > 8 else -100 if value < 7 else 0 for value in said]
        found = nps(counted(values))
        assert found.n == len(said)
        assert found.value == pytest.approx(fmean(marks) if marks else 0)


def test_the_range_of_nps_is_that_of_the_answers_with_three_more() -> None:
    for values in drawn(2, 0, 10):
        said = [value for value in values if value is not None]
        if not said:
            continue
        quarters = [100 if value > 8 else -100 if value < 7 else 0 for value in said for _ in range(4)]
        quarters += [100] * 3 + [-100] * 3 + [0] * 6
        half = Z * pstdev(quarters) / sqrt(len(quarters) / 4)
        found = nps(counted(values))
        assert found.low == pytest.approx(max(-100, min(found.value, fmean(quarters) - half)))
        assert found.high == pytest.approx(min(100, max(found.value, fmean(quarters) + half)))


def test_csat_and_its_range_solve_wilsons_equation() -> None:
    """Both ends are the shares at which what was seen is 1.96 standard errors away."""
    for values in drawn(3, 1, 5):
        said = [value for value in values if value is not None]
        found = csat(counted(values))
        assert found.value == pytest.approx(100 * sum(value > 3 for value in said) / len(said) if said else 0)
        if not said:
            continue
        seen = sum(value in (4, 5) for value in said) / len(said)
        for end in (found.low / 100, found.high / 100):
            if 0 < end < 1:
                assert abs(seen - end) == pytest.approx(Z * sqrt(end * (1 - end) / len(said)), abs=1e-9)


def test_ces_is_the_mean_and_the_share_of_five_to_seven() -> None:
    for values in drawn(4, 1, 7):
        said = [value for value in values if value is not None]
        mean, easy = ces(counted(values))
        assert mean == pytest.approx(fmean(said) if said else 0)
        assert easy.value == pytest.approx(100 * sum(value >= 5 for value in said) / len(said) if said else 0)


def test_the_range_holds_what_it_promises() -> None:
    """Of samples from a known share, 95 of 100 ranges hold it."""
    dice, held = random.Random(5), 0
    for _ in range(2000):
        true = dice.uniform(0.2, 0.8)
        part = sum(dice.random() < true for _ in range(60))
        found = share(part, 60)
        held += found.low <= 100 * true <= found.high
    assert 0.93 <= held / 2000 <= 0.97


def test_zero_is_a_detractor_and_the_textbook_example_is_sixty() -> None:
    assert nps({0: 1}).value == -100
    assert nps({10: 70, 8: 20, 3: 10}).value == pytest.approx(60)
    assert nps({}).n == 0


def test_a_skipped_answer_in_the_divisor_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = rules.total
    monkeypatch.setattr(rules, "total", lambda counts: honest(counts) + 1)
    with pytest.raises(AssertionError):
        test_nps_is_the_mean_of_plus_and_minus_a_hundred()


@pytest.mark.parametrize(("value", "shown"), [(66.666, "67"), (-0.2, "0"), (-12.5, "-13"), (0.5, "1")])
def test_numbers_are_shown_whole(value: float, shown: str) -> None:
    assert number(value) == shown


def test_no_view_less_another_leaves_fewer_than_five() -> None:
    dice = random.Random(6)
    for _ in range(SETS):
        groups = {name: dice.choice((0, 1, 2, 4, 5, 6, 9, 40)) for name in "ABCDE"[: dice.randrange(1, 6)]}
        away = hidden(groups)
        total, shown = sum(groups.values()), [count for name, count in groups.items() if name not in away and count]
        assert all(count >= 5 for count in shown)
        left = total - sum(shown)
        assert left == 0 or left >= 5 or not shown
