"""A survey that is told in a line: its title, its questions and what kind of answer each wants."""

from __future__ import annotations

import pytest

from flows.builder.wording import questions_in, survey_told


@pytest.mark.parametrize(
    ("said", "title", "kinds"),
    [
        ("about our shop: how was it? would you come back?", "Shop", ["csat", "words"]),
        ("Course: how was the trainer, what should we change", "Course", ["csat", "words"]),
        ("Delivery: When you called us, was it easy?", "Delivery", ["ces"]),
        ("Fair\n- Which hall (A, B, C)?\n- How many came?", "Fair", ["choice", "number"]),
        ("How happy are you with us? Why?", "How happy are you with us", ["csat", "words"]),
        ("Website feedback", "Website feedback", []),
        ("Visit at 10:30 yesterday", "Visit at 10:30 yesterday", []),
        ("<b>x</b>: <i>y</i>", "<b>x</b>", []),
        ("关于培训的：讲得怎么样，内容有用吗", "培训", ["csat", "words"]),
        ("展会：哪天方便来？几个人？用的哪种泵（离心泵、齿轮泵）？", "展会", ["date", "number", "choice"]),
    ],
)
def test_title_and_questions(said: str, title: str, kinds: list[str]) -> None:
    found, steps = questions_in(said)
    assert (found, [step.kind for step in steps]) == (title, kinds)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("make a survey: how was it? why?", True),
        ("please create a short survey about lunch: was it good, was it hot", True),
        ("做个问卷：满意吗？", True),
        ("帮我设计一份关于物流的问卷：快吗？包装好吗？", True),
        ("new survey", False),
        ("make a survey after delivery", False),
        ("做个问卷", False),
        ("Acme wants to make a survey: they asked us how", False),
        ("调查了一下：客户不满意", False),
    ],
)
def test_a_whole_survey_in_a_line(said: str, told: bool) -> None:
    assert bool(survey_told(said)) is told
