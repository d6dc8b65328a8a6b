"""Taking back everything that was done to a card, the act that made it last: what a deleted message asks for."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import gettext as _
from flows.replies import settled
from flows.turn import Turn
from flows.undo.actions import last, undo


def take_back(turn: Turn, card: str) -> Reply | None:
    """Shows on the card what was undone; raises TooLate when somebody else has built on it."""
    first = None
    while (change := last(turn, card=card)) is not None:
        undo(turn, change)
        first = change
    turn.work.for_good()
    if first is None:
        return settled()
    again = (Option(_("Do it again"), f"redo:{first.id}"),)
    turn.rewrite(card, Reply(_("Undone: {what}", what=first.label), again))
    return None
