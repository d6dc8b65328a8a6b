"""Open minutes: when somebody is there, how many such minutes lie between two moments, when so many have passed. Pure.

A day is open by the wall: a block is open while a clock on the wall there shows a time within it. So an hour that
clocks skip is not counted, and one that they go through twice is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from flows.understanding.workdays import DayKind

Block = tuple[int, int]
"""From a minute after midnight to another, which is not in it."""
Blocks = Sequence[Block]
Piece = tuple[datetime, datetime]
DAY = 24 * 60
USUAL: Blocks = ((9 * 60, 18 * 60),)
"""On working days, where the firm has said nothing."""
NONE = timedelta()
_FARTHEST = 800
"""Days ahead that are looked at before a firm counts as never open."""


Opens = Callable[[date], Blocks]
"""The blocks of a day."""


def week_of(week: Mapping[int, Blocks], dated: Mapping[date, Blocks], kind_of: Callable[[date], DayKind]) -> Opens:
    """The blocks of any day: its own where it has some, none on a holiday, on a weekend that is worked a weekday's.

    Without a week the usual hours hold on working days.
    """
    first = next((week[n] for n in range(1, 8) if week.get(n)), ())

    def opens(day: date) -> Blocks:
        if day in dated:
            return dated[day]
        kind = kind_of(day)
        if kind == "holiday":
            return ()
        if not week:
            return () if kind == "weekend" else USUAL
        return week.get(day.isoweekday(), ()) or (first if kind == "moved" else ())

    return opens


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody is there: the blocks of each day, by the wall of a zone."""

    zone: ZoneInfo
    opens: Opens


def pieces(calendar: Calendar, day: date) -> Sequence[Piece]:
    """When it is open on a day, as instants, in order."""
    before, after, change = _offsets(calendar.zone, day)
    found = []
    for start, end in calendar.opens(day):
        midnight = datetime.combine(day, time(), UTC)
        first, last = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
        if before == after:
            found.append((first - before, last - before))
            continue
        found.append((first - before, min(last - before, change)))
        found.append((max(first - after, change), last - after))
    return sorted((start, end) for start, end in found if start < end)


@lru_cache(maxsize=4096)
def _offsets(zone: ZoneInfo, day: date) -> tuple[timedelta, timedelta, datetime]:
    """How far the wall is ahead of UTC when the day begins and when it ends, and when that changes."""
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    if end.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == end.replace(tzinfo=None):
        end = end.replace(fold=1)  # a midnight that clocks skip is where the day ends; of two, the second is
    low, high = start.astimezone(UTC), end.astimezone(UTC)
    before, after = start.utcoffset() or NONE, end.utcoffset() or NONE
    while before != after and high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == after else (middle, high)
    return before, after, high if low.astimezone(zone).utcoffset() != after else low


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether somebody is there."""
    day = moment.astimezone(calendar.zone).date()
    return any(start <= moment < end for start, end in pieces(calendar, day))


def next_open(calendar: Calendar, moment: datetime) -> datetime | None:
    """The moment itself while it is open, else when it opens next; None when it never does."""
    return next((max(start, moment) for start, end in _from(calendar, moment) if end > moment), None)


def due(calendar: Calendar, start: datetime, span: timedelta) -> datetime:
    """When so much open time has passed; for a negative span, since when it has. Never open: time is time."""
    if span < NONE:
        return _since(calendar, start, -span)
    left = span
    for opened, closed in _from(calendar, start):
        begins = max(opened, start)
        if not left:
            break
        if begins < closed:
            if begins + left <= closed:
                return begins + left
            left -= closed - begins
    return start + span


def _since(calendar: Calendar, end: datetime, span: timedelta) -> datetime:
    day, left = end.astimezone(calendar.zone).date(), span
    for _ in range(_FARTHEST):
        for opened, closed in reversed(pieces(calendar, day)):
            ends = min(closed, end)
            if opened < ends:
                if ends - left >= opened:
                    return ends - left
                left -= ends - opened
        day -= timedelta(days=1)
    return end - span


def between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Open time from one moment to another; negative when the second is the earlier one."""
    if end < start:
        return -between(calendar, end, start)
    day, last = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    total = NONE
    while day <= last:
        for opened, closed in pieces(calendar, day):
            total += max(NONE, min(closed, end) - max(opened, start))
        day += timedelta(days=1)
    return total


def _from(calendar: Calendar, moment: datetime) -> Iterator[Piece]:
    day = moment.astimezone(calendar.zone).date()
    for _ in range(_FARTHEST):
        yield from pieces(calendar, day)
        day += timedelta(days=1)
