# ruff: noqa: E501 -- a rule is one line
"""English words for days and longer stretches."""

import re
from datetime import date, timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.lazily import lazy
from flows.understanding.times.pieces import (
    Clock,
    Grain,
    Period,
    Piece,
    Place,
    World,
    add_months,
    after,
    begin,
    real_date,
)
from flows.understanding.vocabulary import KINDS, ZONES
from flows.understanding.workdays import add_workdays, nth_weekday

_RECENT: Final = timedelta(31)
_SPREAD: Final[dict[str, Grain]] = {
    "quarter": "quarter",
    "year": "year",
    "month": "month",
    "week": "week",
    "day": "day",
}


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


def last_weekday(number: int) -> Piece:
    """ "past Friday": the one just gone, in whatever week."""
    return day(
        lambda world: Period(world.today - timedelta((world.today.weekday() - number - 1) % 7 + 1), "day"),
        "day",
        number,
    )


def offset(days: int, *marks: str) -> Piece:
    return day(lambda world: Period(world.today + timedelta(days), "day"), "day", None, "near", *marks)


def stretch(unit: str, rel: int) -> Piece | None:
    """This, next or last week, month, quarter, year, weekend."""
    if unit == "weekend":
        return day(lambda world: _weekend(world.today + timedelta(7 * rel)), "day", None, "weekend")
    if unit == "day":
        return offset(rel)
    if unit not in _SPREAD:
        return None
    grain = _SPREAD[unit]
    return day(lambda world: Period(after(begin(world.today, grain), grain, rel), grain), grain, None, grain)


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


def halves(number: int, year: int | None) -> Piece | None:
    def place(world: World) -> Period:
        start = date(short_year(year) if year else world.today.year, 1 if number == 1 else 7, 1)
        return Period(start, "month", add_months(start, 6))

    return day(place, "month", None, "half") if number in (1, 2) else None


def whole_year(number: int) -> Piece:
    return day(lambda world: Period(date(number, 1, 1), "year"), "year", None, "year")


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
        if period is None or not -5 <= nth <= 5:
            return None
        real = nth_weekday(period.start.year, period.start.month, which, nth)
        return Period(real, "day") if real else None

    return day(place, "day", None, "date")


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
        return None if whole is None else slice_of(which, whole)

    return day(place, "day", None, "edge", which)


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


def _month_place(f: Found) -> Place:
    return _placed(month(f["month"], f["y"]))


def _placed(piece: Piece | None) -> Place:
    return piece.place if piece and piece.place else lambda world: None


def _rel_place(f: Found) -> Place:
    return _placed(stretch(f["unit"], f["rel"] or 0))


EDGE: Final = {
    "early": "start",
    "beginning": "start",
    "start": "start",
    "mid": "mid",
    "middle": "mid",
    "late": "end",
    "end": "end",
}
_EDGE: Final = r"(?<![a-z])(?P<edge>early|beginning|start(?= of)|mid|middle(?= of)|late|end)(?![a-z])[- ]{0,2}"
_SHORT_EDGE: Final = {"b": "start", "e": "end", "m": "month", "w": "week", "q": "quarter", "y": "year"}


def _short_edge(f: Found) -> Piece:
    return edge(_SHORT_EDGE[f.text("edge")], _placed(stretch(_SHORT_EDGE[f.text("long")], 0)))


_UNTIL: Final = r"(?:-|to|until|till|through|thru|and|~)"
_NEEDS_HELP: Final = frozenset(("may", "march", "mar", "jan", "june", "april", "august"))
_BEFORE_MONTH: Final = lazy(
    r"(?:(?<![a-z])(?:in|by|since|of|until|till|to|through|from|early|mid|late|this|next|last|before|after|during|for|around|end|beginning|every|coming|between|and|or|late-|mid-|early-|-|~)|\d(?:st|nd|rd|th)?|^)[ ,]{0,2}(?:the )?$"
)
_NOT_MODAL: Final = lazy(
    r"(?<![a-z])(?:in|by|since|of|until|till|through|early|mid|late|this|next|last|before|after|during|around|every|coming|between|from|to) $|^$"
)


