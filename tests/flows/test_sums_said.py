"""Sums as they are said where one was asked for."""

import pytest

from flows.activities.sums import in_figures, sum_alone


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("120000", 120000),
        ("120,000", 120000),
        ("120 000", 120000),
        ("about 120000", 120000),
        ("a hundred and twenty thousand", 120000),
        ("twelve k", 12000),
        ("fifty grand", 50000),
        ("two hundred", 200),
        ("one million two hundred thousand", 1200000),
        ("五千", 5000),
    ],
)
def test_a_sum_alone(said: str, amount: int) -> None:
    assert sum_alone(said) == amount


@pytest.mark.parametrize("said", ["no idea", "ask Ann", "3 or 4", "the second one"])
def test_what_says_no_sum(said: str) -> None:
    assert sum_alone(said) is None


@pytest.mark.parametrize("said", ["one pump for Acme", "seven thirty", "no thousands here"])
def test_small_numbers_stay_words(said: str) -> None:
    assert in_figures(said) == said
