# ruff: noqa: E501 -- a rule is one line
"""The times of a text, placed, each with its mood and its bound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from flows.understanding.context import Context, Mood
from flows.understanding.grammar import Book
from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods
from flows.understanding.text import Text
from flows.understanding.times.beside import beside
from flows.understanding.times.direction import direction
from flows.understanding.times.joined import Bound, Joined
from flows.understanding.times.joining import RULES, find
from flows.understanding.times.pieces import Piece, World, begin
from flows.understanding.times.placing import Placed, place
from flows.understanding.times.shifts import moved


@dataclass(frozen=True, slots=True)
class Seen:
    """A time that has been placed, before it gets its role."""

    joined: Joined
    placed: Placed
    mood: Mood

    @property
    def start(self) -> int:
        return self.joined.start

    @property
    def end(self) -> int:
        return self.joined.end

    @property
    def bound(self) -> Bound:
        return self.joined.bound


def read_all(
    text: Text, context: Context, moods: Moods, rules: Book[Piece] = RULES, mood: Mood | None = None
) -> list[Seen]:
    """All times in their order; what hangs on another time is placed by it."""
    seen: list[Seen] = []
    waiting: list[Joined] = []
    for joined in beside(find(text, rules), moods):
        if joined.anchored:
            waiting.append(joined)
            continue
        near = mood or direction(joined, moods)
        placed = place(joined, context, near)
        if not (near == "future" and seen and _has_ended(seen[-1], context)):
            placed = _not_over(placed, _in_week(joined, placed, seen, text), near, context)
        if placed:
            seen.append(Seen(joined, placed, near))
        elif joined.until:
            seen += _apart(joined, joined.until, context, near)
    seen = [
        one for one in seen if not _is_only_how_often(one, seen) and not _is_of_one_event(text.low, one, seen, moods)
    ]
    seen = [_at_same_hour(text.low, one, seen) for one in seen]
    seen += [one for joined in waiting if (one := _hung(joined, seen, context))]
    return sorted((_with_roughly(text.low, one) for one in seen), key=lambda one: one.start)


_ROUGHLY: Final = lazy(r" ?(?:左右|前后|上下(?!午|[班课车])|的样子)|,? (?:or so|-?ish)(?![a-z])|ish(?![a-z])")


def _with_roughly(low: str, one: Seen) -> Seen:
    """What only says that it is not so exact belongs to the time: 三点左右, "at 3pm or so"."""
    behind = _ROUGHLY.match(low, one.end)
    return replace(one, joined=replace(one.joined, end=behind.end())) if behind else one


def _is_only_how_often(one: Seen, seen: Sequence[Seen]) -> bool:
    """ "weekly", when "every Tuesday" says it better."""
    mine = one.joined.every
    others = [other.joined.every for other in seen if other is not one and other.joined.every]
    return bool(
        mine
        and not mine.days
        and not one.joined.clock
        and any(mine.freq == every.freq and every.days for every in others)
    )


_EVENT: Final = lazy(
    r" (?:[a-z]+ ){0,2}(?:review|call|meeting|mtg|catch-?up|sync|visit|check-?in|inspection|audit|service|lunch|session|demo|workshop|report|delivery|maintenance|update|qbr|1:1)(?!s)(?![a-z])"
)


_THIS_ONE: Final = lazy(
    r"(?<![a-z])(?:(?:had|did|after|during|from|at|in)(?: the| an?)?|our|my|this|their|today's|yesterday's)[ ]$"
)


def _is_of_one_event(low: str, one: Seen, seen: Sequence[Seen], moods: Moods) -> bool:
    """The quarterly review on Jan 14, had the weekly sync: one event of many."""
    every = one.joined.every
    if not every or every.days or one.joined.clock or one.joined.day or not _EVENT.match(low, one.end):
        return False
    if _THIS_ONE.search(low, max(0, one.start - 16), one.start) or _opens_a_report(low, one):
        return True
    return any(
        not other.joined.every and (other.joined.clock or (other.joined.day and other.joined.day.grain == "day"))
        and other.bound not in ("after", "since") and other.start > one.start
        for other in seen
    )  # fmt: skip


_SAME_HOUR: Final = lazy(r",? ?(?:at )?(?:the )?same (?:time|hour|slot)(?![a-z])")


_SAME_HOUR_ON: Final = lazy(r"(?<![a-z])same (?:time|hour|slot)(?: on)?(?: the)? $")


def _opens_a_report(low: str, one: Seen) -> bool:
    """Weekly sync with them, great feedback: what was held, and how it went."""
    return not low[: one.start].strip() and one.mood != "future" and bool(_GOES_ON.search(low, one.end))


_GOES_ON: Final = lazy(r"[,;:.!] ?[a-z]")


def _at_same_hour(low: str, one: Seen, seen: Sequence[Seen]) -> Seen:
    """ "from Tuesday 4pm to Thursday, same time": the hour of the other."""
    start = one.placed.start
    is_same = _SAME_HOUR.match(low, one.end) or _SAME_HOUR_ON.search(low, max(0, one.start - 24), one.start)
    if isinstance(start, datetime) or one.placed.grain != "day" or not is_same:
        return one
    hours = [other.placed.start for other in seen if isinstance(other.placed.start, datetime)]
    if not hours:
        return one
    return replace(one, placed=Placed(datetime.combine(start, hours[0].timetz()), None, "minute"))


def _apart(joined: Joined, last: Joined, context: Context, mood: Mood) -> list[Seen]:
    """Two times that make no stretch are two times."""
    first = replace(joined, until=None, end=last.start)
    pairs = [(one, place(one, context, mood)) for one in (first, last)]
    return [Seen(one, placed, mood) for one, placed in pairs if placed]


def _hung(joined: Joined, seen: Sequence[Seen], context: Context) -> Seen | None:
    """ "2 days before" hangs on the nearest other time, or on now."""
    shift = joined.anchored.shift if joined.anchored else None
    earlier = [one for one in seen if one.end <= joined.start] or list(seen)
    if shift is None or (not earlier and joined.anchored and "needs" in joined.anchored.marks):
        return None
    anchor = earlier[-1].placed.start if earlier else context.now
    if not isinstance(anchor, datetime):
        hour = earlier[-1].placed.at if earlier and shift.is_fine else None
        if hour:
            there = moved(datetime.combine(anchor, time.fromisoformat(hour), context.now.tzinfo), shift, World(context))
            return Seen(joined, Placed(there, None, "minute"), "none") if there else None
        anchor = datetime.combine(anchor, context.now.timetz())
        there = moved(anchor, shift, World(context))
        return Seen(joined, Placed(there.date(), None, "day"), "none") if there else None
    there = moved(anchor, shift, World(context))
    if there is None:
        return None
    if not earlier and not shift.is_fine:
        return Seen(joined, Placed(there.date(), None, "day"), "none")
    return Seen(joined, Placed(there, None, "minute"), "none")


_OR = lazy(r"[ ]?(?:或者?是?|还是|、|/|or|and|和|跟|,)[ ]?")


def _has_ended(last: Seen, context: Context) -> bool:
    """Quiet since the demo last week, ping them on Friday: the week before holds no day to come."""
    end = last.placed.end
    return end is not None and not isinstance(end, datetime) and end <= context.now.date()


def _in_week(one: Joined, placed: Placed | None, seen: Sequence[Seen], text: Text) -> Placed | None:
    """A bare weekday after a named week lies in it, the second of two behind the first: 下周来，周三或周四都行."""
    last = seen[-1] if seen else None
    if placed is None or last is None or (isinstance(placed.start, datetime) and not one.day):
        return placed
    first = last.placed.start
    if not one.day or one.day.marks != _BARE or isinstance(first, datetime):
        return placed
    between = text.low[last.end : one.start]
    week_before = _week_of(last, seen) if last.joined.day and last.joined.day.marks == _BARE else None
    if week_before and len(between) < _NEAR and not _ENDS.search(between):
        week = week_before
    elif last.placed.grain == "week" and not last.bound and len(between) < _NEAR and not _ENDS.search(between):
        week = first
    elif last.joined.day and last.joined.day.weekday is not None and _OR.fullmatch(between):
        week = begin(first, "week") + timedelta(7 * ((one.day.weekday or 0) <= first.weekday()))
    else:
        return placed
    return _moved_to(placed, week + timedelta(one.day.weekday or 0))


def _not_over(own: Placed | None, there: Placed | None, mood: Mood, context: Context) -> Placed | None:
    """This week a test, and feedback on Monday: a day of this week that is over is next week's, where nothing looks back."""
    if (
        own is None
        or there is None
        or mood == "past"
        or isinstance(there.start, datetime)
        or isinstance(own.start, datetime)
    ):
        return there
    today = context.now.date()
    return own if begin(today, "week") <= there.start < today <= own.start else there


