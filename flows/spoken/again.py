# ruff: noqa: E501 -- a rule is one line
""" "No, it was a visit", "sorry, I meant Globex": what was logged last is put right by what is said next."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flows.activities.actions import move_to, of
from flows.activities.corrections import corrected, edit
from flows.activities.lines import meant, understood
from flows.activities.rules import plan
from flows.activities.words import KINDS
from flows.router import NOT_MINE
from flows.turn import Turn
from flows.understanding.characters import is_chinese
from store.models import Activity

_WRONG = re.compile(
    r"(?:no,? |sorry,? )?(?:that|it|this|the last one)(?:'s| is| was) (?:wrong|not right|incorrect|a mistake)[.!]*|(?:wrong|incorrect)[.!]*"
    r"|(?:刚才|刚刚|上一?条|那条|这条|刚才那条)*(?:记|写|说|搞)?错了?[。！!]*|不对[。！!]*",
    re.IGNORECASE,
)
FRESH = timedelta(minutes=30)
"""So long a sentence may still be about what was logged last."""
_ANEW = r"(?:i mean(?:t)?|(?:it|that|this) (?:was|is|should (?:be|have been))|make (?:that|it)|should (?:be|have been)|change (?:it |that |the )?(?:customer |kind |type |time |date |amount |sum )?to)"
_ENGLISH = re.compile(
    rf"^\s*(?:(?:no+|nope|sorry|oops|wait|correction|actually|my (?:mistake|bad))(?:\s*[,.;:!-]\s*|\s+(?={_ANEW}\b)))*(?:{_ANEW}\b\s*)?",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"^\s*(?:(?:不对|不是|错了|说错了|写错了|记错了|搞错了|抱歉|更正(?:一下)?)[，,。：:！! ]+)*(?:应该是|其实是|改成|改为|是(?=.{1,4}$))?"
)
"""What says that something is put right; only a few words may follow, else the sentence is a log of its own."""
_FEW, _SHORT = 3, 10
"""Words, and Chinese characters, of which a correction has no more."""
_KIND = {
    "call": r"call|phone|电话|通话",
    "meeting": r"meeting|lunch|dinner|会议|开会|见面|会面|吃饭",
    "visit": r"visit|拜访|上门|走访",
    "email": r"e-?mail|邮件",
    "message": r"message|text|whatsapp|wechat|微信|短信|消息",
    "demo": r"demo|演示",
    "note": r"note|备注|笔记",
}


def again(turn: Turn, words: str) -> Any:
    """The card as it is after the correction; NOT_MINE when the sentence corrects nothing."""
    wrong, rest = _WRONG.fullmatch(words.strip()), _put_right(words)
    if not (wrong or rest) or (last := _last(turn)) is None:
        return NOT_MINE
    if wrong:
        return edit(turn, last.id)
    reading = understood(turn, rest, turn.at)
    customers, changed = meant(turn, reading), last
    if len(customers) == 1 and customers[0].id != last.customer:
        changed = move_to(turn, last, customers[0]).activity
    kind = next((kind for kind, pattern in _KIND.items() if re.search(pattern, rest, re.IGNORECASE)), last.kind)
    if kind in KINDS and kind != changed.kind:
        changed = turn.work.change(changed, kind=kind)
    planned = plan(reading, turn.local)
    if reading.times and abs((planned.at - turn.local).total_seconds()) > 1 and planned.at <= turn.local:
        changed = turn.work.change(changed, at=planned.at)
    if planned.amount is not None and planned.amount != changed.amount:
        changed = turn.work.change(changed, amount=planned.amount, currency=planned.currency or turn.workspace.currency)
    return corrected(turn, of(turn, changed)) if changed is not last else NOT_MINE


def _put_right(words: str) -> str:
    """What follows the words of a correction, where that is little enough to be one."""
    match = (_CHINESE if is_chinese(words.strip()[:1]) else _ENGLISH).match(words)
    rest = words[match.end() :].strip(" .!。！") if match and match[0].strip() else ""
    short = len(rest.split()) <= _FEW and sum(map(is_chinese, rest)) <= _SHORT
    return rest if short else ""


def _last(turn: Turn) -> Activity | None:
    """What this member logged last, while it is fresh."""
    found = [
        one for one in turn.work.activities.of_member(turn.me().id, turn.now - timedelta(days=2), turn.now + FRESH)
    ]
    fresh = [one for one in found if turn.now - one.logged <= FRESH]
    return max(fresh, key=lambda one: one.id, default=None)
