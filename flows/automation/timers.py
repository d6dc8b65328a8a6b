"""An alarm that was put off comes back."""

from __future__ import annotations

from flows.automation import cards
from flows.automation.commands import SNOOZE
from flows.router import timer
from flows.turn import Turn
from store.models import Conversation, Firing, Rule


@timer(SNOOZE)
def back(turn: Turn, subject: str) -> None:
    firing = turn.work.get(Firing, int(subject))
    rule = turn.work.get(Rule, firing.rule) if firing is not None else None
    if firing is None or rule is None or firing.state != "snoozed":
        return
    firing = turn.work.change(firing, state="open", until=None, member=None)
    shown = cards.alarm(turn, rule, firing)
    for place in turn.work.cards.places(shown.card):
        turn.work.cards.shown(shown.card, place.key, "")
        chat = turn.work.first(Conversation, address=place.key)
        if chat is not None and not chat.outsider:
            turn.say_to(chat, shown)
