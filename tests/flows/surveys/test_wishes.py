"""Wishes and scores in people's own words."""

from __future__ import annotations

import pytest

from flows.dialog import take
from flows.steps import Misread, Step, read
from flows.surveys.misread import misread
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
        ("Unsubscribe me", "surveys"),
        ("stop asking me these questions", "surveys"),
        ("TD", "surveys"),
        ("退订吧", "surveys"),
        ("别再问了", "surveys"),
        ("我不想参加调查", "surveys"),
        ("leave me alone with your surveys", "surveys"),
        ("Leave me alone please!", "all"),
        ("take me off your list", "all"),
        ("opt out", "all"),
        ("stop spamming me", "all"),
        ("别烦我", "all"),
        ("not interested", ""),
        ("不要发了", ""),
        ("quit", ""),
        ("no more questions, thanks", ""),
        ("how do I take part in the survey?", ""),
        ("please don't send the wrong parts any more", ""),
        ("stop the order please", ""),
        ("不要再发错货了", ""),
        ("问卷里的问题太多", ""),
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
    "said", ["not interested", "Quit", "no more questions", "烦死了，别发了", "不要再发了", "没兴趣"]
)
def test_what_is_a_wish_only_to_a_question_of_ours(said: str) -> None:
    assert wish_to_stop(said, asked=True) == "surveys"
    assert wish_to_stop(said) == ""


@pytest.mark.parametrize(
    "said", ["the price is not interesting", "we don't want it in blue", "要再发一次吗", "stop by on Friday"]
)
def test_an_answer_is_no_wish(said: str) -> None:
    assert wish_to_stop(said, asked=True) == ""


@pytest.mark.parametrize(
    ("said", "on_ten", "on_five"),
    [
        ("10/10", 10, None),
        ("4/10", 4, None),
        ("4 of 5", None, 4),
        ("nine", 9, None),
        ("Nine!!", 9, None),
        ("十分", 10, None),
        ("eight I guess", 8, None),
        ("大概七分吧", 7, None),
        ("给个八分", 8, None),
        ("那就大概六分吧", 6, None),
        ("0", 0, None),
        ("5️⃣", 5, 5),
        ("⭐⭐⭐⭐", 4, 4),
        ("８", 8, None),
    ],
)
def test_scores_as_people_write_them(said: str, on_ten: int | None, on_five: int | None) -> None:
    for kind, score in (("nps", on_ten), ("csat", on_five)):
        step = Step("score", kind, {"en": "?"})  # type: ignore[arg-type]
        assert (None if isinstance(read(step, said), Misread) else read(step, said)) == score
        assert score is not None or misread(step, said, "en") is not None


@pytest.mark.parametrize("said", ["8.5", "八九分吧", "8 or 9", "7-8", "👍", "😊😊", "100分", "-1", "三点五"])
def test_what_is_no_whole_number_is_asked_again(said: str) -> None:
    step = Step("score", "nps", {"en": "?"})
    assert isinstance(read(step, said), Misread)
    assert misread(step, said, "en") is not None


@pytest.mark.parametrize("said", ["I waited 3 hours", "when do you deliver?", "几分？", "3 days late", "?"])
def test_words_to_a_person_are_no_answer(said: str) -> None:
    assert misread(Step("score", "nps", {"en": "?"}), said, "en") is None


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
