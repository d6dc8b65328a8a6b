# ruff: noqa: E501 -- a rule is one line
"""An hour takes the day that stands beside it: "Friday with the engineer at 11am", 明天上午10点见华为，下午3点见中兴."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods
from flows.understanding.times.joined import Joined
from flows.understanding.times.recurrence import EVENTS


def beside(found: Sequence[Joined], moods: Moods) -> list[Joined]:
    """An hour takes the day of its own clause: "Friday with the engineer at 11am"."""
    kept: list[Joined] = []
    for one in found:
        last = kept[-1] if kept else None
        if last and _is_hour_of(one, last, moods) and _is_of_one_plan(one, last, moods):
            kept[-1] = replace(
                one,
                day=last.day,
                every=last.every,
                part=one.part or last.part,
                rules=last.rules + one.rules,
                bound=last.bound,
            )
        elif last and (
            _is_next_stop(one, last, moods)
            or _is_next_hour(one, last, moods)
            or _is_what_follows(one, last, moods)
            or _is_later_part(one, last)
            or _is_part_there(one, last, moods)
        ):
            kept.append(replace(one, day=last.day, rules=last.rules + one.rules))
        else:
            kept.append(one)
    return kept


_THEN_AT = lazy(
    r"[^,，。;；]{0,24}[,，][^,，。;；]{0,4}(?:约[了好在的]?|定[在了]?|集合|见面|接机|航班|高铁|车次|落地|抵达|还是|仍是|照旧)[^,，。;；]{0,8}"
)


_THERE: Final = lazy(
    r"[^，。,；;了过]{0,6}(?:[来去到飞回]|过来|出差|拜访|考察|参观|[见陪](?!了)|约[了好]{0,2}|开会|会议|培训|演示|面谈|验厂|评审|吃饭)[^，。,；;了过]{0,12}[,，][ ]?"
)
"""Where one is on a day, before the hour of what is done there: 明天来深圳，下午三点谈合作."""


def _is_of_one_plan(one: Joined, last: Joined, moods: Moods) -> bool:
    """The hour stands in the clause of the day, or the next one says when they meet: 周二去看厂，约了老板九点半."""
    between = moods.between(last.end, one.start)
    return _is_one_clause(last, one, moods) or bool(_THEN_AT.fullmatch(between) or _is_there(last, between, moods))


def _is_there(last: Joined, between: str, moods: Moods) -> bool:
    return bool(_THERE.fullmatch(between)) and moods.at(last.start, last.end) != "past"


def _is_one_clause(last: Joined, one: Joined, moods: Moods) -> bool:
    """Whether an hour stands in the clause of its day, or alone after it: "lunch tomorrow with Jo, 1pm"."""
    return moods.clause(last.start, last.end) == moods.clause(one.start, one.end) or moods.is_alone(one.start, one.end)


def _is_hour_of(one: Joined, last: Joined, moods: Moods) -> bool:
    """A bare hour behind a day, or a part of it that it narrows; behind a deadline only the hour of what it comes before: "before Monday's call at 10"."""
    if last.bound and not (last.bound == "before" and _THEIR_HOUR.fullmatch(moods.between(last.end, one.start))):
        return False
    if not (one.start - last.end < _APART and _is_bare_hour(one)):
        return False
    if last.every and not any((last.clock, last.part, last.until, last.length)):
        return True
    return _is_bare_day(last) or (not one.part and bool(last.part) and _is_bare_day(replace(last, part=None)))


_LISTED: Final = lazy(r"[^。；;!！?？\n]{0,60}[,，、][ ]?(?:然后|接着|再|and |then )?| ?(?:or|/|and|&) ?(?:at )?")


_EVENT_AT: Final = lazy(
    r",? ?(?:and |as |since |because |so )?(?:the |our |their |my )?(?:[a-z]+ ){0,2}"
    + EVENTS
    + r" (?:is |starts |begins |kicks off )(?:at )?(?:around )?|[^，。,；;]{0,10}[，,][ ]?"
)
_EVENT_THEN: Final = lazy(r"(?:就|要|才)?(?:开始)?(?:演示|开会|会议|评审|面谈|拜访|培训|开标|汇报|见面|宣讲)")


def _is_what_follows(one: Joined, last: Joined, moods: Moods) -> bool:
    """The hour of what the deadline is for: ready by Wed 9am, demo is at 10."""
    if last.bound != "before" or not (last.day and last.clock) or not _is_bare_hour(one) or last.every:
        return False
    between = moods.between(last.end, one.start)
    is_english = bool(between) and "，" not in between
    return bool(_EVENT_AT.fullmatch(between)) and (
        is_english or bool(_EVENT_THEN.match(moods.between(one.end, one.end + 6)))
    )


def _is_next_hour(one: Joined, last: Joined, moods: Moods) -> bool:
    """The next hour of a day that is gone through hour by hour: 明天上午10点见华为，下午3点见中兴."""
    first, second = last.clock and last.clock.clock, one.clock and one.clock.clock
    if not (first and second and last.day and _is_bare_hour(one)) or last.day.grain != "day":
        return False
    if last.every or last.bound or last.until or one.end - last.start > _APART * 2:
        return False
    is_over = moods.at(last.start, last.end) == "past"
    if is_over and moods.at(one.start, one.end) != "past":
        return False
    return bool(_LISTED.fullmatch(moods.between(last.end, one.start)))


_NEXT_STOP = lazy(r"[,;]? ?(?:and )?(?:then|after that|afterwards)(?![a-z])[^.;!?]{0,40}")


def _is_next_stop(one: Joined, last: Joined, moods: Moods) -> bool:
    """The hour of what comes next on the same day: "call Jo tomorrow 11, then the plant at 2"."""
    is_hour = bool(last.day and (last.clock or last.part)) and not last.every and _is_bare_hour(one)
    return is_hour and bool(_NEXT_STOP.fullmatch(moods.between(last.end, one.start)))


def _is_later_part(one: Joined, last: Joined) -> bool:
    """The afternoon of the day whose morning was named: 周四上午装机，下午培训."""
    bare = one.part and not any((one.day, one.clock, one.until, one.every, one.length, one.bound))
    return bool(bare and last.part and last.day and not last.every and one.start - last.end < _APART // 4)


def _is_part_there(one: Joined, last: Joined, moods: Moods) -> bool:
    """The afternoon of a day that is spent somewhere: 明天去苏州，下午见客户."""
    bare = one.part and not any((one.day, one.clock, one.until, one.every, one.length, one.bound))
    is_day = _is_bare_day(last) and not last.bound
    return bool(bare and is_day) and _is_there(last, moods.between(last.end, one.start), moods)


_APART = 80
_THEIR_HOUR = lazy(r"(?:'s)? (?:[a-z]+ ){0,2}" + EVENTS + r"(?: [a-z]+){0,4},? (?:at |@ ?)?")


def _is_bare_day(one: Joined) -> bool:
    return bool(one.day and one.day.grain == "day") and not any((one.clock, one.part, one.until, one.every, one.length))


def _is_bare_hour(one: Joined) -> bool:
    return bool(one.clock) and not any((one.day, one.until, one.every, one.bound))
