# ruff: noqa: E501 -- a rule is one line
"""Neighbouring pieces become one time: a day with its hour, two times a stretch, "2 days before" what it hangs on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import Final, Literal

from flows.understanding.grammar import Book, longest
from flows.understanding.lazily import lazy
from flows.understanding.text import Text
from flows.understanding.times import clocks, dates_en, dates_numeric, dates_zh, holidays, parts, recurrence, shifts
from flows.understanding.times.pieces import Every, Period, Piece, Place, World, begin
from flows.understanding.workdays import add_workdays

RULES: Final = Book((
    *dates_numeric.RULES, *clocks.RULES, *shifts.RULES, *recurrence.RULES, *holidays.RULES, *dates_en.RULES,
    *dates_zh.RULES, *parts.RULES,
))  # fmt: skip

Bound = Literal["before", "after", "since", "within", ""]

_JOIN: Final = lazy(
    r"[ ,，、()（）]{0,3}(?:(?:at|on|in|the|of|from|for|@|around|about|approx|approximately|roughly|by|before|after|between|this|the|sometime|say|starting|start from|beginning|local|same time|的|在|大概|大约|约|差不多|就)[ ,(]{0,3}){0,3}"
)
_BY_HOUR: Final = lazy(r",?[ ]{1,2}(?:by|before|no later than|latest(?: by)?)[ ]{1,2}")
"""Tomorrow before 11: the hour is that day's deadline."""
_OF_EVENT: Final = lazy(r" (?:visit|meeting|call|demo|slot|appointment|session|review|lunch)(?: on| for)?(?: the)? ")
_STARTING: Final = lazy(r"(?<![a-z])(?:starting|beginning|from|as of|effective)(?![a-z])|从|起")
_MOVED_LEFT: Final = lazy(
    r"(?<![a-z])(?:moved?|chang(?:e|ed|ing)|push(?:ed)?|reschedul\w+|postpon\w+|shift(?:ed)?|slipped|bumped|delayed|brought forward)(?![a-z])[^.;,]{0,40}(?:from )?(?:the )?$"
)
DOES_NOT_SUIT: Final = lazy(
    r"[^.;,]{0,12}(?:n't|not|no longer|never) (?:suits?|works?|good|possible|doable|ok|going to work)(?![a-z])[^.;]{0,16}(?:can|could|how about|make it|prefers?|suggest)|[ ]?(?:is out|no good|clashes)(?![a-z])[^.;]{0,16}(?:can|could|how about|make it|prefers?|suggest)"
)
"""The 8am slot doesn't suit, can do 10."""
_FROM_LEFT: Final = lazy(r"(?<![a-z])from(?: the)?[ ]*$")
_MOVED_TO_ZH: Final = lazy(r"[^，。,；;]{0,6}(?:改|挪|推迟?|提前|延|调整?|换)(?:到|成|为|至)")
_TO: Final = lazy(
    r"[ )]{0,2}(?:-{1,2}|~|to|till|til|until|through|thru|up to|到|至|直到|ー|起至|起到|until the|to the|开始到)[ ]{0,2}(?:around )?(?:the )?"
)
_AND: Final = lazy(r" ?(?:and|&|和|与|跟|, but before|but before) ?(?:the )?")
_FROM: Final = lazy(r"(?:(?<![a-z])(?:from|between|later than|starting)(?: the)?|从|自|由|在)[ '\"]{0,2}$")
_BETWEEN: Final = lazy(r"(?:(?<![a-z])(?:between|later than)|在)[ '\"]{0,2}(?:the )?$")
_BETWEEN_RIGHT: Final = lazy(r" ?(?:之间|间)")
_DUE_LEFT: Final = lazy(
    r"(?<![a-z])(?P<due>by|before|due(?: on| by| at| date)?:?|no later than|not later than|deadline(?: is| on| of)?:?|until|till|til|up to|through|thru|prior to|expires?(?: on)?|latest(?: by)?|(?<!\d )(?<!day )(?<!days )(?<!week )(?<!weeks )(?<!hour )(?<!hours )(?<!mins )(?<!minutes )(?:before|ahead of|in time for) (?:the|their|our|his|her|my) [a-z-]+(?: [a-z-]+)? (?:on|in|at))[ ]{1,2}(?:the |our |around |about |end of )?$"
)
_DUE_LEFT_ZH: Final = lazy(r"(?:截止到?|截至|最晚|最迟|不晚于|务必在|限)[ :]?$")
_DUE_RIGHT: Final = lazy(
    r"[ ]?(?:\(|（)?(?:(?:的)?(?:例会|晨会|周会|早会|会议|开会|评审会?|拜访|见面|演示|出发|上班|开标|培训|午饭)(?:之|以)?前(?!期|提|台)|之前|以前|前(?!台|端|期|后|提(?!供|交|出)|面|沿|景|任|往|线|述|三|两|几|一|十)|截止|截稿|到期|deadline|at the latest|latest)"
)
_WITHIN_RIGHT: Final = lazy(r"[ ]?(?:之内|以内|内(?![部容存销蒙训测外网地涵在审控勤]))")
_AFTER_LEFT: Final = lazy(
    r"(?<![a-z])(?:after|later than|following|post|as of|starting(?: on| from)?|beginning(?: on)?|from)[ ]{1,2}(?:the )?$"
)
_AFTER_RIGHT: Final = lazy(r"[ ]?(?:之后|以后|过后|后(?!续|期|面|台|天|端|来|勤|悔|果|补|备|门|年|半|三|两|几)|开始)")
_SINCE_LEFT: Final = lazy(r"(?<![a-z])since[ ]{1,2}(?:the )?$")
_SINCE_RIGHT: Final = lazy(r"[ ]?(?:以来|起?至今|到现在|到今天为止|起(?![草诉]))")
_NEXT_WEEK: Final = lazy(
    r"[之以]?后的?(?:第一|下一|那|一)个?(?:周(?![一二三四五六日])|星期(?![一二三四五六日天])|礼拜)"
)
_NEXT_WORKDAY: Final = lazy(r"[之以]?后的?第(?:一|1)个?(?:工作日|天)")
_WEEK_OFF: Final = lazy(
    r"(?:(?P<new>春节|过完?年|年|(?:chinese|lunar)(?: lunar)? new year(?:'?s)?(?: day)?|spring festival)|国庆|十一(?!月|号|日|点)|(?:china'?s? )?national day|golden week)"
    r"(?:节|放假|假期?|长假|黄金周| holidays?| break| week)?$"
)
"""The two holidays of a week: what comes after them comes on the first working day."""
_DAYS_OFF: Final = lazy(
    r"(?:(?:元旦|清明|五一|劳动|端午|中秋)(?:节|放假|假期?|小?长假)?"
    r"|(?:may day|labou?r day|christmas|xmas|easter|new year'?s?(?: day)?|mid-?autumn(?: festival)?|dragon boat festival|qingming(?: festival)?|tomb[- ]sweeping day)(?: holidays?| break| week)?)$"
)
"""The others that are days off, with the weekend beside them."""
_OVER_LEFT: Final = lazy(r"(?:过[完了]|等过)$")
_MONTH_FREE: Final = frozenset(("date", "weekday", "number"))


