"""Wishes and scores in people's own words."""

from __future__ import annotations

import pytest

from flows.dialog import take
from flows.surveys.ready import VISIT
from flows.surveys.wishes import meant_as_number, score_in_words, wish_to_start, wish_to_stop
from tests.flows.test_dialog import at


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("stop", "surveys"),
        ("STOP!", "surveys"),
        ("stop surveys", "surveys"),
        ("No more of these surveys please", "surveys"),
        ("please stop sending me surveys", "surveys"),
        ("unsubscribe", "surveys"),
        ("退订", "surveys"),
        ("退订。", "surveys"),
        ("别再给我发问卷了", "surveys"),
        ("不要发问卷", "surveys"),
        ("leave me alone", "all"),
        ("Don't contact me again", "all"),
        ("不要再联系我了", "all"),
        ("别打扰我", "all"),
        ("不要再给我发消息了", "all"),
        ("you never write to me", ""),
        ("The machine does not stop", ""),
        ("please send the offer", ""),
        ("什么时候发货", ""),
        ("别忘了发报价", ""),
        ("不要再联系小王，直接找我", ""),
        ("stop " + "x" * 100 + " survey", ""),
    ],
)
def test_wishes_to_stop(said: str, wish: str) -> None:
    assert wish_to_stop(said) == wish


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("start surveys", True), ("Resume surveys", True), ("恢复", True), ("恢复问卷", True), ("恢复供货了吗", False)],
)
def test_wishes_to_start_again(said: str, wanted: bool) -> None:
    assert wish_to_start(said) is wanted


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("5", 5),
        ("５", 5),
        ("5分", 5),
        ("五", 5),
        ("五分", 5),
        ("five", 5),
        ("Five stars", 5),
        ("4/5", 4),
        ("打三分", 3),
        ("两星", 2),
        ("非常满意", 5),
        ("非常满意！", 5),
        ("Very dissatisfied", 1),
        ("一般", 3),
        ("一般般", 3),
        ("还行", 3),
        ("很满意", 5),
        ("太好了", 5),
        ("great", 5),
        ("不太满意", 2),
    ],
)
def test_scores_in_digits_numerals_and_words(said: str, score: int) -> None:
    state = take(VISIT, at(VISIT), score_in_words(said))
    assert getattr(state, "answers", None) == {"score": score}


@pytest.mark.parametrize(
    ("said", "number"),
    [("11", True), ("0", True), ("十分", True), ("3.5", True), ("I need 5 more seats", False), ("什么时候到货", False)],
)
def test_a_number_that_is_no_score_is_asked_again(said: str, number: bool) -> None:
    assert meant_as_number(said) is number
