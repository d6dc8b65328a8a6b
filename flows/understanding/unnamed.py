# ruff: noqa: E501 -- a rule is one line
"""Kinds of contact without a word of their own: seeing somebody, going there, agreeing on an hour, being with them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from flows.understanding.agenda import is_agenda
from flows.understanding.context import Context
from flows.understanding.cues import Cue
from flows.understanding.facts import Mention, Time
from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods
from flows.understanding.signs import CONFIRMED, GOODS
from flows.understanding.tasks import ONLY_TO_DO
from flows.understanding.text import Text

_SAW: Final = lazy(
    r"(?<![a-z])(?:(?P<done>saw|seen|met up with|bumped into|ran into)|see|seeing|meeting up with|meet up with) (?:the |our |old |young )?$"
)
_GOING: Final = lazy(
    r"(?:(?P<done>(?<![a-z])(?:went|been|drove|flew|headed|popped|nipped)(?: over| out| up| down| round| across| along| back)? (?:to|into) |^\s{0,3}(?:just |now )?back from |(?<![a-z])spent (?:[a-z]+ ){1,4}at |[去到](?:了|过)(?:一?趟)?)|(?<![a-z])(?:go|going|head|heading|driv(?:e|ing)|fly|flying|off)(?: over| out| up| down)? to |(?<![a-z])seeing |(?<![过下出上失别不必用])去)(?:the )?$"
)
_AGREED: Final = lazy(
    r"(?<![再节大合预签公条制婚违续解履租守邀简隐契爽失赴没未])约(?!等于|束|定俗|[\d一二两三四五六七八九十百千万])(?!再)"
)
_THEN_WHEN: Final = lazy(r"约(?:好|定)?(?:了?个?时间|(?<=[好定])了?)[，,：: ]{1,2}")
_NEXT_CLAUSE: Final = 12
"""How soon the hour follows that was agreed on: 约好了，周六下午三点."""
_WITH: Final = lazy(r"(?<![a-z])(?:with|w/) (?:the )?$")
_LOOKED: Final = lazy(r"[去到跑飞][^，。,；;]{0,8}(?:看|参观|考察|转)(?:了|过|完)(?:一?[下圈趟])?$")
_MOVES: Final = lazy(
    r"(?:re-?schedule|move|push|postpone|delay|change|shift)d?[ ]?[到成至为]$|(?<![a-z])(?:mov(?:ed?|ing)|push(?:ed|ing)?|shift(?:ed|ing)?|bump(?:ed|ing)?|reschedul(?:ed?|ing)|postpon(?:ed?|ing)) (?:[a-z&'-]+ ){1,4}from (?:the )?$|(?<![a-z])(?:re-?arrang(?:e|ed|ing)|re-?do(?:ing)?|mov(?:e|ed|ing)|push(?:ed|ing)?|shift(?:ed|ing)?|reschedul(?:e|ed|ing)|postpon(?:e|ed|ing)|bump(?:ed)?|bring|brought|re-?book(?:ed)?)(?: (?:our|the|my|this|his|her|their|it|that|things|us))?(?: back| out| on)?(?: to| for)?(?: the)?(?: same (?:time|hour|slot))?(?: on)?[ ]*$"
    r"|(?:^|[，。,；; ])(?:就|再|又|那|先|时间|只好|只能)?(?:改|改[到在约为成至]|[挪推延换]到|顺延到)了?[ ]*$"
)
_SUITS: Final = lazy(r" (?:works?|suits?|would work|will work|is (?:fine|better|good))(?![a-z])(?! (?:out|for us to))")
"""Can't do the 24th, Thursday works."""
_THERE: Final = lazy(
    r"(?:的)?(?:机房|车间|仓库|展厅|产线|工地|项目部|医院|学校|分店|基地|现场|公司|工厂|厂里|总部|那边|办公室|门店)"
)
_RAN_TO: Final = lazy(r"[跑去]了(?:一?趟|一?下)?$")
_TO_WORK: Final = lazy(
    r"(?:给[^，。,；;]{1,4})?(?:换|更换|修|维修|装|安装|调试|检|巡|维护|保养|培训|处理|排查|测|施工|送样|签|谈|开会|见|拜访|看|坐)"
)
_ARRIVES: Final = lazy(r"(?:[点半刻分午]|早上|晚上)钟?到$")
"""10点到三一: a visit."""
_HANDED: Final = lazy(r"[发寄送打运汇交传派请叫让](?:[^，。,；;]{0,3})[到去]$")


def unnamed(
    text: Text,
    context: Context,
    moods: Moods,
    times: Sequence[Time],
    firms: Sequence[Mention],
    people: Sequence[Mention],
) -> list[Cue]:
    """The first of them that the line tells of."""
    return (
        _saw_somebody(text, people)
        or _gone_there(text, moods, firms)
        or _agreed(text, moods, times)
        or _moved(text, times)
        or _with_at(text, moods, times, firms, context)
        or _jotted(text, moods, times, (*firms, *people), context)
    )


