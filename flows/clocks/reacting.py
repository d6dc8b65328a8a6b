"""What other topics do makes clocks go, stand still and stop; what clocks do is told."""

from __future__ import annotations

from flows.clocks import actions, hours
from flows.clocks.cards import targets_card
from flows.clocks.escalation import show, tell_of_reopening
from flows.clocks.facts import ClockStopped
from flows.customers.facts import CustomerRewrote
from flows.tickets.facts import (
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
from flows.undo.facts import RowsRestored
from store.models import Member, SlaClock, Ticket


def opened(turn: Turn, fact: TicketOpened) -> None:
    actions.opened(turn, fact)


def said(turn: Turn, fact: CustomerSaid) -> None:
    actions.said(turn, fact)


def taken_back(turn: Turn, fact: CustomerRewrote) -> None:
    actions.taken_back(turn, fact)


def answered(turn: Turn, fact: CustomerAnswered) -> None:
    actions.answered(turn, fact)


def moved(turn: Turn, fact: TicketMoved) -> None:
    actions.moved(turn, fact)


def solved(turn: Turn, fact: TicketSolved) -> None:
    actions.solved(turn, fact)


def changed(turn: Turn, fact: TicketChanged) -> None:
    """More urgent, or of another kind."""
    if (ticket := turn.work.desk.get(fact.ticket)) is not None:
        actions.retarget(turn, ticket)


def assigned(turn: Turn, fact: TicketAssigned) -> None:
    """Whoever claimed it and gave it away takes care of it no more."""
    if (ticket := turn.work.desk.get(fact.ticket)) is not None:
        _drop_claims(turn, ticket)


def _drop_claims(turn: Turn, ticket: Ticket) -> None:
    for clock in turn.work.desk.clocks(ticket.id):
        if clock.claimed and clock.claimed != ticket.owner:
            show(turn, ticket, turn.work.change(clock, claimed=None))


def stopped(turn: Turn, fact: ClockStopped) -> None:
    """Nobody acts on what is over."""
    clock = turn.work.get(SlaClock, fact.clock)
    ticket = turn.work.desk.get(clock.ticket) if clock else None
    if clock is not None and ticket is not None and clock.warned:
        show(turn, ticket, clock)


def reopened(turn: Turn, fact: TicketReopened) -> None:
    """Late at once is said."""
    clock, ticket = actions.reopened(turn, fact), turn.work.desk.get(fact.ticket)
    if clock is not None and ticket is not None and clock.state == "missed":
        tell_of_reopening(turn, ticket, clock)


def restored(turn: Turn, fact: RowsRestored) -> None:
    """An act was taken back: what is due is so by the old hours, the old targets, the old state again."""
    tables = {table for table, _id in fact.rows}
    if "hours" in tables:
        actions.recount(turn)
        _show_hours(turn, fact.card.removeprefix("hours:"))
    if "rule" in tables and fact.card == "sla":
        for ticket in turn.work.desk.open():
            actions.retarget(turn, ticket)
        turn.rewrite("sla", targets_card(turn))
    for table, id in fact.rows:
        if table == "ticket" and (found := turn.work.desk.get(id)) is not None:
            actions.take_back(turn, found)
            _drop_claims(turn, found)


def _show_hours(turn: Turn, whose: str) -> None:
    if whose.isdigit():
        member = turn.work.get(Member, int(whose)) if int(whose) else None
        turn.rewrite(f"hours:{whose}", hours.hours_card(turn, member))
