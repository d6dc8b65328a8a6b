"""What the figures of the desk are counted from, read from the rows."""

from __future__ import annotations

from datetime import datetime

from flows.clocks.figures import First, Phase, solved
from flows.tickets.rules import SPOKEN
from flows.turn import Turn
from store.models import Line, Ticket


def firsts(turn: Turn, since: datetime, until: datetime) -> list[First]:
    """First answers that reached a customer in this time."""
    found = []
    for clock in turn.work.desk.ended("first", since, until):
        answer = next((line for line in _sent(turn, clock.ticket) if line.at <= (clock.ended or until)), None)
        ticket = turn.work.desk.get(clock.ticket)
        if ticket is not None and clock.ended is not None and clock.state in ("hit", "missed") and answer is not None:
            used = clock.target - (clock.left or 0) / 60
            found.append(First(clock.ended, used, clock.state == "hit", answer.member or ticket.owner))
    return found


def _sent(turn: Turn, ticket: int) -> list[Line]:
    return [line for line in turn.work.desk.lines(ticket) if line.kind == "out" and line.state in ("sent", "unknown")]


def phases(turn: Turn, since: datetime, until: datetime) -> list[Phase]:
    """The whole story of every ticket in which something changed in this time."""
    return [Phase(stay.ticket, stay.state, stay.owner, stay.since) for stay in turn.work.desk.changed(since, until)]


def at_once(turn: Turn, since: datetime, until: datetime) -> tuple[int, int]:
    """How many were solved, and how many of them at the first contact: one answer, and never opened again."""
    found = solved(phases(turn, since, until), since, until)
    return len(found), sum(stayed and _contacts(turn, id) == 1 for id, stayed in found.items())


def _contacts(turn: Turn, id: int) -> int:
    """How often the customer heard from a person; what began as a call began with a contact."""
    ticket: Ticket | None = turn.work.desk.get(id)
    spoken = ticket is not None and ticket.source in SPOKEN
    return len(_sent(turn, id)) + spoken
