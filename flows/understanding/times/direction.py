# ruff: noqa: E501 -- a rule is one line
"""Whether a time lies behind or ahead, by the words around it: what was due, what has been counted, what they said."""

from typing import Final

from flows.understanding.context import Mood
from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods
from flows.understanding.times.joined import Joined


def direction(joined: Joined, moods: Moods) -> Mood:
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
