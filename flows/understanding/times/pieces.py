"""What a rule about time can find, before the pieces are joined and placed on the calendar."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from flows.understanding.context import Context, Mood

Grain = Literal["second", "minute", "hour", "day", "part", "week", "month", "quarter", "year"]
Sort = Literal["day", "clock", "hours", "part", "zone", "instant", "length", "anchored", "edge", "every", "days"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch on the calendar; `end` is exclusive and None where the grain says it all."""

    start: date
    grain: Grain
    end: date | None = None

    @property
    def stop(self) -> date:
        return self.end or after(self.start, self.grain)


@dataclass(frozen=True, slots=True)
class World:
    """What placing a piece needs: the context, and whether the words near it look back or ahead."""

    context: Context
    mood: Mood = "none"

    @property
    def today(self) -> date:
        return self.context.now.date()


Place = Callable[[World], Period | None]


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour; `sure` when morning or evening is beyond doubt."""

    hour: int
    minute: int = 0
    second: int | None = None
    sure: bool = False

    def of(self, half: str) -> "Clock":
        """The same hour in the half of the day that a word beside it names."""
        hour = self.hour
        if half == "am":
            return replace(self, hour=0 if hour == 12 else hour, sure=True)
        if half == "dawn":
            return replace(self, hour=hour + 12 if 9 < hour <= 12 else hour, sure=True)
        if half == "night" and (hour <= 4 or hour == 12):
            return replace(self, hour=24 if hour == 12 else hour, sure=True)
        if half == "noon":
            return replace(self, hour=hour + 12 if hour < 4 else hour, sure=True)
        return replace(self, hour=hour + 12 if hour < 12 else hour, sure=True)


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units on, or back."""

    amount: float
    unit: str
    more: tuple[tuple[float, str], ...] = ()

    def back(self) -> "Shift":
        return Shift(-self.amount, self.unit, tuple((-amount, unit) for amount, unit in self.more))

    @property
    def is_fine(self) -> bool:
        return any(unit in ("second", "minute", "hour") for _, unit in self.parts)

    @property
    def parts(self) -> tuple[tuple[float, str], ...]:
        return ((self.amount, self.unit), *self.more)


@dataclass(frozen=True, slots=True)
class Every:
    """A recurrence, in the words of RFC 5545."""

    freq: str
    interval: int = 1
    days: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    month: int | None = None
    part: str | None = None
    nth: int | None = None
    """Which of the days of a month that are among `days`: the last one is -1."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing found; which field is filled follows from `sort`."""

    sort: Sort
    place: Place | None = None
    clock: Clock | None = None
    until: Clock | None = None
    part: str = ""
    zone: str = ""
    shift: Shift | None = None
    instant: Callable[[World], tuple[datetime, datetime | None, Grain] | None] | None = None
    every: Every | None = None
    weekday: int | None = None
    grain: Grain = "day"
    marks: frozenset[str] = field(default_factory=frozenset)
    second: Place | None = None


def after(day: date, grain: str, count: int = 1) -> date:
    """The first day after a stretch of that grain which begins on that day."""
    if grain == "week":
        return day + timedelta(7 * count)
    if grain in ("month", "quarter", "year"):
        return add_months(day, count * {"month": 1, "quarter": 3, "year": 12}[grain])
    return day + timedelta(count)


def add_months(day: date, count: int) -> date:
    """The same day so many months on, or the month's last day where it has no such day."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    if not 1 <= year <= 9999:
        return day
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def begin(day: date, grain: str) -> date:
    """The first day of the stretch of that grain that the day lies in."""
    if grain == "week":
        return day - timedelta(day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if grain == "year":
        return day.replace(month=1, day=1)
    return day


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, if there is such a day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None
