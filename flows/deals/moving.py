# ruff: noqa: E501 -- a rule is one line
""" "Move the Acme deal to won", "the Acme deal is 85k, not 80k", 鼎盛的单子丢了，太贵: what words ask of a deal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE

_WORDS = tuple(
    lazy(PLEASE + words + r"[.!。！ ]*$", re.IGNORECASE)
    for words in (
        r"(?:move|set|mark|put|change|advance|push|switch)\s(?:the |our |my |their )?(?:(?:deal|opportunity) (?:with|of|at|for) )?(?P<what>.{2,60}?)(?:['’]s)?(?P<deal> (?:deal|opportunity))?(?: stage| status)?\s(?:to|as|into|in)\s(?:the )?(?P<stage>[^\d]{2,30}?)(?: stage)?",
        r"(?:the |our |my )?(?P<what>.{2,60}?)(?:['’]s)?(?P<deal> (?:deal|opportunity))(?:['’]s| is| has| was)?(?: been| just)?(?: now)?(?: moved| moving| advanced| progressed| gone| going| went)?\s(?:to|at|in|into)\s(?:the )?(?P<stage>[^\d]{2,30}?)(?: stage)?(?: now)?",
        r"(?:把|将)(?P<what>.{1,40}?)(?:的|那个|这个|那笔|这笔)*(?P<deal>商机|单子|大单|订单|项目|单)?(?:的?(?:阶段|状态))?(?:往前)?(?:移动?|挪|推进?|改|标记?|设|转|调整?|放|拖|更新)(?:到|至|成|为|入|进)(?P<stage>[^\d]{1,12}?)(?:阶段|状态)?(?:里|去|了)?",
        r"(?P<what>.{1,40}?)(?:的|那个|这个|那笔|这笔)*(?P<deal>商机|单子|大单|单)(?:已经?)?(?:移|挪|推进?|改|转|进|走|谈)(?:到|至|成|为|入)了?(?P<stage>[^\d]{1,12}?)(?:阶段|状态)?了?",
    )
)
_WHY = r"(?:[,，.。;；:： ]+(?:because |as |due to |since |reason:? |因为|由于|原因是?[:：]?)?(?P<why>.{2,120}))?"
_LOST = tuple(
    lazy(PLEASE + words + r"[.!。！ ]*$", re.IGNORECASE)
    for words in (
        rf"(?:we |i )?(?:have |just )*lost (?:the |our )?(?P<what>.{{2,60}}?)(?:['’]s)? (?:deal|opportunity){_WHY}",
        rf"(?:the |our )?(?P<what>.{{2,60}}?)(?:['’]s)? (?:deal|opportunity)(?: is| was| got|['’]s| has been)? (?:lost|dead){_WHY}",
        rf"(?:close|mark|set) (?:the |our )?(?P<what>.{{2,60}}?)(?: deal| opportunity)? (?:as|to) lost{_WHY}",
        rf"(?P<what>.{{1,40}}?)(?:的|那个|这个|那笔|这笔)*(?:商机|单子|大单|单)(?:丢了|黄了|没了|输了|流标了?){_WHY}",
        rf"(?P<what>.{{1,40}}?)[ ，,]*(?:丢单|输单)了?{_WHY}",
    )
)
_AMOUNT = (
    r"(?P<sum>[¥$€£￥]? ?\d[\d.,]* ?(?:[a-z]{1,3}|[千万亿百十]+)?元?块?(?: ?(?:rmb|usd|eur|cny|yuan|dollars|euros?))?)"
)
_NOT = r"(?:,? (?:and )?not .{1,20}|[，, ]*(?:而?不是|不).{1,12})?"
_SUMS = tuple(
    lazy(r"^\s*(?:no|sorry|actually|oops|wait|不对|错了)?[,，. ]*" + words + _NOT + r"[.!。！ ]*$", re.IGNORECASE)
    for words in (
        rf"(?:the |our |my )?(?P<what>.{{2,60}}?)(?:['’]s)?(?P<deal> (?:deal|opportunity))(?:['’]s| is| was| should be)?(?: now| only| actually| worth)* {_AMOUNT}",
        rf"(?:change|set|update|raise|cut|lower|increase|reduce|correct|put) (?:the |our |my )?(?P<what>.{{2,60}}?)(?:['’]s)?(?P<deal> (?:deal|opportunity))(?: amount| value| sum| size)?(?: down| up)? to {_AMOUNT}",
        rf"(?:把|将)?(?P<what>.{{1,40}}?)(?:的|那个|这个|那笔|这笔)*(?P<deal>商机|单子|大单|单)?(?:的?(?:金额|总额|价钱?))?(?:应该)?(?:改|调|降|涨|加)(?:成|为|到|至)了?{_AMOUNT}",
        rf"(?P<what>.{{1,40}}?)(?:的|那个|这个|那笔|这笔)*(?P<deal>商机|单子|大单)(?:的?(?:金额|总额))?(?:应该)?是{_AMOUNT}",
    )
)
_SUM_ALONE = lazy(
    rf"^\s*(?:no|sorry|actually|不对|错了)?[,，. ]*(?:make (?:it|that)|change (?:it|that) to|it['’]?s|it is|it should be|should be|改成|改为|应该是|金额(?:改成|是)?)\s?{_AMOUNT}{_NOT}[.!。！ ]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose deal is to stand where, as it was said; `plainly`: the word for a deal was said too."""

    whose: str
    stage: str
    plainly: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Whose deal it is, what is told of it (its sum, or why it was lost), and whether the word for a deal was said."""

    whose: str
    what: str
    plainly: bool = True


def loss(line: str) -> Told | None:
    """A deal that is lost, and why; the reason may be left out."""
    found = next((match for pattern in _LOST if (match := pattern.match(line))), None)
    return Told(found["what"].strip(), (found["why"] or "").strip()) if found else None


def other_sum(line: str) -> Told | None:
    """What a deal is worth after all."""
    found = next((match for pattern in _SUMS if (match := pattern.match(line))), None)
    return Told(found["what"].strip(), found["sum"].strip(), bool(found["deal"])) if found else None


def bare_sum(line: str) -> str:
    """The sum in "make it 90k", where it is clear which deal is spoken of."""
    found = _SUM_ALONE.match(line)
    return found["sum"].strip() if found else ""


def wish(line: str) -> Wish | None:
    """What the line asks for; None where it moves nothing, "move the meeting to Friday" too where Friday is no stage."""
    found = next((match for pattern in _WORDS if (match := pattern.match(line))), None)
    return Wish(found["what"].strip(), found["stage"].strip(), bool(found["deal"])) if found else None


_THIS = lazy(
    PLEASE
    + r"(?:(?:move|set|mark|put|change|advance|push|switch|take)\s(?:it|that|this|the (?:deal|opportunity))\s(?:on )?(?:to|as|into|in)\s(?:the )?(?P<stage>[^\d]{2,30}?)(?: stage)?"
    r"|(?:把|将)?(?:它|这个|这单|单子|商机)?(?:往前)?(?:移动?|挪|推进?|改|转|进|进入|谈)(?:到|至|成|为|入)?(?P<stage_zh>[^\d]{1,12}?)阶段(?:了)?)[.!。！吧 ]*$",
    re.IGNORECASE,
)
_CLOSES = lazy(
    PLEASE
    + r"(?:(?:(?:push|move|set|change|put|shift)\s)?(?:the |its )?(?:expected )?(?:close|closing|decision|signing) date\s?(?:back |out )?(?:to|is|for|[:=])?\s(?P<when>.{3,30}?)"
    r"|(?:it |this |they )?(?:should|will|is expected to|might|may|could|probably|is going to)\s(?:close|sign|be signed|decide)\s(?:by|in|at|on|around|before)?\s?(?P<when_2>.{3,30}?)"
    r"|预计(?:在)?(?P<when_zh>.{2,10}?)(?:能|会|可以)?(?:成交|签(?:单|约|下来?|合同)?|下单|拍板|关单|定下来)|(?:预计|成交|关单)(?:日期|时间)(?:改成|改到|是|推到|推迟到|定在)?(?P<when_zh2>.{2,10}?))[.!。！吧了 ]*$",
    re.IGNORECASE,
)


def this_to(line: str) -> str:
    """The stage in "move it to proposal", where it is clear which deal is spoken of."""
    found = _THIS.match(line)
    return (found["stage"] or found["stage_zh"]).strip() if found else ""


def closes(line: str) -> str:
    """The day in "push the close date to end of April", 预计四月底成交, likewise."""
    found = _CLOSES.match(line)
    return next((said for said in found.groups() if said), "").strip() if found else ""
