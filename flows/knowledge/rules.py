"""Reading what is written for the knowledge base, and grouping questions that ask for the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.knowledge.search import features, worth

KINDS: Mapping[str, Text] = {
    "answer": _("answer"),
    "canned": _("ready sentence"),
    "case": _("case"),
    "sop": _("checklist"),
}
LONGEST_TITLE, LONGEST_BODY = 120, 3000
ALIKE = 0.4
"""Weight of what two questions share, of all they have, from which on one answer serves both."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_SPLIT = re.compile(r"\s*(?:\n|[:：]\s*|\s[-–—]\s)\s*")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d+[.)、．]|[（(]\d+[)）])\s*")
_ASKS = re.compile(
    r"[?？]|^(?:how|what|when|where|which|who|why|can|could|do|does|is|are|may|will|would)\b"
    r"|吗|呢$|怎么|如何|怎样|什么|哪[里儿个些]|多少|多久|几[天点号个]|能不能|能否|可不可以|可以.{0,12}[吗么]|有没有|是不是|请问|想问",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it was typed."""

    title: str
    body: str
    language: str


def language_of_words(words: str) -> str:
    """ "zh" where Chinese characters stand in it, else "en"."""
    return "zh" if _CJK.search(words) else "en"


def draft_of(words: str) -> Draft | None:
    """ "Returns: within 30 days …", or a title and lines below it; None without a title or without a body."""
    parts = _SPLIT.split(words.strip(), maxsplit=1)
    if len(parts) < 2 or not parts[0] or not parts[1].strip():
        return None
    title, body = parts[0][:LONGEST_TITLE].strip(), parts[1][:LONGEST_BODY].strip()
    return Draft(title, body, language_of_words(words))


def steps_of(body: str) -> list[str]:
    """The steps of a checklist: its lines without bullets; one line is cut at its semicolons."""
    found = [_BULLET.sub("", line).strip() for line in body.splitlines()]
    found = [line for line in found if line]
    if len(found) == 1:
        found = [part.strip(" 。.") for part in re.split(r"[;；]|→|->", found[0]) if part.strip()]
    return found


def asks(words: str) -> bool:
    """Whether somebody wants to know something."""
    return bool(_ASKS.search(words.strip()))


def alike(one: str, other: str) -> float:
    """How much two questions have in common, 0 to 1."""
    a, b = set(features(one)), set(features(other))
    whole = sum(worth(feature) for feature in a | b)
    return sum(worth(feature) for feature in a & b) / whole if whole else float(one.strip() == other.strip())


def grouped(questions: Sequence[str]) -> list[list[int]]:
    """Positions of questions that ask for the same, the largest groups first; each joins the first group it fits."""
    groups: list[list[int]] = []
    for position, question in enumerate(questions):
        home = next((group for group in groups if alike(questions[group[0]], question) >= ALIKE), None)
        if home is None:
            groups.append([position])
        else:
            home.append(position)
    return sorted(groups, key=lambda group: (-len(group), group[0]))
