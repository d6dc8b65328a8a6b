# ruff: noqa: E501 -- a rule is one line
"""Questions about a colleague or the whole team: "what did Bob do today", 小王有几个客户, "who promised what". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from flows.understanding.lazily import lazy

Kind = Literal["did", "doing", "customers", "promised", "where", "away", "met", "own"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, of whom (empty: of everybody), and what follows."""

    kind: Kind
    name: str = ""
    rest: str = ""


_TEAM = r"(?:everybody|everyone|the (?:whole )?team|our team|we all|they all|the others|people|all of (?:us|you))"
_NAME = r"(?P<name>@?[^\s,.?!]{1,30}(?: [^\s,.?!]{1,30}){0,2}?)"
_ZH_TEAM = r"(?:大家|团队|同事们?|所有人|全体)"
_ZH_NAME = r"(?P<name>@?[^，。？?！!\s今昨前这本上]{1,8}?)"
_ZH_WHEN = r"(?:今天|昨天|前天|[这本上]个?(?:周|星期|礼拜|月)|周[一二三四五六日]|最近)"
_ZH_WHAT = r"(?:些|点)?(?:什么|啥|嘛|哪些)"
_CONTACT = r"(?:call|visit|meet|met|contact|e-?mail|reach|talk to|talked to|speak to|spoken to|spoke to|see|seen|write to|written to)(?:ed)?"

