"""What is asked about reminders: to when one is moved, what came of it, when a contract ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment
from bot.core.text import gettext as _
from flows.activities.writing import log_about
from flows.arguments import READERS, Found, When
from flows.deals.actions import end_contract_on
from flows.reminders.actions import done, ring_at
from flows.reminders.cards import said
from flows.reminders.commands import counted
from flows.reminders.finishing import place_said
from flows.reminders.moving import new_time
from flows.reminders.presses import done_pressed, moved, this
from flows.replies import below
from flows.router import EDITORS, MEMBERS, NOT_MINE, dialog
from flows.turn import Turn
from store.models import Member


@dialog("move", for_=MEMBERS, wants="value")
def move_answered(turn: Turn, state: Mapping[str, Any], said_: Said) -> Reply | Text:
    found = this(turn, state["reminder"], state.get("mark", ""))
    outcome = new_time(turn, found, said_.text)
    if not isinstance(outcome, Found):
        why = getattr(outcome, "why", _("I could not read a time there."))
        return lines(why, _("Example: {example}", example=code(_("Fri 3pm"))))
    turn.remember(None)
    after = ring_at(turn, found, outcome.value.due)
    turn.did(_("moved: {text}", text=said(turn, found)), state["card"])
    shown = moved(turn, after, state["card"])
    if not found.rule or after.id == found.id:
        return shown
    always = Option(_("Always at this time"), f"series:{found.id}:{after.id}")
    return Reply(shown.text, (*shown.options, always), card=shown.card)


@dialog("listed", for_=MEMBERS, wants="text")
def one_of_the_list(turn: Turn, state: Mapping[str, Any], said_: Said) -> Any:
    """ "Done with the first one": places stay those of the list that was shown; anything else is no answer to it."""
    place, ids = place_said(said_.text), state["ids"]
    if place is None or not -1 <= place < len(ids):
        return NOT_MINE
    return below(turn, done_pressed(turn, ids[place]))


@dialog("result", wants="verdict")
def result_answered(turn: Turn, state: Mapping[str, Any], said_: Said) -> Any:
    turn.remember(None)
    found = turn.work.reminders.get(state["reminder"])
    if found is not None and found.state == "open" and found.member == turn.me().id and not found.acted:
        after = done(turn, found)
        again = _("Next time: {when}", when=moment(after.due)) if after.state == "open" else None
        turn.rewrite(state.get("card", ""), Reply(lines(bold(_("Done: {text}", text=said(turn, found))), again)))
    return log_about(turn, state["customer"], said_.text)


@dialog("contract-end", for_=EDITORS, wants="value")
def contract_end_said(turn: Turn, state: Mapping[str, Any], said_: Said) -> Any:
    """The day that a reminder is counted from; it is kept for everybody."""
    outcome = READERS[When](turn, said_.text)
    customer, member = turn.work.customers.get(state["customer"]), turn.work.get(Member, state["member"])
    if customer is None or member is None:
        turn.remember(None)
        return _("What this was about is gone. Please start again.")
    if not isinstance(outcome, Found) or outcome.value.rule:
        return lines(_("I could not read a day there."), _("Example: {example}", example=code(_("31 Dec 2026"))))
    turn.remember(None)
    end_contract_on(turn, customer, outcome.value.due)
    when = When(datetime.fromisoformat(state["due"]), anchor=state["anchor"], away=state["away"])
    return counted(turn, member, when, customer, state["text"])
