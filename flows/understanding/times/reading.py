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
from flows.understanding.times.joined import Bound, Joined
from flows.understanding.times.joining import RULES, find
from flows.understanding.times.pieces import Piece, World, begin
from flows.understanding.times.placing import Placed, place
from flows.understanding.times.recurrence import EVENTS
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
    for joined in _beside(find(text, rules), moods):
        if joined.anchored:
            waiting.append(joined)
            continue
        near = mood or _mood(joined, moods)
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


def _beside(found: Sequence[Joined], moods: Moods) -> list[Joined]:
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


def _mood(joined: Joined, moods: Moods) -> Mood:
    if joined.bound == "before" and _WAS_DUE.search(moods.between(max(0, joined.start - 24), joined.start)):
        return "past"
    if joined.bound == "before" and DONE_BEFORE.match(moods.between(joined.end, joined.end + 16)):
        return "past"
    if joined.bound in ("before", "within"):
        near = moods.at(joined.start, joined.end)
        ahead = near == "none" or moods.is_asked_for(joined.start) or moods.is_ordered(joined.end)
        return "future" if ahead else near
    near = moods.at(joined.start, joined.end)
    if _is_counted_up(joined, moods) or _is_long_over(joined, moods):
        return "past"
    if (
        near == "past"
        and not joined.bound
        and _SAID_WHEN.search(moods.between(max(0, joined.start - 16), joined.start))
    ):
        return "future"
    if joined.bound == "after" and near == "past" and moods.is_open_end(joined.start):
        return "future"
    if near == "none" and not joined.bound and moods.between(joined.end, joined.end + 2) in _DONE_THEN:
        return "past"
    return "past" if joined.bound == "since" else near


def _is_long_over(joined: Joined, moods: Moods) -> bool:
    """We met back in July."""
    is_month = joined.day is not None and joined.day.grain == "month"
    return is_month and moods.between(max(0, joined.start - 8), joined.start).endswith("back in ")


def _is_counted_up(joined: Joined, moods: Moods) -> bool:
    """三季度用量, the October figures: what has been counted is of the last one."""
    if joined.bound or joined.day is None or joined.day.grain not in ("month", "quarter"):
        return False
    return _COUNTED_UP.match(moods.between(joined.end, joined.end + 24)) is not None


_COUNTED_UP: Final = lazy(
    r"(?:'s)? (?:[a-z]+ )?(?:usage|figures|actuals|turnover|takings|results|numbers)(?![a-z])|的?(?:实际)?(?:用量|使用量|用电量|用水量|销量|销售额|销售(?:数据|情况|报表)|业绩(?!目标|指标|预)|营收|营业额|产量|财报|报表|月报|季报|数据|对账单|流水|达成率?|完成(?:率|情况)|回款(?:率|情况|明细))"
)
_WAS_DUE: Final = lazy(
    r"(?<![a-z])(?:was|were) (?:originally |already |supposed to be |meant to be )?due(?: on| by| at| in)?(?: the)? ?$"
)
DONE_BEFORE: Final = lazy(
    r"[^，。,;；要得会能将需应请把]{0,6}(?:发|寄|送|签|报|订|买|装|交|给|下|做|付|打|收|换|提)的(?!话|时)|(?:[他她]们?|客户|对方)?就(?:说|提|问|聊|已经?)"
)
"""国庆前发的货, 中秋前他就说."""
_SAID_WHEN: Final = lazy(
    r"(?<![a-z])(?:said|says|promised|reckons) (?:for |around |about |maybe |probably )?(?:the )?$"
)
"""She said end of day: when it will be."""
_DONE_THEN: Final = ("发的", "寄的", "签的", "报的", "订的", "买的", "送的", "装的")
"""10号发的货."""


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
    if week_before and len(between) < _APART // 2 and not _ENDS.search(between):
        week = week_before
    elif last.placed.grain == "week" and not last.bound and len(between) < _APART // 2 and not _ENDS.search(between):
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
