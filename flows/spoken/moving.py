# ruff: noqa: E501 -- a rule is one line
""" "Move the Acme reminder to Friday", "make it 4pm", 改到下周二: a reminder, or what was set just now, at another time."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import gettext as _
from bot.core.text import lines, quote, text
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Found, When
from flows.asking import run
from flows.promises.presses import move as promise_moved
from flows.reminders.actions import ring_at
from flows.reminders.cards import card_of, said
from flows.reminders.moving import new_time
from flows.reminders.presses import dropped, moved
from flows.router import COMMANDS, NOT_MINE
from flows.spoken.again import put_off
from flows.spoken.dropping import about, none_open
from flows.spoken.giving import the_one
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from flows.undo.actions import last
from store.models import Promise, Reminder

_MOVE = tuple(
    lazy(PLEASE + words, re.IGNORECASE | re.DOTALL)
    for words in (
        r"(?:move|push|postpone|delay|reschedule|shift|snooze|put off)\s(?P<what>.{2,120}?)\s(?:back |out )?(?:to|till|until|by|for)\s(?P<when>.{2,60})$",
        r"(?:把|将)?(?P<what>.{1,60}?)的?(?:提醒|待办|任务|回访|跟进)(?:给我)?(?:推迟|延后|延期|延|改期|改|挪|调整?|推|提前)(?:一下)?(?:到|至|成)?(?P<when>.{1,40})$",
        r"(?:推迟|延后|改期|挪)(?P<what>.{1,60}?)的?(?:提醒|待办|任务|回访|跟进)(?:到|至)(?P<when>.{1,40})$",
        r"(?:把|将)?(?:(?:今天|明天|后天|下?周[一二三四五六日天]|早上|上午|中午|下午|晚上)+的?)?(?:那|这)[个场次](?P<what>.{1,20}?)(?:的?时间)?(?:改|推迟|提前|挪|推)(?:到|成|至)(?P<when>.{1,40})$",
        r"(?:把|将)(?P<what>.{1,60}?)(?:给我)?(?:推迟|延后|延期|改期|挪|推)(?:一下)?(?:到|至|成)(?P<when>.{1,40})$",
    )
)
_OF_REMINDER = lazy(r"(?:['’]s)?\s(?:reminder|alarm|to-?do)(?![a-z])|提醒|闹钟|待办", re.IGNORECASE)
_MOVE_LATEST = tuple(
    lazy(PLEASE + words, re.IGNORECASE)
    for words in (
        r"(?:move|push|postpone|delay|reschedule|shift|snooze|put off|change|set)\s(?:it|that|this|(?:the|that|this|my)(?: last| new)? (?:reminder|one))\s(?:back |out |over )?(?:to|till|until|by|for|at)\s(?P<when>.{2,60})$",
        r"(?:not (?:at )?\S{1,8}[,;]? (?:but|make (?:it|that))|make (?:it|that)|remind me)\s(?:at\s)?(?P<when>(?:\d|noon|midnight).{0,30}?)(?: instead)?[.! ]*$",
        r"(?:(?:no|nope|sorry|oops|wait|actually)[,.! ]+)*(?:(?:i mean(?:t)?|make (?:it|that)|change (?:it|that) to)\s(?:on |at )?(?P<when>.{2,40}?)|(?<=[,.! ])(?:on )?(?P<day>(?:(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day.{0,20}?|(?:tomorrow|tmrw|tmr|tonight|this (?:afternoon|evening)|next week|noon)(?: (?:at )?.{1,12}?)?|(?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m)?)))(?: instead)?[.! ]*$",
        r"(?:(?:no|nope|sorry|oops|wait|actually|wrong|that['’]?s (?:wrong|not right))[,.! ]+)+(?:it['’]?s|it is|it should be|should be)\s(?:on |at |for )?(?P<when>.{2,40}?)[.! ]*$",
        r"(?:(?:that|it|this) (?:should|must) (?:be|have been)|(?:that|it|this) (?:was|is) (?:meant|supposed) to be)\s(?:on |at |for )?(?P<when>.{2,40}?)(?: instead)?[.! ]*$",
        r"(?:不对|不是|错了|抱歉)?[，, ]*(?:把|将)?(?:它|这个|那个)?(?:提醒|闹钟)?(?:给我)?(?:推迟|延后|延期|改期|改|挪|推|提前)(?:一下)?(?:到|至|成|为)(?P<when>.{1,40})$",
        r"(?:那个|这个|提醒)?(?:应该|应当)(?:是|在)(?P<when>.{1,20}?)[。！!吧啊 ]*$",
        r"(?:不对|错了|说错了|哦?不)[，,。 ]*(?:应该)?是(?P<when>.{1,20}?)[。！!吧啊 ]*$",
        r"(?:把|将)?(?:刚才的?|刚刚的?|这个|那个|这条|那条|上一?[个条])?(?:提醒|闹钟)(?:时间)?(?:给我)?(?:推迟|延后|延期|延|改期|改|挪|调整?|推|提前)(?:一下)?(?:到|至|成|为)(?P<when>.{1,40})$",
    )
)
"""The reminder meant is the one that was set just now."""
_MOVES_IT = lazy(PLEASE + r"(?:move|push|postpone|delay|reschedule|shift|put off|no|nope|oops|wrong|that['’]?s wrong)\b|(?:不对|不是|错了|抱歉)?[，, ]*(?:把|将)?(?:它|这个|那个)?(?:推迟|延后|延期|改期|改|挪|推|提前)", re.IGNORECASE)  # fmt: skip
"""The meeting that was planned just now moves as a reminder does."""
_DROP_LATEST = lazy(
    PLEASE
    + r"(?:(?:cancel|delete|drop|remove|forget)\s(?:the|that|this|my)(?: last| new)? (?:reminder|alarm)"
    + r"|(?:(?:never ?mind|actually|no)[,.! ]+)?(?:no need to remind me|(?:don['’]?t|do not) remind me)(?: of (?:it|that)| about (?:it|that))?(?: any ?more| then| after all)?"
    + r"|(?:算了|哦|好吧|那)?[，,！! ]*(?:取消|删掉|删除|去掉|撤掉|不用|不需要|不必|不要|别)(?:再)?(?:刚才的?|刚刚的?|这个|那个|这条|那条|上一?[个条])?(?:提醒|闹钟)我?了?)[.!。！吧啊 ]*$",
    re.IGNORECASE,
)


def move_last(turn: Turn, words: str) -> Any:
    """The reminder, the promise or the meeting that was the member's last act."""
    for pattern in _MOVE_LATEST:
        if match := pattern.match(words.strip()):
            outcome = _move_latest(turn, match["when"] or match.groupdict().get("day") or "", words)
            if outcome is not NOT_MINE:
                return outcome
    return NOT_MINE


