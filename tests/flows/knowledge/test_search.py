"""Finding the article that answers a question: paraphrases of both languages, and questions that none answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from flows.knowledge.search import SURE, Document, Index
from tests.flows.knowledge.articles import ARTICLES, FIRST, FIRST_NONE, SECOND, SECOND_NONE

KEYS = [article.key for article in ARTICLES]
INDEX = Index(
    Document(number, (article.title, article.title_zh), (article.body, article.body_zh))
    for number, article in enumerate(ARTICLES)
)


@pytest.mark.parametrize("asked", [FIRST, SECOND], ids=["seen", "unseen"])
def test_the_right_article_is_among_the_first_three(asked: Sequence[tuple[str, str]]) -> None:
    right = sum(wanted in [KEYS[hit.id] for hit in INDEX.find(question)] for question, wanted in asked)
    assert right >= 0.85 * len(asked)


@pytest.mark.parametrize("asked", [FIRST_NONE, SECOND_NONE], ids=["seen", "unseen"])
def test_nothing_is_found_where_nothing_fits(asked: Sequence[str]) -> None:
    assert sum(not INDEX.find(question) for question in asked) >= 0.8 * len(asked)


@pytest.mark.parametrize("asked", [FIRST, SECOND], ids=["seen", "unseen"])
def test_a_customer_is_hardly_ever_shown_the_wrong_article(asked: Sequence[tuple[str, str]]) -> None:
    shown = [(INDEX.find(question, least=SURE, most=1), wanted) for question, wanted in asked]
    wrong = [wanted for hits, wanted in shown if hits and KEYS[hits[0].id] != wanted]
    assert len(wrong) <= 0.05 * len(asked)


def test_one_article_is_found_alone() -> None:
    index = Index([Document(1, ("Returns",), ("Unused goods can come back within 30 days.",))])
    assert [hit.id for hit in index.find("can I send the drill back?")] == [1]
    assert index.find("who won the match?") == []


def test_own_words_for_the_same_thing_are_heard() -> None:
    documents = [Document(1, ("Return policy",), ("Within 30 days.",))]
    assert Index(documents).find("how do I open an RMA?") == []
    assert [hit.id for hit in Index(documents, ["RMA return"]).find("how do I open an RMA?")] == [1]


@pytest.mark.parametrize("question", ["", "?", "的吗呢", "🙂", "a" * 4000, "退" * 4000])
def test_words_that_say_nothing_find_nothing_and_break_nothing(question: str) -> None:
    assert INDEX.find(question, least=SURE) == []