def _saw_somebody(text: Text, people: Sequence[Mention]) -> list[Cue]:
    """To see somebody is to meet."""
    for one in people:
        start = text.low_at(one.place.start)
        found = _SAW.search(text.low, max(0, start - 24), start)
        if found and not ONLY_TO_DO.search(text.low, 0, found.start()):
            return [Cue("meeting done" if found["done"] else "meeting", *found.span(), "seeing somebody")]
    return []


def _gone_there(text: Text, moods: Moods, firms: Sequence[Mention]) -> list[Cue]:
    """Going to a firm is a visit, whatever it is called."""
    for firm in firms:
        before, after = text.folded[max(0, firm.place.start - 6) : firm.place.start], text.folded[firm.place.end :]
        if _RAN_TO.search(before) and not after.startswith(("的", "那")):
            return [Cue("visit done", firm.place.start - 2, firm.place.end, "going round to a firm")]
        if _ARRIVES.search(before) and moods.at(firm.place.start, firm.place.end) != "past":
            return [Cue("visit", firm.place.start - 1, firm.place.end, "being at a firm at an hour")]
        if before.endswith(("到", "去")) and (
            _THERE.match(after) or (_TO_WORK.match(after) and not _HANDED.search(before))
        ):
            return [Cue("visit", firm.place.start - 1, firm.place.end, "going to a firm's place")]
        if _LOOKED.search(text.folded[max(0, firm.place.start - 16) : firm.place.start]) and not after.startswith("的"):
            return [Cue("visit done", firm.place.start - 1, firm.place.end, "looking at a firm's place")]
        if found := _GOING.search(text.folded.lower()[max(0, firm.place.start - 24) : firm.place.start]):
            value = "visit done" if found["done"] else "visit"
            return [Cue(value, firm.place.start - 1, firm.place.end, "going to a firm")]
    return []


def _agreed(text: Text, moods: Moods, times: Sequence[Time]) -> list[Cue]:
    """To have agreed on an hour with somebody is a meeting, whatever for."""
    for match in _AGREED.finditer(text.low):
        left, right = moods.clause(match.start(), match.end())
        if _THEN_WHEN.match(text.low, match.start()):
            right += _NEXT_CLAUSE
        elif any(isinstance(one.start, datetime) and text.low_at(one.place.start) - right in (1, 2) for one in times):
            right += 2 + 1
        if any(left <= text.low_at(one.place.start) < right and one.role == "activity" for one in times):
            return [Cue("meeting", match.start(), match.end(), "agreed on a time")]
    return []


def _moved(text: Text, times: Sequence[Time]) -> list[Cue]:
    """ "wants to move our 3pm to 4.30": what stands in the diary is a meeting, whatever for."""
    for one in times:
        low = text.low_at(one.place.start)
        if one.role == "activity" and (found := _SUITS.match(text.low, text.low_at(one.place.end))):
            return [Cue("meeting", *found.span(), "a day that suits")]
        if one.role == "activity" and (found := CONFIRMED.search(text.low, max(0, low - 30), low)):
            return [Cue("meeting", *found.span(), "an hour that was confirmed")]
        if (
            one.role in ("activity", "superseded")
            and (found := _MOVES.search(text.low, 0, text.low_at(one.place.start)))
            and not GOODS.search(text.low, 0, low)
        ):
            return [Cue("meeting", *found.span(), "moving what is in the diary")]
    return []


def _with_at(text: Text, moods: Moods, times: Sequence[Time], firms: Sequence[Mention], context: Context) -> list[Cue]:
    """Who is down "with" a firm at an hour to come meets it, whatever for."""
    for firm in firms:
        start, end = text.low_at(firm.place.start), text.low_at(firm.place.end)
        left, right = moods.clause(start, end)
        hours = [
            one for one in times if isinstance(one.start, datetime) and left <= text.low_at(one.place.start) < right
        ]
        if _WITH.search(text.low, 0, start) and any(
            one.is_ahead(context.now) and not one.bound and one.role != "reminder" for one in hours
        ):
            return [Cue("meeting", start - 1, end, "with somebody at an hour")]
    return []


def _jotted(text: Text, moods: Moods, times: Sequence[Time], named: Sequence[Mention], context: Context) -> list[Cue]:
    """An hour to come beside a known name, and nothing else: Globex 11am, Stark 2:30."""
    names = [_in_low(text, one.place.span) for one in named if one.id is not None or one.ids]
    spans = [_in_low(text, one.place.span) for one in times]
    for one, span in zip(times, spans, strict=True):
        if one.role != "activity" or not isinstance(one.start, datetime) or not one.is_ahead(context.now):
            continue
        if is_agenda(text.low, moods, span, names, spans):
            return [Cue("meeting", *span, "an hour beside a name")]
    return []


def _in_low(text: Text, span: tuple[int, int]) -> tuple[int, int]:
    return text.low_at(span[0]), text.low_at(span[1])
