"""Tickets: opened, given to somebody, moved, solved, opened again. Every way in (chat, page, API, rule) comes here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.errors import NotFound, TooLate
from bot.core.text import Text, text
from bot.core.text import gettext as _
from flows.tickets.facts import (
    CustomerSaid,
    NoteWritten,
    TicketAssigned,
    TicketChanged,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketSolved,
)
from flows.tickets.reading import needs_no_answer
from flows.tickets.rules import DONE, FLOW, NORMAL, Step, at_work, first_in, title_of
from flows.turn import Turn
from store.models import Activity, Customer, FlowStep, Line, Owned, SlaClock, Stay, StoredFile, Ticket


def flow_of(turn: Turn) -> Sequence[Step]:
    """The firm's steps, in order."""
    own = sorted(turn.work.find(FlowStep), key=lambda row: (row.position, row.id))
    return tuple(Step(row.key, row.state, row.name) for row in own) if own else FLOW


def found(turn: Turn, id: int) -> Ticket:
    """The ticket; raises NotFound."""
    ticket = turn.work.desk.get(id)
    if ticket is None:
        raise NotFound(_("That ticket is no longer there."))
    return ticket


def end_of(turn: Turn, ticket: Ticket) -> Ticket | None:
    """Where a ticket goes on: what it was merged into may have been merged again. None where that is gone."""
    found: Ticket | None = ticket
    while found is not None and found.state == "merged":
        found = turn.work.desk.get(found.into) if found.into else None
    return found


def number_of(ticket: Ticket) -> Text:
    """What people call it."""
    return text(f"T-{ticket.number}")


def card_of(ticket: int) -> str:
    """The card under which its conversation hangs, wherever it is shown."""
    return f"ticket:{ticket}"


def sheet_of(ticket: int) -> str:
    """The card with everything about it, where somebody has asked for it."""
    return f"t:{ticket}"


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
    stay(turn, ticket)
    turn.tell(TicketOpened(ticket.id))
    return ticket


def file(turn: Turn, ticket: Ticket, activity: Activity, *, polite: bool = False) -> Line:
    """A customer's words go into the ticket; one that waited for them, or was solved, is open again.

    `polite` words ("thanks", "it works now") are kept, and change nothing.
    """
    line = turn.work.add(
        Line(
            ticket=ticket.id,
            kind="in",
            at=activity.at,
            text=activity.text,
            contact=activity.contact,
            author=turn.identity.name if turn.identity and turn.member is None else "",
            member=activity.member,
            activity=activity.id,
            source=activity.source,
        )
    )
    for row in files_with(turn, activity):
        turn.work.change(row, line=line.id)
    if ticket.state == "waiting" and not polite:
        move(turn, ticket, at_work(flow_of(turn)))
    elif ticket.state == "solved" and not polite:
        reopen(turn, ticket)
    turn.tell(CustomerSaid(ticket.id, line.id, polite))
    return line


def said_so(turn: Turn, ticket: Ticket) -> bool:
    """Whether the customer's own last words say that nothing is left to do: nobody has to tell them."""
    last = next((one for one in reversed(turn.work.desk.lines(ticket.id)) if one.kind == "in"), None)
    return last is not None and last.state != "deleted" and needs_no_answer(last.text)


def files_with(turn: Turn, activity: Activity) -> list[StoredFile]:
    """What came with a customer's words in this very message."""
    if turn.conversation is None or turn.event is None or not getattr(turn.event.body, "files", ()):
        return []
    return turn.work.find(StoredFile, conversation=turn.conversation.id, activity=activity.id)


def assign(turn: Turn, ticket: Ticket, owner: int | None, *, automatic: bool = False) -> Ticket:
    """Another owner; None gives it back to the queue. `turn.member` is who decided, unless a rule or a clock did."""
    if ticket.owner == owner:
        return ticket
    before, by = ticket.owner, None if automatic else _by(turn)
    moves = ticket.moves + (before is not None)
    ticket = turn.work.change(ticket, owner=owner, moves=moves)
    stay(turn, ticket, automatic=automatic)
    turn.tell(TicketAssigned(ticket.id, before, by))
    return ticket