_SPOKE_TO: Final = lazy(
    r"(?:phoned|spoke|spoken|talked|wrote|writing|talking|speaking|call|listened|(?:phone|e-?)?mail) (?:to|from) $"
)


def _is_month(f: Found) -> bool:
    """May, March and first names count as months only where a month would stand."""
    name, left = f.text(), f.left(16)
    if left.endswith("$"):
        return False
    if left.endswith("ed by ") or _SPOKE_TO.search(left):
        return False
    if (
        name.rstrip(".") == "may"
        and not left
        and re.match(r" [a-z]|[\u4e00-\u9fff](?<![月底初中前之份号到])", f.right())
    ):
        return False
    if name.rstrip(".") == "may":
        return bool(_NOT_MODAL.search(left)) and not re.match(
            r" (?:i|we|you|they|he|she|it|be|have|not|need|want|at)(?![a-z])", f.right()
        )
    if name.rstrip(".") in _NEEDS_HELP:
        return bool(_BEFORE_MONTH.search(left)) or not f.right().strip(" .,!?")
    return True


def _is_weekday(f: Found) -> bool:
    """ "sat down" and "the sun" are no days."""
    name = f.text().rstrip(".")
    if name in ("sat", "sun", "wed"):
        return not re.match(
            r" (?:down|with|in on|through|will|at the|is|was)(?![a-z])", f.right()
        ) and not f.left().endswith("the ")
    return True


def _days_of_month(f: Found) -> Piece | None:
    """Two numbered days of one month, the last one counted in."""
    first, last = f["d"] or f["ord"], f["d_b"] or f["ord_b"]
    start = fixed(f["y"], f["month"], first) if f["y"] else yearless(f["month"], first)
    return _through(start, last) if start and first < last else None


def _through(start: Piece, last: int) -> Piece:
    within = _placed(start)

    def place(world: World) -> Period | None:
        found = within(world)
        stop = real_date(found.start.year, found.start.month, last) if found else None
        return Period(found.start, "day", stop + timedelta(1)) if found and stop else None

    return day(place, "day", None, *start.marks)


def _days_of_this_month(f: Found) -> Piece | None:
    return _through(of_month(f["d"], 0), f["d_b"]) if f["d"] < f["d_b"] else None


def _years(first: int, last: int) -> Piece | None:
    if not first < last:
        return None
    return day(lambda world: Period(date(first, 1, 1), "year", date(last + 1, 1, 1)), "year", None, "year", "run")


def _unix(f: Found) -> Piece | None:
    """The stamp of e-mail headers and logs, its year at the end."""
    base = fixed(f["y"], f["month"], f["d"])
    hour, minute = int(f.text("hh")), int(f.text("mm"))
    if base is None or hour > 23 or minute > 59:
        return None
    clock = Clock(hour, minute, int(f.text("ss")) if f.text("ss") else None, True)
    zone = ZONES.get(f.text("zone"), "")
    return Piece("day", place=base.place, clock=clock, zone=zone, marks=base.marks)


