"""The buttons of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.day import actions, cards
from flows.day.charts import chart_of
from flows.day.daily import body_of, card_of, report_card
from flows.day.figures import today_of
from flows.privacy.actions import looked
from flows.replies import settled
from flows.router import EDITORS, MANAGERS, MEMBERS, dialog, press
from flows.turn import Turn
from store.models import Goal, Member


@press("daily-post")
def post(turn: Turn, day: str = "") -> Reply:
    """The day that the card is about, be it past midnight by now."""
    about = _day(turn, day)
    count = actions.post_report(turn, about)
    shown = report_card(turn, turn.me(), about)
    if not count:
        return Reply(lines(shown.text, _("Nobody else is here to read it yet.")), shown.options, card=shown.card)
    return shown


@press("daily-edit")
def edit(turn: Turn, day: str = "") -> Reply:
    """The words as they are, to copy, change and send back."""
    about = _day(turn, day)
    turn.remember({"kind": "daily", "day": about.isoformat()})
    now = body_of(turn, turn.me(), about)
    return Reply(lines(_("Send it as it should be:"), code(now)), (Option(_("Cancel"), "cancel"),))


@dialog("daily", for_=EDITORS, wants="text")
def worded(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply:
    turn.remember(None)
    about = _day(turn, state.get("day", ""))
    actions.word_report(turn, about, said.text.strip())
    turn.did(_("words of the report"), card_of(turn.me(), about))
    return report_card(turn, turn.me(), about)


def _day(turn: Turn, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return today_of(turn, turn.me())


@press("team", for_=MANAGERS)
def team(turn: Turn, member: int = 0) -> Reply:
    found = turn.work.get(Member, member) if member else None
    if found is None:
        return cards.team_card(turn)
    looked(turn, found.id)
    return cards.member_card(turn, found)


@press("goal-drop", for_=MEMBERS)
def goal_drop(turn: Turn, goal: int) -> Reply | Text:
    found = turn.work.get(Goal, goal)
    me = turn.me()
    if found is None:
        return settled()
    if me.role not in MANAGERS and found.member != me.id:
        return Reply(_("Only managers and owners set goals for others."), toast=True)
    turn.work.remove(found)
    turn.did(_("goal removed"), "goals")
    left = turn.work.find(Goal)
    shown = cards.goals_card(turn, left)
    return Reply(shown.text, shown.options or (Option(_("Undo"), "undo:goals"),), card="goals")


@press("chart", for_=MEMBERS)
def chart(turn: Turn, kind: str, metric: str = "", period: str = "") -> Reply | Text:
    return chart_of(turn, " ".join(part for part in (kind, metric, period) if part))
