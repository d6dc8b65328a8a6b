"""Undo and redo: one step at a time, by word or by the button on a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.messages import Option, Pressed, Reply
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.replies import below, settled
from flows.router import EDITORS, command, press
from flows.turn import Turn
from flows.undo import actions
from store.models import Change, Conversation

UNDO = (
    *(
        "undo",
        "undo that",
        "undo it",
        "undo this",
        "undo undo",
        "undo again",
        "undo once more",
        "undo the last one",
        "undo last",
    ),
    *("take that back", "take it back", "take the last one back", "scratch that"),
    *("撤销", "撤回", "再撤销", "继续撤销", "再撤销一次", "再撤一次", "再撤回", "撤销一下", "撤回一下", "撤销上一步"),
    *("撤回上一步", "撤销上一条", "撤回上一条", "撤销刚才的", "撤回刚才的", "撤销刚才那条", "撤回刚才那条"),
)
REDO = ("redo", "redo that", "do it again", "undo the undo", "重做", "恢复撤销", "取消撤销", "撤销撤销")


@command("undo", help=_("Take back what you did last"), for_=EDITORS, words=UNDO)
def undo(turn: Turn) -> Reply | Text | None:
    change = actions.last(turn)
    if change is None:
        return _("There is nothing of yours to undo.")
    return _undone(turn, change) or _("Taking back: {what} …", what=change.label)


@press("undo")
def undo_pressed(turn: Turn, topic: str, id: str = "", more: str = "") -> Reply | Text | None:
    card = ":".join(part for part in (topic, id, more) if part)
    change = actions.last(turn, card=card)
    if change is None:
        return Reply(_("Only the one who did it can undo it, and only once."), toast=True)
    if (before := actions.undone_last(turn, card=card)) is not None and turn.now - before.at < TWICE:
        return settled()
    return _undone(turn, change)


TWICE = timedelta(seconds=2)
"""So soon after the first a second press on a card's button is the same finger."""


JUST = timedelta(minutes=1)
"""What was done so lately stands right above."""


def _undone(turn: Turn, change: Change) -> Reply | None:
    if batch := actions.BATCHES.get(change.card.partition(":")[0]):
        return batch(turn, change)
    before = actions.undone_last(turn, card=change.card)
    actions.undo(turn, change)
    turn.work.for_good()
    text = _("Undone: {what}", what=change.label)
    option = (Option(_("Do it again"), f"redo:{change.id}"),)
    if change.card:
        _seen(turn, change.card, change.at, *([before.at] if before else ()))
        return _told(turn, change.card, Reply(text, option))
    return Reply(text, option)


@command("redo", help=_("Do again what you undid"), for_=EDITORS, words=REDO, listed=False)
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
    _seen(turn, change.card, change.at)
    return _told(turn, change.card, Reply(text, option))


def _told(turn: Turn, card: str, reply: Reply) -> Reply:
    """Shown wherever the card is; where it is not here, said here."""
    _show(turn, card, reply)
    here = turn.where is not None and turn.where in turn.work.cards.places(card)
    return replace(reply, options=(), toast=True) if here and turn.event else reply


def _seen(turn: Turn, card: str, *changed: datetime) -> None:
    """Whoever types sees the end of the chat: a card that was not changed just now is shown there anew."""
    typed = turn.event is not None and not isinstance(turn.event.body, Pressed)
    if typed and turn.now - max(changed) > JUST:
        below(turn, Reply(Text(), card=card))


def _show(turn: Turn, card: str, reply: Reply) -> None:
    """Colleagues read it without the button, which is not theirs; what one has done oneself behind that card stays."""
    for place in turn.work.cards.places(card):
        chat = turn.work.first(Conversation, address=place.key)
        if chat is None or not chat.reachable or chat.outsider:
            continue
        mine = chat.kind != "private" or chat.member == turn.me().id
        if mine or turn.work.last(Change, member=chat.member, card=card) is None:
            turn.say(Reply(reply.text, reply.options if mine else (), card=card, to=place))
