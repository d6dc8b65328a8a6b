"""Longer stretches on the calendar: weeks, quarters, halves and years, their parts and their runs."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flows.understanding.times.days import day, offset, placed, short_year
from flows.understanding.times.pieces import Grain, Period, Piece, Place, World, add_months, after, begin

_SPREAD: Final[dict[str, Grain]] = {
    "quarter": "quarter",
    "year": "year",
    "month": "month",
    "week": "week",
    "day": "day",
}


def stretch(unit: str, rel: int) -> Piece | None:
    """This, next or last week, month, quarter, year, weekend."""
    if unit == "weekend":
        return day(lambda world: _weekend(world.today + timedelta(7 * rel)), "day", None, "weekend")
    if unit == "day":
        return offset(rel)
    if unit == "decade":
        return day(lambda world: _decade(world.today.year // 10 * 10 + 10 * rel), "year", None, "year", "run")
    if unit not in _SPREAD:
        return None
    grain = _SPREAD[unit]
    return day(lambda world: Period(after(begin(world.today, grain), grain, rel), grain), grain, None, grain)


def _decade(first: int) -> Period:
    return Period(date(first, 1, 1), "year", date(first + 10, 1, 1))


def bare_weekend() -> Piece:
    """The weekend as it is said without which one: the last one where the words look back."""

    def place(world: World) -> Period:
        is_over = world.mood == "past" and world.today.weekday() < _SATURDAY
        return _weekend(world.today - timedelta(7 * is_over))

    return day(place, "day", None, "weekend")


_SATURDAY: Final = 5


def _weekend(today: date) -> Period:
    saturday = begin(today, "week") + timedelta(5)
    return Period(saturday, "day", saturday + timedelta(2))


def run(unit: str, count: int, sign: int) -> Piece | None:
    """The last or next so many days, weeks, months, as one stretch."""
    unit, count = (
        ("week", count * 2) if unit == "fortnight" else ("year", count * 10) if unit == "decade" else (unit, count)
    )
    if unit not in _SPREAD:
        return None
    grain = _SPREAD[unit]

    def place(world: World) -> Period:
        here = begin(world.today, grain)
        if sign < 0:
            return Period(after(here, grain, -count), grain, here)
        there = after(here, grain, 1)
        return Period(there, grain, after(there, grain, count))

    return day(place, grain, None, "run")


def quarter(number: int, year: int | None = None) -> Piece | None:
    """A quarter: the coming one, this year's if it is still running."""
    if not 1 <= number <= 4:
        return None

    def place(world: World) -> Period:
        start = date(short_year(year) if year else world.today.year, number * 3 - 2, 1)
        if year is None and world.mood != "past" and after(start, "quarter") <= world.today:
            start = add_months(start, 12)
        if year is None and world.mood == "past" and start > world.today:
            start = add_months(start, -12)
        return Period(start, "quarter")

    return day(place, "quarter", None, "quarter")


