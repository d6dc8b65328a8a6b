"""While nobody is here: an honest word about when somebody will be, at most once a day in a chat."""

from __future__ import annotations

from datetime import timedelta

from bot.core.text import Text, moment
from bot.core.text import gettext as _
from flows.clocks.calendars import is_open, opens_next
from flows.reception.wishes import wants_a_person
from flows.relay.silence import after_silence
from flows.tickets.facts import CustomerSaid
from flows.turn import Turn
from store.models import Conversation, Line, Ticket

TALKING = timedelta(minutes=5)
"""So long after a person's words the bot says nothing by itself."""
REACHED = frozenset({"held", "sending", "sent", "unknown"})


def closed_until(turn: Turn) -> Text | None:
    """That nobody is here, and when somebody will be; None while the firm is open."""
    if is_open(turn):
        return None
    if (opens := opens_next(turn)) is None:
        return _("Nobody is here at the moment; we answer as soon as we are back.")
    return _("Nobody is here at the moment; we answer from {when} on.", when=moment(opens, "short"))


def on_words(turn: Turn, fact: CustomerSaid) -> None:
    """For words in a request that is open already; the first ones, and a wish for a person, were answered with it."""
    ticket, line = turn.work.desk.get(fact.ticket), turn.work.get(Line, fact.line)
    here = turn.conversation
    if ticket is None or line is None or here is None or here.id != ticket.conversation:
        return
    said = closed_until(turn)
    if said is None or _talking(turn, ticket):
        return
    if here.away is not None and here.away.astimezone(turn.zone).date() == turn.local.date():
        return
    turn.conversation = turn.work.change(_now(turn, here), away=turn.now)
    if not (_first(turn, ticket, line) or wants_a_person(line.text) or after_silence(turn, ticket, line)):
        turn.say(said)


def _now(turn: Turn, here: Conversation) -> Conversation:
    """The row as this turn has left it."""
    return turn.work.get(Conversation, here.id) or here


def _first(turn: Turn, ticket: Ticket, line: Line) -> bool:
    return not any(other.id < line.id and other.kind == "in" for other in turn.work.desk.lines(ticket.id))


def _talking(turn: Turn, ticket: Ticket) -> bool:
    """Whether a person of ours wrote to this customer just now."""
    said = [line.at for line in turn.work.desk.lines(ticket.id) if line.kind == "out" and line.state in REACHED]
    return bool(said) and turn.now - said[-1] < TALKING
