"""A message was taken back that had set a reminder: its card asks whether the reminder goes too."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Deleted, Option, Reply
from bot.core.text import bold, lines
from bot.core.text import gettext as _
from flows.reminders.actions import mine
from flows.reminders.cards import set_card
from flows.router import EDITORS, NOT_MINE, NotMine, heard, press
from flows.turn import Turn
from flows.undo.whole import take_back


@heard("deleted", for_=EDITORS)
def deleted(turn: Turn, deleted: Deleted) -> Reply | NotMine:
    found = turn.work.reminders.by_source(turn.source) if turn.source else None
    if found is None or found.state != "open" or found.member != turn.me().id:
        return NOT_MINE
    card = set_card(turn, found)
    options = (
        Option(_("Undo the reminder"), f"set-gone:{found.id}", style="danger"),
        Option(_("Keep it"), f"set-kept:{found.id}"),
    )
    asked = bold(_("You deleted your message. Undo the reminder too?"))
    return replace(card, text=lines(card.text, asked), options=options)


@press("set-gone")
def gone(turn: Turn, reminder: int) -> Reply | None:
    return take_back(turn, f"set:{reminder}")


@press("set-kept")
def kept(turn: Turn, reminder: int) -> Reply:
    return set_card(turn, mine(turn, reminder))
