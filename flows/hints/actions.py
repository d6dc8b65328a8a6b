"""Asking the model about a log, and filling in what it found."""

from __future__ import annotations

from bot.core.messages import Address, Reply, Urgency
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.activities.actions import Logged, fill, of
from flows.activities.cards import card_of, logged_card
from flows.activities.facts import ActivityLogged
from flows.activities.lines import understood
from flows.activities.rules import plan
from flows.hints.rules import Filled, filled, is_open, question
from flows.turn import Turn
from flows.understanding import Context
from store.models import Activity

SERVICE = "model"
"""Platform and account of the service; the firm's setting "services" lists it where it is set up."""


def ask(turn: Turn, fact: ActivityLogged) -> None:
    """Where a model is set up and our own reading left something empty; a message that was not typed asks nobody."""
    if SERVICE not in turn.workspace.settings.get("services", ()) or turn.member is None:
        return
    activity = turn.work.get(Activity, fact.activity)
    if (
        activity is None
        or not activity.source
        or not is_open(plan(understood(turn, activity.text, turn.at), turn.local))
    ):
        return
    to = Address(SERVICE, SERVICE, f"log-{activity.id}")
    words = Text((question(activity.text, turn.local),))
    turn.say(Reply(words, to=to, tell=f"model:{activity.id}", urgency=Urgency.REMINDER, if_unsure="leave"))


def take_over(turn: Turn, activity: Activity, answer: str) -> Logged | None:
    """Fills what is still empty now: what was said or corrected meanwhile stays. None when there is nothing to fill."""
    said = activity.logged.astimezone(turn.zone)
    context = Context(now=said, country=turn.workspace.country, language=turn.language)
    before = plan(understood(turn, activity.text, said), said)
    found = filled(answer, activity.text, before, context)
    found = _still_open(turn, activity, found)
    if not found.names:
        return None
    return fill(
        turn,
        activity,
        found.names,
        kind=found.kind,
        amount=found.amount,
        currency=found.currency,
        reminder=found.reminder,
        promise=found.promise,
    )


def _still_open(turn: Turn, activity: Activity, found: Filled) -> Filled:
    now = of(turn, activity)
    return Filled(
        kind=found.kind if activity.kind == "note" else None,
        reminder=found.reminder if not now.reminders else None,
        promise=found.promise if not now.promises else None,
        amount=found.amount if activity.amount is None else None,
        currency=found.currency,
    )


def show(turn: Turn, logged: Logged) -> None:
    """The log's card, wherever it stands, with what was filled in marked on it."""
    card = card_of(logged.activity.id)
    turn.did(_("what the language model filled in for {name}", name=logged.customer.name), card)
    turn.rewrite(card, logged_card(turn, logged))
