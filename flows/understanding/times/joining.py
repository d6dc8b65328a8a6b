# ruff: noqa: E501 -- a rule is one line
"""Neighbouring pieces become one time: a day with its hour, two times a stretch, "2 days before" what it hangs on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from flows.understanding.grammar import Book, longest
from flows.understanding.lazily import lazy
from flows.understanding.text import Text
from flows.understanding.times import (
    clocks,
    dates_en,
    dates_numeric,
    dates_zh,
    holidays,
    parts,
    recurrence,
    seasons,
    shifts,
)
from flows.understanding.times.bounds import MOVED_LEFT, bounded
from flows.understanding.times.joined import Bound, Joined
from flows.understanding.times.pieces import Period, Piece, World

RULES: Final = Book((
    *dates_numeric.RULES, *clocks.RULES, *shifts.RULES, *recurrence.RULES, *holidays.RULES, *dates_en.RULES,
    *dates_zh.RULES, *parts.RULES, *seasons.RULES,
))  # fmt: skip

_JOIN: Final = lazy(
    r"(?:'s )?[ ,，、()（）]{0,3}(?:(?:at|on|in|the|of|from|for|@|around|about|approx|approximately|roughly|by|before|after|between|this|the|sometime|say|sharp|prompt|exactly|starting|start from|beginning|local|same time|的|在|大概|大约|约|差不多|就)[ ,(]{0,3}){0,3}"
)
_BY_HOUR: Final = lazy(r",?[ ]{1,2}(?:by|before|no later than|latest(?: by)?)[ ]{1,2}")
"""Tomorrow before 11: the hour is that day's deadline."""
_OF_EVENT: Final = lazy(r" (?:visit|meeting|call|demo|slot|appointment|session|review|lunch)(?: on| for)?(?: the)? ")
_STARTING: Final = lazy(r"(?<![a-z])(?:starting|beginning|from|as of|effective)(?![a-z])|从|起")
DOES_NOT_SUIT: Final = lazy(
    r"[^.;,]{0,12}(?:n't|not|no longer|never) (?:suits?|works?|good|possible|doable|ok|going to work)(?![a-z])[^.;]{0,16}(?:can|could|how about|make it|prefers?|suggest)|[ ]?(?:is out|no good|clashes)(?![a-z])[^.;]{0,16}(?:can|could|how about|make it|prefers?|suggest)"
)
"""The 8am slot doesn't suit, can do 10."""
_FROM_LEFT: Final = lazy(r"(?<![a-z])from(?: the)?[ ]*$")
_MOVED_TO_ZH: Final = lazy(r"[^，。,；;]{0,6}(?:改|挪|推迟?|提前|延|调整?|换)(?:到|成|为|至)")
_ANOTHER_HOUR_ZH: Final = lazy(
    r"[ ]?(?:不行|没空|没时间|不方便|有会|有事|冲突|[去来]不了|走不开)了?[，, ]?[^，。,；;]{0,4}(?:改|换|挪|约|调)(?:到|成|为|至|在)?[ ]?"
)
"""下周二上午不行，改下午三点."""
_TO: Final = lazy(
    r"[ )]{0,2}(?:-{1,2}|~|to|till|til|until|through|thru|up to|到|至|直到|ー|起至|起到|until the|to the|开始到)[ ]{0,2}(?:around )?(?:the )?"
)
_AND: Final = lazy(r" ?(?:and|&|和|与|跟|, but before|but before) ?(?:the )?")
_FROM: Final = lazy(r"(?:(?<![a-z])(?:from|between|later than|starting)(?: the)?|从|自|由|在)[ '\"]{0,2}$")
_BETWEEN: Final = lazy(r"(?:(?<![a-z])(?:between|later than)|在)[ '\"]{0,2}(?:the )?$")
_BETWEEN_RIGHT: Final = lazy(r" ?(?:之间|间)")
_MONTH_FREE: Final = frozenset(("date", "weekday", "number"))
_MOST: Final = 150


def find(text: Text, rules: Book[Piece] = RULES) -> list[Joined]:
    """All times of a text in their order, joined but not placed."""
    pieces = [(*found.span, piece, rule.name) for found, piece, rule in longest(rules, text)[:_MOST]]
    groups = [_settled(group, text.low) for group in _grouped(pieces, text.low)]
    groups = [bounded(group, text.low) for group in _ranges(groups, text.low)]
    return [_trimmed(one, text.low) for one in _with_their_hours(groups, text.low) if one.is_whole]


def _with_their_hours(groups: Iterable[Joined], low: str) -> list[Joined]:
    """国庆后第一天上午: the hour behind the words that moved a day on."""
    found: list[Joined] = []
    for one in groups:
        day = found[-1] if found else None
        bare = (one.clock or one.part) and not (one.day or one.instant or one.every or one.anchored or one.until)
        moved = day is not None and day.day and not (day.clock or day.part or day.bound or day.until)
        if (
            day is not None
            and moved
            and bare
            and low[day.end : one.start] in ("", " ", "的")
            and "天" in low[day.end - 1]
        ):
            found[-1] = replace(day, end=one.end, rules=day.rules + one.rules, clock=one.clock, part=one.part)
        else:
            found.append(one)
    return found