def half_of(number: int, within: Place) -> Piece:
    """The first or second half of a year or a month."""

    def place(world: World) -> Period | None:
        whole = within(world)
        if whole is None:
            return None
        if whole.grain == "year":
            middle = add_months(whole.start, 6)
            return Period(whole.start, "month", middle) if number == 1 else Period(middle, "month", whole.stop)
        middle = whole.start + timedelta((whole.stop - whole.start).days // 2)
        return Period(whole.start, "day", middle) if number == 1 else Period(middle, "day", whole.stop)

    return day(place, "day", None, "half")


def halves(number: int, year: int | None) -> Piece | None:
    def place(world: World) -> Period:
        start = date(short_year(year) if year else world.today.year, 1 if number == 1 else 7, 1)
        return Period(start, "month", add_months(start, 6))

    return day(place, "month", None, "half") if number in (1, 2) else None


def whole_year(number: int) -> Piece:
    return day(lambda world: Period(date(number, 1, 1), "year"), "year", None, "year")


def piece_of(nth: int, unit: str, within: Place) -> Piece | None:
    """The nth day, week or month of a longer stretch, counted from its end when negative."""
    if unit not in ("day", "week", "month", "quarter"):
        return None
    grain = _SPREAD[unit]

    def place(world: World) -> Period | None:
        whole = within(world)
        if whole is None:
            return None
        if unit == "week":
            return Period(first_week(whole, nth), "week")
        edge = begin(whole.stop - timedelta(1), grain) if nth < 0 else whole.start
        return Period(after(edge, grain, nth + 1 if nth < 0 else nth - 1), grain)

    return day(place, grain, None, "date" if unit == "day" else grain)


def first_week(whole: Period, nth: int) -> date:
    """Weeks belong to the stretch that holds their Thursday, as in ISO 8601."""
    if nth < 0:
        last = begin(whole.stop - timedelta(1), "week")
        last -= timedelta(0 if last + timedelta(3) < whole.stop else 7)
        return last + timedelta(7 * (nth + 1))
    first = begin(whole.start, "week")
    first += timedelta(0 if first + timedelta(3) >= whole.start else 7)
    return first + timedelta(7 * (nth - 1))


def edge(which: str, within: Place) -> Piece:
    """The early, middle or late part of a longer stretch."""

    def place(world: World) -> Period | None:
        whole = within(world)
        if whole is None:
            return None
        first, *rest = [slice_of(part, whole) for part in which.split()]
        return replace(first, end=rest[-1].stop) if rest else first

    return day(place, "day", None, "edge", *which.split())


def slice_of(which: str, whole: Period) -> Period:
    """Early next week is its Monday; the end of a month runs from the 21st; a year's last third is its end."""
    start, stop = whole.start, whole.stop
    if whole.grain == "week":
        cut = {"start": (0, 3), "mid": (2, 4), "end": (4, 7)}[which]
    elif whole.grain == "month":
        cut = {"start": (0, 10), "mid": (10, 20), "end": (20, (stop - start).days)}[which]
    else:
        third = (stop - start).days // 3
        cut = {"start": (0, third), "mid": (third, 2 * third), "end": (2 * third, (stop - start).days)}[which]
    first = start + timedelta(cut[0])
    if whole.grain == "year" and which == "end":
        first = stop.replace(year=stop.year - 1, month=9) if stop.day == 1 else first
    return Period(first, "day", start + timedelta(cut[1]))


def years(first: int, last: int) -> Piece | None:
    if not first < last:
        return None
    return day(lambda world: Period(date(first, 1, 1), "year", date(last + 1, 1, 1)), "year", None, "year", "run")


def ends_of(count: int, unit: str, within: Place, *, last: bool) -> Piece | None:
    """The first or the last so many days, weeks or months of a longer stretch."""
    unit, count = ("week", count * 2) if unit == "fortnight" else (unit, count)
    if unit not in _SPREAD:
        return None

    def place(world: World) -> Period | None:
        whole = within(world)
        if whole is None:
            return None
        if last:
            return Period(after(whole.stop, unit, -count), "day", whole.stop)
        return Period(whole.start, "day", after(whole.start, unit, count))

    return day(place, "day", None, "run")


def week_of(piece: Piece | None) -> Piece | None:
    within = placed(piece)

    def place(world: World) -> Period | None:
        found = within(world)
        return Period(begin(found.start, "week"), "week") if found else None

    return day(place, "week", None, "week") if piece else None


def weekend_of(piece: Piece | None) -> Piece | None:
    within = placed(piece)

    def place(world: World) -> Period | None:
        found = within(world)
        return _weekend(found.start) if found else None

    return day(place, "day", None, "weekend") if piece else None


def rest_of(unit: str) -> Piece:
    grain = _SPREAD[unit]
    return day(lambda world: Period(world.today, "day", after(begin(world.today, grain), grain)), "day", None, "run")


def so_far(unit: str) -> Piece:
    return day(lambda world: Period(begin(world.today, _SPREAD[unit]), "day", world.today), "day", None, "run")
