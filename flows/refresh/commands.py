"""Answers to the quarterly question, and the cards with gaps on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.refresh.actions import ACTIVITY, CHANCES, gaps_card, note, question
from flows.router import EDITORS, NOT_MINE, NotMine, command, dialog, press
from flows.tiers.upkeep import ensure
from flows.turn import Turn
from store.models import Need

Outcome = Reply | Text | NotMine


@command(
    "incomplete",
    help=_("Which of my cards lack something"),
    words=("incomplete cards", "incomplete", "资料不全"),
    rooms=False,
)
def incomplete(turn: Turn) -> Reply | Text:
    ensure(turn)
    return gaps_card(turn, turn.me()) or _("Every card of yours that is older than a week is complete.")


@press("refresh-activity")
def activity(turn: Turn, customer: int, what: str) -> Reply:
    return _noted(turn, customer, "activity", what if what in ACTIVITY else "same")


@press("refresh-chance")
def chance(turn: Turn, customer: int, percent: int) -> Reply:
    return _noted(turn, customer, "chance", str(percent if percent in CHANCES else 50))


def _noted(turn: Turn, customer: int, kind: str, value: str) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None or found.state != "active":
        return Reply(_("This customer is no longer there."), toast=True)
    note(turn, found, kind, value)
    shown = question(turn, found)
    turn.did(_("{name} refreshed", name=found.name), shown.card)
    return shown


@press("refresh-need")
def need(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None or found.state != "active":
        return Reply(_("This customer is no longer there."), toast=True)
    turn.remember({"kind": "refresh-need", "customer": customer})
    return Reply(_("What does {name} need now?", name=found.name), (Option(_("Cancel"), "cancel"),))


@dialog("refresh-need", for_=EDITORS)
def need_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    found = turn.work.customers.get(state["customer"])
    words = " ".join(said.text.split())[:300]
    if found is None or not words:
        return NOT_MINE
    turn.remember(None)
    turn.work.add(Need(customer=found.id, text=words, member=turn.me().id, at=turn.now))
    shown = question(turn, found)
    turn.did(_("{name} refreshed", name=found.name), shown.card)
    return shown
