# ruff: noqa: E501 -- a rule is one line
"""A line cut into statements, each of which can hold one promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.times.reading import Seen

_BREAK: Final = lazy(
    r"[;；。!！?？\n]|[ ](?<=[\u4e00-\u9fff]{5} )(?=[\u4e00-\u9fff\d]{3})|(?<!re):(?=[ \u3400-\u9fff\"])|，|,(?!\d{3}|(?<=\d,) ?\d+(?: ?, ?\d+)*,? (?:and|or|&) \d)|(?<=[\u3400-\u9fff]),|(?<!dr)(?<!mr)(?<!mrs)(?<! ms)(?<!prof)\.(?=\s|$)|(?<![a-z])(?:and(?= (?:i|we|he|she|"
    r"they|[a-z]+ (?:will|to|promised|agreed)|will|send(?! (?:in|on|by|within|before|tomorrow|today))|share|get|follow|call|come back|revert|reply|let|give|confirm|check|e?mail|prepare|update|quote|deliver|ship|post|wants?|needs?|asked|schedule|book|"
    r"set)(?![a-z]))|but|(?<!by )then|so that|while|-(?= ))(?![a-z])|(?:但是?|然后|并且|另外|同时|接着|顺便)|"
    r"(?=[让叫请希我他她])(?<=[\u4e00-\u9fff]{7})(?=[让叫请]我们?(?![^，。,；;]{0,3}满意)|希望我们?|[我他她]说|我就)"
)
MOST: Final = 60
"""A paste of more statements than this is not read to its end."""


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int


def clauses(low: str, times: Sequence[Seen]) -> list[Clause]:
    """The text cut where one statement ends and the next begins; a mere time belongs to the one before: "寄样品，周三前"."""
    joined: list[Clause] = []
    passed = 0
    for clause in _cut(low)[:MOST]:
        while passed < len(times) and times[passed].start <= clause.start + 1:
            passed += 1
        if joined and passed and times[passed - 1].end >= clause.end:
            joined[-1] = Clause(joined[-1].start, clause.end)
        else:
            joined.append(clause)
    return joined


def _cut(low: str) -> list[Clause]:
    found: list[Clause] = []
    start = 0
    for match in _BREAK.finditer(low):
        if match.start() > start:
            found.append(Clause(start, match.start()))
        start = match.end()
    if start < len(low):
        found.append(Clause(start, len(low)))
    return found


def masked(words: str, clause: Clause, inside: Sequence[Seen]) -> str:
    """The words of times blanked, so that 下周三 is no part of what is promised."""
    if not inside:
        return words
    marks = list(words)
    for one in inside:
        for place in range(one.start - clause.start, min(one.end, clause.end) - clause.start):
            marks[place] = " "
    return "".join(marks)