def _week_of(last: Seen, seen: Sequence[Seen]) -> date | None:
    """The Monday of the named week that the day before lies in: 下周约了两次，周二线上，周四现场."""
    day = last.placed.start
    for one in seen[:-1]:
        week = one.placed.start
        if one.placed.grain != "week" or isinstance(week, datetime) or isinstance(day, datetime):
            continue
        if timedelta(0) <= day - week < timedelta(7):
            return week
    return None


def _moved_to(placed: Placed, there: date) -> Placed:
    start, end = placed.start, placed.end
    if not isinstance(start, datetime):
        return replace(placed, start=there, end=end and end + (there - start))
    apart = there - start.date()
    return replace(placed, start=start + apart, end=end and end + apart)


_NEAR = 40
_BARE = frozenset(("weekday",))
_ENDS = lazy(r"[。;；!！\n]|\.[ ]")
_FRIDAY = 4


def _days(placed: Placed) -> int:
    return (placed.end - placed.start).days if placed.end else 1


def inclusive_end(placed: Placed) -> date:
    """The last day that a stretch holds; of the end of a week its Friday."""
    if placed.end is None:
        return placed.start.date() if isinstance(placed.start, datetime) else placed.start
    if not isinstance(placed.start, datetime) and placed.start.weekday() == _FRIDAY and _days(placed) == 3:
        return placed.start
    return (placed.end.date() if isinstance(placed.end, datetime) else placed.end) - timedelta(1)
