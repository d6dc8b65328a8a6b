"""Everybody concerned hears who has a request."""

from __future__ import annotations

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, lines, quote, text
from bot.core.text import gettext as _
from flows.router import MANAGERS
from flows.routing.people import is_on
from flows.tickets.actions import number_of
from flows.tickets.facts import TicketAssigned
from flows.turn import Turn
from store.models import Member, Ticket


def assigned(turn: Turn, fact: TicketAssigned) -> None:
    """The new owner is shown it by the relay; who had it before hears where it went, and so does who is away."""
    ticket = turn.work.desk.get(fact.ticket)
    owner = turn.work.get(Member, ticket.owner) if ticket and ticket.owner else None
    if ticket is None or owner is None:
        return
    before = turn.work.get(Member, fact.before or 0)
    if before is not None and before.id != fact.by and before.state == "active":
        said = _("{number} of {customer} is with {name} now.", name=owner.name, **_named(turn, ticket))
        turn.message_member(before, Reply(said), "customer")
    elif fact.by is None:
        _tell_who_is_away(turn, ticket, owner)


def _tell_who_is_away(turn: Turn, ticket: Ticket, owner: Member) -> None:
    customer = turn.work.customers.get(ticket.customer)
    away = turn.work.get(Member, customer.owner) if customer and customer.owner else None
    if away is None or away.id == owner.id or is_on(turn, away):
        return
    said = _("You are away: {number} of {customer} is with {name}.", name=owner.name, **_named(turn, ticket))
    turn.message_member(away, Reply(said), "customer")


def nobody_takes_it(turn: Turn, ticket: Ticket) -> None:
    """It has gone on by itself once, or there is nobody else: now a person decides."""
    owner = turn.work.get(Member, ticket.owner) if ticket.owner else None
    body = lines(
        bold(text(number_of(ticket), " · ", _named(turn, ticket)["customer"])),
        quote(ticket.title) if ticket.title else None,
        _("{name} has not taken it, and it does not go on by itself again.", name=owner.name) if owner else None,
    )
    take = Option(_("I take it"), f"ticket-take:{ticket.id}", style="primary")
    reply = Reply(body, (take, Option(_("Open"), f"ticket:{ticket.id}")), urgency=Urgency.ALERT)
    for member in turn.work.people.members():
        if member.role in MANAGERS and member.id != ticket.owner:
            turn.message_member(member, reply, "alert")


def _named(turn: Turn, ticket: Ticket) -> dict[str, Text | str]:
    customer = turn.work.customers.get(ticket.customer)
    return {"number": number_of(ticket), "customer": customer.name if customer else ""}
