"""Articles: written, changed, found, sent to customers, offered to them; and the questions that none answers."""

from __future__ import annotations

from typing import Any

from bot.core.errors import BadInput
from bot.core.text import code
from bot.core.text import gettext as _
from flows.knowledge.rules import LONGEST_BODY, LONGEST_TITLE, Draft, asks, grouped, language_of_words
from flows.knowledge.search import LIKELY, Document, Hit, Index
from flows.turn import Turn
from store.models import Activity, Article, Gap, Offer, Ticket

EXAMPLE = _("/kb add Returns: unused goods can come back within 30 days")


def same_words(turn: Turn) -> list[str]:
    """The firm's own lines of words that mean the same."""
    return list(turn.workspace.settings.get("same_words", []))


def index_of(turn: Turn, *kinds: str) -> tuple[Index, dict[int, Article]]:
    """The live articles of these kinds, ready to be searched."""
    articles = {article.id: article for article in turn.work.knowledge.live(*kinds)}
    documents = (
        Document(a.id, tuple(a.title.values()), tuple(a.body.values()), a.tags.replace("/", " "))
        for a in articles.values()
    )
    return Index(documents, same_words(turn)), articles


def find(turn: Turn, question: str, *kinds: str, least: float = LIKELY, most: int = 3) -> list[tuple[Article, Hit]]:
    """The articles that answer it, the best first."""
    index, articles = index_of(turn, *kinds)
    return [(articles[hit.id], hit) for hit in index.find(question, least=least, most=most)]


def written(article: Article, language: str) -> tuple[str, str]:
    """Title and body in the reader's language, or in the one that there is."""
    other = next(iter(article.title), "en")
    return (
        article.title.get(language) or article.title.get(other, ""),
        article.body.get(language) or article.body.get(other, ""),
    )


def add_article(turn: Turn, kind: str, draft: Draft, *, tags: str = "") -> Article:
    """A new article in the language in which it was typed."""
    return turn.work.add(
        Article(
            number=turn.work.knowledge.next_number(),
            kind=kind,
            title={draft.language: draft.title},
            body={draft.language: draft.body},
            tags=tags,
            by=turn.me().id,
            made=turn.now,
            changed=turn.now,
        )
    )


def change_article(turn: Turn, article: Article, **values: Any) -> Article:
    """Other words, other tags, in use or not."""
    return turn.work.change(article, changed=turn.now, **values)


def write(turn: Turn, article: Article, words: str, *, part: str, language: str = "") -> Article:
    """A title or body anew, in the language in which it is typed unless another is named."""
    kept = words.strip()[: LONGEST_TITLE if part == "title" else LONGEST_BODY]
    if not kept:
        raise BadInput(_("An article needs words. Example: {example}", example=code(EXAMPLE)))
    language = language or language_of_words(kept)
    return change_article(turn, article, **{part: {**getattr(article, part), language: kept}})


def used(turn: Turn, article: Article) -> Article:
    """One of us sent it to a customer."""
    return turn.work.change(article, uses=article.uses + 1)


def offered(turn: Turn, ticket: Ticket, article: Article) -> Offer:
    """A customer reads it before a person answers."""
    return turn.work.add(Offer(ticket=ticket.id, article=article.id, at=turn.now))


def note_gap(turn: Turn, activity: Activity, ticket: int | None) -> Gap | None:
    """A question that no article answers is remembered once; anything else is not."""
    if not asks(activity.text) or turn.work.first(Gap, activity=activity.id) is not None:
        return None
    return turn.work.add(Gap(text=activity.text[:500], activity=activity.id, ticket=ticket, at=activity.at))


def gap_groups(turn: Turn) -> list[list[Gap]]:
    """Questions without an answer, those that ask the same together, the most asked first."""
    rows = turn.work.knowledge.gaps()
    return [[rows[position] for position in group] for group in grouped([row.text for row in rows])]


def close_gaps(turn: Turn, first: Gap, *, article: int | None) -> int:
    """The question, and all that ask the same, are answered by the article, or dropped; returns how many."""
    group = next((group for group in gap_groups(turn) if first.id in {row.id for row in group}), [first])
    for row in group:
        turn.work.change(row, state="answered" if article else "dropped", article=article)
    return len(group)
