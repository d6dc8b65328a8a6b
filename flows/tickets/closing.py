"""The end of a ticket: what it takes to close one for good, and when the customer counts as told."""

from __future__ import annotations

from datetime import timedelta

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.activities.facts import ActivityLogged
from flows.tickets import actions, cards
from flows.tickets.facts import CustomerAnswered, TicketChanged
from flows.tickets.rules import CAUSES, first_in
from flows.turn import Turn
from store.models import Activity, Line, Ticket

CLOSE = "ticket-close"
"""Timer: nobody has said anything since it was solved."""
DAYS = 7
"""Days after which a solved ticket is closed by itself; a setting of the firm ("close_days")."""
SPOKEN = ("call", "visit", "meeting")
"""Kinds of activity in which a customer is told something."""


def close_days(turn: Turn) -> int:
    """After how many days of silence a solved ticket is closed."""
    return int(turn.workspace.settings.get("close_days", DAYS))


def missing(ticket: Ticket) -> Text | None:
    """What a complaint lacks before it may be closed."""
    if ticket.kind != "complaint" or ticket.told is not None:
        return None
    if ticket.state != "solved":
        return _("A complaint is closed after it was solved and the customer was told.")
    return _("The customer has not been told yet: answer them, or log the call in which you said it.")


def may_close(turn: Turn, ticket: Ticket) -> None:
    """Raises TooLate with what is missing."""
    if ticket.state in ("closed", "merged"):
        raise TooLate(_("{number} is settled already.", number=actions.number_of(ticket)))
    if (lacks := missing(ticket)) is not None:
        customer = turn.work.customers.get(ticket.customer)
        called = code(_("Called {name}, told them how we solved it", name=customer.name if customer else "?"))
        raise TooLate(lines(lacks, _("Example: {example}", example=called)))


def close(turn: Turn, ticket: Ticket) -> Ticket:
    """For good: what the customer writes from now on is a new ticket. One that was open counts as solved now."""
    may_close(turn, ticket)
    if ticket.state != "solved":
        ticket = actions.solve(turn, ticket, ask=False)
    ticket = turn.work.change(ticket, closed=turn.now)
    return actions.move(turn, ticket, first_in(actions.flow_of(turn), "closed"))


def ask_cause(turn: Turn, ticket: Ticket) -> Reply:
    """Before a complaint is closed: a tap, or own words."""
    turn.remember({"kind": "ticket", "step": "cause", "ticket": ticket.id})
    choices = [Option(label, f"ticket-cause:{ticket.id}:{key}") for key, label in CAUSES.items()]
    return cards.with_options(turn, ticket, *choices, said=_("What was the cause? Press one, or write it."))


# the customer knows


def answered(turn: Turn, fact: CustomerAnswered) -> None:
    """A person's words arrived: after the ticket was solved they are what the customer was told."""
    ticket, line = turn.work.desk.get(fact.ticket), turn.work.get(Line, fact.line)
    if ticket is None or line is None:
        return
    if ticket.answered is None:
        ticket = turn.work.change(ticket, answered=turn.now)
    if ticket.state == "solved" and ticket.solved and line.state == "sent" and line.at >= ticket.solved:
        told(turn, ticket)


def logged(turn: Turn, fact: ActivityLogged) -> None:
    """A call or visit in which somebody was spoken to answers what is open, and tells the end of what was solved."""
    activity = turn.work.get(Activity, fact.activity)
    if fact.kind not in SPOKEN or fact.status != "done" or activity is None or activity.result == "silent":
        return
    for ticket in turn.work.desk.of_customer(fact.customer):
        if ticket.answered is None and activity.at >= ticket.opened and ticket.state not in ("closed", "merged"):
            ticket = turn.work.change(ticket, answered=turn.now)
        if ticket.state == "solved" and ticket.told is None and ticket.solved and activity.at >= ticket.solved:
            told(turn, ticket)


def told(turn: Turn, ticket: Ticket) -> Ticket:
    """The customer knows of the end."""
    ticket = turn.work.change(ticket, told=turn.now)
    turn.tell(TicketChanged(ticket.id))
    return ticket


def solved(turn: Turn, ticket: Ticket) -> None:
    """It is closed by itself when nobody says anything for some days."""
    turn.work.timers.move(CLOSE, str(ticket.id), turn.now + timedelta(days=close_days(turn)))


def silent(turn: Turn, ticket: Ticket) -> None:
    """Days have passed. A complaint of which the customer was not told stays, and its owner is reminded."""
    due = (ticket.solved or turn.now) + timedelta(days=close_days(turn))
    if ticket.state != "solved":
        return
    if due > turn.now:
        turn.work.timers.move(CLOSE, str(ticket.id), due)
        return
    if (lacks := missing(ticket)) is None:
        close(turn, ticket)
        return
    turn.work.timers.move(CLOSE, str(ticket.id), turn.now + timedelta(days=1))
    owner = cards.owner_of(turn, ticket)
    if owner is not None:
        show = Option(_("Show ticket"), f"ticket:{ticket.id}")
        turn.message_member(owner, Reply(lines(cards.head(turn, ticket), lacks), (show,)), "customer")