RULES: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"{day}", lambda f: offset(f["day"]), "see them tomorrow", "2026-11-19"),
    Rule(r"(?<![a-z-])(?:till|current|today's) date(?![a-z])", lambda f: offset(0), "calls till date", "2026-11-18"),
    Rule(r"{month} (?P<w>(?:twenty|thirty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?![a-z])(?! (?:people|seats|users|units|hundred|thousand))", lambda f: yearless(f["month"], int(KINDS["n"][1](f.text("w")))), "December twenty one", "2026-12-21"),
    Rule(r"(?<!day )(?<!the )after tomorrow", lambda f: offset(2), "demo after tomorrow", "2026-11-20"),
    Rule(r"(?:the )?day after {day}", lambda f: offset(f["day"] + 1), "demo the day after tomorrow", "2026-11-20"),
    Rule(r"(?:the )?day before {day}", lambda f: offset(f["day"] - 1), "met the day before yesterday", "2026-11-16"),
    Rule(r"(?<![a-z])overmorrow(?![a-z])", lambda f: offset(2), "lunch overmorrow", "2026-11-20"),
    Rule(r"{weekday}(?!'s(?! (?:call|meeting|mtg|demo|visit|lunch|slot|session|appointment|sync|review|zoom|catch))|/)", lambda f: weekday(f["weekday"]) if _is_weekday(f) else None, "pitch on Friday", "2026-11-20"),
    Rule(r"{rel} {weekday}(?:'s(?= ))?", lambda f: last_weekday(f["weekday"]) if f.text("rel") == "past" else weekday(f["weekday"]) if f.text("rel") in ("coming", "upcoming") else weekday(f["weekday"], f["rel"]), "next Tue", "2026-11-24"),
    Rule(r"{weekday} week(?![a-z])", lambda f: weekday(f["weekday"], None, 1), "Friday week", "2026-11-27"),
    Rule(r"{weekday} after next", lambda f: weekday(f["weekday"], None, 1), "Friday after next", "2026-11-27"),
    Rule(r"(?:the )?week(?:end)? after next", lambda f: stretch("weekend" if "weekend" in f.text() else "week", 2), "the week after next", "2026-11-30"),
    Rule(r"(?:the )?(?P<u>month|quarter|year) after next", lambda f: stretch(f.text("u"), 2), "the month after next", "2027-01-01"),
    Rule(r"(?:the )?week after that", lambda f: stretch("week", 2), "the week after that", "2026-11-30"),
    Rule(r"(?:the )?{rel} {unit}", lambda f: stretch(f["unit"], f["rel"]), "next quarter", "2027-01-01"),
    Rule(r"(?:this|the) past {unit}", lambda f: stretch(f["unit"], -1), "this past month", "2026-10-01"),
    Rule(r"(?<![a-z])the (?P<u>week|month|quarter|year|weekend)(?! of| before| after|[a-z])", lambda f: stretch(f.text("u"), 0), "calls over the weekend", "2026-11-21/2026-11-23"),
    Rule(r"(?<![a-z])(?P<u>weekend)(?![a-z])", lambda f: stretch("weekend", 0), "at home weekend", "2026-11-21/2026-11-23"),
    Rule(r"(?:the |over the |in the )?(?P<way>last|past|previous) {n} {unit}", lambda f: run(f["unit"], int(f["n"]), -1), "in the last 3 weeks", "2026-10-26/2026-11-16"),
    Rule(r"(?:the |over the |in the )?(?P<way>next|coming|upcoming|following) {n} {unit}", lambda f: run(f["unit"], int(f["n"]), 1), "over the next two weeks", "2026-11-23/2026-12-07"),
    Rule(r"{n} (?:upcoming|coming) {unit}", lambda f: run(f["unit"], int(f["n"]), 1), "four upcoming weeks", "2026-11-23/2026-12-21"),
    Rule(r"(?<!\s\d )(?<!\s\d\d ){month} {d}(?! ?(?:[ap]\.?m(?![a-z])|:\d\d))", lambda f: yearless(f["month"], f["d"]), "Jan 11", "2027-01-11"),
    Rule(rf"(?<!\s\d )(?<!\s\d\d ){{month}} (?:the |between |from )?(?:{{d}}|{{ord}}) ?{_UNTIL} ?(?:the )?(?:{{d:b}}|{{ord:b}})(?![\d:]| ?[ap]\.?m)(?:(?:,| of|,? in)? {{y}})?", _days_of_month, "Dec 10-12", "2026-12-10/2026-12-13"),
    Rule(rf"(?:from |between )?(?:the )?(?:{{d}}|{{ord}}) ?{_UNTIL} ?(?:the )?(?:{{d:b}}|{{ord:b}})(?: of)? {{month}}(?:,?(?: of)? {{y}})?", _days_of_month, "10th to 12th of December", "2026-12-10/2026-12-13"),
    Rule(rf"(?:from |between )?(?:the )?{{d}} ?{_UNTIL} ?(?:the )?{{d:b}} (?:of )?this month", _days_of_this_month, "from 20 to 24 this month", "2026-11-20/2026-11-25"),
    Rule(r"(?<![\d.,/-])(?P<a>(?:19|20)\d\d) ?[-~] ?(?P<b>(?:19|20)\d\d)(?![\d-]|[./]\d)", lambda f: _years(int(f.text("a")), int(f.text("b"))), "2027-2029", "2027-01-01/2030-01-01"),
    Rule(r"(?:from |between |in )?{y} ?(?:to|through|until|till|and) ?{y:b}(?! ?(?:usd|dollars|units))", lambda f: _years(f["y"], f["y_b"]), "from 2027 to 2029", "2027-01-01/2030-01-01"),
    Rule(r"(?<=from ){y}(?= (?:to|until|till|through) )", lambda f: whole_year(f["y"]), "from 2025 to May 5th 2027", "2025-01-01/2027-05-06"),
    Rule(r"(?<=between ){y}(?= and )", lambda f: whole_year(f["y"]), "between 2025 and May 5th 2027", "2025-01-01/2027-05-06"),
    Rule(r"{month} {d} (?P<hh>\d\d):(?P<mm>\d\d)(?::(?P<ss>\d\d))?(?: {zone})? {y}", _unix, "Thu Dec 3 11:00:09 2026", "2026-12-03T11:00:09"),
    Rule(r"{month},? (?:the )?{ord}", lambda f: yearless(f["month"], f["ord"]), "kick-off Dec 3rd", "2026-12-03"),
    Rule(r"(?:the )?{ord}(?: day)?(?: of| in)? {month}", lambda f: yearless(f["month"], f["ord"]), "the 3rd of December", "2026-12-03"),
    Rule(r"{d}(?: of)?[ -]?{month}", lambda f: yearless(f["month"], f["d"]), "signing 3 Dec", "2026-12-03"),
    Rule(r"{month} (?:the )?(?:{d}|{ord})(?:,| of|,? in)? {y}", lambda f: fixed(f["y"], f["month"], f["d"] or f["ord"]), "March 3, 2027", "2027-03-03"),
    Rule(r"(?:the )?(?:{d}|{ord})(?: day)?(?: of)? {month},?(?: of)? {y}", lambda f: fixed(f["y"], f["month"], f["d"] or f["ord"]), "3rd March 2027", "2027-03-03"),
    Rule(r"{month} (?:the )?(?:{d}|{ord})(?:,| of|,? in)? {far}", lambda f: fixed(f["far"], f["month"], f["d"] or f["ord"]), "Dec 31, 3000", "3000-12-31"),
    Rule(r"(?:the )?(?:{d}|{ord})(?: day)?(?: of)?[ -]?{month},?(?: of)?[ -]{far}", lambda f: fixed(f["far"], f["month"], f["d"] or f["ord"]), "31 Dec 9999", "9999-12-31"),
    Rule(r"{month},? {far}", lambda f: month(f["month"], f["far"]), "December 3000", "3000-12-01"),
    Rule(r"(?<![a-z])(?:the )?year {far}", lambda f: whole_year(f["far"]), "the year 3000", "3000-01-01"),
    Rule(r"{d} {month} '?(?P<yy>\d\d)(?![\d:]|[ ]?-[ ]?\d| ?[ap]\.?m(?![a-z])| ?h(?![a-z]))", lambda f: fixed(short_year(int(f.text("yy"))), f["month"], f["d"]), "3 Mar 27", "2027-03-03"),
    Rule(r"{month} {d} '?(?P<yy>[3-9]\d)(?![\d:.,])", lambda f: fixed(short_year(int(f.text("yy"))), f["month"], f["d"]), "Mar 3 98", "1998-03-03"),
    Rule(r"(?:(?<!\d)(?P<a>\d{4})[/ .-])?{month}[/ .-](?P<b>\d{1,2})(?![\d:]|(?:st|nd|rd|th))", lambda f: fixed(int(f.text("a")), f["month"], int(f.text("b"))) if f.text("a") else None, "2027/Mar/3", "2027-03-03"),
    Rule(r"(?<!\d)(?P<a>\d{4})[/ .-](?P<b>\d{1,2})[/ .-]{month}", lambda f: fixed(int(f.text("a")), f["month"], int(f.text("b"))), "2027/3/Mar", "2027-03-03"),
    Rule(r"{d}[/.-]{month}[/.-](?P<yy>\d{4}|\d\d)(?!\d)", lambda f: fixed(short_year(int(f.text("yy"))), f["month"], f["d"]), "03-Mar-2027", "2027-03-03"),
    Rule(r"{month}", lambda f: month(f["month"]) if _is_month(f) else None, "launch in March", "2027-03-01"),
    Rule(r"{month},?(?: of|/|-| in)? {y}", lambda f: month(f["month"], f["y"]), "March 2028", "2028-03-01"),
    Rule(r"{y},? {month}", lambda f: month(f["month"], f["y"]), "2028 March", "2028-03-01"),
    Rule(r"{month} '?(?P<yy>[3-9]\d|'\d\d)(?![\d:.,]|(?:st|nd|rd|th))", lambda f: month(f["month"], int(f.text("yy").strip("'"))), "Mar 98", "1998-03-01"),
    Rule(r"{rel} {month}", lambda f: month(f["month"], None, f["rel"]), "last March", "2026-03-01"),
    Rule(r"{month} in {n} years?", lambda f: _years_on(f["month"], int(f["n"])), "March in 2 years", "2028-03-01"),
    Rule(r"(?:the )?{ord} (?:of|in) (?:the )?{rel} month", lambda f: of_month(f["ord"], f["rel"]), "20th of next month", "2026-12-20"),
    Rule(r"(?:the )?{d} of (?:the )?{rel} month", lambda f: of_month(f["d"], f["rel"]), "24 of this month", "2026-11-24"),
    Rule(r"(?:the )?{ord} this month", lambda f: of_month(f["ord"], 0), "the 21st this month", "2026-11-21"),
    Rule(r"(?:the )?{ord} (?:day )?of the month", lambda f: of_month(f["ord"], 0), "the 30th of the month", "2026-11-30"),
    Rule(r"(?<![a-z])the {ord}(?!(?<=[a-z]{3}) (?!at|in the|by|or|and|if|so|with|for|to|then|but)[a-z])(?<!the last)(?! [a-z]*(?:time|attempt|floor|quarter|qtr|call|visit|one|half|week|day|month|year|meeting|round|party))", lambda f: bare_day(f["ord"]), "sign by the 25th", "2026-11-25"),
    Rule(r"(?:(?<![a-z])(?:on|due|from|for) (?:the )?|(?<=by )|(?<=before )|(?<=until )|(?<=till )|(?<=til )){ord}(?! (?:of )?{month})(?! (?:[a-z]+ )?(?:time|attempt|try|floor|quarter|qtr|call|visit|half|week|day|month|year|meeting|round|party|phase|line|shift|order|payment|instal|copy|demo|gen|site|unit|one|and last))", lambda f: bare_day(f["ord"]), "visit on 25th", "2026-11-25"),
    Rule(r"(?<![a-z])(?:on|for) the {d}(?! [a-z])", lambda f: bare_day(f["d"]), "for the 27", "2026-11-27"),
    Rule(r"(?<![a-z])on {d}(?= at \d)", lambda f: bare_day(f["d"]), "on 27 at 10:00", "2026-11-27T10:00"),
    Rule(r"{weekday},? (?:the )?{ord} (?:of )?{month}(?!,? \d{4}|,? {y})", lambda f: yearless(f["month"], f["ord"]), "book in for weds 2nd dec", "2026-12-02"),
    Rule(r"{weekday},? (?:the )?{ord}", lambda f: weekday_and_number(f["weekday"], f["ord"]) if f.text()[-3:-2].isdigit() or " the " in f.text() else None, "Tuesday the 8th", "2026-12-08"),
    Rule(r"{weekday} {d}(?!\d| ?[ap]\.?m| ?[ap](?![a-z])| ?(?:o'?clock|hours|mins|people|:)|[ -]+\d|/)(?= (?:at|between|from|in|of)|[ ]*[,.;!?]|[ ]*$)", lambda f: weekday_and_number(f["weekday"], f["d"]) if f["d"] > 12 or f.right(5).startswith((" at ", " betw", " from", " in ", " of ")) else None, "Tuesday 15", "2026-12-15"),
    Rule(r"(?:the )?{nth} {weekday}s? (?:of|in) {month}(?:,? {y})?", lambda f: nth_in(f["nth"], f["weekday"], _month_place(f)), "first Monday of March", "2027-03-01"),
    Rule(r"(?:the )?{nth} {weekday} (?:of|in) (?:the )?(?:{rel} )?month", lambda f: nth_in(f["nth"], f["weekday"], _placed(stretch("month", f["rel"] or 0))), "last Friday of the month", "2026-11-27"),
    Rule(r"(?:the )?{nth} (?:to )?(?P<back>last )?{unit} (?:of|in) {month}(?:,? {y})?", lambda f: piece_of(-f["nth"] if f.text("back") else f["nth"], f["unit"], _month_place(f)), "last day of February", "2027-02-28"),
    Rule(r"(?:the )?{nth} (?P<back>last )?{unit} (?:of|in) {y}", lambda f: piece_of(-f["nth"] if f.text("back") else f["nth"], f["unit"], _placed(whole_year(f["y"]))), "first week of 2027", "2027-01-04"),
    Rule(r"(?:the )?{nth} {unit:u} (?:of|in) (?:the )?(?:{rel} )?{unit}", lambda f: piece_of(f["nth"], f["unit_u"], _rel_place(f)), "first week of next month", "2026-11-30"),
    Rule(r"(?:the )?last (?:working|business|work) ?day (?:of|in) (?:the )?(?:{rel} )?month", lambda f: _last_workday(f["rel"] or 0), "last working day of this month", "2026-11-30"),
    Rule(r"(?<![a-z])q(?P<q>[1-4])(?!\d|[a-z])", lambda f: quarter(int(f.text("q"))), "nothing until Q1", "2027-01-01"),
    Rule(r"(?<![a-z])q(?P<q>[1-4])[ ,/-]?(?: of)? {y}", lambda f: quarter(int(f.text("q")), f["y"]), "Q3 2027", "2027-07-01"),
    Rule(r"{y}[ -]?q(?P<q>[1-4])(?!\d)", lambda f: quarter(int(f.text("q")), f["y"]), "2027-Q3", "2027-07-01"),
    Rule(r"(?<!\d)(?P<yy>\d\d)q(?P<q>[1-4])(?!\d)", lambda f: quarter(int(f.text("q")), int(f.text("yy"))), "27q3", "2027-07-01"),
    Rule(r"(?:the )?{ord} (?:quarter|qtr)(?:,?(?: of)?(?: the| this)? (?:{y}|year))?", lambda f: quarter(f["ord"], f["y"]) if "this" not in f.text() else piece_of(f["ord"], "quarter", _placed(stretch("year", 0))), "live in the 2nd qtr", "2027-04-01"),
    Rule(r"(?<![a-z\d])(?:{y} ?)?h(?P<h>[12])(?![\da-z])(?: {y:t})?", lambda f: halves(int(f.text("h")), f["y"] or f["y_t"]), "H2 2027", "2027-07-01/2028-01-01"),
    Rule(r"(?<![a-z])(?:in|during|since|by|until|before|after|through|year|fy|for|the year(?: of)?) {y}(?! ?(?:dollars|usd|eur|units|seats|people|users|pcs|licen|rmb|yuan))", lambda f: whole_year(f["y"]), "founded in 2014", "2014-01-01"),
    Rule(r"(?<![a-z])week {n}(?: (?:of|in) {y})?(?![\d:])", lambda f: piece_of(int(f["n"]), "week", _placed(whole_year(f["y"]) if f["y"] else stretch("year", 0))) if f["n"] <= 53 else None, "week 50", "2026-12-07"),
    Rule(r"(?:the )?week (?:of|starting(?: on)?|beginning|commencing) (?:the )?{month} (?:{d}|{ord})", lambda f: _week_of(yearless(f["month"], f["d"] or f["ord"])), "the week of Dec 9", "2026-12-07"),
    Rule(r"(?:at )?(?:the )?" + _EDGE + r"(?:in |of |part of )?(?:around )?(?:the )?{month}(?: {y})?", lambda f: edge(EDGE[f.text("edge")], _month_place(f)), "early April", "2027-04-01/2027-04-11"),
    Rule(r"(?:at )?(?:the )?" + _EDGE + r"(?:in |of |part of )?(?:around )?(?:the )?(?:{rel} )?{unit}", lambda f: edge(EDGE[f.text("edge")], _rel_place(f)) if f["unit"] != "day" else None, "early next week", "2026-11-23/2026-11-26"),
    Rule(r"(?<![a-z])(?:the )?(?P<long>month|quarter|year)[- ]?end(?![a-z])(?! (?:of|sale|party))", lambda f: edge("end", _placed(stretch(f.text("long"), 0))), "before month end", "2026-11-21/2026-12-01"),
    Rule(r"(?:at )?(?:the )?" + _EDGE + r"(?:in |of |part of )?{y}", lambda f: edge(EDGE[f.text("edge")], _placed(whole_year(f["y"]))), "beginning of 2027", "2027-01-01/2027-05-02"),
    Rule(r"(?<![a-z])(?:the |at the )?(?P<edge>[eb])o(?P<long>[mwqy])(?![a-z])", lambda f: _short_edge(f), "closing EOM", "2026-11-21/2026-12-01"),
    Rule(r"(?:later|rest of|remainder of|remaining of)(?: in)?(?: the)?(?: this)? (?P<u>week|month|year|quarter)", lambda f: _rest(f.text("u")), "later this week", "2026-11-18/2026-11-23"),
    Rule(r"earlier(?: in)?(?: the| this) (?P<u>week|month|year|quarter)", lambda f: _so_far(f.text("u")), "earlier this month", "2026-11-01/2026-11-18"),
    Rule(r"(?<![a-z])(?P<u>year|month|quarter|week)[ -]to[ -]date", lambda f: _so_far(f.text("u")), "sales year to date", "2026-01-01/2026-11-18"),
)  # fmt: skip


