"""The pipeline's figures against counts by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flows.deals.rules import (
    Passed,
    Row,
    Sale,
    Step,
    bottleneck,
    cycle,
    funnel,
    is_stale,
    percent_in,
    pipeline,
    stage_named,
)

STEPS = [
    Step(1, "Lead", "open", 10),
    Step(2, "Quote", "open", 50),
    Step(3, "Won", "won", 100),
    Step(4, "Lost", "lost", 0),
]
DAY = datetime(2026, 3, 2, tzinfo=UTC)


def test_sums_and_what_is_likely() -> None:
    sales = [Sale(1, "open", 100, DAY), Sale(2, "open", 200, DAY), Sale(2, "open", 300, DAY), Sale(3, "won", 900, DAY)]
    assert pipeline(STEPS, sales) == [Row(1, "Lead", 1, 100, 10), Row(2, "Quote", 2, 500, 250)]


def test_a_deal_that_came_further_passed_what_it_skipped() -> None:
    reached = {1: {1}, 2: {1, 2}, 3: {2, 3}, 4: {1, 4}, 5: {3}}
    passed = funnel(STEPS, reached)
    assert passed == [Passed("Lead", 5, None), Passed("Quote", 3, 60), Passed("Won", 2, 67)]
    assert bottleneck(passed) == passed[1]


def test_length_of_a_sale_and_standing_still() -> None:
    won = [Sale(3, "won", 1, DAY, DAY + timedelta(days=days)) for days in (10, 20, 90)]
    assert cycle(won) == 20
    assert cycle([]) is None
    assert is_stale(DAY, None, 14, DAY + timedelta(days=14))
    assert not is_stale(DAY, DAY + timedelta(days=10), 14, DAY + timedelta(days=14))


def test_stages_in_words() -> None:
    keys = {1: "lead", 2: "quote", 3: "won", 4: "lost"}
    assert [stage_named(word, STEPS, keys) for word in ("quote", "stage=quote", "报价", "赢单", "qoute", "x")] == [
        STEPS[1], STEPS[1], STEPS[1], STEPS[2], STEPS[1], None,
    ]  # fmt: skip
    assert percent_in("add Demo 40% after Contact") == (40, "add Demo after Contact")
