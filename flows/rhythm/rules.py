# ruff: noqa: E501 -- a pattern is one line
"""How often a customer is due, and who is proposed on which day: pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

USUAL: Mapping[str, int] = {"A": 14, "B": 30, "C": 90, "": 30}
"""Days between two contacts by tier; a setting of the firm."""
SILENT = 30
"""Days without any contact after which the owner is alerted; a setting of the firm."""
CAP = 3
"""Contacts in seven rolling days from which another one is too much; a setting of the firm."""
LONGEST = 730

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_UNITS = (
    ("day", 1),
    ("天", 1),
    ("日", 1),
    ("week", 7),
    ("周", 7),
    ("星期", 7),
    ("month", 30),
    ("月", 30),
    ("quarter", 90),
)
_WORDS = (
    (re.compile(r"\b(fortnight\w*|bi-?weekly)\b|每?两周|双周", re.I), 14),
    (re.compile(r"\bweekly\b|每(周|星期)", re.I), 7),
    (re.compile(r"\bmonthly\b|每(个)?月", re.I), 30),
    (re.compile(r"\bquarterly\b|每(个)?季度?", re.I), 90),
    (re.compile(r"\bdaily\b|每天", re.I), 1),
    (re.compile(r"\b(half-?yearly|twice a year)\b|每?半年", re.I), 180),
    (re.compile(r"\byearly\b|每年", re.I), 365),
)
_COUNTED = re.compile(
    r"(?P<n>\d{1,3}|a|one|two|three|four|six|[一两二三四])\s*个?\s*(?P<u>days?|d\b|weeks?|w\b|months?|m\b|quarters?|天|日|周|星期|月)",
    re.I,
)
_LESS = re.compile(
    r"\b(less (often|frequently|e-?mails?|messages?|calls?)|not so often|too (often|many (calls|messages|e-?mails))|fewer)\b"
    r"|(联系|打扰|打电话|发消息|消息|电话)?(太|过于)(频繁|多了)|少(联系|打|发|来)(一?些|一?点|电话|消息)?|别(总是|老是|老|这么频繁)",
    re.I,
)
_MORE = re.compile(r"\bmore often\b|多联系|勤一?点", re.I)


def read_days(words: str, now: int) -> int | None:
    """The days that "14d", "every two weeks", "每月" or "less often" mean for who is due every `now` days; 0: as usual."""
    if re.search(r"\b(usual|default|normal)\b|默认|照常|按等级", words, re.I):
        return 0
    if wants_less(words):
        return min(now * 2, LONGEST)
    if _MORE.search(words):
        return max(now // 2, 1)
    if match := _COUNTED.search(words):
        number = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
        unit = match["u"].lower()
        each = {"d": 1, "w": 7, "m": 30}.get(unit) or next(days for word, days in _UNITS if unit.startswith(word))
        return number * each if 0 < number * each <= LONGEST else None
    return next((days for pattern, days in _WORDS if pattern.search(words)), None)


def wants_less(words: str) -> bool:
    """Whether a customer asks to be left alone more."""
    return bool(_LESS.search(words))


@dataclass(frozen=True, slots=True)
class Due:
    """A customer, and the day by which somebody should be in touch."""

    customer: int
    day: date
    tier: str


def over_the_week(due: Sequence[Due], today: date, working: Collection[date]) -> Mapping[int, date]:
    """Customer → proposed day: the most overdue and important first, the same number on every working day left.

    Nobody is proposed before their day, so that "evenly" never means "too early".
    """
    days = sorted(day for day in working if day >= today)
    if not days:
        return {}
    room = dict.fromkeys(days, -(-len(due) // len(days)))
    found: dict[int, date] = {}
    for one in sorted(due, key=lambda one: (one.day, one.tier or "Z", one.customer)):
        later = [day for day in days if day >= one.day] or days[-1:]
        free = [day for day in later if room[day] > 0]
        day = free[0] if free else min(later, key=lambda day: -room[day])
        room[day] -= 1
        found[one.customer] = day
    return found


def week_of(today: date) -> Sequence[date]:
    """Monday to Sunday."""
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(days=step) for step in range(7)]
