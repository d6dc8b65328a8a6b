"""How articles and checklists are typed, and which questions ask the same."""

from __future__ import annotations

import pytest

from flows.knowledge.rules import asks, draft_of, grouped, steps_of


@pytest.mark.parametrize(
    ("typed", "title", "body"),
    [
        ("Returns: within 30 days", "Returns", "within 30 days"),
        ("退货：30天内可退", "退货", "30天内可退"),
        ("Returns\nWithin 30 days.\nFull price.", "Returns", "Within 30 days.\nFull price."),
        ("Opening hours - 9:00 to 18:00", "Opening hours", "9:00 to 18:00"),
    ],
)
def test_an_article_has_a_title_and_a_body(typed: str, title: str, body: str) -> None:
    draft = draft_of(typed)
    assert draft is not None
    assert (draft.title, draft.body) == (title, body)


@pytest.mark.parametrize("typed", ["", "Returns", "Returns:", ":", "  \n "])
def test_without_both_there_is_none(typed: str) -> None:
    assert draft_of(typed) is None


@pytest.mark.parametrize(
    ("body", "steps"),
    [
        ("Say sorry; find the cause; tell them", ["Say sorry", "find the cause", "tell them"]),
        ("1. 致歉\n2. 查原因\n3. 回访", ["致歉", "查原因", "回访"]),
        ("- one\n\n- two", ["one", "two"]),
        ("致歉；查原因；回访", ["致歉", "查原因", "回访"]),
    ],
)
def test_a_checklist_has_steps(body: str, steps: list[str]) -> None:
    assert steps_of(body) == steps


def test_questions_that_ask_the_same_stand_together() -> None:
    asked = [
        "do you ship to Brazil?",
        "能开英文报关单吗",
        "can you ship to Brazil",
        "可以开英文的报关单吗",
        "who is Ann?",
    ]
    assert grouped(asked)[:2] == [[0, 2], [1, 3]]


@pytest.mark.parametrize("words", ["how do I return it", "能退吗", "多少钱", "is it in stock", "请问几天到"])
def test_a_question_is_heard_without_its_mark(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize("words", ["the machine stopped", "我换手机号了", "thanks a lot", "明天到"])
def test_what_is_told_is_no_question(words: str) -> None:
    assert not asks(words)
