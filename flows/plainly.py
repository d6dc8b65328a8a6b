"""A member's line in the plain form that rules are written for."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.messages import Said
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.straight import straight

_OF_SOMEBODY = lazy(r"\b[a-z]{3,}s [a-z]", re.IGNORECASE)
_ASKS = lazy(r"\W*(?:what|who|how|where|when|which|is|has|does|show|list|give|move|hand)\b|.*\?\s*$", re.IGNORECASE)


def plainly(turn: Turn, said: Said) -> Said | None:
    """The same words with apostrophes and without courtesies; None where that changes nothing, or they are no order."""
    if turn.member is None or not turn.private or said.forwarded_from or said.answers:
        return None
    named = in_plain(turn, said.text)
    return replace(said, text=named) if named != said.text else None


def in_plain(turn: Turn, words: str) -> str:
    """Colleagues are asked about without an apostrophe too: "whats priyas number"."""
    plain = straight(words)
    if not (_OF_SOMEBODY.search(plain) and _ASKS.match(plain)):
        return plain
    return straight(words, [part for one in turn.work.people.members() for part in {one.name, one.name.split()[0]}])
