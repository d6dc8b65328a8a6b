"""Single days and months, looked for on the calendar: what the rules of both languages are made of."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flows.understanding.times.pieces import Grain, Period, Piece, Place, World, add_months, begin, real_date
from flows.understanding.workdays import add_workdays

_RECENT: Final = timedelta(31)


def day(place: Place, grain: Grain = "day", weekday: int | None = None, *marks: str) -> Piece:
    return Piece("day", place=place, grain=grain, weekday=weekday, marks=frozenset(marks))


def fixed(year: int, month: int, number: int) -> Piece | None:
    """A date that is written out in full."""
    real = real_date(year, month, number)
    return None if real is None else day(lambda world: Period(real, "day"), "day", None, "date", "year")


def short_year(number: int) -> int:
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def yearless(month: int, number: int) -> Piece | None:
    """A day of a month: the next one, or the last one after words that look back or when it has only just passed."""
    if real_date(2024, month, number) is None:
        return None
    return day(lambda world: _nearest(world, month, number), "day", None, "date")


def _nearest(world: World, month: int, number: int) -> Period | None:
    years = [
        real for year in range(world.today.year - 4, world.today.year + 5) if (real := real_date(year, month, number))
    ]
    return choose(years, world, "day")


def choose(days: list[date], world: World, grain: Grain) -> Period | None:
    """Among recurring days the one meant: looking back the last, else the next unless it has only just passed."""
    today = begin(world.today, grain)
    back = [one for one in days if one <= today]
    ahead = [one for one in days if one >= today]
    if world.mood == "past" and back:
        return Period(back[-1], grain)
    if world.mood == "none" and back and today - back[-1] <= _RECENT and grain == "day":
        return Period(back[-1], grain)
    return Period(ahead[0], grain) if ahead else None


def month(number: int, year: int | None = None, rel: int | None = None) -> Piece:
    """A month: of a year, next or last, or the coming one, which may be this one."""
    if year is not None:
        start = date(short_year(year), number, 1)
        return day(lambda world: Period(start, "month"), "month", None, "month", "year")

    def place(world: World) -> Period | None:
        this = world.today.replace(day=1)
        months = [date(this.year + step, number, 1) for step in (-1, 0, 1, 2)]
        if rel is None:
            return choose(months, world, "month")
        if rel == 0:
            return Period(date(this.year, number, 1), "month")
        if rel > 0:
            return Period(next(one for one in months if one > this), "month")
        return Period([one for one in months if one < this][-1], "month")

    return day(place, "month", None, "month")


def weekday(number: int, rel: int | None = None, weeks: int = 0) -> Piece:
    """A weekday: alone the next after today (or the last, looking back); with this, next, last in that week."""

    def place(world: World) -> Period:
        today = world.today
        if rel is not None:
            return Period(begin(today, "week") + timedelta(7 * rel + number), "day")
        if world.mood == "past":
            return Period(today - timedelta((today.weekday() - number) % 7), "day")
        return Period(today + timedelta((number - today.weekday() - 1) % 7 + 1 + 7 * weeks), "day")

    return day(place, "day", number, *(("weekday",) if rel is None else ("weekday", "rel")))


def looking_back(piece: Piece | None) -> Piece | None:
    """The same day or stretch, the last one whatever the words around it."""
    if piece is None or piece.place is None:
        return piece
    within = piece.place
    return replace(piece, place=lambda world: within(World(world.context, "past")))


def last_weekday(number: int) -> Piece:
    """ "past Friday": the one just gone, in whatever week."""
    return day(
        lambda world: Period(world.today - timedelta((world.today.weekday() - number - 1) % 7 + 1), "day"),
        "day",
        number,
    )


def offset(days: int, *marks: str) -> Piece:
    return day(lambda world: Period(world.today + timedelta(days), "day"), "day", None, "near", *marks)


def of_month(number: int, rel: int) -> Piece:
    """A numbered day of this, next or last month."""

    def place(world: World) -> Period | None:
        first = add_months(begin(world.today, "month"), rel)
        real = real_date(first.year, first.month, number)
        return Period(real, "day") if real else None

    return day(place, "day", None, "date", "rel")


def bare_day(number: int) -> Piece:
    """ "the 18th": this month's, or the next month's when it has passed and nothing looks back."""

    def place(world: World) -> Period | None:
        first = begin(world.today, "month")
        months = [add_months(first, step) for step in (-2, -1, 0, 1, 2)]
        days = [real for one in months if (real := real_date(one.year, one.month, number))]
        if world.mood == "past":
            return Period([one for one in days if one <= world.today][-1], "day")
        return Period(next(one for one in days if one >= world.today), "day")

    return day(place, "day", None, "number")


def weekday_and_number(which: int, number: int) -> Piece:
    """ "Tuesday the 8th": the nearest day that is both."""

    def place(world: World) -> Period | None:
        first = begin(world.today, "month")
        order = (0, -1, -2, -3) if world.mood == "past" else (0, 1, 2, 3, 4, 5, 6, -1)
        for step in order:
            one = add_months(first, step)
            real = real_date(one.year, one.month, number)
            if real and real.weekday() == which and (step or world.mood != "past" or real <= world.today):
                return Period(real, "day")
        return None

    return day(place, "day", None, "date")


def nth_in(nth: int, which: int, within: Place) -> Piece:
    """ "the first Monday of next month"."""

    def place(world: World) -> Period | None:
        period = within(world)
        if period is None:
            return None
        first = period.start + timedelta((which - period.start.weekday()) % 7)
        last = period.stop - timedelta((period.stop.weekday() - which - 1) % 7 + 1)
        real = first + timedelta(7 * (nth - 1)) if nth > 0 else last + timedelta(7 * (nth + 1))
        return Period(real, "day") if period.start <= real < period.stop else None

    return day(place, "day", None, "date")


def placed(piece: Piece | None) -> Place:
    return piece.place if piece and piece.place else lambda world: None


def through(start: Piece, last: int) -> Piece:
    within = placed(start)

    def place(world: World) -> Period | None:
        found = within(world)
        stop = real_date(found.start.year, found.start.month, last) if found else None
        return Period(found.start, "day", stop + timedelta(1)) if found and stop else None

    return day(place, "day", None, *start.marks)


def years_on(number: int, years: int) -> Piece:
    return day(
        lambda world: Period(date(min(world.today.year + years, 9999), number, 1), "month"),
        "month",
        None,
        "month",
        "year",
    )


def workday_in(nth: int, within: Place) -> Piece | None:
    """The nth working day of a month, counted from its end when negative."""
    if not 1 <= abs(nth) <= _WORKDAYS:
        return None

    def place(world: World) -> Period | None:
        month = within(world)
        if month is None:
            return None
        edge = month.start - timedelta(1) if nth > 0 else month.stop
        return Period(add_workdays(edge, nth, world.context), "day")

    return day(place, "day", None, "date", "rel")


_WORKDAYS = 23
"""A month has no more."""
