"""Replies that every topic gives."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.turn import Turn


def settled() -> Reply:
    """A note that passes, for whoever presses what is over or gone."""
    return Reply(_("That is settled already."), toast=True)


def below(turn: Turn, reply: Reply) -> Reply:
    """The card as a new message under what was typed or pressed: a change further up would not be seen."""
    if turn.where is not None and reply.card and turn.work.cards.message(reply.card, turn.where.key):
        turn.work.cards.shown(reply.card, turn.where.key, "")
    return reply


def picked(turn: Turn, reply: Reply) -> Reply:
    """A card that a press has chosen: in place where that was a button of its own, else below."""
    return reply if turn.card() == reply.card else below(turn, reply)
