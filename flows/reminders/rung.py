# ruff: noqa: E501 -- a rule is one line
"""What rang a little while ago is answered in words: "done", 发了, "called him, no answer", "in an hour"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import gettext as _
from bot.core.text import text
from flows.activities.lines import understood
from flows.activities.rules import names
from flows.activities.writing import log_about
from flows.arguments import READERS, Found, When
from flows.reminders.actions import FAR, done, ring_at
from flows.reminders.cards import card_of, said
from flows.reminders.presses import done_pressed, moved, snooze
from flows.replies import below, settled
from flows.router import NOT_MINE
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.undo.actions import last
from store.models import Reminder

SINCE = timedelta(hours=2)
"""So long after it rang a few words may still be about it."""

_DID = (
    r"(?:(?:ok(?:ay)?|yes|yep|yeah|right)[,.! ]+)?(?:(?:it['’]?s|that['’]?s|it is|that is|all|i['’]?m|i['’]?ve|i have|i|just|already|now|have)\s)*"
    r"(?:done(?: (?:it|that|with (?:it|that)))?|did (?:it|that|so)|finished|completed|sorted|handled|taken care of|dealt with|gone out|went out|(?:sent|called|phoned|rang|e-?mailed|mailed|messaged|texted|paid|booked|ordered|posted|shipped)(?: (?:it|that|them|him|her))?(?: (?:out|off|over))?)"
    r"(?: (?:now|already|just now|today|this morning))?"
    r"|(?:嗯+|好的?|哦|已经|都|刚刚?|我|是的)*(?:(?:发|打|办|做|弄|寄|送|回|说|问|约|付|订|联系|处理|通知|跟进|沟通|回访)(?:完|好|过|出去|过去)?(?:给?[他她](?:们)?)?(?:电话)?了|(?:搞定|办妥|完成|弄妥|做完|办完)了?)[啦哈哦]?"
)
_DONE = lazy(rf"\s*(?:{_DID})[.!。！~ ]*", re.IGNORECASE)
_RESULT = lazy(rf"\s*(?:{_DID})\s*[,，;；.。:：–-]\s*(?P<rest>\S.{{2,300}})", re.IGNORECASE)
_AGAIN = lazy(
    r"\s*(?:(?:ok|not now|busy(?: now)?|can['’]?t now)[,. ]+)?(?:(?:please )?(?:snooze|remind me(?: again)?|ping me(?: again)?|ask me again|try me again|push (?:it|that)|again)\s?(?:(?:to|until|till|by|for)\s)?)?(?P<when>[^\u3400-\u9fff]{2,40}?)(?: please| instead| again)?[.! ]*"
    r"|\s*(?:现在没空|在忙|先不弄|好的?)?[，, ]*(?:再)?(?P<when_zh>.{2,20}?)(?:再)?(?:提醒(?:我)?(?:一下|一次)?|叫我|说|弄|做)?[吧。！ ]*",
    re.IGNORECASE,
)
_LATER = lazy(r"\s*(?:(?:ok|not now)[,. ]+)?(?:(?:remind me |ask me )?(?:again )?(?:a bit )?later|not (?:right )?now|snooze(?: it)?)[.! ]*|\s*(?:现在没空|在忙)?[，, ]*(?:晚点|待会儿?|等会儿?|一会儿?|稍后|过会儿?)(?:再)?(?:提醒(?:我)?|说|弄|做|打|联系)?[吧。！ ]*", re.IGNORECASE)  # fmt: skip


def rung(turn: Turn) -> list[Reminder]:
    """What arrived lately and nobody has acted on, the newest first."""
    mine = turn.work.reminders.open(turn.me().id, turn.now + FAR)
    fresh = [one for one in mine if one.rung and not one.acted and turn.now - one.rung <= SINCE]
    return sorted(fresh, key=lambda one: (one.rung, one.id), reverse=True)


def answered(turn: Turn, words: str) -> Any:
    """Done, done with what came of it, or later; NOT_MINE where nothing has rung, or more is said."""
    if _DONE.fullmatch(words):
        return _done(turn, rung(turn))
    if (match := _RESULT.fullmatch(words)) and not names(understood(turn, words, turn.at)):
        return _with_result(turn, rung(turn), words)
    if _LATER.fullmatch(words) and (found := rung(turn)):
        return below(turn, snooze(turn, found[0].id, "hour"))
    if (match := _AGAIN.fullmatch(words)) and _is_time(turn, when := match["when"] or match["when_zh"]):
        return _moved(turn, rung(turn), when)
    return NOT_MINE


def _is_time(turn: Turn, words: str) -> bool:
    outcome = READERS[When](turn, words)
    return isinstance(outcome, Found) and not outcome.rest.strip() and not outcome.value.rule


def _done(turn: Turn, found: list[Reminder]) -> Any:
    if not found:
        return settled().text if _was_done(turn) else NOT_MINE
    if len(found) == 1:
        return below(turn, done_pressed(turn, found[0].id))
    picks = tuple(Option(text(said(turn, one)), f"done:{one.id}", wide=True) for one in found[:5])
    return Reply(_("Which one is done?"), picks)


def _was_done(turn: Turn) -> bool:
    """Whether a reminder was done just now, and nothing since: the same was said twice."""
    change = last(turn)
    topic, _colon, rest = (change.card if change else "").partition(":")
    if change is None or topic != "reminder" or turn.now - change.at > SINCE:
        return False
    reminder = turn.work.get(Reminder, int(rest.partition(":")[0]))
    return reminder is not None and reminder.state == "done"


def _with_result(turn: Turn, found: list[Reminder], words: str) -> Any:
    """What came of the one that rang is logged with its customer."""
    if len(found) != 1 or not found[0].customer:
        return NOT_MINE
    done(turn, found[0])
    turn.rewrite(card_of(found[0]), Reply(_("Done: {text}", text=said(turn, found[0]))))
    return log_about(turn, found[0].customer, words)


def _moved(turn: Turn, found: list[Reminder], when: str) -> Any:
    outcome = READERS[When](turn, when)
    if len(found) > 1:
        picks = tuple(Option(text(said(turn, one)), f"move:{one.id}", wide=True) for one in found[:5])
        return Reply(_("Which one shall I move?"), picks)
    if not found or not isinstance(outcome, Found):
        return NOT_MINE
    card = card_of(found[0])
    after = ring_at(turn, found[0], outcome.value.due)
    turn.did(_("snoozed: {text}", text=said(turn, found[0])), card)
    return below(turn, moved(turn, after, card))