def _in_year(number: int, rel: str) -> Piece:
    step = {"this": 0, "next": 1, "last": -1}[rel]
    return day(lambda world: Period(date(world.today.year + step, number, 1), "month"), "month", None, "month", "year")


def _years_on(number: int, years: int) -> Piece:
    return day(
        lambda world: Period(date(min(world.today.year + years, 9999), number, 1), "month"),
        "month",
        None,
        "month",
        "year",
    )


def _last_workday(rel: int) -> Piece:
    def place(world: World) -> Period:
        first = add_months(begin(world.today, "month"), rel + 1)
        return Period(add_workdays(first, -1, world.context), "day")

    return day(place, "day", None, "date", "rel")


def _week_of(piece: Piece | None) -> Piece | None:
    within = _placed(piece)

    def place(world: World) -> Period | None:
        found = within(world)
        return Period(begin(found.start, "week"), "week") if found else None

    return day(place, "week", None, "week") if piece else None


def _rest(unit: str) -> Piece:
    grain = _SPREAD[unit]
    return day(lambda world: Period(world.today, "day", after(begin(world.today, grain), grain)), "day", None, "run")


def _so_far(unit: str) -> Piece:
    return day(lambda world: Period(begin(world.today, _SPREAD[unit]), "day", world.today), "day", None, "run")
