# ruff: noqa: E501 -- a rule is one line
"""Which times of a line another one has replaced: moved, corrected, or what somebody can't make."""

from collections.abc import Sequence
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.text import Text
from flows.understanding.times.joining import DOES_NOT_SUIT
from flows.understanding.times.reading import Seen

_MOVED: Final = lazy(
    r"(?:(?:re-?schedule|move|push|postpone|delay|change|shift)d?[ ]?[到成至为]|改(?:时间)?(?:到|成|为|在|至)|换(?:到|成)|挪(?:到|至)|推迟到|推到|延(?:期|后|迟)?(?:到|至)|提前到|调(?:整)?(?:到|至|为)|顺延(?:到|至)|改约(?:到|在)?|改(?:[下这]?(?:周|星期|礼拜)[一二三四五六日天]|[明后]天)[，, ]?(?:还是|仍是|仍|照旧))"
)
_MOVED_TO: Final = lazy(
    r"(?:^|取消了?|[，,；; ])[^，,；;]{0,3}[改换挪推][ ]*$|(?:[去来]不了|没空|没时间|走不开|不方便|赶不上|不行|冲突)[^。；;]{0,10}[改换挪推约][ ]*$"
)
_MOVED_EN: Final = lazy(
    r"(?<![a-z])(?:moved|changed|pushed(?: back| out)?|rescheduled|postponed|shifted|move|change|push|reschedule|postpone|brought forward|bring(?:ing)? forward|pull(?:ed|ing)? forward|bumped|slipped|delayed|moving|pushing|shifting|changing|bumping|rescheduling|postponing|switching|switched)(?![a-z])"
)
_TO: Final = lazy(r"(?<![a-z])(?:to|till|until|into)(?![a-z])")
_NOT_BUT: Final = lazy(
    r"(?<![a-z])(?:not|isn't|no longer|instead of|rather than|was)(?: on| at| the| until| due)?[ ]{0,2}$|(?:不是|原定于?|原本|原来|原先|本来|原计划|之前(?:说|约|定)的?|取消了?|而不是|不在)[ ]?[是约定说在的]{0,3}$"
)
CANNOT: Final = lazy(
    r"(?<![a-z])(?:can't|cannot|can not|couldn't|won't|unable to|not able to|not free|can no longer) ?(?:make|do|manage|come|attend|meet)?(?: it)?(?: on| at| for| before)?(?: the)?[ ]{1,2}$"
)
"""Can't make 4pm."""
_INSTEAD: Final = lazy(
    r"[ ,]{0,2}(?:but|instead|rather|is off|no longer|doesn't work|does not work|won't work|not possible)|[ ,，]{0,2}(?:不行|不方便|没空|取消|改|作废|,?而是|，?是)"
)
_INSTEAD_OF: Final = lazy(
    r"(?:instead of|rather than|而不是|原定于?|原本|原来|原先|本来|原计划|之前(?:说|约|定)的?)[ ]?(?:[是约定说在的]{1,3}|on|the)?[ ]?$"
)
_NO_SCRATCH: Final = lazy(
    r"(?:no,|sorry,|scratch that|i mean|make (?:it|that)|correction|actually|wait|不对|说错了?|更正|应该是|哦不|错了)"
)
_PUT_OFF: Final = lazy(
    r"的?(?:会|会议|例会|拜访|演示|电话会?|面谈|约|培训)(?:推迟|延后|延期|往后推|顺延|后移|往后挪)[^，。,；;]{1,10}"
)
"""三点的会推迟二十分钟."""
_REBOOKED: Final = lazy(
    r"(?<![a-z])(?:re-?book|re-?schedul|re-?arrang|re-?do|re-?set)[a-z]*(?: (?:it|that|this|him|her|them))?(?: for| to| on| at)?(?: the)?(?: same (?:time|hour|slot))?(?: on)?[ ]*$"
)


def superseded(text: Text, times: Sequence[Seen]) -> set[int]:
    """Which times another time of the line has replaced."""
    gone = {place for place in range(len(times)) if _is_replaced(text.low, place, times)}
    return gone if len(gone) < len(times) else set()


def _is_replaced(low: str, place: int, times: Sequence[Seen]) -> bool:
    one = times[place]
    left = low[max(0, one.start - 40) : one.start]
    if place + 1 < len(times) and _gives_way(left, low[one.end : times[place + 1].start]):
        return True
    if (
        place + 1 < len(times)
        and times[place + 1].joined.anchored
        and _PUT_OFF.fullmatch(low[one.end : times[place + 1].end])
    ):
        return True
    if len(times) < 2 or not _NOT_BUT.search(left[-14:]):
        return False
    return _is_correction(left, low[one.end : one.end + 24], place, times)


def _gives_way(left: str, between: str) -> bool:
    """Whether the words before a time, or between it and the next one, put the next in its place."""
    if CANNOT.search(left):
        return True
    if len(between) < 60 and (DOES_NOT_SUIT.match(between) or _REBOOKED.search(between)):
        return True
    if len(between) < 32 and (_MOVED.search(between) or _MOVED_TO.search(between) or _NO_SCRATCH.search(between)):
        return True
    moved = (_MOVED_EN.search(left) and _TO.search(between)) or (_MOVED_EN.search(between) and "to" in between)
    return bool(moved) and len(between) < 28


def _is_correction(left: str, right: str, place: int, times: Sequence[Seen]) -> bool:
    if _INSTEAD_OF.search(left):
        return True
    return (bool(_INSTEAD.match(right)) and len(times) > 1) or (place > 0 and left.rstrip().endswith("not"))
