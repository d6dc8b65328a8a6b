"""An order in everyday words does what its command does; what tells of something that happened is never one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.core.messages import Said
from flows.arguments import READERS, Found, Several, colleague
from flows.arrival import refusal
from flows.asking import may_order, run
from flows.router import COMMANDS, NOT_MINE, by_words
from flows.spoken.giving import the_one
from flows.spoken.phrases_zh import RULES
from flows.turn import Turn
from flows.understanding.characters import is_chinese
from flows.understanding.colloquial import clocks, plain
from flows.understanding.lazily import lazy
from store.models import Customer

LONGEST = 80
"""An order is short; what is longer tells."""

_SEPARATES = (" ", ":", "：", "\u3000")
"""What stands behind the word of a command that is said as it is written down."""


def ordered(turn: Turn, said: Said) -> Any:
    """Runs the command that the words stand for; NOT_MINE when they stand for none, or for somebody unknown."""
    words = said.text
    if len(words) > LONGEST or "\n" in words or not any(map(is_chinese, words)) or not _may(turn, said):
        return NOT_MINE
    if (spoken := by_words(words)) and (not spoken[1] or words.removesuffix(spoken[1])[-1:] in _SEPARATES):
        return NOT_MINE
    return done(turn, RULES, plain(words))


def done(turn: Turn, rules: Sequence[tuple[str, re.Pattern[str], str]], line: str) -> Any:
    """What the first rule that fits the whole line stands for: its command, with what would be typed after it."""
    for name, pattern, typed in rules:
        match = pattern.fullmatch(line)
        values = _values(turn, match) if match else None
        if values is not None:
            route = COMMANDS[name]
            return refusal(turn, route) or run(turn, route, typed.format(**values).strip())
    return NOT_MINE


def _may(turn: Turn, said: Said) -> bool:
    """Also while a command asks for words: what is an order from end to end is none of them."""
    state = turn.conversation.dialog if turn.conversation else None
    waits = state is not None and state["kind"] in _SIDESTEPPED and not said.answers and not said.forwarded_from
    return may_order(turn, said) or (waits and turn.private and isinstance(getattr(turn.event, "body", None), Said))


_MORE = lazy(r"提醒|记得|[要给跟让叫帮说去]")
"""Words with which more than a name is said."""
_NO_PLACE = lazy(
    r"[手名库里]|公海|公司|系统|团队|大家|销售|同事|标签|重点|部门|问卷|一共|总共|目前|现在|还|都|级|类|群|最近|负责"
)
"""What has customers and is no town."""
_SIDESTEPPED = frozenset({"command", "deal-step", "deal-lost", "result", "promise"})
"""Talks that ask for words of one's own, but for no text that somebody else will read."""


def _values(turn: Turn, match: re.Match[str]) -> dict[str, str] | None:
    """What stands in the rule's gaps; None where a customer or a colleague is named whom nobody knows."""
    values = {gap: words or "" for gap, words in match.groupdict().items()}
    for gap, words in values.items():
        if gap in ("who", "other"):
            customer = None if _MORE.search(words) else the_one(turn, words)
            if customer is None:
                return None
            values[gap] = customer.name
        elif gap == "name":
            if not is_name(turn, words):
                return None
        elif gap == "whom":
            found = colleague(turn, words)
            if found is None:
                return None
            values[gap] = found.name
        elif gap == "place":
            if _NO_PLACE.search(words) or colleague(turn, words) is not None or the_one(turn, words) is not None:
                return None
        elif gap == "clock":
            values[gap] = clocks(words)
    return {"me": turn.me().name, **values}


def is_name(turn: Turn, words: str) -> bool:
    """Whether the words are a customer's name, or that of several, and nothing else."""
    return isinstance(outcome := READERS[Customer](turn, words), Several) or (
        isinstance(outcome, Found) and not outcome.rest.strip()
    )