def _settled(group: Joined, low: str) -> Joined:
    """ "moved from 3 to 4:30" is no stretch: the later hour holds."""
    clock = group.clock
    if clock is None or clock.until is None or not MOVED_LEFT.search(low[max(0, group.start - 60) : group.start]):
        return group
    if "-" in low[group.start : group.end] and not _FROM_LEFT.search(low[max(0, group.start - 60) : group.start]):
        return group
    return replace(group, clock=Piece("clock", clock=clock.until))


def _trimmed(one: Joined, low: str) -> Joined:
    said = low[one.start : one.end]
    if not (said[0].isspace() or said[-1].isspace()):
        return one
    return replace(one, start=one.end - len(said.lstrip()), end=one.start + len(said.rstrip()))


def _grouped(pieces: Iterable[tuple[int, int, Piece, str]], low: str) -> list[Joined]:
    groups: list[Joined] = []
    for start, end, piece, rule in pieces:
        alone = _alone(start, end, piece, rule)
        gap = low[groups[-1].end : start] if groups else "x"
        joins = len(gap) < 24 and groups and _joins(groups[-1], alone, gap) and not _heads(groups[-1], alone, gap, low)
        both = _merge(groups[-1], alone, gap) if joins else None
        if both is None:
            groups.append(alone)
        else:
            groups[-1] = both
    return groups


def _joins(a: Joined, b: Joined, gap: str) -> bool:
    """Whether nothing but small words, or the event itself ("the 9:30 visit on the 24th"), stands between."""
    if _JOIN.fullmatch(gap):
        return True
    return bool(a.clock and not a.day and b.day and not b.clock and _OF_EVENT.fullmatch(gap))


_HEADS: Final = lazy(r" ?(?:-|–|:) ?[a-z]")


def _heads(a: Joined, b: Joined, gap: str, low: str) -> bool:
    """Whether a day heads what follows it, in a list of days: "mon - Stark 10am, tue - Tyrell 2pm"."""
    is_day = bool(b.day) and not b.clock and bool(a.clock)
    return is_day and "," in gap and _HEADS.match(low, b.end) is not None


def _alone(start: int, end: int, piece: Piece, rule: str) -> Joined:
    rules = (rule,)
    bound: Bound = "within" if "within" in piece.marks else ""
    if piece.sort == "day":
        part = Piece("part", part=piece.part) if piece.part else None
        clock = Piece("clock", clock=piece.clock) if piece.clock else None
        return Joined(start, end, rules, day=piece, part=part, clock=clock, zone=piece.zone, bound=bound)
    if piece.sort in ("clock", "hours"):
        return Joined(start, end, rules, clock=piece)
    if piece.sort == "part":
        return Joined(start, end, rules, part=piece)
    if piece.sort == "zone":
        return Joined(start, end, rules, zone=piece.zone)
    if piece.sort == "instant":
        return Joined(start, end, rules, instant=piece, bound=bound)
    if piece.sort == "every":
        part = Piece("part", part=piece.every.part) if piece.every and piece.every.part else None
        return Joined(start, end, rules, every=piece.every, part=part)
    if piece.sort == "length":
        return Joined(start, end, rules, length=piece)
    return Joined(start, end, rules, anchored=piece, bound=bound)


def _merge(a: Joined, b: Joined, gap: str) -> Joined | None:
    """Two neighbours as one, or None when they are two times."""
    if _BY_HOUR.fullmatch(gap) and _is_plain_day(a) and b.clock and not b.day and not b.every:
        return replace(a, end=b.end, rules=a.rules + b.rules, clock=b.clock, zone=b.zone, bound="before")
    if a.until or b.until or a.length or (b.anchored and not a.anchored) or "by" in gap or "before" in gap:
        return None
    if a.anchored:
        return _hang(a, b) if b.day and "," not in gap and "，" not in gap else None
    if a.instant:
        return replace(a, end=b.end, rules=a.rules + b.rules) if b.zone and not b.day and not b.clock else None
    if b.instant or (a.clock and b.clock) or (a.every and b.every) or (a.zone and b.zone):
        return None
    if b.length and not (a.clock or a.day):
        return None
    if a.every and b.day and _STARTING.search(gap):
        return replace(a, end=b.end, rules=a.rules + b.rules, day=b.day)
    if a.day and b.day and "head" in b.day.marks and not gap and a.day.grain == "day" and b.day.shift:
        return replace(a, end=b.end, rules=a.rules + b.rules, day=shifts.from_day(b.day.shift, a.day))
    if (a.every and b.day) or (b.every and a.day):
        return None
    if a.part and b.part and a.part.part != b.part.part and not _fits(a.part.part, b.part.part):
        return None
    day: Piece | None = a.day or b.day
    if a.day and b.day:
        day = _one_day(a.day, b.day, gap)
        if day is None:
            return None
    if a.day and b.day is None and b.clock and "，" in gap and not b.clock:
        return None
    return replace(
        a, end=b.end, rules=a.rules + b.rules, day=day, clock=a.clock or b.clock, part=b.part or a.part,
        zone=a.zone or b.zone, every=a.every or b.every, length=b.length, bound=a.bound or b.bound,
        day_last=a.day_last or bool(a.clock and not a.day and b.day),
    )  # fmt: skip


