"""Undo and redo: one step at a time, by word or by the button on a card."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.messages import Option, Reply
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.replies import settled
from flows.router import EDITORS, command, press
from flows.turn import Turn
from flows.undo import actions
from store.models import Change


@command("undo", help=_("Take back what you did last"), for_=EDITORS, words=("undo", "撤销", "撤回"))
def undo(turn: Turn) -> Reply | Text | None:
    change = actions.last(turn)
    return _undone(turn, change) if change else _("There is nothing of yours to undo.")


@press("undo")
def undo_pressed(turn: Turn, topic: str, id: str = "", more: str = "") -> Reply | Text | None:
    card = ":".join(part for part in (topic, id, more) if part)
    change = actions.last(turn, card=card)
    if change is None:
        return Reply(_("Only the one who did it can undo it, and only once."), toast=True)
    return _undone(turn, change)


BATCHES: dict[str, Callable[[Turn, Change], Reply | None]] = {}
"""Acts too large for one turn, by the topic of their card: who takes them back."""


def _undone(turn: Turn, change: Change) -> Reply | None:
    if batch := BATCHES.get(change.card.partition(":")[0]):
        return batch(turn, change)
    actions.undo(turn, change)
    turn.work.for_good()
    text = _("Undone: {what}", what=change.label)
    option = (Option(_("Do it again"), f"redo:{change.id}"),)
    if change.card:
        turn.rewrite(change.card, Reply(text, option))
        here = turn.where is not None and turn.where in turn.work.cards.places(change.card)
        return Reply(text, toast=True) if here and turn.event else Reply(text, option)
    return Reply(text, option)


@command("redo", help=_("Do again what you undid"), for_=EDITORS, words=("redo", "重做"), listed=False)
def redo(turn: Turn) -> Reply | Text:
    change = actions.undone_last(turn)
    return _again(turn, change) if change else _("There is nothing to do again.")


@press("redo")
def redo_pressed(turn: Turn, change: int) -> Reply | Text:
    found = turn.work.get(Change, change)
    if found is None or found.member != turn.me().id or found.state != "undone":
        return settled()
    return _again(turn, found)


def _again(turn: Turn, change: Change) -> Reply:
    actions.redo(turn, change)
    turn.work.for_good()
    text = _("Done again: {what}", what=change.label)
    if not change.card:
        return Reply(text)
    option = (Option(_("Undo"), f"undo:{change.card}"),)
    turn.rewrite(change.card, Reply(text, option))
    return Reply(text, toast=True)
