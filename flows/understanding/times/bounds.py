# ruff: noqa: E501 -- a rule is one line
"""Words beside a time that make it a deadline or a beginning; days off move it to the working day that is meant."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.times.joined import Bound, Joined
from flows.understanding.times.pieces import Period, Piece, World, begin
from flows.understanding.workdays import add_workdays

MOVED_LEFT: Final = lazy(
    r"(?<![a-z])(?:moved?|chang(?:e|ed|ing)|push(?:ed)?|reschedul\w+|postpon\w+|shift(?:ed)?|slipped|bumped|delayed|brought forward|bring(?:ing)? forward|pull(?:ed|ing)? (?:forward|in)|push(?:ing)? (?:out|back)|mov(?:ing))(?![a-z])[^.;,]{0,40}(?:from )?(?:the )?$"
)
"""What is moved, before the time that it is moved from, or to."""
_DUE_LEFT: Final = lazy(
    r"(?<![a-z])(?P<due>by|before|due(?: on| by| at| date)?:?|no later than|not later than|deadline(?: is| on| of)?:?|until|till|til|up to|through|thru|prior to|expires?(?: on)?|latest(?: by)?|(?<!\d )(?<!day )(?<!days )(?<!week )(?<!weeks )(?<!hour )(?<!hours )(?<!min )(?<!mins )(?<!minutes )(?<!hr )(?<!hrs )(?:before|ahead of|in time for) (?:(?:the|their|our|his|her|my) [a-z-]+(?: [a-z-]+)?|go[ -]?live|launch|kick-?off)(?: (?:on|in|at))?)[ ]{1,2}(?:the |our |around |about |end of )?$"
)
_ON_THE: Final = lazy(r"on (?=[a-z\d])")
_DUE_LEFT_ZH: Final = lazy(r"(?:截止到?|截至|最晚|最迟|不晚于|务必在|限)[ :]?$")
_DUE_RIGHT: Final = lazy(
    r"[ ]?(?:\(|（)?(?:(?:的)?(?:例会|晨会|周会|早会|会议|开会|评审会?|拜访|见面|演示|出发|上班|开标|培训|午饭)(?:之|以)?前(?!期|提|台)|之前|以前|前(?!台|端|期|后|提(?!供|交|出)|面|沿|景|任|往|线|述|三|两|几|一(?![定起并])|十)|截止|截稿|到期|deadline|at the latest|latest)"
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


def bounded(group: Joined, low: str) -> Joined:
    """A time with the words that make it a deadline, or a beginning."""
    if on := _ON_THE.match(low, group.start, group.end):
        group = replace(group, start=on.end())
    left, start = low[max(0, group.start - 40) : group.start], group.start
    right = low[group.end : group.end + 16]
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
    if (found := _AFTER_LEFT.search(left)) and not MOVED_LEFT.search(low[max(0, group.start - 60) : group.start]):
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
