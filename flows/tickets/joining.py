"""Two tickets become one, or one becomes two; both can be undone."""

from __future__ import annotations

from bot.core.errors import BadInput, TooLate
from bot.core.text import gettext as _
from flows.tickets import actions
from flows.tickets.facts import TicketChanged, TicketMerged, TicketMoved
from flows.tickets.intake import judged
from flows.tickets.reading import read_words
from flows.tickets.rules import DONE, title_of
from flows.turn import Turn
from store.models import Line, Owned, Promise, SlaClock, Ticket


def merge(turn: Turn, ticket: Ticket, into: Ticket) -> Ticket:
    """Everything said in the one stands in the other; its clocks count no more. Returns the one that stays."""
    _may_merge(ticket, into)
    for line in turn.work.desk.lines(ticket.id):
        _change(turn, line, ticket=into.id)
    for promised in turn.work.find(Promise, ticket=ticket.id):
        turn.work.change(promised, ticket=into.id)
    for clock in turn.work.find(SlaClock, ticket=ticket.id, ended=None):
        _change(turn, clock, state="void", ended=turn.now)
    stays = turn.work.change(
        into,
        priority=min(into.priority, ticket.priority),
        tone=into.tone or ticket.tone,
        conversation=into.conversation or ticket.conversation,
        contact=into.contact or ticket.contact,
        topics=" ".join(dict.fromkeys(f"{into.topics} {ticket.topics}".split())),
    )
    before = ticket.step, ticket.state
    ticket = turn.work.change(ticket, state="merged", into=into.id)
    actions.stay(turn, ticket)
    turn.tell(TicketMoved(ticket.id, *before))
    turn.tell(TicketMerged(ticket.id, into.id))
    turn.tell(TicketChanged(into.id))
    return stays


def _may_merge(ticket: Ticket, into: Ticket) -> None:
    if ticket.id == into.id:
        raise BadInput(_("That is one and the same ticket."))
    if ticket.customer != into.customer:
        raise BadInput(_("These are of two customers. Merge the customers first, if they are one."))
    if ticket.state == "merged" or into.state in ("merged", "closed"):
        gone = ticket if ticket.state == "merged" else into
        raise TooLate(_("{number} is settled already.", number=actions.number_of(gone)))


def split(turn: Turn, ticket: Ticket, line: Line) -> Ticket:
    """These words of the customer become a ticket of their own, which stays with whoever has the first one."""
    customer = turn.work.customers.get(ticket.customer)
    if customer is None or line.ticket != ticket.id or line.kind != "in":
        raise TooLate(_("These words are not in that ticket any more."))
    if ticket.state in DONE:
        raise TooLate(_("{number} is settled already.", number=actions.number_of(ticket)))
    new = actions.open_ticket(
        turn,
        customer,
        line.text,
        conversation=ticket.conversation,
        contact=line.contact or ticket.contact,
        source=ticket.source,
        owner=ticket.owner,
        **judged(turn, customer, read_words(line.text)),
    )
    _change(turn, line, ticket=new.id)
    if ticket.title == title_of(line.text) and (left := _first_words(turn, ticket)):
        actions.change(turn, ticket, title=title_of(left))
    turn.tell(TicketChanged(ticket.id))
    return new


def _first_words(turn: Turn, ticket: Ticket) -> str:
    return next((line.text for line in turn.work.desk.lines(ticket.id) if line.kind == "in" and line.text), "")


def _change(turn: Turn, row: Owned, **values: object) -> None:
    """Noted for undo, also in tables whose changes are not undone otherwise."""
    before = {name: getattr(row, name) for name in values}
    turn.work.change(row, **values)
    actions.noted(turn, row, before, dict(values))
