"""Days of the year as people tell them, in our calendar or the lunar one, and when they come next. Pure."""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap, monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from flows.understanding.lazily import lazy
from flows.understanding.workdays import from_lunar

Calendar = Literal["solar", "lunar"]
Works = Callable[[date], bool]

LAST_LUNAR = 2098
"""Farther than that nobody has worked out the lunar calendar for us."""
_LONGEST_HOLIDAY = 20


@dataclass(frozen=True, slots=True)
class Told:
    """A day of the year; `year` 0 where nobody said, `leap` when it was told for a leap month."""

    month: int
    day: int
    year: int = 0
    calendar: Calendar = "solar"
    leap: bool = False


class NoSuchDay(ValueError):
    """A day that no year has; the message is the day as it was told."""


_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        [
            "jan|january",
            "feb|february",
            "mar|march",
            "apr|april",
            "may",
            "jun|june",
            "jul|july",
            "aug|august",
            "sep|sept|september",
            "oct|october",
            "nov|november",
            "dec|december",
        ],
        1,
    )
    for name in names.split("|")
}
_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_MONTH_NAMES = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_MONTH = r"(?P<mon>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?(?![a-z])"
_YEAR = r"(?:,?\s*(?P<year>(?:19|20)\d\d))?(?!\d)"
_LUNAR_WORD = lazy(r"农历|農曆|阴历|陰曆|旧历|lunar|chinese calendar", re.I)
_HAN = r"[初一二三四五六七八九十廿卅]"
_READERS = tuple(
    lazy(pattern, re.I)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})(?!\d)",
        r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<leap>闰)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]?",
        rf"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<leap>[闰閏])?(?P<zm>正|[一二三四五六七八九十]{{1,2}}|冬|腊|臘)月(?P<zd>{_HAN}{{1,3}})[日号號]?",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+day)?\s+of\s+the\s+(?P<leap>leap\s+)?(?P<m>\d{1,2})(?:st|nd|rd|th)?\s+(?:lunar\s+)?month",
        r"(?:the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s*[-\s]\s*" + _MONTH + _YEAR,
        r"(?<![a-z])" + _MONTH + r"\s*(?:the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:])" + _YEAR,
        r"(?<![\d/.-])(?P<one>\d{1,2})\s*[-/.]\s*(?P<two>\d{1,2})(?:\s*[-/.]\s*(?P<year>(?:19|20)\d\d))?(?![\d/.-])",
    )
)
_CERTAINLY_LUNAR = lazy(r"[闰閏]|正月|腊月|臘月|冬月|初[一二三四五六七八九十]|[廿卅]|leap")


@dataclass(frozen=True, slots=True)
class Read:
    """A day that was told, and the words before and after it."""

    told: Told
    before: str
    after: str


def read_day(words: str, *, month_first: bool) -> Read | None:
    """The first day of the year in the words; raises NoSuchDay for one like 31 April. None when there is no day."""
    text = unicodedata.normalize("NFKC", words)
    for pattern in _READERS:
        if match := pattern.search(text):
            return _read(text, match, month_first)
    return None


def _read(text: str, match: re.Match[str], month_first: bool) -> Read:
    found = match.groupdict()
    month, day = _numbers(found, month_first)
    lunar = bool(_LUNAR_WORD.search(text) or _CERTAINLY_LUNAR.search(match[0]) or "lunar" in match[0].casefold())
    told = Told(month, day, int(found.get("year") or 0), "lunar" if lunar else "solar", bool(found.get("leap")))
    if not exists(told):
        raise NoSuchDay(match[0].strip())
    before = _LUNAR_WORD.sub("", text[: match.start()])
    return Read(told, before.strip(), _LUNAR_WORD.sub("", text[match.end() :]).strip())


def _numbers(found: Mapping[str, str | None], month_first: bool) -> tuple[int, int]:
    if found.get("zm"):
        month, day = found["zm"] or "", found["zd"] or ""
        return _MONTH_NAMES.get(month) or _chinese(month), _chinese(day)
    if found.get("one"):
        one, two = int(found["one"] or 0), int(found["two"] or 0)
        first = (month_first or two > 12) and one <= 12
        return (one, two) if first else (two, one)
    month_ = found.get("mon")
    return _MONTHS[month_.casefold()] if month_ else int(found.get("m") or 0), int(found["d"] or 0)


def _chinese(word: str) -> int:
    """ "初八" 8, "十五" 15, "廿三" 23, "三十" 30."""
    word = word.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS.get(word, 0) if len(word) == 1 else 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def exists(told: Told) -> bool:
    """Whether some year has it."""
    if not 1 <= told.month <= 12:
        return False
    longest = 30 if told.calendar == "lunar" else monthrange(told.year or 2000, told.month)[1]
    return 1 <= told.day <= longest


def next_day(told: Told, after: date) -> date | None:
    """The first time from `after` on, that day included; None where the calendar is not known so far ahead.

    29 February is kept on the 28th in other years, a day of a leap month in the ordinary month of that number, and the
    30th of a short lunar month on its 29th.
    """
    for year in range(after.year - 1, after.year + 3):
        day = in_year(told, year)
        if day is not None and day >= after:
            return day
    return None


def in_year(told: Told, year: int) -> date | None:
    """Our date of it in a year; of a lunar day, in the lunar year that begins in it."""
    if told.calendar == "lunar":
        return from_lunar(year, told.month, told.day) if year <= LAST_LUNAR else None
    if (told.month, told.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return date(year, told.month, told.day)


def years_on(told: Told, day: date) -> int:
    """Which one it is, counted from the first; 0 where nobody knows."""
    if not told.year:
        return 0
    turned = next((year for year in (day.year, day.year - 1) if in_year(told, year) == day), day.year)
    return max(0, turned - told.year)


def tell_on(day: date, works: Works) -> date:
    """The last working day before, on which the owner is told."""
    for back in range(1, _LONGEST_HOLIDAY):
        if works(day - timedelta(days=back)):
            return day - timedelta(days=back)
    return day - timedelta(days=1)


def coming(today: date, works: Works) -> Iterator[date]:
    """The days that are to be told of today: this one, and those before which no working day is left."""
    for ahead in range(_LONGEST_HOLIDAY):
        day = today + timedelta(days=ahead)
        if tell_on(day, works) <= today:
            yield day


def months_of(days: list[date]) -> tuple[list[int], list[int]]:
    """Months of our calendar and of the lunar one in which these days lie."""
    from lunardate import LunarDate

    lunar: set[int] = set()
    for day in days:
        if day.year <= LAST_LUNAR:
            lunar.add(int(LunarDate.from_solar_date(day.year, day.month, day.day).month))
    return sorted({day.month for day in days}), sorted(lunar)
