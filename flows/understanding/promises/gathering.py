# ruff: noqa: E501 -- a rule is one line
"""The promises of a line as they are found: a later statement may complete an earlier one."""

import re
from dataclasses import dataclass, replace
from typing import Final

from flows.understanding.facts import Commitment
from flows.understanding.lazily import lazy
from flows.understanding.promises.forms import Way

_ANSWERING: Final = lazy(
    r"(?:come back|get back|tell (?:him|her|them)|revert|answer|reply|respond|check|let (?:him|her|them) know|confirm|find out|"
    r"look into)(?![a-z])",
    re.IGNORECASE,
)
_SEND_IT: Final = lazy(
    r"(?:send|shar|forward|e-?mail|mail|get|deliver|ship|do|post)(?:e|[tp]?ing)?(?: (?:it|them|that|this|those|these|both|all|everything))?"
    r"(?: (?:over|back|out|across))?$|(?:it|them|both|all|everything|the lot)(?: (?:of (?:it|them)|by|back|over))?$|have (?:it|them|that)(?: (?:over|with (?:him|her|them)|ready|done|across|out|back))?$",
    re.IGNORECASE,
)
_GET_DONE: Final = lazy(
    r"(?:务必|一定|必须|要|得)?(?:搞定|弄好|做好|办好|就?办|发过去|发[他她]|给[他她]|快递给[他她]|寄给[他她]|寄出|完成|(?:整理|做|准备|弄|写|改|打印)(?:好|完)?再?(?:发|给|寄|交|送)(?:给)?(?:[他她]|过去|客户)?)$"
)
_SENT: Final = lazy(r"(?:寄|发|送|给|交)(?:一?[台份个套]|过去|给?[他她]|到|出)")


@dataclass(frozen=True, slots=True)
class Made:
    """A promise, and how it was put."""

    fact: Commitment
    way: Way

    @property
    def is_wish(self) -> bool:
        """Asked for by them, without a day so far."""
        return self.way is Way.WANTED and self.fact.due is None


class Line:
    """The promises so far, and what was only wished for last."""

    def __init__(self) -> None:
        self.found: list[Made] = []
        self._hinted: Made | None = None

    def date(self, due: str, every: bool = False, said: bool = False) -> None:
        """A statement that is next to nothing but a time says when the promise before it is due, or all of them."""
        if every:
            self.found = [one if one.fact.due else replace(one, fact=replace(one.fact, due=due)) for one in self.found]
        elif self.found and self.found[-1].fact.due is None:
            self._complete(due)
        elif said and self._hinted and not self.found:
            self.found.append(replace(self._hinted, fact=replace(self._hinted.fact, due=due)))
            self._hinted = None

    def add(self, made: Made, goes_on: bool = False) -> None:
        """One more, unless it only completes the one before it: "look into it and come back by Friday" is one thing."""
        fact = made.fact
        last = self.found[-1] if self.found else None
        if last and last.is_wish and fact.by == "us" and _ANSWERING.match(fact.what):
            self.found[-1] = made
            return
        if last and fact.due and fact.by == "us" and (_is_sending(last, fact) or _is_answer(last.fact, fact)):
            self._complete(fact.due)
        elif goes_on and last and fact.due and last.fact.by == fact.by and not last.is_wish and not last.fact.due:
            self._extend(fact)
        elif self._hinted and fact.due and fact.by == "us" and len(fact.what) < 4:
            self.found.append(replace(self._hinted, fact=replace(self._hinted.fact, due=fact.due)))
        elif made.way is Way.HINTED:
            self._hinted = made
            return
        elif last and _is_short(fact.what) and last.fact.by == fact.by and last.fact.due is None:
            self._complete(fact.due)
        elif len(fact.what) > 1 or fact.due:
            self.found.append(made)
        self._hinted = None

    def _extend(self, fact: Commitment) -> None:
        last = self.found[-1]
        place = replace(last.fact.place, end=fact.place.end)
        both = replace(last.fact, what=f"{last.fact.what} and {fact.what}", due=fact.due, place=place)
        self.found[-1] = replace(last, fact=both)

    def _complete(self, due: str | None) -> None:
        last = self.found[-1]
        self.found[-1] = replace(last, fact=replace(last.fact, due=due))


def _is_short(said: str) -> bool:
    """A verb alone, which only says when: though a PO is a thing."""
    return len(said) < _SHORT and said.lower() not in (
        "po",
        "nda",
        "sow",
        "msa",
        "给准信",
        "给答复",
        "给结论",
        "给反馈",
        "给方案",
    )


_SHORT: Final = 4


def _is_sending(last: Made, made: Commitment) -> bool:
    """Whether "send it by Friday" only says when the promise before it is kept."""
    sent = last.fact.by == "us" and not last.fact.due and _SEND_IT.match(made.what)
    done = last.fact.by == "us" and not last.fact.due and _GET_DONE.match(made.what)
    return bool(sent or done or (last.is_wish and _SENT.match(made.what)))


def _is_answer(last: Commitment, made: Commitment) -> bool:
    """To check and to come back by Friday is one thing to do."""
    return last.by == "us" and not last.due and bool(_ANSWERING.match(last.what) and _ANSWERING.match(made.what))
