"""What a line that nobody could take was probably about. Pure.

Every command has the words that people use for what it is about: one table for each language.
"""

from __future__ import annotations

from typing import Final

from flows.guesses import chinese, english
from flows.understanding.characters import is_chinese
from flows.understanding.colloquial import plain
from flows.understanding.straight import straight

_LISTS: Final = frozenset(
    (
        *("export", "results", "top", "risk", "themes", "trends", "report", "goal", "week", "alarms", "rule", "funnel"),
        *("incomplete", "potential", "queue", "campaign", "duplicates"),
    )
)
"""What is named by words that a list of customers or of one's day has no use for."""


def about(words: str) -> list[str]:
    """The commands, with arguments, that the words may mean: at most two, the likeliest first."""
    if _is_chinese(words) and len(words) <= 60:
        found = chinese.named(plain(words))
    else:
        line = straight(words)
        found = english.named(line) if line.isascii() and len(line) <= 160 else []
    return list(dict.fromkeys(found))[:2]


def is_named(words: str) -> bool:
    """Whether a question names what a command lists, however it goes on: "which customers are at risk"."""
    return bool(_LISTS.intersection(name.split()[0] for name in about(words)[:1]))


def asks(words: str) -> bool:
    """Whether a line wants to see something, in whatever language it is."""
    return english.asks(straight(words)) or (_is_chinese(words) and chinese.asks(plain(words)))


def is_order(words: str) -> bool:
    """Whether a line asks for something rather than tells what happened."""
    return chinese.orders(plain(words)) if _is_chinese(words) else english.orders(straight(words))


def _is_chinese(words: str) -> bool:
    return any(map(is_chinese, words))
