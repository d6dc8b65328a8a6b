"""Wishes and scores in people's own words."""

from __future__ import annotations

import pytest

from flows.dialog import take
from flows.steps import Misread, Step, answer_and_why, read
from flows.surveys.misread import misread
from flows.surveys.ready import VISIT
from flows.surveys.wishes import (
    corrected,
    meant_as_number,
    puts_off,
    score_in_words,
    verdict_and_why,
    wish_to_start,
    wish_to_stop,
)
from flows.tickets.reading import asks_of_us
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
        ("10/10", 10, 5),
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


CSAT = Step("score", "csat", {"en": "?"})


@pytest.mark.parametrize("said", ["再来5箱滤芯", "3 pcs", "5 kg", "2 more", "7号来", "to 5 pm"])
def test_a_figure_of_something_is_for_a_person(said: str) -> None:
    assert isinstance(read(CSAT, said), Misread)
    assert misread(CSAT, said, "en") is None


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("Not bad at all", "4"),
        ("it was really good!", "4"),
        ("couldn't be happier", "5"),
        ("meh", "3"),
        ("挺好的", "4"),
        ("真的很差劲", "真的很差劲"),
        ("差评", "1"),
        ("五星好评！", "5"),
        ("好的", "好的"),
        ("好吧", "好吧"),
    ],
)
def test_verdicts_in_words(said: str, score: str) -> None:
    assert score_in_words(said) == score


@pytest.mark.parametrize(
    ("said", "both"),
    [
        ("2 out of 5, nobody turned up", ("2 out of 5", "nobody turned up")),
        ("The crew left early, 2", ("2", "The crew left early")),
        ("电话打不通，给2分", ("给2分", "电话打不通")),
        ("给个三分，勉强", ("给个三分", "勉强")),
        ("Ann gets a 5, the price 2", None),
        ("王工5分，价格2分", None),
        ("9 out of 10, nice", None),
        ("who came on Monday? 4", None),
    ],
)
def test_a_score_stands_first_or_last(said: str, both: tuple[str, str] | None) -> None:
    assert answer_and_why(CSAT, said) == both


@pytest.mark.parametrize(
    ("said", "both"),
    [
        ("不太满意，来得太晚", ("2", "来得太晚")),
        ("Awful. Two hours of waiting", ("1", "Two hours of waiting")),
        ("满意，就是贵了点", ("4", "就是贵了点")),
        ("good, when can you come?", None),
        ("great, see you on Monday", None),
        ("好，周一见面谈", None),
    ],
)
def test_a_verdict_with_its_reason(said: str, both: tuple[str, str] | None) -> None:
    assert verdict_and_why(said) == both


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Sorry, I meant 1", "1"),
        ("oh well", ""),
        ("actually it was a 3, sorry", "a 3"),
        ("please change it to 4", "4"),
        ("按错了，应该是3分", "3分"),
        ("改为四分", "四分"),
        ("no problem", "problem"),
        ("the bill was wrong", ""),
    ],
)
def test_words_that_change_a_score(said: str, meant: str) -> None:
    assert corrected(said) == meant


@pytest.mark.parametrize("said", ["Not now", "I'm driving", "maybe later", "ask me tomorrow", "晚点再答吧", "在开会呢"])
def test_another_time_will_do(said: str) -> None:
    assert puts_off(said)


@pytest.mark.parametrize("said", ["tomorrow at nine please", "later than promised", "明天派人来", "开会的资料发一下"])
def test_a_wish_for_another_day_is_none(said: str) -> None:
    assert not puts_off(said)


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("the service. Can you quote two more?", True),
        ("all fine, but please send the bill", True),
        ("很快。顺便寄一份样册", True),
        ("挺好，下周能不能再来一趟", True),
        ("nice, though it leaks again", True),
        ("Because you answered when we needed it", False),
        ("he called us back at once", False),
        ("please keep it up", False),
        ("你们帮我们解决了大问题", False),
        ("请继续保持", False),
        ("everything we need is there", False),
    ],
)
def test_what_is_asked_of_us_in_an_answer(said: str, asks: bool) -> None:
    assert asks_of_us(said) is asks


@pytest.mark.parametrize(
    ("kind", "said", "value"), [("csat", "10/10", 5), ("csat", "100 out of 100", 5), ("nps", "5/5", 10)]
)
def test_full_marks_are_the_best_on_any_scale(kind: str, said: str, value: int) -> None:
    assert read(Step("score", kind, {}), said) == value


@pytest.mark.parametrize("said", ["4/10", "3/3", "9/5"])
def test_other_parts_of_another_whole_are_none(said: str) -> None:
    assert isinstance(read(Step("score", "csat", {}), said), Misread)


def test_words_behind_a_score_need_no_comma() -> None:
    assert answer_and_why(Step("score", "csat", {}), "2分 师傅没来") == ("2分", "师傅没来")


@pytest.mark.parametrize("said", ["I have no time for this", "I don't have time right now", "too busy"])
def test_no_time_is_no_answer(said: str) -> None:
    assert puts_off(said)


@pytest.mark.parametrize("said", ["把我从名单里删掉", "请把我们从群发名单中移除"])
def test_off_the_list_is_no_more_of_anything(said: str) -> None:
    assert wish_to_stop(said) == "all"
