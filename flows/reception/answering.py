"""A customer who asks for a person, again and again if need be."""

from __future__ import annotations

from flows.reception.wishes import wants_a_person
from flows.relay import acknowledging
from flows.relay.silence import after_silence
from flows.tickets.facts import CustomerSaid
from flows.tickets.rules import URGENT
from flows.turn import Turn
from store.models import Line


def on_words(turn: Turn, fact: CustomerSaid) -> None:
    """Who asks for a person in the middle hears who has it; who asks again comes forward, once."""
    ticket, line = turn.work.desk.get(fact.ticket), turn.work.get(Line, fact.line)
    if ticket is None or line is None or not wants_a_person(line.text):
        return
    before = [other for other in turn.work.desk.lines(ticket.id) if other.id < line.id]
    asked = [other for other in before if other.kind == "in" and wants_a_person(other.text)]
    if len(asked) == 1 and ticket.priority > URGENT:
        ticket = turn.work.change(ticket, priority=ticket.priority - 1)
    if before and not after_silence(turn, ticket, line) and not acknowledging.just_reopened(turn, ticket):
        acknowledging.opened(turn, ticket)
