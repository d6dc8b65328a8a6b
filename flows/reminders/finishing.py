# ruff: noqa: E501 -- a rule is one line
""" "Done with the first one", 第二条做完了: a reminder that is done is named by its place in the list, or by what it is about."""

from __future__ import annotations

import re

_PLACES = {
    word: place
    for place, words in enumerate(
        ("first 1st 一", "second 2nd 二 两", "third 3rd 三", "fourth 4th 四", "fifth 5th 五", "sixth 6th 六", "seventh 7th 七", "eighth 8th 八")
    )
    for word in words.split()
} | {"last": -1, "最后一": -1}  # fmt: skip
_WHICH = rf"(?P<which>{'|'.join(sorted(_PLACES, key=len, reverse=True))}|\d{{1,2}})"
_ITEM = r"(?: (?:one|reminder|task|item|thing|point))?"
_DONE = r"(?:is |are |['’]s )?(?:all )?(?:done|finished|completed?|sorted|ticked off|dealt with)"
_PLACED = tuple(
    re.compile(rf"\s*(?:ok(?:ay)?[,.! ]+|yes[,.! ]+|好的?[,，。 ]+)?(?:{words})[.!。！ ]*", re.IGNORECASE)
    for words in (
        rf"(?:i['’]?(?:m| am|ve| have)? ?)?(?:just )?(?:all )?(?:done with|finished(?: with)?|completed|did|tick(?:ed)? off|check(?:ed)? off)\s(?:the |my |number |no\.? ?|#)*{_WHICH}{_ITEM}(?: off)?",
        rf"(?:the |my )?(?:number |no\.? ?|#)?{_WHICH}{_ITEM} {_DONE}",
        rf"(?:第{_WHICH}[个条项件]?|(?P<last>最后一)[个条项件])(?:提醒|待办|任务)?(?:也|已经?|都)?(?:完成|做完|办完|办好|搞定|处理完|处理好|做好|弄完|弄好|搞完|好)了?",
    )
)
_ONE_IS_DONE = re.compile(rf"\s*(?:the |my )(?P<what>.{{2,60}}?) (?:one|reminder|task|to-?do) {_DONE}(?: now| too)?[.! ]*", re.IGNORECASE)  # fmt: skip
_ABOUT = re.compile(
    r"\s*(?:i['’]?(?:m| am)? ?)?(?:just |all )?done with (?:the |my )?(?P<what>(?!.*\b(?:call|meeting|visit|demo|lunch|today|them|him|her|it|us|you)\b).{2,60}?)(?: reminder| task)?[.!。！ ]*",
    re.IGNORECASE,
)


def place_said(words: str) -> int | None:
    """The place in the list, from 0 on, and -1 for the last; None where the words name none."""
    match = next((match for pattern in _PLACED if (match := pattern.fullmatch(words))), None)
    if match is None:
        return None
    which = (match["which"] or match.groupdict().get("last") or "").casefold()
    return _PLACES[which] if which in _PLACES else int(which) - 1


def about_said(words: str) -> str:
    """What the reminder that is done is about; empty where the words say no such thing."""
    match = _ABOUT.fullmatch(words) or _ONE_IS_DONE.fullmatch(words)
    return match["what"] if match else ""
