"""Tickets that a member opens: from what somebody said on the phone, or from something that was logged."""

from __future__ import annotations

from bot.core.errors import TooLate
from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.activities.actions import log
from flows.activities.rules import Plan
from flows.replies import below
from flows.tickets import actions, cards
from flows.tickets.facts import CustomerSaid
from flows.tickets.intake import judged
from flows.tickets.reading import read_words
from flows.tickets.rules import SPOKEN
from flows.tickets.wishes import source_in
from flows.turn import Turn
from store.models import Activity, Customer, Line, Ticket


def by_member(turn: Turn, customer: Customer, words: str) -> Reply:
    """What a customer asked for, as somebody of ours wrote it down; it is in the history too."""
    logged = log(turn, customer, None, words, Plan("request", "done", turn.at), source=turn.source, inbound=True)
    return _opened(turn, customer, logged.activity)


def from_log(turn: Turn, activity: Activity) -> Reply:
    """What was logged becomes a ticket, once."""
    customer = turn.work.customers.get(activity.customer)
    known = ticket_of(turn, activity)
    if known is not None:
        return below(turn, cards.ticket_card(turn, known))
    if customer is None or customer.state != "active":
        raise TooLate(_("This customer is no longer there."))
    return _opened(turn, customer, activity)


def ticket_of(turn: Turn, activity: Activity) -> Ticket | None:
    """The ticket in which this stands."""
    line = turn.work.first(Line, activity=activity.id)
    return turn.work.desk.get(line.ticket) if line else None


def _opened(turn: Turn, customer: Customer, activity: Activity) -> Reply:
    chat = next(iter(turn.work.people.chats_of(customer.id)), None)
    how = {"call": "phone", "visit": "visit", "meeting": "visit", "email": "email"}.get(activity.kind, "")
    source = source_in(activity.text) or how or "phone"
    ticket = actions.open_ticket(
        turn,
        customer,
        activity.text,
        conversation=chat.id if chat else None,
        contact=activity.contact,
        source=source,
        answered=turn.now if source in SPOKEN else None,
        **judged(turn, customer, read_words(activity.text)),
    )
    line = turn.work.add(
        Line(
            ticket=ticket.id,
            kind="in",
            at=activity.at,
            text=activity.text,
            contact=activity.contact,
            member=activity.member,
            activity=activity.id,
        )
    )
    turn.tell(CustomerSaid(ticket.id, line.id))
    card = actions.sheet_of(ticket.id)
    turn.did(_("{number} opened", number=actions.number_of(ticket)), card)
    return cards.ticket_card(turn, ticket)
