"""Surveys by rule: what they follow, who is drawn by lot, and when enough have answered."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from flows.deals.facts import DealMoved
from flows.segments.actions import ask
from flows.surveys.actions import plan
from flows.surveys.answers import pointless
from flows.surveys.asked import OPEN, dialog_of, state_of, words_in
from flows.tickets.facts import TicketReopened
from flows.tickets.reading import says_not_done
from flows.turn import Turn
from store.models import Customer, Deal, Invitation, Move, Stage, Survey, Ticket

DELIVERING = ("deliver", "shipping", "交付", "发货", "实施")
"""Words by which the stage of a delivery is known, whatever the firm has made of its pipeline."""
WHOLE = 10_000
TICKET = "ticket:"


def delivered(turn: Turn, fact: DealMoved) -> None:
    """A sale has left the stage in which it is delivered, and is not lost."""
    deal, moves = turn.work.get(Deal, fact.deal), turn.work.find(Move, deal=fact.deal)
    if deal is None or fact.state != "won" or len(moves) < 2:
        return
    before, now = (turn.work.get(Stage, move.stage) for move in moves[-2:])
    if _is_delivery(before) and not _is_delivery(now):
        plan(turn, f"delivery:{deal.id}", deal.customer, contact=None, member=deal.member)


def _is_delivery(stage: Stage | None) -> bool:
    return stage is not None and any(word in stage.name.casefold() for word in DELIVERING)


def still_solved(turn: Turn, invitation: Invitation) -> bool:
    """A ticket that was opened again meanwhile is nothing to ask about."""
    if not invitation.trigger.startswith(TICKET):
        return True
    ticket = turn.work.get(Ticket, int(invitation.trigger.split(":")[1]))
    return ticket is not None and ticket.state in ("solved", "closed")


def reopened(turn: Turn, fact: TicketReopened) -> None:
    """Nobody is asked how it was while it is not done; who is just saying so in the survey itself goes on with it."""
    ticket = turn.work.get(Ticket, fact.ticket)
    asked = turn.work.feedback.invitations(ticket.customer, limit=20) if ticket else []
    for invitation in asked:
        survey = turn.work.get(Survey, invitation.survey)
        if survey is None or not invitation.trigger.startswith(f"{TICKET}{fact.ticket}:"):
            continue
        dialog = dialog_of(survey)
        if invitation.state in OPEN and not says_not_done(words_in(dialog, state_of(turn, dialog, invitation))):
            pointless(turn, invitation)


def chosen(turn: Turn, survey: Survey, customer: int, trigger: str) -> bool:
    """Whether this customer is among those whom the rule means, and is drawn."""
    if survey.share < WHOLE and _lot(survey, trigger) >= survey.share:
        return False
    if not survey.audience:
        return True
    return turn.work.segments.fits(ask(turn, survey.audience).question, customer)


def drawn(survey: Survey, customers: Iterable[Customer], share: int, draw: str) -> list[Customer]:
    """So many of them by lot, one at least; the same draw gives the same ones."""
    found = list(customers)
    if share >= WHOLE or not found:
        return found
    count = max(1, (len(found) * share + WHOLE // 2) // WHOLE)
    lots = sorted(found, key=lambda customer: _lot(survey, f"{draw}:{customer.id}", 1 << 60))[:count]
    ids = {customer.id for customer in lots}
    return [customer for customer in found if customer.id in ids]


def _lot(survey: Survey, what: str, among: int = WHOLE) -> int:
    return int.from_bytes(blake2b(f"{survey.name}:{what}".encode(), digest_size=8).digest(), "big") % among


def enough(turn: Turn, survey: Survey) -> bool:
    """As many have answered, or may still be answering, as were wanted."""
    if not survey.quota:
        return False
    return turn.work.feedback.states(survey.id).get("finished", 0) >= survey.quota