@dataclass(frozen=True, slots=True)
class Joined:
    """One time as its words say it, not yet on the calendar."""

    start: int
    end: int
    rules: tuple[str, ...]
    day: Piece | None = None
    clock: Piece | None = None
    part: Piece | None = None
    zone: str = ""
    instant: Piece | None = None
    every: Every | None = None
    length: Piece | None = None
    anchored: Piece | None = None
    until: "Joined | None" = None
    bound: Bound = ""
    day_last: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it can stand as a time of its own."""
        return any((self.day, self.clock, self.part, self.instant, self.every, self.anchored))


_MOST: Final = 150


def find(text: Text, rules: Book[Piece] = RULES) -> list[Joined]:
    """All times of a text in their order, joined but not placed."""
    pieces = [(*found.span, piece, rule.name) for found, piece, rule in longest(rules, text)[:_MOST]]
    groups = [_settled(group, text.low) for group in _grouped(pieces, text.low)]
    ranges = _ranges(groups, text.low)
    bounded = _with_their_hours([_bounded(group, text.low) for group in ranges], text.low)
    return [_trimmed(one, text.low) for one in bounded if one.is_whole]


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
    if clock is None or clock.until is None or not _MOVED_LEFT.search(low[max(0, group.start - 60) : group.start]):
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
        both = _merge(groups[-1], alone, gap) if len(gap) < 24 and groups and _joins(groups[-1], alone, gap) else None
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
        return _within(b, a)
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
    if not (a.day and a.clock and b.clock) or b.day or b.every:
        return False
    gap = low[a.end : b.start]
    if DOES_NOT_SUIT.match(gap):
        return True
    to = _TO.fullmatch(gap) and _MOVED_LEFT.search(low[max(0, a.start - 60) : a.start])
    return bool(to or _MOVED_TO_ZH.fullmatch(gap))


def _range(a: Joined, b: Joined, low: str) -> Joined | None:
    gap = low[a.end : b.start]
    left = low[max(0, a.start - 24) : a.start]
    if len(gap) > 16 or not (a.day or a.clock or a.part or a.instant) or not (b.day or b.clock or b.part or b.instant):
        return None
    is_to = bool(_TO.fullmatch(gap))
    is_between = _BETWEEN.search(left) or _BETWEEN_RIGHT.match(low, b.end)
    if not is_to and not (_AND.fullmatch(gap) and is_between):
        return None
    if a.every or b.every or a.anchored or b.anchored:
        return None
    if is_to and _MOVED_LEFT.search(low[max(0, a.start - 60) : a.start]):
        return None
    opening = _FROM.search(left)
    start = a.start - len(opening[0].lstrip()) if opening else a.start
    return replace(a, start=start, end=b.end, rules=a.rules + b.rules, until=b, bound="")


def _bounded(group: Joined, low: str) -> Joined:
    """A time with the words that make it a deadline, or a beginning."""
    left, start = low[max(0, group.start - 40) : group.start], group.start
    right = low[group.end : group.end + 12]
    if due := _DUE_LEFT.search(left):
        is_open = due["due"] in ("until", "till", "til", "through", "thru", "up to")
        bound: Bound = "after" if is_open else "before"
        start -= len(due[0]) if due["due"] == "by" else 0
        if due["due"] in ("before", "prior to"):
            group = _before_a_holiday(group, low)
        return group if group.bound else replace(group, start=start, bound=bound)
    if due := _DUE_LEFT_ZH.search(left):
        return group if group.bound else replace(group, start=start - len(due[0]), bound="before")
    if group.day and (found := _NEXT_WEEK.match(right)):
        return replace(group, end=group.end + found.end(), day=_after_day(group.day, "week"))
    if group.day and (found := _NEXT_WORKDAY.match(right)):
        next_ = _at_work_after(group.day) if "工" in found[0] else _after_day(group.day, "day")
        return replace(group, end=group.end + found.end(), day=_back_at_work(group, low) or next_)
    if group.day and not group.bound and (found := _WITHIN_RIGHT.match(right)):
        return replace(group, end=group.end + found.end(), bound="within")
    if found := _DUE_RIGHT.match(right):
        return replace(_before_a_holiday(group, low), end=group.end + found.end(), bound="before")
    if _SINCE_LEFT.search(left) or (found := _SINCE_RIGHT.match(right)):
        return replace(group, bound="since", start=start)
    if found := _AFTER_RIGHT.match(right):
        day = _back_at_work(group, low) or group.day
        return replace(group, end=group.end + found.end(), day=day, bound="after")
    if over := _OVER_LEFT.search(left):
        day = _back_at_work(group, low) or group.day
        return replace(group, start=group.start - len(over[0]), day=day, bound="after")
    if low.startswith("过完", group.start):
        return replace(group, day=_back_at_work(group, low), bound="after")
    if (found := _AFTER_LEFT.search(left)) and not _MOVED_LEFT.search(low[max(0, group.start - 60) : group.start]):
        behind = _back_at_work(group, low) if found[0].startswith(("after", "following")) else None
        return replace(group, day=behind or group.day, bound="after")
    return group


def _back_at_work(group: Joined, low: str) -> Piece | None:
    """The first working day behind the days off that are named; None where no days off are."""
    if group.day is None or "holiday" not in group.day.marks:
        return None
    if week := _WEEK_OFF.search(low, group.start, group.end):
        return _days_after(group.day, 6 if week["new"] else 7)
    named = _DAYS_OFF.search(low, group.start, group.end) or "off" in group.day.marks
    return _at_work_after(group.day) if named or _only_after(group, low) else None


def _only_after(group: Joined, low: str) -> bool:
    """After thanksgiving; before it, that day itself is meant."""
    is_after = low.endswith("after ", 0, group.start)
    return is_after and low.startswith("thanksgiving", group.start)


def _before_a_holiday(group: Joined, low: str) -> Joined:
    """What is due before days off is due on the last working day."""
    if _back_at_work(group, low) is None or group.day is None:
        return group
    return replace(group, day=_at_work_after(group.day, -1))


def _days_after(base: Piece, count: int) -> Piece:
    """The day so many days on."""

    def place(world: World) -> Period | None:
        found = base.place(world) if base.place else None
        return found and Period(found.start + timedelta(count), "day")

    return Piece("day", place=place, grain="day", marks=frozenset({"date", "year"}))


def _at_work_after(base: Piece, count: int = 1) -> Piece:
    """The first working day behind a day, or with -1 the last one before it."""

    def place(world: World) -> Period | None:
        found = base.place(world) if base.place else None
        return found and Period(add_workdays(found.start, count, world.context), "day")

    return Piece("day", place=place, grain="day", marks=frozenset({"date", "year"}))


def _after_day(base: Piece, unit: str) -> Piece:
    """The week, or the day, that follows a day."""

    def place(world: World) -> Period | None:
        found = base.place(world) if base.place else None
        if found is None:
            return None
        if unit == "week":
            return Period(begin(found.stop - timedelta(1), "week") + timedelta(7), "week")
        return Period(found.stop, "day")

    return Piece("day", place=place, grain="week" if unit == "week" else "day", marks=frozenset({"date", "year"}))


__all__ = ["RULES", "Joined", "Place", "chain", "find"]
