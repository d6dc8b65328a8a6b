# ruff: noqa: E501 -- a rule is one line
"""A talk that was held elsewhere and is pasted here: who said what and when. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLOCK = r"(?:(?:[上下]午|凌晨|早上|中午|晚上)\s?)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.月]\d{1,2}日?(?:[-/.]\d{2,4})?|昨天|今天|前天|[Yy]esterday|[Tt]oday|周[一二三四五六日]|星期[一二三四五六日天]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*)"
_WHEN = rf"(?:{_DAY},?\s{{0,2}})?{_CLOCK}"
_WHO = r"(?P<who>[^\W\d_][\w .·'’&-]{0,30}?)"
_HEADS = tuple(
    re.compile(rf"\s*{head}\s*$")
    for head in (
        rf"\[?(?P<when>{_WHEN})\]?\s*[-–]?\s*{_WHO}\s?[:：]\s*(?P<words>.*)",
        rf"{_WHO}\s?[,，]?\s*[\[(（]?(?P<when>{_WHEN})[\])）]?\s*[:：]?(?:\s+(?P<words>(?![:：]).+))?",
    )
)
"""How chats put the author of a message and its hour: "[9:12] Li Wei: hi", "李伟 2026/3/2 09:12"."""
_FEW = 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of the talk."""

    who: str
    when: str
    words: str

    @property
    def line(self) -> str:
        return f"{self.who} {self.when}: {self.words}"


def talk_in(text: str) -> Sequence[Spoken]:
    """The messages of a pasted talk, in order; none unless it begins with one and has two with their hours."""
    found: list[Spoken] = []
    for line in (line.strip() for line in text.splitlines()):
        head = next((match for pattern in _HEADS if (match := pattern.match(line))), None)
        if head is not None:
            found.append(Spoken(head["who"].strip(), head["when"].strip(), (head["words"] or "").strip()))
        elif not line:
            continue
        elif not found:
            return ()
        else:
            last = found[-1]
            found[-1] = Spoken(last.who, last.when, f"{last.words} {line}".strip())
    said = [one for one in found if one.words]
    return tuple(said) if len(said) >= _FEW else ()


def unfiled(talk: Sequence[Spoken], filed: Sequence[str]) -> Sequence[Spoken]:
    """What no earlier paste holds: two that overlap are one talk."""
    known = {line.strip() for text in filed for line in text.splitlines()}
    return tuple(one for one in talk if one.line not in known)
