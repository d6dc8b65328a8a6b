"""Every kind of question reads what people type and press, in both languages, and shows it again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows import dialog as engine
from flows.amounts import number_of
from flows.dialog import Dialog, State, asked, begin, main, needed, position, take
from flows.steps import Choice, Kind, Misread, Step, as_json, fits, from_json, read, said_again

CHOICES = (
    Choice("price", {"en": "Price", "zh": "价格"}),
    Choice("speed", {"en": "Delivery speed", "zh": "交付速度"}),
    Choice("talk", {"en": "Communication", "zh": "沟通"}),
)
TODAY = date(2026, 3, 2)


def step(kind: Kind, **values: Any) -> Step:
    choices = CHOICES if kind in ("choice", "choices") else ()
    ends = {"low": 1, "high": 4} if kind == "scale" else {}
    return Step("q", kind, {"en": "?"}, choices=choices, **{**ends, **values})


READ: list[tuple[Kind, str, Any]] = [
    ("csat", "五", 5),
    ("csat", "非常满意", 5),
    ("csat", "满分", 5),
    ("csat", "so-so", 3),
    ("csat", "6", None),
    ("csat", "0", None),
    ("nps", "0", 0),
    ("nps", "零分", 0),
    ("nps", "十分", 10),
    ("nps", "9/10", 9),
    ("nps", "打8分吧", 8),
    ("nps", "extremely likely", 10),
    ("nps", "11", None),
    ("ces", "七", 7),
    ("ces", "非常同意", 7),
    ("ces", "8", None),
    ("stars", "四颗星", 4),
    ("stars", "3 stars", 3),
    ("scale", "4", 4),
    ("scale", "5", None),
    ("choice", "价格", "price"),
    ("choice", "2", "speed"),
    ("choice", "第二个", "speed"),
    ("choice", "b", "speed"),
    ("choice", "the second one", "speed"),
    ("choice", "speed", "speed"),
    ("choice", "沟", None),
    ("choice", "沟通", "talk"),
    ("choice", "i", None),
    ("choice", "4", None),
    ("choice", "colour", None),
    ("choices", "1 3", ["price", "talk"]),
    ("choices", "13", ["price", "talk"]),
    ("choices", "三和一", ["price", "talk"]),
    ("choices", "价格、沟通", ["price", "talk"]),
    ("choices", "A, c", ["price", "talk"]),
    ("choices", "delivery speed", ["speed"]),
    ("choices", "都", ["price", "speed", "talk"]),
    ("choices", "price and colour", None),
    ("choices", "，", None),
    ("number", "1,200", 1200),
    ("number", "about 30 people", 30),
    ("number", "三十五个", 35),
    ("number", "3.5", 3.5),
    ("number", "3万", 30000),
    ("number", "-2", -2),
    ("number", "0", 0),
    ("number", "can you call me at 5?", None),
    ("number", "3 or 4", None),
    ("number", "many", None),
    ("date", "next Friday", "2026-03-13"),
    ("date", "4月1日", "2026-04-01"),
    ("date", "2026-04-01", "2026-04-01"),
    ("date", "明天", "2026-03-03"),
    ("date", "4月1日下午3点", "2026-04-01"),
    ("date", "soon", None),
    ("date", "can we talk about it next Friday please", None),
    ("date", "", None),
    ("contact", "Yes please!", True),
    ("contact", "yes", True),
    ("contact", "可以", True),
    ("contact", "不用了。", False),
    ("contact", "No, thanks", None),
    ("words", " 太贵了 ", "太贵了"),
    ("words", " ", None),
]


@pytest.mark.parametrize(("kind", "said", "kept"), READ)
def test_what_is_typed_becomes_what_is_kept(kind: Kind, said: str, kept: Any) -> None:
    found = read(step(kind), said, TODAY)
    assert found == (Misread(kind) if kept is None else kept)
    assert type(found) is type(kept) or kept is None
    assert kept is None or fits(step(kind), kept)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("csat", 9), ("csat", "5"), ("choice", "x"), ("choices", []), ("choices", ["x"]), ("choices", "price"),
     ("contact", 1), ("words", ""), ("number", True), ("number", "3"), ("date", 3)],
)  # fmt: skip
def test_what_is_no_answer_does_not_fit(kind: Kind, value: Any) -> None:
    assert not fits(step(kind), value)


@pytest.mark.parametrize(
    ("kind", "value", "english", "chinese"),
    [
        ("choice", "speed", "Delivery speed", "交付速度"),
        ("choices", ["price", "talk"], "Price, Communication", "价格、沟通"),
        ("contact", True, "yes", "可以"),
        ("contact", False, "no", "不用"),
        ("nps", 0, "0", "0"),
        ("choice", "gone", "gone", "gone"),
    ],
)
def test_answers_are_shown_again_in_any_language(kind: Kind, value: Any, english: str, chinese: str) -> None:
    assert said_again(step(kind), value, "en") == english
    assert said_again(step(kind), value, "zh") == chinese


def test_a_question_survives_the_table() -> None:
    whole = step("choices", when="score > 3", required=True)
    assert from_json(as_json(whole)) == whole


LONG = Dialog(
    "long",
    1,
    steps=(
        Step("open", "words", {"en": "What do you use {firm|us} for?", "zh": "您用{firm|我们的产品}做什么？"}),
        Step("nps", "nps", {"en": "How likely?"}),
        Step("why", "words", {"en": "You gave {nps|no score}: why?"}, when="nps <= 6"),
        Step("what", "choice", {"en": "What about “{why|it}”?"}, choices=CHOICES, when="tier == 'A'"),
        Step("last", "words", {"en": "{what}?"}, when="what in ['price', 'speed'] && !tags.exists(t, t == 'old')"),
    ),
)


def at(*said: str, **given: Any) -> State:
    state = begin(LONG, given or None)
    for words in said:
        found = take(LONG, state, words)
        assert isinstance(found, State)
        state = found
    return state


def test_an_earlier_answer_comes_back_in_a_later_question() -> None:
    assert asked(LONG, at(), "en") == "What do you use us for?"
    assert asked(LONG, at(firm="Acme"), "zh") == "您用Acme做什么？"
    assert asked(LONG, at("x", "3"), "en") == "You gave 3: why?"
    assert asked(LONG, at("x", "3", "slow", tier="A"), "en") == "What about “slow”?"
    assert asked(LONG, at("x", "9", tier="A"), "en") == "What about “it”?"
    assert asked(LONG, at("x", "9", "2", tier="A", tags=[]), "zh") == "交付速度?"


def test_what_must_be_known_before_is_told_from_what_is_answered() -> None:
    assert needed(LONG) == {"firm", "tier", "tags"}


def test_the_score_is_the_first_agreed_scale() -> None:
    found = main(LONG)
    assert found is not None
    assert found.name == "nps"
    plain = Dialog("d", 1, (step("words"), Step("s", "stars", {}), Step("c", "csat", {})))
    assert main(plain) == plain.steps[2]
    assert main(Dialog("d", 1, (step("words"),))) is None


def test_questions_are_counted_while_they_may_still_come() -> None:
    assert position(LONG, at()) == (1, 5)
    assert position(LONG, at("x", tier="B")) == (2, 4)
    assert position(LONG, at("x", "9", tier="A", tags=[])) == (3, 4)


def test_skip_keeps_what_was_answered_before() -> None:
    state = engine.back(LONG, at("x", "3"))
    assert (state.step, engine.skip(LONG, state).answers) == ("nps", {"open": "x", "nps": 3})
    assert engine.holds(LONG.steps[2], state)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("fourr", 4), ("eigth", 8), ("niine", 9), ("fuor", 4), ("壹", 1), ("四份", 4), ("拾", 10), ("ok 5", 5)]
    + [(word, None) for word in ("nice", "fine", "form", "tree", "for", "then", "none")],
)
def test_a_slip_in_a_number_is_that_number_and_a_word_is_none(said: str, meant: int | None) -> None:
    assert number_of(said) == meant
