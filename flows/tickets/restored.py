"""After an undo: what hangs on the rows that came back, or are gone, follows them."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.tickets import actions, cards
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from store.models import Activity, Line


def ticket(turn: Turn, id: int, fact: RowsRestored) -> None:
    """Its stays follow, and so does its card."""
    found = actions.follow(turn, id)
    if found is not None:
        cards.show(turn, found)
    elif actions.sheet_of(id) != fact.card:
        turn.rewrite(actions.sheet_of(id), Reply(_("Taken back: {what}", what=fact.label)))


def line(turn: Turn, id: int, fact: RowsRestored) -> None:
    """Words whose entry in the history was taken back stand in no ticket."""
    if turn.work.get(Activity, id) is None:
        for row in turn.work.find(Line, activity=id):
            turn.work.remove(row)


def shown_again(turn: Turn, fact: RowsRestored) -> None:
    """A ticket's own act was taken back, whichever rows it was: the card is the ticket again."""
    topic, _colon, id = fact.card.partition(":")
    if topic == "t" and id.isdigit() and ("ticket", int(id)) not in fact.rows:
        ticket(turn, int(id), fact)