def move_named(turn: Turn, words: str) -> Any:
    """The reminder that the words say."""
    for pattern in _MOVE:
        if match := pattern.match(words.strip()):
            outcome = _move(turn, match["what"], match["when"], plainly=bool(_OF_REMINDER.search(match[0])))
            if outcome is not NOT_MINE:
                return outcome
    return NOT_MINE


def drop_last(turn: Turn, words: str) -> Any:
    """The reminder that was set just now is taken back; one that was moved just now stops."""
    latest = _latest(turn) if _DROP_LATEST.match(words) else None
    if latest is None:
        return NOT_MINE
    return run(turn, COMMANDS["undo"], "") if _was_set(turn) else dropped(turn, latest)


def _move_latest(turn: Turn, when: str, words: str) -> Any:
    if (latest := _latest(turn)) is not None:
        return _move_one(turn, latest, when)
    if (outcome := _promise_moved(turn, when)) is not NOT_MINE:
        return outcome
    return put_off(turn, when) if _MOVES_IT.match(words) else NOT_MINE


def _move(turn: Turn, what: str, when: str, *, plainly: bool) -> Any:
    """My reminder about that; of several, the one that is picked; `plainly`: a reminder is what was said."""
    if not isinstance(READERS[When](turn, when), Found):
        return NOT_MINE
    ours = plainly or the_one(turn, what) or not meant(turn, understood(turn, what, turn.at))
    found = about(turn, _OF_REMINDER.sub(" ", what)) if ours else []
    if not found:
        return none_open(_OF_REMINDER.sub(" ", what)) if plainly else NOT_MINE
    if len(found) > 1:
        picks = tuple(Option(text(said(turn, one)), f"move:{one.id}", wide=True) for one in found[:5])
        return Reply(_("Which one shall I move?"), picks)
    return _move_one(turn, found[0], when)


def _latest(turn: Turn) -> Reminder | None:
    """The reminder that this member's last act was about."""
    change = last(turn)
    topic, _colon, id = (change.card if change else "").partition(":")
    if topic not in ("set", "reminder"):
        return None
    found = turn.work.reminders.get(int(id.partition(":")[0]))
    return found if found is not None and found.state == "open" and found.member == turn.me().id else None


def _promise_moved(turn: Turn, when: str) -> Any:
    """The promise that was made just now, on the other day."""
    change = last(turn)
    topic, _colon, id = (change.card if change else "").partition(":")
    found = turn.work.get(Promise, int(id)) if topic in ("promise", "promised") and id.isdigit() else None
    day = READERS[When](turn, when)
    if found is None or found.state != "open" or not isinstance(day, Found) or day.rest:
        return NOT_MINE
    due = day.value.due.astimezone(turn.zone)
    if found.due is not None and not re.search(r"\d ?(?:[ap]m|:)", when):
        hour = found.due.astimezone(turn.zone)
        due = due.replace(hour=hour.hour, minute=hour.minute)
    return promise_moved(turn, found, due)


def _was_set(turn: Turn) -> bool:
    """Whether the last act added something, rather than moved what was there."""
    change = last(turn)
    return change is not None and any(before is None for _table, _id, before, _after in change.rows)


def _move_one(turn: Turn, found: Reminder, when: str) -> Any:
    outcome = new_time(turn, found, when)
    if not isinstance(outcome, Found):
        outcome = new_time(turn, found, f"in {when}")  # "make it an hour"
    if not isinstance(outcome, Found):
        return NOT_MINE
    after = ring_at(turn, found, outcome.value.due)
    turn.did(_("moved: {text}", text=said(turn, found)), card_of(found))
    shown = moved(turn, after, card_of(found))
    if not (left := outcome.rest.strip(" ,.;!，。；！")):
        return shown
    told = _("Only the reminder was moved. This is not written down, please send it by itself:")
    return [shown, lines(told, quote(left[:120]))]
