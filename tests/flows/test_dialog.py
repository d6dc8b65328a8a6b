"""The engine of guided talk, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import dialog as engine
from flows.dialog import Choice, Dialog, Misread, State, Step, UnknownStep, begin, take

TALK = Dialog(
    "talk",
    3,
    steps=(
        Step("score", "scale", {"en": "How much?"}, low=0, high=10, labels={"10": {"en": "all", "zh": "全部"}}),
        Step("why", "words", {"en": "Why?"}, when="score <= 6"),
        Step(
            "topic",
            "choice",
            {"en": "What?", "zh": "什么？"},
            choices=(Choice("price", {"en": "Price", "zh": "价格"}), Choice("speed", {"en": "Speed", "zh": "速度"})),
            required=True,
        ),
        Step("seats", "number", {"en": "How many?"}, when="size > 5 && topic == 'price'"),
    ),
    thanks=(("score >= 9", {"en": "Great!"}), ("true", {"en": "Thanks.", "zh": "谢谢。"})),
)


def at(dialog: Dialog, *said: str, **given: Any) -> State:
    """Where somebody is after these answers."""
    state = begin(dialog, given or None)
    for words in said:
        found = take(dialog, state, words)
        assert isinstance(found, State), (words, found)
        state = found
    return state


def test_it_begins_at_the_first_question_that_holds() -> None:
    assert at(TALK).step == "score"
    assert begin(Dialog("none", 1, (Step("never", "words", {}, when="false"),))).finished


@pytest.mark.parametrize(
    ("said", "step"),
    [((), "score"), (("3",), "why"), (("9",), "topic"), (("3", "slow"), "topic"), (("9", "price"), "")],
)
def test_conditions_choose_the_way(said: tuple[str, ...], step: str) -> None:
    assert at(TALK, *said).step == step


def test_what_was_known_before_counts_in_conditions() -> None:
    assert at(TALK, "9", "price", size=9).step == "seats"
    assert at(TALK, "9", "price", "12", size=9).answers["seats"] == 12
    assert at(TALK, "9", "price", size=2).finished
    dialog = Dialog("g", 1, (Step("a", "words", {}, when="size > 5"),))
    assert begin(dialog, {"size": 9}).step == "a"
    assert begin(dialog, {"size": 1}).finished


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("7", 7),
        ("七", 7),
        ("seven", 7),
        ("10 points", 10),
        ("-3", -3),
        ("9/10", 9),
        ("给8分", 8),
        ("x", None),
        ("", None),
    ],
)
def test_numbers_in_digits_numerals_and_words(said: str, number: int | None) -> None:
    assert engine.number_of(said) == number


def test_a_label_of_the_scale_is_its_value() -> None:
    assert at(TALK, "全部").answers == {"score": 10}
    assert at(TALK, "ALL.").answers == {"score": 10}


@pytest.mark.parametrize(
    ("before", "said", "expected"),
    [
        ((), "11", "scale"),
        ((), "hello", "scale"),
        (("9",), "colour", "choice"),
        (("9",), "3", "choice"),
        (("3",), " ", "words"),
    ],
)
def test_what_does_not_fit_leaves_the_state(before: tuple[str, ...], said: str, expected: str) -> None:
    assert take(TALK, at(TALK, *before), said) == Misread(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["price", "Price", "价格", "1", "一"])
def test_a_choice_is_kept_by_its_id(said: str) -> None:
    assert at(TALK, "9", said).answers == {"score": 9, "topic": "price"}


def test_skipping_moves_on_without_an_answer_unless_it_is_required() -> None:
    assert at(TALK, "3", "skip").answers == {"score": 3}
    assert take(TALK, at(TALK, "9"), "跳过") == Misread("choice")


def test_back_goes_to_the_question_before_and_keeps_the_answers() -> None:
    there = at(TALK, "3", "slow", "back")
    assert (there.step, there.answers) == ("why", {"score": 3, "why": "slow"})
    assert at(TALK, "9", "返回").step == "score"
    assert at(TALK, "back").step == "score"
    assert engine.back(TALK, at(TALK, "9", "price")).step == "topic"


def test_a_changed_answer_drops_what_no_longer_applies() -> None:
    state = at(TALK, "3", "slow", "price")
    step = engine.step_of(TALK, "score")
    assert engine.after(TALK, state, step, 9).answers == {"score": 9, "topic": "price"}
    assert engine.after(TALK, state, step, 2).answers == {"score": 2, "why": "slow", "topic": "price"}


def test_a_step_that_was_edited_away_is_told() -> None:
    with pytest.raises(UnknownStep):
        engine.step_of(TALK, "gone")


@pytest.mark.parametrize(("said", "expected"), [(("9", "1"), "Great!"), (("3", "x", "1"), "Thanks."), ((), "Thanks.")])
def test_thanks_differ_by_answer(said: tuple[str, ...], expected: str) -> None:
    assert engine.in_language(engine.thanks(TALK, at(TALK, *said)), "en") == expected


def test_a_dialog_without_thanks_says_nothing() -> None:
    assert engine.thanks(Dialog("d", 1, ()), State("d", 1, "")) == {}
    assert engine.in_language({}, "en") == ""


@pytest.mark.parametrize(("language", "expected"), [("zh", "什么？"), ("en", "What?"), ("fr", "What?")])
def test_sentences_fall_back_to_english(language: str, expected: str) -> None:
    assert engine.in_language(engine.step_of(TALK, "topic").ask, language) == expected


def test_the_only_language_there_is_will_do() -> None:
    assert engine.in_language({"zh": "好"}, "en") == "好"


def test_dialogs_and_states_survive_the_table() -> None:
    assert engine.from_json("talk", 3, engine.as_json(TALK), TALK.thanks) == TALK
    state = at(TALK, "3", "slow")
    assert engine.state_of(engine.state_json(state)) == state


def test_a_condition_that_cannot_be_read_says_why_and_never_holds() -> None:
    assert engine.problem_in("score <=") != ""
    assert engine.problem_in("score <= 3") == ""
    assert engine.evaluate("nobody > 3", {}) is False


@pytest.mark.parametrize("condition", ["score / speed > 3", "score % 0 == 1", "score * 9223372036854775807 > 0"])
def test_a_condition_that_has_no_value_never_holds(condition: str) -> None:
    assert engine.evaluate(condition, {"score": 3, "speed": 0}) is False


@settings(deadline=None)
@given(st.lists(st.sampled_from(["3", "9", "skip", "back", "price", "why not", "11", "速度"]), max_size=12))
def test_whatever_is_said_answers_belong_to_questions_that_are_asked(said: list[str]) -> None:
    state = begin(TALK)
    for words in said:
        if state.finished:
            break
        found = take(TALK, state, words)
        state = state if isinstance(found, Misread) else found
    for name in state.answers:
        assert name != "why" or state.answers.get("score", 99) <= 6 or state.step == "score"