def _is_plain_day(one: Joined) -> bool:
    return bool(one.day and one.day.grain == "day") and not any((one.clock, one.part, one.every, one.until))


def _fits(one: str, other: str) -> bool:
    return {one, other} <= {"dark", "night", "evening"} or "close" in (one, other)


def _hang(a: Joined, b: Joined) -> Joined | None:
    """ "2 days before" + "Friday"."""
    shift = a.anchored.shift if a.anchored else None
    if shift is None or b.day is None:
        return None
    return replace(b, start=a.start, rules=a.rules + b.rules, day=shifts.from_day(shift, b.day))


def _one_day(a: Piece, b: Piece, gap: str) -> Piece | None:
    """Two words for one day: "Friday 20 Nov", "next month on the 5th", "Tuesday next week"."""
    if "weekday" in a.marks and "date" in b.marks and "rel" not in b.marks:
        return b
    if "date" in a.marks and "weekday" in b.marks and ("rel" not in b.marks or gap.strip() in ("(", "（")):
        return a
    if "near" in a.marks and "date" in b.marks:
        return b
    if "near" in a.marks and b.marks == {"weekday"} and gap.strip() in ("(", "（"):
        return a
    long = ("week", "month", "quarter", "year")
    if (
        a.grain in long
        and _MONTH_FREE & b.marks
        and "year" not in b.marks
        and "edge" not in b.marks
        and "rel" not in b.marks
    ):
        return _within(a, b)
    if a.grain == "year" and b.grain in ("month", "quarter") and "year" not in b.marks:
        return _within(a, b)
    if b.grain in ("week",) and "weekday" in a.marks and not gap.strip(" ofin"):
        return replace(_within(b, a), marks=frozenset({"date", "year", "of week"}))
    if (
        b.grain == "year"
        and a.grain in ("day", "month", "quarter")
        and "year" not in a.marks
        and {"date", "month", "quarter"} & a.marks
    ):
        return _within(b, a)
    if "shift" in a.marks and "weekday" in b.marks:
        return _within(a, b)
    if "weekday" in a.marks and "shift" in b.marks:
        return _within(b, a)
    return None


def _within(outer: Piece, inner: Piece) -> Piece:
    """The inner day looked for from the first day of the outer stretch on."""

    def place(world: World) -> Period | None:
        whole = outer.place(world) if outer.place else None
        if whole is None or inner.place is None:
            return None
        eve = world.context.now.replace(year=whole.start.year, month=whole.start.month, day=whole.start.day)
        if "weekday" in inner.marks:
            eve -= timedelta(1)
        return inner.place(World(replace(world.context, now=eve), "future"))

    return Piece("day", place=place, grain=inner.grain, marks=frozenset({"date", "year"}))


def _ranges(groups: list[Joined], low: str) -> list[Joined]:
    """Groups with "to" or "and" between them as one stretch."""
    result: list[Joined] = []
    for group in groups:
        last = result[-1] if result else None
        joined = _range(last, group, low) if last and not last.until else None
        if joined is None:
            result.append(replace(group, day=last.day) if last and _is_moved_hour(last, group, low) else group)
        else:
            result[-1] = joined
    return result


def _is_moved_hour(a: Joined, b: Joined, low: str) -> bool:
    """ "moved from 2pm tomorrow to 4pm": the day stays."""
    if not (a.day and (a.clock or a.part) and b.clock) or b.day or b.every:
        return False
    gap = low[a.end : b.start]
    if a.day.grain == "day" and _ANOTHER_HOUR_ZH.fullmatch(gap):
        return True
    if not a.clock:
        return False
    if DOES_NOT_SUIT.match(gap):
        return True
    to = _TO.fullmatch(gap) and MOVED_LEFT.search(low[max(0, a.start - 60) : a.start])
    return bool(to or _MOVED_TO_ZH.fullmatch(gap))


def _range(a: Joined, b: Joined, low: str) -> Joined | None:
    gap = low[a.end : b.start]
    left = low[max(0, a.start - 24) : a.start]
    if len(gap) > 16 or not (a.day or a.clock or a.part or a.instant) or not (b.day or b.clock or b.part or b.instant):
        return None
    is_to = bool(_TO.fullmatch(gap))
    is_between = _BETWEEN.search(left) or "between " in low[a.start : a.end] or _BETWEEN_RIGHT.match(low, b.end)
    if not is_to and not (_AND.fullmatch(gap) and is_between):
        return None
    if a.every or b.every or a.anchored or b.anchored:
        return None
    if is_to and MOVED_LEFT.search(low[max(0, a.start - 60) : a.start]):
        return None
    opening = _FROM.search(left)
    start = a.start - len(opening[0].lstrip()) if opening else a.start
    return replace(a, start=start, end=b.end, rules=a.rules + b.rules, until=b, bound="")
