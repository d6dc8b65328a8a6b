"""A few words whose meaning hangs on what they follow: pure."""

from __future__ import annotations

import pytest

from flows.optout.rules import declines, wish_of
from flows.relay.rules import by_number


@pytest.mark.parametrize(
    "said", ["not interested", "No thanks, not interested", "没兴趣", "我们暂时没有兴趣", "别再发这些了"]
)
def test_words_that_decline_what_was_sent(said: str) -> None:
    assert declines(said)


@pytest.mark.parametrize(
    "said", ["别发错了", "we are not interested in the blue one", "不要发货", "the price is not interesting"]
)
def test_words_about_something_else_decline_nothing(said: str) -> None:
    assert not declines(said)


@pytest.mark.parametrize("said", ["I'm not interested in your offers", "对你们的优惠不感兴趣"])
def test_offers_that_are_named_need_nothing_before_them(said: str) -> None:
    wish = wish_of(said)
    assert wish is not None
    assert (wish.kind, wish.again) == ("offers", False)


@pytest.mark.parametrize(
    ("said", "number", "words"),
    [
        ("answer 102 we come at three", 102, "we come at three"),
        ("reply to T-102 it is on its way", 102, "it is on its way"),
        ("回复102 明天上午到", 102, "明天上午到"),
    ],
)
def test_an_answer_by_number_needs_no_colon(said: str, number: int, words: str) -> None:
    found = by_number(said)
    assert found is not None
    assert (found.number, found.words) == (number, words)


@pytest.mark.parametrize("said", ["answer the phone", "reply by 5 pm", "answer 102"])
def test_other_words_are_no_answer_by_number(said: str) -> None:
    assert by_number(said) is None
