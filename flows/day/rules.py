"""What counts in a day and how far a goal is reached: pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

METRICS = ("contacts", "calls", "visits", "meetings", "deals", "won", "kept", "frt")
KINDS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("call", "meeting", "visit", "email", "message", "demo"),
    "calls": ("call",),
    "visits": ("visit",),
    "meetings": ("meeting", "demo"),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("contacts", "contact", "touches", "联系", "跟进"),
    "calls": ("calls", "call", "电话"),
    "visits": ("visits", "visit", "拜访"),
    "meetings": ("meetings", "meeting", "demos", "会议", "演示"),
    "deals": ("deals", "deal", "new deals", "商机", "新商机"),
    "won": ("won", "sales", "revenue", "赢单", "成交", "业绩", "销售额"),
    "frt": ("first response", "first answer", "frt", "首次响应", "首次回复", "首响"),
    "kept": ("kept", "promises", "兑现", "兑现率", "承诺"),
}
PERIODS: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "daily", "today", "a day", "每天", "今天", "日"),
    "week": ("week", "weekly", "a week", "this week", "每周", "本周", "周"),
    "month": ("month", "monthly", "a month", "this month", "每月", "本月", "月"),
}


@dataclass(frozen=True, slots=True)
class Did:
    """An activity as far as counting needs it."""

    member: int
    customer: int
    kind: str
    text: str
    day: date


def counted(done: Sequence[Did]) -> list[Did]:
    """Without what counts nowhere: the same words about the same customer twice on a day, and notes of one word."""
    seen: set[tuple[int, int, str, str, date]] = set()
    found = []
    for one in done:
        words = " ".join(one.text.casefold().split())
        key = (one.member, one.customer, one.kind, words, one.day)
        if (words and key in seen) or (one.kind == "note" and len(words.split()) < 2 and len(words) < 5):
            continue
        seen.add(key)
        found.append(one)
    return found


def by_kind(done: Sequence[Did]) -> Mapping[str, int]:
    """How many of each kind."""
    return Counter(one.kind for one in done)


def metric_in(words: str) -> tuple[str | None, str]:
    """The metric that the words name, and the rest of them."""
    return _named(words, WORDS)


def period_in(words: str) -> tuple[str | None, str]:
    """The stretch of time that the words name, and the rest of them."""
    return _named(words, PERIODS)


def _named(words: str, table: Mapping[str, tuple[str, ...]]) -> tuple[str | None, str]:
    choices = sorted(((word, name) for name, several in table.items() for word in several), key=lambda c: -len(c[0]))
    for word, name in choices:
        pattern = rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
        if match := re.search(pattern, words, re.I):
            return name, " ".join((words[: match.start()] + " " + words[match.end() :]).split())
    return None, words


def began(period: str, today: date) -> date:
    """The first day of the stretch of time that today belongs to."""
    if period == "week":
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if period == "month" else today


def ended(period: str, today: date) -> date:
    """The first day after it."""
    first = began(period, today)
    if period == "month":
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first + timedelta(days=7 if period == "week" else 1)


def reached(value: int, target: int) -> int:
    """In percent."""
    return round(100 * value / target) if target else 100


def on_track(value: int, target: int, first: date, last: date, today: date) -> bool:
    """Whether as much is done as the days that have passed would want."""
    days = max((last - first).days, 1)
    passed = min(max((today - first).days, 0), days)
    return value * days >= target * passed


def bar(percent: int, width: int = 10) -> str:
    """Progress in characters, readable in every chat."""
    full = max(0, min(width, round(percent * width / 100)))
    return "█" * full + "░" * (width - full)


def ranked(values: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(place, who, value), equal values on one place; who did nothing is not shown."""
    found: list[tuple[int, int, int]] = []
    for who, value in sorted(values.items(), key=lambda item: (-item[1], item[0])):
        if value > 0:
            place = found[-1][0] if found and found[-1][2] == value else len(found) + 1
            found.append((place, who, value))
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, [start, end)."""

    start: datetime
    end: datetime
