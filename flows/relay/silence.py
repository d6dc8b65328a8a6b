"""A long pause in a request: what comes after it is answered at once."""

from __future__ import annotations

from flows.relay.rules import SILENCE
from flows.turn import Turn
from store.models import Line, Ticket


def after_silence(turn: Turn, ticket: Ticket, line: Line) -> bool:
    """Whether these words come so long after the last ones that they are answered at once."""
    earlier = before(turn, ticket, line)
    return bool(earlier) and line.at - earlier[-1].at >= SILENCE


def before(turn: Turn, ticket: Ticket, line: Line) -> list[Line]:
    """What was said with the customer before it."""
    return [other for other in turn.work.desk.lines(ticket.id) if other.id < line.id and other.kind != "note"]
