"""What other topics do makes requests find, lose or change their people."""

from __future__ import annotations

from flows.routing import actions, cards, telling
from flows.tickets.facts import CustomerSaid, TicketAssigned, TicketMoved, TicketOpened, TicketReopened
from flows.turn import Turn
from flows.undo.facts import RowsRestored


def opened(turn: Turn, fact: TicketOpened) -> None:
    actions.opened(turn, fact)


def said(turn: Turn, fact: CustomerSaid) -> None:
    actions.said(turn, fact)


def moved(turn: Turn, fact: TicketMoved) -> None:
    actions.moved(turn, fact)


def reopened(turn: Turn, fact: TicketReopened) -> None:
    actions.reopened(turn, fact)


def assigned(turn: Turn, fact: TicketAssigned) -> None:
    actions.take_the_lead(turn, fact)
    telling.assigned(turn, fact)


def restored(turn: Turn, fact: RowsRestored) -> None:
    """A rule was taken back."""
    if fact.card == "routes":
        turn.rewrite("routes", cards.rules_card(turn))
