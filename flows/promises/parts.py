"""A promise in parts: where one ends and the next begins, and what each is called. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.understanding.lazily import lazy


@dataclass(frozen=True, slots=True)
class Piece:
    """What is promised, and by when."""

    what: str
    due: datetime | None


_SENTENCE = lazy(r"[;；\n。！!？?]+|\.(?=\s|$)|(?:，|,)?\s*(?:然后|随后|再给|\band then\b|\bthen\b)", re.IGNORECASE)
_CLAUSE = lazy(r"[,，、]|\band\b", re.IGNORECASE)
_STAGES = lazy(
    r"^\s*(?:in (?:two |three |several )?(?:stages|parts|steps)|分(?:两|三|几)?(?:批|步|期))\s*[:：,，]?\s*",
    re.IGNORECASE,
)
_MARK = lazy(r"^\s*(?:[-•*]|\d{1,2}[.)、）](?=\D))\s*")
_UNIT = r"(?:套|台|个|件|箱|吨|份|批|pcs|units?|pieces?)"
_GIVING = r"(?:先给?|另外?给?|再给?|给)"
_COUNT = lazy(
    rf"^(?:(?:the )?(?:first|other|next|first batch of)\s+|{_GIVING})?(\d+(?:\.\d+)?\s*{_UNIT}?)$", re.IGNORECASE
)
_COUNTED = lazy(rf"^{_GIVING}?\d+(?:\.\d+)?\s*{_UNIT}?\s*(?:of )?", re.IGNORECASE)
_NEEDED = lazy(
    rf"\d\s*{_UNIT}?\s*(?:of )?([a-z]+(?: [a-z]+)?|[\u4e00-\u9fff]{{1,6}}?)"
    r"(?=\s*(?:做|用|来|供|\b(?:for|to|by|in|at|on|who|that)\b|[,，。;；.]|$))",
    re.IGNORECASE,
)
_SHORT = 24
_LEFT = lazy(r"^(?:(?:the )?(?:rest|remainder|remaining|others)|其余的?|剩下的?|余下的?|剩余的?)$", re.IGNORECASE)


def sentences(words: str) -> list[str]:
    """Lines and sentences without their bullets and numbers."""
    return _clean(_SENTENCE.split(_STAGES.sub("", words)))


def clauses(words: str) -> list[str]:
    """What stands between commas."""
    return _clean(_CLAUSE.split(_STAGES.sub("", words)))


def _clean(pieces: Sequence[str]) -> list[str]:
    return [kept for piece in pieces if (kept := _MARK.sub("", piece or "").strip(" ,，。.;；"))]


def named(parts: Sequence[Piece], about: str) -> list[Piece]:
    """ "10 samples, then 40" promises 40 samples: a bare number, or the rest, takes its thing from the others."""
    things = [_COUNTED.sub("", part.what).strip() for part in parts if not _bare(part.what)]
    thing = next((thing for thing in things if thing), _thing(about))
    return [replace(part, what=_whole(part.what, thing)) for part in parts]


def _thing(about: str) -> str:
    """What a need is about: "50 samples for a test" is about samples; nothing of a long story."""
    if match := _NEEDED.search(about):
        return match[1]
    return _COUNTED.sub("", about).strip() if len(about) <= _SHORT else ""


def _bare(what: str) -> bool:
    return bool(not what or _COUNT.match(what) or _LEFT.match(what))


def _whole(what: str, thing: str) -> str:
    if not what:
        return thing
    if match := _COUNT.match(what):
        return match[1] + (" " if thing and match[1][-1].isascii() and thing[:1].isascii() else "") + thing
    return f"{thing} ({what})" if thing and _LEFT.match(what) else what
