"""`/report stages`, `/report tiers` and `/report campaign NAME`."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import code, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.campaigns.cards import report_of as campaign_report
from flows.reports.cards import stages_card, tiers_card
from flows.router import MANAGERS, command, press
from flows.turn import Turn

_STAGES = {"stages", "stage", "阶段", "各阶段"}
_CAMPAIGNS = {"campaign", "campaigns", "活动", "群发", "推广"}
_TIERS = {"tiers", "tier", "等级", "分级", "b→a"}


@command(
    "report",
    help=_("Stages and tiers in numbers"),
    example=_("/report stages"),
    for_=MANAGERS,
    words=("报表", "stage report", "tier report"),
)
def report(turn: Turn, words: Rest | None = None) -> Reply:
    said = (words or "").strip().casefold()
    if said in _STAGES:
        return stages_card(turn)
    if said in _TIERS:
        return tiers_card(turn)
    head, _space, name = (words or "").strip().partition(" ")
    if head.casefold() in _CAMPAIGNS:
        return campaign_report(turn, name.strip())
    choices = (Option(_("Stages"), "report:stages"), Option(_("Tiers"), "report:tiers"))
    return Reply(lines(_("Which report?"), _("Example: {example}", example=code("/report stages"))), choices)


@press("report", for_=MANAGERS)
def report_pressed(turn: Turn, what: str) -> Reply:
    return tiers_card(turn) if what == "tiers" else stages_card(turn)