_RULES: tuple[tuple[Kind, str], ...] = (
    ("did", rf"(?:so |and )?what (?:all )?(?:did|has|have) (?:{_TEAM}|{_NAME}) (?:all )?(?:do|done|get done|got done|been doing|achieved?|accomplish(?:ed)?|log(?:ged)?)\b.*"),
    ("did", rf"what(?:['’]s| has| have|['’]ve) (?:{_TEAM}|{_NAME}) (?:been )?(?:up to|been doing|been working on|achieved|got done)\b.*"),
    ("did", r"how (?:did|have|are|were) (?:we|the team|everybody|everyone|us all) (?:all )?(?:do|done|doing|been doing)(?!.*\bweek\b)\b.*"),
    ("did", r"who (?:all )?(?:did|has done) what\b.*"),
    ("did", rf"how (?:many|much) .{{2,30}} (?:did|has) {_NAME} (?:make|made|do|done|have|had|log|logged|send|sent)\b.*"),
    ("did", rf"how (?:was|did) {_NAME}(?:['’]s (?:day|week)| do)(?: .*)?"),
    ("did", rf"(?:show(?: me)? |give me )?{_NAME}['’]s (?:activities|calls|visits|report|work)(?: (?:of|for|from|today|yesterday|this|last).*)?"),
    ("did", rf"(?:{_ZH_WHEN}的?)?(?:{_ZH_TEAM}|谁|{_ZH_NAME})(?:{_ZH_WHEN})?(?:都|已经)*(?:干|做|忙|跑|完成|弄)(?:了|过){_ZH_WHAT}"),
    ("did", rf"(?:{_ZH_WHEN}的?)?(?:{_ZH_TEAM}|{_ZH_NAME})(?:{_ZH_WHEN})(?:都|已经)*(?:干|做|忙){_ZH_WHAT}了"),
    ("did", rf"{_ZH_NAME}(?:{_ZH_WHEN})?(?:一共|总共|都)?(?:打|拜访|见|开|发|记|跟进|跑|联系)了(?:几|多少).*"),
    ("own", r"(?:so |and )?what (?:all )?(?:did|have) i (?:do|done|get done|been doing|log(?:ged)?|achieved?)\b.{0,30}"),
    ("own", r"how (?:was|is|did|has) (?:the |our |my )?(?:last |this |past )?(?:week|month|yesterday|today|day)(?: go(?:ing)?| been)?(?: so far)?"),
    ("own", r"how (?:did|have) i (?:do|done|been doing)\b.{0,30}"),
    ("own", rf"我?(?:{_ZH_WHEN})我?(?:都|一共|已经)*(?:干|做|忙|完成|弄|跑)(?:了|过){_ZH_WHAT}(?:事情?|工作|活)?(?:了)?|我?(?:{_ZH_WHEN})我?(?:的)?(?:干|做)?得?(?:怎么样|如何|成绩怎么样)|我?(?:都|一共|已经)*(?:{_ZH_WHEN})?(?:干|做|忙)了{_ZH_WHAT}"),
    ("doing", rf"what(?:['’]s| is| are) (?:{_TEAM}|{_NAME}) (?:currently |now )?(?:working on|doing|up to|busy with)\b.*"),
    ("doing", rf"what does {_NAME} (?:have|need|still have) (?:to do|on|planned|open)\b.*"),
    ("doing", rf"how is {_NAME} (?:doing|getting on)\b.*|is {_NAME.replace('<name>', '<name2>')} (?:very )?busy\b.*"),
    ("doing", rf"(?:show(?: me)? )?{_NAME}['’]s (?:day|week|agenda|deals|pipeline|tasks|to-?dos|reminders|plate|workload)\b.*"),
    ("doing", rf"(?:{_ZH_TEAM}|{_ZH_NAME})(?:现在|目前|最近|今天|这周|本周)?(?:都)?(?:在)?(?:忙|做|干|弄|跟进?){_ZH_WHAT}(?:呢|啊|事情?|项目)?"),
    ("doing", rf"{_ZH_NAME}(?:现在|目前|最近|今天|这周|本周)(?:干|做|忙|跑|表现|工作|情况)?得?(?:怎么样|怎样|如何|好吗|顺利吗)(?:了|啊|呢)?"),
    ("doing", rf"{_ZH_NAME}(?:的|手上的?)(?:商机|单子|待办|任务|提醒|工作|情况)(?:有哪些|怎么样|如何)?"),
    ("customers", rf"(?:how many|which|what) (?:customers|clients|accounts) (?:does|has) {_NAME} (?:have|got|own|look after|take care of|handle)\b.*"),
    ("customers", rf"(?:show(?: me)? |list )?(?:all )?{_NAME}['’]s (?:customers|clients|accounts)|(?:show(?: me)? |list )?(?:all )?(?:the )?(?:customers|clients|accounts) of {_NAME.replace('<name>', '<name2>')}"),
    ("customers", rf"{_ZH_NAME}(?:名下|手上|手里)?(?:一共|总共)?(?:有|负责|跟|管|在跟)(?:着|了)?(?:几|多少|哪些|什么)(?:个|家)?客户"),
    ("customers", rf"{_ZH_NAME}(?:的|名下的?|手上的?|负责的)客户(?:都?有哪些|有几[个家]|有多少|列表)?"),
    ("promised", rf"what (?:has|did|have) {_NAME} promised?\b.*|{_NAME.replace('<name>', '<name2>')}['’]s promises"),
    ("promised", r"who (?:has |have )?promised what\b.*"),
    ("promised", rf"(?:谁|{_ZH_NAME})(?:都)?(?:答应|承诺)(?:了|过)?(?:客户)?{_ZH_WHAT}|{_ZH_NAME.replace('<name>', '<name2>')}的承诺"),
    ("where", rf"(?:who|where)(?:['’]s| is) {_NAME}(?: today| now| right now)?|is {_NAME.replace('<name>', '<name2>')} (?:in|here|away|off|out|around|on duty|back|available|on leave|on holiday|on vacation)(?: today| now)?"),
    ("where", rf"{_ZH_NAME}(?:今天|现在)?(?:在吗|在不在|在哪(?:里|儿)?|去哪(?:里|儿)?了|在岗吗|请假了吗|上班吗|是谁)"),
    ("away", r"who(?:['’]s| is| are|['’]ll be| will be)(?: all)? (?:off|away|out|absent|sick|ill|missing|on (?:leave|holiday|vacation)|not (?:here|in|working|available)|(?:not )?on duty|in|here|available|around)(?: (?:today|tomorrow|now|right now|this week|next week|at the moment))*"),
    ("away", r"is (?:anyone|anybody|someone|somebody) (?:off|away|out|absent|sick|on leave|on holiday)(?: (?:today|tomorrow|now|this week|next week))*"),
    ("away", r"(?:今天|明天|现在|这周|下周|最近)?(?:都)?(?:有)?(?:谁|哪些人|哪些同事|有人)(?:今天|明天|现在|这周|下周)?(?:在)?(?:请假|休假|不在|休息|外出|没来|没上班|在岗|值班|在)(?:了|的)?(?:吗|呢)?"),
    ("met", rf"(?:has|did) {_NAME} (?:already |yet |ever )?{_CONTACT} (?P<rest>.+)"),
    ("met", rf"{_ZH_NAME}(?:今天|昨天|这周|上周)?(?:联系|拜访|打电话给|跟进)(?:过|了)(?P<rest>.{{2,20}}?)(?:了)?(?:吗|没有?|么)"),
)  # fmt: skip
_PATTERNS = tuple((kind, lazy(words + r"[\s?？.。!！]*", re.IGNORECASE)) for kind, words in _RULES)
_LONGEST = 100


def asked_in(words: str) -> list[Asked]:
    """Every way in which it can be read; whether the name is a colleague's is seen by who asks."""
    said = words.strip()
    if len(said) > _LONGEST or "\n" in said:
        return []
    found = []
    for kind, pattern in _PATTERNS:
        if match := pattern.fullmatch(said):
            parts = match.groupdict()
            name = parts.get("name") or parts.get("name2") or ""
            found.append(Asked(kind, name.strip("@ "), (parts.get("rest") or "").strip()))
    return found