def move(turn: Turn, ticket: Ticket, step: Step) -> Ticket:
    """Into another step of the flow; "solved" and "closed" by their own doors, so that nobody forgets what they do."""
    if ticket.step == step.name:
        return ticket
    before = ticket.step, ticket.state
    ticket = turn.work.change(ticket, step=step.name, state=step.state)
    stay(turn, ticket)
    turn.tell(TicketMoved(ticket.id, *before))
    return ticket


def solve(turn: Turn, ticket: Ticket, *, ask: bool = True) -> Ticket:
    """Done, as far as we know; the customer may say otherwise. Raises TooLate when it is done already."""
    if ticket.state in DONE:
        raise TooLate(_("{number} is settled already.", number=number_of(ticket)))
    ticket = turn.work.change(ticket, solved=turn.now, solved_by=_by(turn), told=None)
    ticket = move(turn, ticket, first_in(flow_of(turn), "solved"))
    turn.tell(TicketSolved(ticket.id, _by(turn), ask))
    return ticket


def reopen(turn: Turn, ticket: Ticket) -> Ticket:
    """Not done after all; whoever solved it keeps it, and the customer has to be told anew."""
    if ticket.state not in ("solved", "closed"):
        raise TooLate(_("{number} is open already.", number=number_of(ticket)))
    ticket = turn.work.change(ticket, solved=None, solved_by=None, closed=None, told=None, reopened=ticket.reopened + 1)
    ticket = move(turn, ticket, at_work(flow_of(turn)))
    turn.tell(TicketReopened(ticket.id))
    return ticket


def change(turn: Turn, ticket: Ticket, **values: Any) -> Ticket:
    """Another kind, priority, title …; its card follows."""
    changed = turn.work.change(ticket, **values)
    turn.tell(TicketChanged(ticket.id))
    return changed


def note(turn: Turn, ticket: Ticket, words: str, *, minutes: int = 0) -> Line:
    """Something among ourselves: no customer reads it."""
    line = turn.work.add(
        Line(
            ticket=ticket.id,
            kind="note",
            at=turn.at,
            text=words.strip()[:4000],
            member=_by(turn),
            minutes=minutes,
            source=turn.source,
        )
    )
    noted(turn, line, None, row_of(line))
    turn.tell(NoteWritten(ticket.id, line.id))
    turn.tell(TicketChanged(ticket.id))
    return line


def noted(turn: Turn, row: Owned, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    """A change of a table that is not undone otherwise, kept with this act."""
    turn.work.changes.append((type(row).table().name, row.id, before, after))


def row_of(row: Owned) -> dict[str, Any]:
    """The columns of a row, for `noted`."""
    return {name: row.__dict__[name] for name in type(row).model_fields}


def follow(turn: Turn, id: int) -> Ticket | None:
    """After an undo the stays follow the ticket; what hung on one that is gone goes with it."""
    ticket = turn.work.desk.get(id)
    if ticket is None:
        for kind in (Line, Stay, SlaClock):
            for row in turn.work.find(kind, ticket=id):
                turn.work.remove(row)
        return None
    now = next(iter(turn.work.find(Stay, ticket=id, until=None)), None)
    if now is None or (now.step, now.state, now.owner) != (ticket.step, ticket.state, ticket.owner):
        stay(turn, ticket)
    return ticket


def stay(turn: Turn, ticket: Ticket, *, automatic: bool = False) -> None:
    """Ends the stretch that lasted until now and begins the next."""
    for last in turn.work.find(Stay, ticket=ticket.id, until=None):
        turn.work.change(last, until=turn.now)
    turn.work.add(
        Stay(
            ticket=ticket.id,
            step=ticket.step,
            state=ticket.state,
            owner=ticket.owner,
            by=None if automatic else _by(turn),
            since=turn.now,
        )
    )


def _by(turn: Turn) -> int | None:
    return turn.member.id if turn.member else None
