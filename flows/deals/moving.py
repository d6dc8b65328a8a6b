# ruff: noqa: E501 -- a rule is one line
""" "Move the Acme deal to won", 把鼎盛的单子推进到报价阶段: which words ask for another stage."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLEASE = r"^\s*(?:please |pls |can you |could you |请|帮我|麻烦|能不能)*"
_WORDS = tuple(
    re.compile(_PLEASE + words + r"[.!。！ ]*$", re.IGNORECASE)
    for words in (
        r"(?:move|set|mark|put|change|advance|push|switch)\s(?:the |our |my |their )?(?:(?:deal|opportunity) (?:with|of|at|for) )?(?P<what>.{2,60}?)(?:['’]s)?(?P<deal> (?:deal|opportunity))?(?: stage| status)?\s(?:to|as|into|in)\s(?:the )?(?P<stage>[^\d]{2,30}?)(?: stage)?",
        r"(?:把|将)(?P<what>.{1,40}?)(?:的|那个|这个|那笔|这笔)*(?P<deal>商机|单子|大单|订单|项目|单)?(?:的?(?:阶段|状态))?(?:往前)?(?:移动?|挪|推进?|改|标记?|设|转|调整?|放|拖|更新)(?:到|至|成|为|入|进)(?P<stage>[^\d]{1,12}?)(?:阶段|状态)?(?:里|去|了)?",
        r"(?P<what>.{1,40}?)(?:的|那个|这个|那笔|这笔)*(?P<deal>商机|单子|大单|单)(?:已经?)?(?:移|挪|推进?|改|转|进|走|谈)(?:到|至|成|为|入)了?(?P<stage>[^\d]{1,12}?)(?:阶段|状态)?了?",
    )
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose deal is to stand where, as it was said; `plainly`: the word for a deal was said too."""

    whose: str
    stage: str
    plainly: bool


def wish(line: str) -> Wish | None:
    """What the line asks for; None where it moves nothing, "move the meeting to Friday" too where Friday is no stage."""
    found = next((match for pattern in _WORDS if (match := pattern.match(line))), None)
    return Wish(found["what"].strip(), found["stage"].strip(), bool(found["deal"])) if found else None
