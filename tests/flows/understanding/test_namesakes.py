"""Many customers of one name: seldom asked, next to never the wrong one."""

import pytest

from benchmarks.namesakes import measure


def test_a_small_crowd_of_namesakes() -> None:
    right, wrong, asked = measure(20_000, 200)
    assert right > 0.75
    assert wrong <= 0.015
    assert asked <= 0.22


@pytest.mark.slow
def test_five_thousand_namesakes_among_a_million() -> None:
    right, wrong, asked = measure(1_000_000, 2_000)
    assert right > 0.8
    assert wrong <= 0.005
    assert asked <= 0.15
