# ruff: noqa: E501 -- a rule is one line
"""What a question without a customer wants to know: "what is due today", 谁最近没联系. Pure."""

from __future__ import annotations

import re
from typing import Literal

General = Literal["silent", "next", "promising", "promised", "deals", "leads", "agenda", "count", "find"]

_WORDS: tuple[tuple[General, str], ...] = (
    (
        "silent",
        r"\b(?:have(?:n['’]?t| not)|has(?:n['’]?t| not)|did(?:n['’]?t| not)|not|never|no)\b.{0,30}\b(?:talk|spoke|speak|contact|call|touch|hear|heard|seen|met|visit|reach|follow|writ)"
        r"|\b(?:silent|gone quiet|neglect\w*|inactive)\b|(?:没有?|未)(?:再)?(?:联系|跟进|拜访|沟通|往来|互动|打过?电话|见过?|回访)|沉默|冷落|失联",
    ),
    ("promising", r"\bpromising\b|有潜力|有前景|有前途"),
    ("promised", r"\b(?:promis\w*|commit(?:ted|ment\w*)|ow(?:e[sd]?|ing))\b|承诺|答应|欠"),
    ("leads", r"\bleads?\b|线索"),
    ("deals", r"\b(?:deals?|pipeline|forecast|opportunit\w+)\b|商机|管道|漏斗|预测|在谈的?(?:单|项目)"),
    (
        "next",
        r"^\W*(?:so |and |ok(?:ay)? )?what(?:['’]?s| is| do i have)(?: up| on)? next\W*$|^(?:接下来|下一步|然后)(?:我|要|该|应该)*(?:做|干|忙)?(?:什么|啥)",
    ),
    (
        "count",
        r"\bhow (?:many|much)\b.{0,30}\b(?:calls?|visits?|meetings?|e-?mails?|demos?|logs?|contacts?|did i|have i)\b|\bwhat (?:all )?(?:did|have) i (?:do|done|get done|log|logged|achieved?)\b|(?:我|都)[^谁]{0,6}?(?:干|做|忙|记|跑|完成)了(?:些|点)?(?:啥|什么|哪些)|(?:打了|拜访了|开了|见了|发了|记了|跟进了)?(?:多少|几)(?:个|次|通|家|封|条)(?:电话|客户|会|拜访|邮件|跟进|记录)?",
    ),
    (
        "agenda",
        r"\b(?:agenda|scheduled?|calendar|plann?(?:ed)?|due|overdue|late|to-?do|tasks?|reminders?|meetings?|appointments?|today|tomorrow|tonight|weekend|(?:this|next) (?:week|month|morning|afternoon)|my (?:day|week)|am i free|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
        r"|安排|日程|行程|计划|待办|要做|有什么事|逾期|过期|超期|到期|提醒|今天|明天|后天|[本这下](?:个)?(?:周|月|星期)|有空|忙什么|会议|(?:周|星期|礼拜)[一二三四五六日天]",
    ),
    ("find", r"\b(?:customers?|clients?|accounts?|tier|stage|tagged|owned|vip)\b|客户|厂家|[ABC]级|标签|阶段"),
)
_PATTERNS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _WORDS)


def asked(words: str) -> General | None:
    """None where nothing of it can be answered."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(words)), None)
