"""A message was taken back: the line that waits with it is dropped, and what it became is offered to be undone."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Deleted, Option
from bot.core.text import bold, lines
from bot.core.text import gettext as _
from flows.activities.actions import of
from flows.activities.cards import card_of, logged_card
from flows.activities.writing import Outcome, drafts
from flows.router import EDITORS, NOT_MINE, heard, press
from flows.turn import Turn
from flows.undo.whole import take_back


@heard("deleted", for_=EDITORS)
def deleted(turn: Turn, deleted: Deleted) -> Outcome:
    """Asks on the log's own card: people also tidy up, and a log is the firm's memory."""
    waiting = next((line for line in drafts(turn) if line["source"] == turn.source), None)
    if waiting is not None:
        turn.forget(waiting["draft"])
        return _("All right, forgotten. Nothing was changed.")
    activity = turn.work.activities.by_source(turn.source)
    if activity is None or activity.member != turn.me().id:
        return NOT_MINE
    card = logged_card(turn, of(turn, activity))
    options = (
        Option(_("Undo the log"), f"log-gone:{activity.id}", style="danger"),
        Option(_("Keep it"), f"fix-back:{activity.id}"),
    )
    asked = bold(_("You deleted your message. Undo the log too?"))
    return replace(card, text=lines(card.text, asked), options=options)


@press("log-gone")
def gone(turn: Turn, activity: int) -> Outcome:
    return take_back(turn, card_of(activity))
