"""A meeting that is not held goes with a tap."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply
from bot.core.text import bold, lines, moment, text
from bot.core.text import gettext as _
from flows.activities.actions import call_off
from flows.activities.cards import called_off_card, card_of
from flows.activities.corrections import may_correct
from flows.activities.words import kind_name
from flows.replies import below
from flows.router import press
from flows.turn import Turn
from store.models import Activity


@press("call-off")
def call_off_pressed(turn: Turn, activity: int) -> Reply:
    found = may_correct(turn, activity)
    if found.status != "planned":
        raise TooLate(_("That is no longer planned."))
    return called_off(turn, found)


def called_off(turn: Turn, activity: Activity) -> Reply:
    """Said below: the card it was planned on may be far above."""
    logged = call_off(turn, activity)
    kind, name = kind_name(activity.kind), logged.customer.name
    turn.did(_("called off: {kind} with {name}", kind=kind, name=name), card_of(activity.id))
    return below(turn, called_off_card(logged))


def all_called_off(turn: Turn, found: Sequence[Activity]) -> Reply:
    """The same for several, with one way back."""
    card = f"called-off:{found[0].id}"
    shown = [call_off(turn, one) for one in found]
    turn.did(_("several meetings called off"), card)
    rows = [
        text("• ", moment(one.activity.at, "short"), " · ", kind_name(one.activity.kind), " · ", one.customer.name)
        for one in shown
    ]
    return Reply(lines(bold(_("Called off:")), *rows[:12]), (Option(_("Undo"), f"undo:{card}"),), card=card)
