"""`/report stages`, `/report csat 30d`, `/report repeat` …: one report, or the buttons of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.messages import Option, Reply
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.campaigns.cards import report_of as campaign_report
from flows.reports.answers import loyalty, repeat, satisfaction, span_in
from flows.reports.cards import stages_card, tiers_card
from flows.reports.service import bounces, channels, first_answers, first_contact, trend_picture
from flows.router import MANAGERS, command, press
from flows.turn import Turn

_CAMPAIGNS = {"campaign", "campaigns", "活动", "群发", "推广"}
MONTH, QUARTER = 30, 90
REPORTS: Mapping[str, tuple[Text, Callable[[Turn, str], Reply]]] = {
    "stages": (_("Stages"), lambda turn, said: stages_card(turn)),
    "tiers": (_("Tiers"), lambda turn, said: tiers_card(turn)),
    "csat": (_("Satisfaction"), lambda turn, said: satisfaction(turn, "csat", span_in(said, MONTH))),
    "nps": (_("Recommendation"), lambda turn, said: satisfaction(turn, "nps", span_in(said, QUARTER))),
    "ces": (_("Ease"), lambda turn, said: satisfaction(turn, "ces", span_in(said, QUARTER))),
    "frt": (_("First answer"), lambda turn, said: first_answers(turn, span_in(said, MONTH))),
    "fcr": (_("Solved at the first contact"), lambda turn, said: first_contact(turn, span_in(said, MONTH))),
    "channels": (_("Requests by channel"), lambda turn, said: channels(turn, span_in(said, MONTH))),
    "bounces": (_("Moved twice or more"), lambda turn, said: bounces(turn, span_in(said, MONTH))),
    "repeat": (_("Buying again"), lambda turn, said: repeat(turn)),
    "loyalty": (_("Score and buying again"), lambda turn, said: loyalty(turn)),
}
MEANT: Mapping[str, tuple[str, ...]] = {
    "stages": ("stages", "stage", "阶段", "各阶段"),
    "tiers": ("tiers", "tier", "等级", "分级", "b→a"),
    "loyalty": ("loyalty", "score and", "satisfied but", "忠诚", "满意度与复购", "满意度和复购"),
    "repeat": ("repeat", "repurchase", "buying again", "复购", "回购"),
    "frt": ("frt", "first response", "first answer", "response time", "首响", "首次回复", "首次响应", "响应时间"),
    "fcr": ("fcr", "first contact", "first-contact", "一次解决", "首次解决"),
    "channels": ("channel", "渠道"),
    "bounces": ("bounce", "passed around", "moved", "转手", "踢皮球", "流转"),
    "csat": ("csat", "satisfaction", "满意度", "满意"),
    "nps": ("nps", "recommend", "推荐"),
    "ces": ("ces", "effort", "ease", "费力", "省力"),
}
"""What a report is asked for by, the particular before the general."""


@command(
    "report",
    help=_("Numbers: stages, tiers, satisfaction, buying again"),
    example=_("/report csat 30d"),
    for_=MANAGERS,
    words=(
        *("报表", "stage report", "tier report", "csat report", "nps report", "satisfaction report"),
        *("repurchase rate", "repeat rate", "满意度报表", "推荐报表", "复购率", "复购报表", "满意度与复购"),
        *(
            "frt report",
            "fcr report",
            "channel report",
            "首响报表",
            "一次解决率",
            "渠道报表",
            "转手报表",
            "首次回复报表",
        ),
    ),
)
def report(turn: Turn, words: Rest | None = None) -> Reply:
    head, _space, name = (words or "").strip().partition(" ")
    if head.casefold() in _CAMPAIGNS:
        return campaign_report(turn, name.strip())
    said = _whole(turn, words or "").casefold()
    what = next((what for what, ways in MEANT.items() if any(way in said for way in ways)), "")
    if what:
        return REPORTS[what][1](turn, said)
    choices = tuple(Option(name, f"report:{what}") for what, (name, _show) in REPORTS.items())
    return Reply(lines(_("Which report?"), _("Example: {example}", example=code("/report csat 30d"))), choices)


def _whole(turn: Turn, rest: str) -> str:
    """With the words by which the command was called, which may say which report: 复购率."""
    text = getattr(turn.event.body, "text", "") if turn.event else ""
    return f"{text} {rest}".strip()


@press("service-chart", for_=MANAGERS)
def service_chart(turn: Turn) -> Reply:
    return trend_picture(turn)


@press("report", for_=MANAGERS)
def report_pressed(turn: Turn, what: str, days: int = MONTH) -> Reply:
    kind, _dash, chart = what.partition("-")
    if chart and kind in REPORTS:
        return satisfaction(turn, kind, min(max(days, 1), 1095), picture=True)
    return REPORTS[what if what in REPORTS else "stages"][1](turn, "")
