# ruff: noqa: E501 -- a rule is one line
"""From joined words to the calendar: dates, aware hours, ends."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from flows.understanding.context import Context, Mood
from flows.understanding.times.joined import Joined
from flows.understanding.times.parts import fixed_zone
from flows.understanding.times.pieces import Clock, Every, Grain, Period, Piece, Shift, World, after, begin
from flows.understanding.times.recurrence import first_day, rrule
from flows.understanding.times.shifts import moved

_HALVES: Final = {
    "morning": "am", "early": "am", "forenoon": "am", "dawn": "dawn", "noon": "noon", "lunch": "noon", "afternoon": "pm",
    "evening": "pm", "dusk": "pm", "dark": "night", "night": "night", "close": "pm",
}  # fmt: skip
_LONG: Final = frozenset(("week", "month", "quarter", "year"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A time on the calendar."""

    start: date | datetime
    end: date | datetime | None
    grain: Grain
    rrule: str | None = None
    at: str | None = None


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    return fixed_zone(name) or ZoneInfo(name if not name.startswith("UTC") else "UTC")


def place(joined: Joined, context: Context, mood: Mood) -> Placed | None:
    """Where a time lies, read as the mood wants it; None where the calendar has no such time."""
    world = World(context, mood)
    try:
        if joined.until:
            return _range(joined, joined.until, world)
        if joined.every:
            return _repeat(joined, joined.every, world)
        return _single(joined, world)
    except (OverflowError, ValueError, IndexError, StopIteration):
        return None


def _single(joined: Joined, world: World) -> Placed | None:
    if joined.instant and joined.instant.instant:
        found = joined.instant.instant(world)
        return Placed(*found) if found else None
    if joined.day is None:
        return _today(joined, world) if joined.clock or joined.part else None
    period = joined.day.place(world) if joined.day.place else None
    if period is None:
        return None
    if joined.clock and joined.clock.clock:
        return _with_length(_hours_on(joined, period.start, world), joined, world)
    if joined.part and period.grain == "day" and period.end is None:
        return Placed(
            period.start, None, "part" if joined.part.part != "close" else "day", None, _hour(joined.part.part, world)
        )
    if joined.length and joined.length.shift:
        return _days_long(period, joined.length.shift)
    if joined.bound == "since" and period.start <= world.today:
        return Placed(period.start, world.today + timedelta(1), "day")
    end = period.end or (after(period.start, period.grain) if period.grain in _LONG else None)
    return Placed(period.start, end, period.grain)


def _days_long(period: Period, shift: Shift) -> Placed:
    days = int(shift.amount * {"day": 1, "week": 7}.get(shift.unit, 0))
    return Placed(period.start, period.start + timedelta(days) if days else None, "day")


def _hour(part: str, world: World) -> str:
    hour, minute = world.context.hour_of(part)
    return f"{hour:02}:{minute:02}"


def _settled(clock: Clock, part: Piece | None, world: World) -> Clock:
    """The hour with its half of the day: by the word beside it, else working hours, else evening."""
    if clock.sure:
        return clock
    if part and part.part in _HALVES:
        return clock.of(_HALVES[part.part])
    early, late = world.context.working_hours
    for hour in (clock.hour % 12, clock.hour % 12 + 12):
        if early <= hour < late or (hour == late and not clock.minute):
            return replace(clock, hour=hour, sure=True)
    return replace(clock, hour=clock.hour % 12 + 12, sure=True)


def _moment(day: date, clock: Clock, joined: Joined, world: World) -> datetime:
    """The aware time, in the writer's zone whatever zone was said."""
    extra, hour = divmod(clock.hour, 24)
    own = world.context.now.tzinfo
    said = _zone(joined.zone) if joined.zone else own
    there = datetime.combine(day + timedelta(extra), time(hour, clock.minute, clock.second or 0), said)
    return there.astimezone(own) if joined.zone else there


def _grain(clock: Clock) -> Grain:
    return "second" if clock.second is not None else "minute"


def _hours_on(joined: Joined, day: date, world: World) -> Placed:
    piece = joined.clock
    if piece is None or piece.clock is None:
        raise ValueError
    first = _settled(piece.clock, joined.part, world)
    start = _moment(day, first, joined, world)
    if piece.until is None:
        return Placed(start, None, _grain(first))
    last = _end_clock(first, piece.until, joined, world)
    end = _moment(day, last, joined, world)
    return Placed(start, end if end > start else end + timedelta(1), _grain(first))


