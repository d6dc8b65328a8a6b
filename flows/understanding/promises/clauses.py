# ruff: noqa: E501 -- a rule is one line
"""A line cut into statements, each of which can hold one promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.times.reading import Seen

_BREAK: Final = lazy(
    r"[;；。!！?？\n]|[ ](?=\d{1,2}\) ?[a-z])|[ ](?<=[\u4e00-\u9fff]{5} )(?=[\u4e00-\u9fff\d]{3})|(?<!re):(?=[ \u3400-\u9fff\"])|，|,(?!\d{3}|(?<=\d,) ?\d{1,9}(?: ?, ?\d{1,9}){0,9},? (?:and|or|&) \d)|(?<=[\u3400-\u9fff]),|(?<!dr)(?<!mr)(?<!mrs)(?<! ms)(?<!prof)(?<! [b-hj-z])\.(?=\s|$)|(?<![a-z])(?:and(?= (?:i|we|he|she|"
    r"they|[a-z]+ (?:will|to|promised|agreed|reviews|signs|sends|decides|pays|confirms|returns|approves|provides|delivers|e?mails (?:it|them|us|me|the|his|her))|decide|sends|signs|returns|pays|confirms|provides|delivers|issues|will|send(?! (?:in|on|by|within|before|tomorrow|today))|share|get|follow|call|come back|revert|reply|let|give|confirm|check|e?mail|prepare|update|quote|deliver|ship|post|hand over|return|sign|submit|install|import|provide|draft|invoice|finish|wants?|needs?|asked|schedule|book|"
    r"set)(?![a-z]))|but|(?<!by )then(?! ?(?:[.!,;]|$))|so that|while|-(?= ))(?![a-z])|(?:但是?|然后|并且|另外|同时|接着|顺便)|"
    r"(?=[让叫请希我他她])(?<=[\u4e00-\u9fff]{7})(?=[让叫请]我们?(?![^，。,；;]{0,3}满意)|希望我们?|[我他她]说|我就)"
)
_WISH: Final = lazy(
    r"(?<![a-z])(?:wants?|wanted|needs?|needed|asked(?: us| me)? for|asks for|asking for|requested|requests|would like|'d like|send|sending|owe|promised(?: (?:him|her|them|[a-z]+))?) (?!to )[^,.;:!?\n]{2,60}$"
)
_NO_ITEM: Final = (
    r"(?:i|we|he|she|they|it|you|who|that|this|there|will|would|wants?|needs?|asked|asks|is|are|was|were|has|have|had|can|could|should|must|to|call|ring|visit|meet|send|sent|sending|follow|get|got|but|so|then|also|said|says|told|tell|"
    r"going|happy|keen|budget|decision|deadline|contact|due|by|before|on|at|next|tomorrow|today|maybe|chase|check|remind|book|like|likes|loves?|thinks?|please|pls|ok|not|no|if|when|once|because|quote is|price is|left|met|spoke|called|ready|meeting|demo|visit on)"
)
_PART: Final = rf"(?!{_NO_ITEM}(?![a-z]))[\w'%/-]{{1,40}}"
_ITEM: Final = rf"{_PART}(?: {_PART}){{0,4}}"
_ITEMS: Final = lazy(
    rf"(?:, ?{_ITEM}){{2,4}}(?= (?:by|before|asap)(?![a-z]))|(?:, ?{_ITEM}){{1,4}},? ?(?:and|&|\+|plus) {_ITEM}(?=[.;!?\n]|$| (?:by|before|on|next|tomorrow|today|asap)(?![a-z])|, )"
)
"""Behind what is wished for first, the rest of the list: "they want access, a custom SLA and a price lock"."""
_LED: Final = lazy(r"[ ]{0,2}(?:due|needed|wanted|required|deadline(?: is)?|latest|at the latest)(?: by| on|:)?[ ]")
"""3 mock-ups for the kiosk, due on Tuesday."""
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
        led = _LED.match(low, clause.start)
        start = led.end() if led else clause.start + 1
        while passed < len(times) and times[passed].start <= start:
            passed += 1
        if joined and passed and times[passed - 1].end >= clause.end:
            joined[-1] = Clause(joined[-1].start, clause.end)
        else:
            joined.append(clause)
    return joined


def _cut(low: str) -> list[Clause]:
    found: list[Clause] = []
    start = passed = 0
    for match in _BREAK.finditer(low):
        if match.start() < passed:
            continue
        if match[0] == "," and _WISH.search(low, start, match.start()) and (rest := _ITEMS.match(low, match.start())):
            passed = rest.end()
            continue
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
