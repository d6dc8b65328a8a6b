"""Small talk is told from logs, questions and names."""

import pytest

from flows.activities.smalltalk import gives_up, puts_off, says_nothing, talk_of
from flows.activities.wishes import asked


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("Hi", "greeting"),
        ("hello there!", "greeting"),
        ("Good morning team 👋", "greeting"),
        ("你好，在吗", "greeting"),
        ("早上好！", "greeting"),
        ("ok thanks", "thanks"),
        ("Thank you so much!!", "thanks"),
        ("好的，谢谢", "thanks"),
        ("辛苦了", "thanks"),
        ("👍", "fine"),
        ("Got it.", "fine"),
        ("嗯嗯", "fine"),
        ("bye", "bye"),
        ("明天见", "bye"),
        ("what can you do?", "help"),
        ("how does this work", "help"),
        ("???", "help"),
        ("你能做什么", "help"),
        ("怎么用？", "help"),
    ],
)
def test_small_talk(words: str, talk: str) -> None:
    assert talk_of(words) == talk


@pytest.mark.parametrize(
    "words",
    [
        "Hi Li Wei wants a quote",
        "thanks to Maya we got the order",
        "Good meeting with Acme",
        "Fine Foods",
        "Hello Kitty Ltd",
        "早安科技",
        "你好宝贝幼儿园要报价",
        "好利来食品",
        "收到华为的回款5万",
        "谢谢李总的订单",
        "help Acme with the install",
        "ok, they signed",
        "5",
        "Acme",
        "",
    ],
)
def test_what_is_none(words: str) -> None:
    assert talk_of(words) is None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("who haven't I talked to for a month", "silent"),
        ("哪些客户一个月没联系了", "silent"),
        ("what did I promise this week?", "promised"),
        ("我答应了什么", "promised"),
        ("any new leads?", "leads"),
        ("how is the pipeline", "deals"),
        ("what's on tomorrow?", "agenda"),
        ("明天我有什么安排", "agenda"),
        ("who is overdue", "agenda"),
        ("show me all A customers", "find"),
        ("why is the sky blue", None),
        ("天为什么是蓝的", None),
    ],
)
def test_questions_without_a_customer(words: str, wanted: str | None) -> None:
    assert asked(words) == wanted


@pytest.mark.parametrize("said", ["我下班了", "下班啦", "我先下了"])
def test_who_goes_home_says_goodbye(said: str) -> None:
    assert talk_of(said) == "bye"


@pytest.mark.parametrize(
    "words",
    [
        "leave it, not now",
        "ok forget it",
        "actually, never mind, thanks",
        "Sorry, wrong button.",
        "changed my mind",
        "let's skip it",
        "I'll do it later",
        "没事了",
        "先不弄了",
        "还是算了吧",
        "点错了",
        "先放着吧",
        "暂时不弄",
    ],
)
def test_giving_up_in_other_words(words: str) -> None:
    assert gives_up(words)


@pytest.mark.parametrize("words", ["nothing", "oh nothing, thanks", "没什么"])
def test_nothing_is_said(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["not now", "maybe later", "don't know yet", "改天再说吧", "还不知道", "no"])
def test_an_answer_is_put_off(words: str) -> None:
    assert puts_off(words)


@pytest.mark.parametrize(
    "words",
    [
        "forget the blue ones, they want red",
        "they changed their mind",
        "nothing new from Acme",
        "not now, in June",
        "leave it at the gate",
        "不做了，客户换了供应商",
        "later than planned",
        "没事的话明天去",
    ],
)
def test_what_is_an_answer_all_the_same(words: str) -> None:
    assert not any(says(words) for says in (gives_up, says_nothing, puts_off))
