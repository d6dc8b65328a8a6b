# ruff: noqa: E501 -- a rule is one line
"""Whether what stood in the diary was called off, and not only held at another time."""

import re

from flows.understanding.facts import Reading

_CANT = r"(?:can['’]?t|cannot|could ?n['’]?t|won['’]?t|not able to|unable to) (?:be able to )?(?:make it|(?:make|do|come to|attend) (?:[a-z']+ ){0,2}(?:visit|meeting|mtg|call|demo|lunch|dinner|breakfast|coffee|review|session))(?![a-z])"
_ZH_CANT = r"(?<!过)(?:来|参加|见)不了了?(?=$|[，。,.！!])"
_CANCELLED = re.compile(
    r"(?<![a-z])(?:cancel(?:l?ed|s)?(?! ?(?:the |their |his |her |our |all |its |剩余的?|部分|全部)*(?:orders?|po|contract|subscription|licen[cs]e|account|policy|service|单))|called off|is off|not happening|won'?t happen)(?![a-z])"
    rf"|(?<![a-z]){_CANT}"
    rf"|取消(?!了?(?:订单|合同|采购|项目|部分))|{_ZH_CANT}",
    re.IGNORECASE,
)


_CANCELS_IT = re.compile(
    rf"(?<![a-z]){_CANT}"
    r"|(?<![a-z])(?:cancel(?:l?ed|s)?|call(?:ed|s) off) (?:[a-z']+ ){0,2}(?:visit|meeting|call|demo|lunch|appointment|lesson|viewing|session|check-?up)"
    r"|(?<![a-z])(?:visit|meeting|mtg|call|demo|lunch|dinner|review|session)(?: [^.,;]{1,24})? (?:was|is|has been|got|been)(?: been)? (?:cancell?ed|called off)",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"(?<![a-z])(?:postponed|put off)(?![a-z])|(?:推迟|延期|延后|改期)了?(?=$|[，。,；;！! ])", re.IGNORECASE
)
_NEW_DATE = re.compile(
    r"(?<![a-z])(?:new (?:date|time)(?! (?:is |was )?(?:tbd|tbc|to be|not|unknown|unclear|open|yet))|re-?booked|re-?scheduled)|改到|改成|改为|改约|换到",
    re.IGNORECASE,
)


_ZH_CANCELS_IT = re.compile(
    rf"{_ZH_CANT}"
    r"|(?:会议?|拜访|见面|演示|电话|约|饭局|活动|培训|[试上]课|看房|上门).{0,8}取消|取消.{0,8}(?:会议?|拜访|见面|演示|电话|约|饭局|活动|培训|[试上]课|看房|上门)"
)


def calls_off(words: str) -> bool:
    """Whether a line says that a meeting or its like is not held."""
    return (_CANCELS_IT.search(words) or _ZH_CANCELS_IT.search(words)) is not None


def is_cancelled(reading: Reading) -> bool:
    """Called off, and not only held at another time."""
    if _NEW_DATE.search(reading.text):
        return False
    return bool(_CANCELLED.search(reading.text)) and all(fact.role != "superseded" for fact in reading.times)


def is_off(reading: Reading) -> bool:
    """What was planned and is not held: that is a note, and nothing is in the diary."""
    planned = reading.activity is not None and reading.activity.status == "planned"
    put_off = _PUT_OFF.search(reading.text) is not None and not any(fact.role == "activity" for fact in reading.times)
    named = calls_off(reading.text)
    return (planned and put_off) or ((planned or named) and is_cancelled(reading))
