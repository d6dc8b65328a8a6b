"""What the relay does when something happened: each function is one reaction, listed in `flows/reactions.py`."""

from __future__ import annotations

from bot.core.text import gettext as _
from flows.customers.corrections import tell_who_has_them
from flows.customers.facts import CustomerRewrote, CustomerWrote
from flows.files.actions import pass_on_alone
from flows.files.facts import FileHere
from flows.leads.facts import LeadTaken
from flows.relay import acknowledging
from flows.relay.actions import (
    after_sales,
    brought_back,
    file_came,
    file_missing,
    progress,
    rewritten,
    show,
    show_line,
    taken_back,
)
from flows.relay.cards import waiting_in
from flows.relay.outward import failed, leave
from flows.tickets.actions import assign
from flows.tickets.cards import step_of
from flows.tickets.facts import CustomerSaid, NoteWritten, TicketAssigned, TicketMoved, TicketOpened, TicketReopened
from flows.tiers.facts import StepReached
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from store.models import Activity, Line, Member, Standing, StoredFile


def opened(turn: Turn, fact: TicketOpened) -> None:
    """After it was given to somebody, where anybody could be found."""
    if ticket := turn.work.desk.get(fact.ticket):
        show(turn, ticket)


def acknowledge(turn: Turn, fact: TicketOpened) -> None:
    """The customer hears that it is with us, and with whom."""
    if ticket := turn.work.desk.get(fact.ticket):
        acknowledging.opened(turn, ticket)


def said(turn: Turn, fact: CustomerSaid) -> None:
    """To everybody who looks after it; the customer hears something only after a long silence."""
    ticket, line = turn.work.desk.get(fact.ticket), turn.work.get(Line, fact.line)
    if ticket is None or line is None:
        return
    if ticket.opened != line.at and len(waiting_in(turn, ticket)) == 1:
        show(turn, ticket)
    show_line(turn, ticket, line)
    if not fact.polite and not acknowledging.just_reopened(turn, ticket):
        acknowledging.said(turn, ticket, line)


def noted(turn: Turn, fact: NoteWritten) -> None:
    """Wherever the ticket stands but where it was written."""
    ticket, line = turn.work.desk.get(fact.ticket), turn.work.get(Line, fact.line)
    if ticket is not None and line is not None:
        show_line(turn, ticket, line, but=turn.where)


def courtesy(turn: Turn, fact: CustomerWrote) -> None:
    """Nobody is called for a thank-you."""
    if activity := turn.work.get(Activity, fact.activity):
        acknowledging.courtesy(turn, activity)


def assigned(turn: Turn, fact: TicketAssigned) -> None:
    """It comes to its new owner with what was said, and every room sees who has it."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None:
        return
    owner = turn.work.get(Member, ticket.owner) if ticket.owner else None
    if fact.before is not None or fact.by is not None:
        progress(turn, ticket, _("{name} has it now.", name=owner.name) if owner else _("Nobody has it any more."))
    show(turn, ticket)


def moved(turn: Turn, fact: TicketMoved) -> None:
    """Every room that has it sees where it stands now."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None or ticket.step == fact.step:
        return
    progress(turn, ticket, _("Now: {step}.", step=step_of(turn, ticket)))
    show(turn, ticket)


def reopened(turn: Turn, fact: TicketReopened) -> None:
    """The customer hears that it is looked at again."""
    if ticket := turn.work.desk.get(fact.ticket):
        acknowledging.again(turn, ticket)
        show(turn, ticket)


def rewrote(turn: Turn, fact: CustomerRewrote) -> None:
    """Where the words are part of a request they change there; else whoever has the customer hears of it."""
    activity = turn.work.get(Activity, fact.activity)
    line = turn.work.first(Line, activity=fact.activity)
    if activity is None:
        return
    if line is None:
        tell_who_has_them(turn, activity, gone=fact.deleted)
    elif fact.deleted:
        taken_back(turn, line)
    else:
        rewritten(turn, line, activity.text)


def file_here(turn: Turn, fact: FileHere) -> None:
    """A file comes after the words it was sent with, in either direction."""
    row = turn.work.get(StoredFile, fact.file)
    line = turn.work.get(Line, row.line) if row is not None and row.line else None
    if row is None or line is None:
        pass_on_alone(turn, fact)
    elif fact.error and line.kind == "out" and line.state == "sending" and (ticket := turn.work.desk.get(line.ticket)):
        failed(turn, ticket, line, fact.error)
    elif fact.error:
        file_missing(turn, row, line)
    elif line.kind == "out":
        leave(turn, line) if line.state == "sending" else None
    else:
        file_came(turn, row, line)


def reached(turn: Turn, fact: StepReached) -> None:
    """Colleagues of the desk hear by themselves when a sale becomes theirs."""
    if standing := turn.work.get(Standing, fact.standing):
        after_sales(turn, standing)


def restored(turn: Turn, fact: RowsRestored) -> None:
    """An act was taken back, or done again."""
    brought_back(turn, fact)


def lead_taken(turn: Turn, fact: LeadTaken) -> None:
    """Who takes the customer takes what they asked for."""
    for ticket in turn.work.desk.of_customer(fact.customer):
        if ticket.state in ("open", "waiting"):
            assign(turn, ticket, fact.member)