def _end_clock(first: Clock, last: Clock, joined: Joined, world: World) -> Clock:
    """The end of a stretch: the first time its figure comes round after the start."""
    if last.sure:
        return last
    hour = last.hour % 12 if last.hour == 12 else last.hour
    while (hour, last.minute) <= (first.hour, first.minute) and hour < 24:
        hour += 12
    return replace(last, hour=hour, sure=True)


def _today(joined: Joined, world: World) -> Placed | None:
    """A time without a day is today, or tomorrow if it has passed (yesterday, looking back)."""
    now, today = world.context.now, world.today
    if joined.clock is None or joined.clock.clock is None:
        return _part_today(joined, world)
    clock = joined.clock.clock
    if not clock.sure and not joined.part and joined.clock.until is None:
        return _with_length(_next_hour(clock, joined, world), joined, world)
    placed = _hours_on(joined, today, world)
    if not isinstance(placed.start, datetime):
        return placed
    last = placed.end if isinstance(placed.end, datetime) else placed.start
    if world.mood != "past" and last < now:
        placed = _hours_on(joined, today + timedelta(1), world)
    elif world.mood == "past" and placed.start > now and clock.sure:
        placed = _hours_on(joined, today - timedelta(1), world)
    return _with_length(placed, joined, world)


def _next_hour(clock: Clock, joined: Joined, world: World) -> Placed:
    """ "at 7": the next such hour within working hours, else this evening."""
    settled = _settled(clock, None, world)
    start = _moment(world.today, settled, joined, world)
    now = world.context.now
    if world.mood == "past":
        while start > now:
            start -= timedelta(hours=12)
        return Placed(start, None, _grain(settled))
    if start < now:
        start = _moment(world.today + timedelta(1), settled, joined, world)
    return Placed(start, None, _grain(settled))


def _part_today(joined: Joined, world: World) -> Placed | None:
    if joined.part is None:
        return None
    hour, minute = world.context.hour_of(joined.part.part)
    now, day = world.context.now, world.today
    over = hour if "ahead" in joined.part.marks else hour + 3
    passed = (over, minute) <= (now.hour, now.minute)
    if passed and world.mood != "past" and joined.part.part != "close":
        day += timedelta(1)
    elif world.mood == "past" and (hour, minute) > (now.hour, now.minute):
        day -= timedelta(1)
    grain: Grain = "day" if joined.part.part == "close" else "part"
    return Placed(day, None, grain, None, f"{hour:02}:{minute:02}")


def _with_length(placed: Placed, joined: Joined, world: World) -> Placed:
    if joined.length and joined.length.shift and isinstance(placed.start, datetime) and placed.end is None:
        return replace(placed, end=moved(placed.start, joined.length.shift, world))
    return placed


def _repeat(joined: Joined, rule: Every, world: World) -> Placed:
    clock = joined.clock.clock if joined.clock else None
    settled = _settled(clock, joined.part, world) if clock else None
    if settled is None and joined.part:
        hour, minute = world.context.hour_of(joined.part.part)
        settled = Clock(hour, minute, None, True)
    passed = settled is not None and (settled.hour, settled.minute) <= (
        world.context.now.hour,
        world.context.now.minute,
    )
    begun = joined.day.place(world) if joined.day and joined.day.place else None
    day = first_day(rule, _seen_from(begun.start, world), not_today=False) if begun else first_day(rule, world, passed)
    text = rrule(rule, settled)
    if settled is None:
        return Placed(day, None, "day", text)
    return Placed(_moment(day, settled, joined, world), None, "minute", text)


def _seen_from(day: date, world: World) -> World:
    """The world as it is on that day: every first Monday from January begins with January's first Monday."""
    now = world.context.now.replace(year=day.year, month=day.month, day=day.day)
    return World(replace(world.context, now=now), world.mood)


