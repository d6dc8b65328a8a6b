# ruff: noqa: E501 -- a rule is one line
"""To when a reminder is moved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from flows.arguments import READERS, Found, Outcome, When
from flows.reminders.wishes import read_wish
from flows.turn import Turn
from flows.understanding import Context, read_time
from store.models import Reminder

_HOUR = re.compile(
    r"(?:at )?(?:\d{1,2}(?:[:：.]\d{2})? ?(?:[ap]\.?m\.?|o'?clock)?|noon|midnight"
    r"|(?:早上|上午|中午|下午|傍晚|晚上)? ?[\d一二两三四五六七八九十]{1,3}[点时]"
    r"(?:半|[一三]刻|[\d一二三四五十]{1,3}分?)?[钟整]?)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:at )?(?:[1-9]|1[01])(?:[:.]\d{2})?", re.IGNORECASE)
_EARLY = 8
"""What rings before this hour stays in the morning: "wake me at 7", "make it 6:30"."""
_POLITE = re.compile(
    r"(?:[ ,，]*(?:\b(?:please|pls|instead|thanks|thank you)|谢谢|吧|好了|就行|就好)[ .!。！]*)+$", re.IGNORECASE
)
"""What says no more than the time before it."""
_SAME_HOUR = re.compile(
    r"[ ,，]*(?:(?:at |and )?(?:the )?same (?:time|hour)|的?(?:还是)?(?:同一个?|同样的?|相同的?|一样的|原来的?)(?:时间|时候|钟?点)|时间(?:不变|照旧|一样))(?![a-z])",
    re.IGNORECASE,
)
"""A bare day keeps the hour anyway."""


def is_hour(words: str) -> bool:
    """Whether the words name an hour and no day."""
    return _HOUR.fullmatch(words.strip(" .!。！")) is not None


def without_same_hour(words: str) -> str:
    """ "Friday, same time" is Friday."""
    return _SAME_HOUR.sub("", words)


def new_time(turn: Turn, reminder: Reminder, words: str) -> Outcome:
    """A bare hour is one of the day on which it would ring, a bare day keeps the hour."""
    said = without_same_hour(_POLITE.sub("", words)).strip(" .!。！")
    if not is_hour(said):
        return _with_its_hour(turn, reminder, said)
    said = f"at {said}" if said.isdigit() else said
    early = reminder.due.astimezone(turn.zone).hour < _EARLY and _BARE.fullmatch(said)
    said = f"{said} am" if early else said
    midnight = reminder.due.astimezone(turn.zone).replace(hour=0, minute=0)
    wish = read_wish(said, Context(now=midnight, country=turn.workspace.country, language=turn.language))
    if wish is not None and wish.due > turn.at and wish.due.astimezone(turn.zone).date() == midnight.date():
        return Found(When(wish.due), wish.rest)
    return READERS[When](turn, said)


def _with_its_hour(turn: Turn, reminder: Reminder, said: str) -> Outcome:
    outcome = READERS[When](turn, said)
    fact = read_time(said, Context(now=turn.local, country=turn.workspace.country, language=turn.language))
    if not isinstance(outcome, Found) or fact is None or isinstance(fact.start, datetime) or fact.at or fact.rrule:
        return outcome
    hour, when = reminder.due.astimezone(turn.zone), outcome.value
    due = when.due.astimezone(turn.zone).replace(hour=hour.hour, minute=hour.minute)
    return replace(outcome, value=replace(when, due=due)) if due > turn.local and not when.anchor else outcome
