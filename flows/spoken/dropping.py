# ruff: noqa: E501 -- a rule is one line
""" "Cancel the Acme reminder", 把鼎盛的提醒都取消: which reminders go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.reminders.actions import FAR
from flows.reminders.cards import said
from flows.reminders.presses import dropped, dropped_all
from flows.router import NOT_MINE
from flows.turn import Turn
from flows.understanding.facts import Reading, Time
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from store.models import Reminder

_CANCEL = r"(?:cancel|delete|drop|remove|forget|kill|clear|stop)"
_ALL = r"(?P<all>all(?: of)? |every |both )?(?:the |my |that |those |this )?"
_DROP = tuple(
    lazy(PLEASE + words + r"[.!。！ ]*$", re.IGNORECASE)
    for words in (
        rf"{_CANCEL}\s{_ALL}(?:reminders?|alarms?|to-?dos?) (?:for|about|on|with|of|to|at|from)\s(?P<what>.{{2,80}}?)",
        rf"{_CANCEL}\s{_ALL}(?P<what>.{{2,80}}?)(?:['’]s)?\s(?:reminders?|alarms?|to-?dos?)",
        r"(?P<all>)(?:stop|don['’]?t|do not|quit) remind(?:ing)? me (?:about|of|to|for|on)\s(?P<what>.{2,80}?)(?: any ?more)?",
        r"(?:取消|删掉|删除|去掉|撤掉|停掉|关掉|不要)(?P<all>所有|全部)?(?:关于|给|跟)?(?P<what>.{1,40}?)的?(?:所有|全部|那个|那条)?(?:提醒|闹钟|待办)了?",
        r"(?:把|将)?(?:关于)?(?P<what>.{1,40}?)的?(?P<all>所有|全部)?的?(?:那个|那条)?(?:提醒|闹钟|待办)(?P<both>都|全)?(?:取消|删掉|删除|删了?|去掉|撤掉|停掉|停了|关掉|不要)了?(?:吧|掉)?",
        r"(?P<all>)(?P<what>.{1,40}?)(?:那个|那条|那事|这个|这条|的事)?(?:就)?(?:不用|别|不要|不必|不需要)再?提醒我?了?",
        r"(?P<all>)(?:不用|别|不要|不必)再?(?:提醒我|叫我)(?P<what>.{1,40}?)了?",
    )
)
_DROP_ONE = lazy(
    PLEASE
    + rf"(?:{_CANCEL}\s{_ALL}(?P<what>.{{2,60}}?) ones?(?: too| as well)?|{_CANCEL}\s(?:the |that |my )?one (?:for|about|on|with|of|to|at|from) (?P<about>.{{2,60}}?)(?: too| as well)?"
    + r"|(?:把|将)?(?P<what_zh>[^，,。]{1,20}?)的?(?:那个|那条|那件事?)(?:就|也|先)?(?:不用|不要|不需要|不必|取消|删掉?|去掉|算)(?:提醒|管|做|弄)?了(?:吧)?)[.!。！ ]*$",
    re.IGNORECASE,
)
""" "Cancel the train one", 李伟那个不用了: only where it is one of mine."""
_EMPTY = frozenset("one ones the a an my that this to of for about on with call 的 那个 那条 个".split())  # noqa: SIM905 -- words
_ARTICLE = lazy(r"^(?:the|my|that) ", re.IGNORECASE)
_WORD = lazy(r"[^\W_]+")
_INFLECTED = lazy(r"(?<=[a-z]{4})(?:ing|ed|es|s)$")
""""Stretching" is done where "stretch" was to be."""


def drop(turn: Turn, words: str) -> Any:
    """The reminder that is meant goes, all of them where all are meant; of several the one that is picked."""
    match = next((match for pattern in _DROP if (match := pattern.match(words))), None)
    one = match or _DROP_ONE.match(words)
    if one is None:
        return NOT_MINE
    groups = one.groupdict()
    what = next(groups[name] for name in ("what", "about", "what_zh") if groups.get(name))
    found = about(turn, what)
    if not found:
        return none_open(what) if match else NOT_MINE
    if len(found) == 1:
        return dropped(turn, found[0])
    if groups.get("all") or groups.get("both"):
        return dropped_all(turn, found)
    picks = tuple(Option(text(said(turn, one)), f"drop:{one.id}", wide=True) for one in found[:5])
    return Reply(_("Which one shall I stop?"), picks)


def about(turn: Turn, what: str) -> list[Reminder]:
    """My open reminders for the customer and the day that the words name, else those whose words have all of these."""
    me, reading = turn.me().id, understood(turn, what, turn.at)
    customers = meant(turn, reading)
    if len(customers) == 1:
        of_customer = [one for one in turn.work.reminders.of_customer(customers[0].id) if one.member == me]
        if of_customer:
            return [one for one in of_customer if _is_then(turn, one, reading)]
    wanted = [_INFLECTED.sub("", word) for word in map(str.casefold, _WORD.findall(what)) if word not in _EMPTY]
    mine = turn.work.reminders.open(me, turn.now + FAR) if wanted else []
    return [one for one in mine if all(word in one.text.casefold() for word in wanted)]


def _is_then(turn: Turn, reminder: Reminder, reading: Reading) -> bool:
    """On the day that is named, or with that day in its words; any, where none is named."""
    said = reminder.text.casefold()
    return (
        not reading.times
        or any(fact.text.casefold() in said for fact in reading.times)
        or fall_on(reading.times, reminder.due.astimezone(turn.zone).date())
    )


def fall_on(times: Sequence[Time], day: date) -> bool:
    """Whether the day is one of those that are named; a span's end lies outside."""
    for fact in times:
        first, end = (one.date() if isinstance(one, datetime) else one for one in (fact.start, fact.end or fact.start))
        if first <= day < max(end, first + timedelta(days=1)):
            return True
    return False


def none_open(what: str) -> Text:
    """Nothing was changed, and where they all are."""
    return lines(
        _("No reminder of yours is about “{words}”.", words=_ARTICLE.sub("", what.strip())[:60]),
        _("/reminders shows them all."),
    )
