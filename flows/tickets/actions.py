"""Tickets: opened, given to somebody, moved, solved, opened again. Every way in (chat, page, API, rule) comes here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.text import Text, text
from flows.tickets.facts import CustomerSaid, TicketAssigned, TicketMoved, TicketOpened, TicketReopened, TicketSolved
from flows.tickets.rules import FLOW, NORMAL, Step, first_in, title_of
from flows.turn import Turn
from store.models import Activity, Customer, Line, Stay, StoredFile, Ticket


def flow_of(turn: Turn) -> Sequence[Step]:
    """The firm's steps, in order."""
    own = turn.workspace.settings.get("flow")
    return tuple(Step(*step) for step in own) if own else FLOW


def number_of(ticket: Ticket) -> Text:
    """What people call it."""
    return text(f"T-{ticket.number}")


def card_of(ticket: int) -> str:
    """The card on which it is shown everywhere."""
    return f"ticket:{ticket}"


def open_ticket(
    turn: Turn,
    customer: Customer,
    words: str,
    *,
    kind: str = "question",
    priority: int = NORMAL,
    conversation: int | None = None,
    source: str = "",
    **more: Any,
) -> Ticket:
    """A new ticket; nobody has it until somebody takes it or a rule gives it to somebody (`TicketOpened`)."""
    step = first_in(flow_of(turn), "open")
    ticket = turn.work.add(
        Ticket(
            number=turn.work.desk.next_number(),
            customer=customer.id,
            conversation=conversation,
            title=title_of(words),
            kind=kind,
            priority=priority,
            state=step.state,
            step=step.name,
            source=source,
            opened=turn.at,
            **more,
        )
    )
    _stay(turn, ticket)
    turn.tell(TicketOpened(ticket.id))
    return ticket


def file(turn: Turn, ticket: Ticket, activity: Activity) -> Line:
    """A customer's words go into the ticket; one that waited for them, or was solved, is open again."""
    line = turn.work.add(
        Line(
            ticket=ticket.id,
            kind="in",
            at=activity.at,
            text=activity.text,
            contact=activity.contact,
            author=turn.identity.name if turn.identity else "",
            activity=activity.id,
            source=activity.source,
        )
    )
    for row in files_with(turn, activity):
        turn.work.change(row, line=line.id)
    if ticket.state == "waiting":
        move(turn, ticket, first_in(flow_of(turn)[1:], "open"))
    elif ticket.state == "solved":
        reopen(turn, ticket)
    turn.tell(CustomerSaid(ticket.id, line.id))
    return line


def files_with(turn: Turn, activity: Activity) -> list[StoredFile]:
    """What came with a customer's words in this very message."""
    if turn.conversation is None or turn.event is None or not getattr(turn.event.body, "files", ()):
        return []
    return turn.work.find(StoredFile, conversation=turn.conversation.id, activity=activity.id)


def assign(turn: Turn, ticket: Ticket, owner: int | None) -> Ticket:
    """Another owner; None gives it back to the queue. `turn.member` is who decided."""
    if ticket.owner == owner:
        return ticket
    before = ticket.owner
    moves = ticket.moves + (before is not None)
    ticket = turn.work.change(ticket, owner=owner, moves=moves)
    _stay(turn, ticket)
    turn.tell(TicketAssigned(ticket.id, before, _by(turn)))
    return ticket


def move(turn: Turn, ticket: Ticket, step: Step) -> Ticket:
    """Into another step of the flow; "solved" and "closed" by their own doors, so that nobody forgets what they do."""
    if ticket.step == step.name:
        return ticket
    before = ticket.step, ticket.state
    ticket = turn.work.change(ticket, step=step.name, state=step.state)
    _stay(turn, ticket)
    turn.tell(TicketMoved(ticket.id, *before))
    return ticket


def solve(turn: Turn, ticket: Ticket) -> Ticket:
    """Done, as far as we know; the customer may say otherwise."""
    ticket = turn.work.change(ticket, solved=turn.now, solved_by=_by(turn))
    ticket = move(turn, ticket, first_in(flow_of(turn), "solved"))
    turn.tell(TicketSolved(ticket.id, _by(turn)))
    return ticket


def reopen(turn: Turn, ticket: Ticket) -> Ticket:
    """Not done after all."""
    ticket = turn.work.change(ticket, solved=None, solved_by=None, closed=None, reopened=ticket.reopened + 1)
    ticket = move(turn, ticket, first_in(flow_of(turn)[1:], "open"))
    turn.tell(TicketReopened(ticket.id))
    return ticket


def _stay(turn: Turn, ticket: Ticket) -> None:
    """Ends the stretch that lasted until now and begins the next."""
    for stay in turn.work.find(Stay, ticket=ticket.id, until=None):
        turn.work.change(stay, until=turn.now)
    turn.work.add(
        Stay(
            ticket=ticket.id,
            step=ticket.step,
            state=ticket.state,
            owner=ticket.owner,
            by=_by(turn),
            since=turn.now,
        )
    )


def _by(turn: Turn) -> int | None:
    return turn.member.id if turn.member else None
