"""What tickets do when something happened: each function is one reaction, listed in `flows/reactions.py`."""

from __future__ import annotations

from flows.activities.facts import ActivityLogged
from flows.promises.facts import PromiseMade
from flows.surveys.facts import ScoreGiven
from flows.tickets import cards, closing, loop, telling
from flows.tickets.facts import (
    AnswerFailed,
    CustomerAnswered,
    CustomerSaid,
    TicketAssigned,
    TicketChanged,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketSolved,
)
from flows.turn import Turn

AboutOne = (
    AnswerFailed
    | CustomerAnswered
    | CustomerSaid
    | TicketAssigned
    | TicketChanged
    | TicketMoved
    | TicketOpened
    | TicketReopened
    | TicketSolved
)


def logged(turn: Turn, fact: ActivityLogged) -> None:
    """What a customer wrote to a colleague, or heard from one, belongs to what is open or was just solved."""
    telling.passed_on(turn, fact)
    closing.logged(turn, fact)
    telling.link_promises(turn, fact)


def promised(turn: Turn, fact: PromiseMade) -> None:
    telling.promised(turn, fact)


def opened(turn: Turn, fact: TicketOpened) -> None:
    telling.opened(turn, fact)


def moved(turn: Turn, fact: TicketMoved) -> None:
    telling.moved(turn, fact)


def solved(turn: Turn, fact: TicketSolved) -> None:
    """Told among us; then the customer is told and asked, each at its time."""
    telling.solved(turn, fact)
    loop.solved(turn, fact)


def reopened(turn: Turn, fact: TicketReopened) -> None:
    telling.reopened(turn, fact)


def heard(turn: Turn, fact: CustomerSaid) -> None:
    telling.heard(turn, fact)


def answered(turn: Turn, fact: CustomerAnswered) -> None:
    closing.answered(turn, fact)


def scored(turn: Turn, fact: ScoreGiven) -> None:
    loop.scored(turn, fact)


def shown(turn: Turn, fact: AboutOne) -> None:
    """Wherever everything about it stands, it is as it is now."""
    if (ticket := turn.work.desk.get(fact.ticket)) is not None:
        cards.show(turn, ticket)
