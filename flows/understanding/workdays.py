"""Working days by the firm's calendar, and the holidays that people name."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

from flows.understanding.context import Context

_FARTHEST: Final = 800


@lru_cache(maxsize=32)
def _calendar(country: str) -> Any:
    """The country's public holidays with its working weekends, or None where the library knows no such country."""
    import holidays

    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None


def is_workday(day: date, context: Context) -> bool:
    if day in context.workdays:
        return True
    if day in context.days_off:
        return False
    known = _calendar(context.country)
    return day.weekday() < 5 if known is None else bool(known.is_working_day(day))


DayKind = Literal["work", "moved", "weekend", "holiday"]
""" "moved": a weekend that is worked for a holiday elsewhere."""


def kind_of_day(day: date, context: Context) -> DayKind:
    """What the calendar of the country, or of the firm, makes of a day."""
    if day in context.workdays:
        return "moved"
    known = _calendar(context.country)
    if day in context.days_off or (known is not None and day in known):
        return "holiday"
    weekend = day.weekday() >= 5 if known is None else known.is_weekend(day)
    if not weekend:
        return "work"
    return "moved" if known is not None and known.is_working_day(day) else "weekend"


def next_off(context: Context) -> date | None:
    """The next public holiday from today on; None where the country's are not known."""
    known, today = _calendar(context.country), context.now.date()
    days = (today + timedelta(step) for step in range(_FARTHEST))
    return None if known is None else next((day for day in days if day in known), None)


def add_workdays(day: date, count: int, context: Context) -> date:
    """So many working days on (or back); far beyond any calendar it counts Monday to Friday."""
    step = timedelta(1 if count >= 0 else -1)
    if abs(count) > _FARTHEST:
        return day + timedelta(count * 7 // 5)
    for _ in range(abs(count)):
        day += step
        while not is_workday(day, context):
            day += step
    return day


def easter(year: int, orthodox: bool = False) -> date:
    """Easter Sunday, by Gauss (western) or Meeus (orthodox, given in our calendar)."""
    if orthodox:
        a, b, c = year % 4, year % 7, year % 19
        d = (19 * c + 15) % 30
        e = (2 * a + 4 * b - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return date(year, month, day + 1) + timedelta(13)
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month, counted from its end when nth is negative."""
    if nth > 0:
        first = date(year, month, 1)
        day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = (date(year, month, 28) + timedelta(4)).replace(day=1) - timedelta(1)
        day = last - timedelta((last.weekday() - weekday) % 7 - 7 * (nth + 1))
    return day if day.month == month else None


def from_lunar(year: int, month: int, day: int) -> date | None:
    """The date of a day of the Chinese lunar year; day 30 of a short month is its 29th."""
    from lunardate import LunarDate

    for wanted in (day, day - 1 if day == 30 else day):
        try:
            solar: date = LunarDate(year, month, wanted).to_solar_date()
        except ValueError:
            continue
        return solar
    return None


def lunar_day(today: date, day: int, *, back: bool = False) -> date | None:
    """The nearest day with this number in a lunar month, today or later; `back`: or earlier."""
    from lunardate import LunarDate

    for away in range(62):
        found = today - timedelta(away) if back else today + timedelta(away)
        try:
            if LunarDate.from_solar_date(found.year, found.month, found.day).day == day:
                return found
        except ValueError:
            return None
    return None


def solar_term(year: int, index: int) -> date:
    """The day of one of the 24 solar terms (0 = 小寒), good to the day between 1900 and 2100."""
    start = date(1900, 1, 6)
    minutes = 525948.76 * (year - 1900) + _TERM_MINUTES[index]
    moment = timedelta(minutes=minutes) + timedelta(hours=2, minutes=5)
    return start + timedelta(moment.days)


_TERM_MINUTES: Final = (
    0, 21208, 42467, 63836, 85337, 107014, 128867, 150921, 173149, 195551, 218072, 240693,
    263343, 285989, 308563, 331033, 353350, 375494, 397447, 419210, 440795, 462224, 483532, 504758,
)  # fmt: skip

Yearly = Callable[[int], date | None]