def _range(joined: Joined, last: Joined, world: World) -> Placed | None:
    """From one time to another, each lending the other the day, the month or the half of the day it lacks."""
    first = replace(joined, until=None)
    if last.day and not first.day and first.clock and last.day_last:
        first, last = replace(first, day=last.day), replace(last, day=None)
    if (
        first.day
        and not {"year", "rel", "near", "weekday", "number"} & first.day.marks
        and last.day
        and "year" in last.day.marks
        and "date" in last.day.marks | {"month"}
    ):
        return _backwards(first, last, world)
    if last.day and "of week" in last.day.marks and first.day and first.day.marks == {"weekday"}:
        first = replace(first, day=_in_its_week(first.day, last.day))
    start = _single(first, replace(world, mood="past") if last.instant and first.day else world)
    if start is None:
        return None
    if isinstance(start.start, datetime) and last.day is None and last.clock and last.clock.clock:
        return _still_on(_to_hour(start, first, last, world), first, world)
    here = start.start.date() if isinstance(start.start, datetime) else start.start
    eve = world.context.now.replace(year=here.year, month=here.month, day=here.day)
    moved_on = bool({"weekday", "date", "month", "number"} & last.day.marks - {"rel"}) if last.day else False
    moved_on = moved_on and not (last.day and ({"weekday", "rel"} <= last.day.marks or "of week" in last.day.marks))
    ahead = (
        World(replace(world.context, now=eve), "future")
        if (moved_on and here > world.today) or (moved_on and _is_plain(last))
        else world
    )
    if last.day and "following" in last.day.marks:
        ahead = World(replace(world.context, now=eve), "future")
    end = _single(last, ahead)
    if end and last.day and "weekday" in last.day.marks and not isinstance(end.start, datetime) and end.start <= here:
        end = replace(end, start=end.start + timedelta(7), end=None)
    return _spanned(start, end)


def _in_its_week(first: Piece, last: Piece) -> Piece:
    """Monday through Wednesday next week: the week that is named at the end holds both."""

    def place(world: World) -> Period | None:
        found = last.place(world) if last.place else None
        return found and Period(begin(found.start, "week") + timedelta(first.weekday or 0), "day")

    return replace(first, place=place, marks=last.marks)


def _still_on(placed: Placed | None, first: Joined, world: World) -> Placed | None:
    """9:30到11点, said at 10:30, is today's: it is not over."""
    if placed is None or first.day or world.mood == "past":
        return placed
    start, end = placed.start, placed.end
    if not isinstance(start, datetime) or not isinstance(end, datetime) or start.date() == world.today:
        return placed
    back = timedelta(1)
    return replace(placed, start=start - back, end=end - back) if end - back > world.context.now else placed


def _is_plain(last: Joined) -> bool:
    return last.day is not None and not {"year", "rel", "near"} & last.day.marks


def _spanned(start: Placed, end: Placed | None) -> Placed | None:
    if end is None:
        return None
    stop = end.end or end.start
    if not isinstance(stop, datetime) and end.end is None:
        stop = after(stop, end.grain)
    if isinstance(start.start, datetime) and not isinstance(stop, datetime):
        stop = datetime.combine(stop, time(0), start.start.tzinfo)
    if isinstance(stop, datetime) and not isinstance(start.start, datetime):
        return Placed(datetime.combine(start.start, time(0), stop.tzinfo), stop, end.grain, None, start.at)
    if stop <= start.start:
        return None
    return Placed(start.start, stop, start.grain if start.grain != "part" else "day", None, start.at)


def _backwards(first: Joined, last: Joined, world: World) -> Placed | None:
    """ "10 August - 12 September 2027": the year of the end holds for the beginning."""
    end = _single(last, world)
    if end is None:
        return None
    stop = end.end or end.start
    here = stop.date() if isinstance(stop, datetime) else stop
    past = World(
        replace(world.context, now=world.context.now.replace(year=here.year, month=here.month, day=here.day)), "past"
    )
    start = _single(first, past)
    return _spanned(start, end) if start else None


def _to_hour(start: Placed, first: Joined, last: Joined, world: World) -> Placed | None:
    clock = last.clock.clock if last.clock else None
    begun = first.clock.clock if first.clock else None
    if clock is None or begun is None or not isinstance(start.start, datetime):
        return None
    if last.part:
        clock = _settled(clock, last.part, world)
        if not begun.sure and not first.part and clock.hour >= 12 and begun.hour < 12:
            settled = _settled(begun, last.part, world)
            if (settled.hour, settled.minute) < (clock.hour, clock.minute):
                start = _hours_on(replace(first, part=last.part), start.start.date(), world)
    opening = start.start if isinstance(start.start, datetime) else world.context.now
    settled_end = _end_clock(Clock(opening.hour, opening.minute), clock, last, world)
    end = _moment(opening.date(), settled_end, replace(last, zone=""), world)
    return Placed(opening, end if end > opening else end + timedelta(1), start.grain)
