"""Where a ticket is seen, and where its customer is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.messages import Address
from bot.core.text import Text, text
from bot.core.text import gettext as _
from flows.alerts.rules import SERVICE
from flows.leads.actions import lead_of
from flows.quiet.actions import asleep_until
from flows.router import MANAGERS
from flows.tickets.actions import card_of, end_of
from flows.turn import Turn
from flows.words import zone_of
from store.models import Conversation, Customer, Lead, Line, Member, StoredFile, Ticket

MORNING = "relay"
"""Timer: somebody's night is over, and a ticket has not been shown to them."""
KIND = "customer"
"""The kind of message that a member may mute."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who will read an answer, and where."""

    name: str
    firm: str
    chat: Conversation

    @property
    def shown(self) -> Text:
        """The person, and whose they are."""
        return text(self.name) if self.name == self.firm else _("{name} of {firm}", name=self.name, firm=self.firm)


def reader_of(turn: Turn, ticket: Ticket) -> Reader | None:
    """The chat in which the customer is answered, and who reads there; None when none is known."""
    customer = turn.work.customers.get(ticket.customer)
    chat = _chat_of(turn, ticket)
    if customer is None or chat is None:
        return None
    if chat.kind == "room":
        return Reader(chat.title or Address.of(chat.address).chat, customer.name, chat)
    return Reader(_person(turn, chat.contact or ticket.contact) or customer.name, customer.name, chat)


def called(turn: Turn, ticket: Ticket) -> str:
    """What the customer's person is called, chat or not."""
    customer = turn.work.customers.get(ticket.customer)
    return _person(turn, ticket.contact) or (customer.name if customer else "?")


def writer_of(turn: Turn, ticket: Ticket, line: Line) -> str:
    """Who of the customer's people wrote a line; in a room by the name that the platform gives."""
    chat = turn.work.get(Conversation, ticket.conversation) if ticket.conversation else None
    by_name = line.author if chat is not None and chat.kind == "room" else ""
    customer = turn.work.customers.get(ticket.customer)
    return _person(turn, line.contact) or by_name or (customer.name if customer else "?")


def _chat_of(turn: Turn, ticket: Ticket) -> Conversation | None:
    own = turn.work.get(Conversation, ticket.conversation) if ticket.conversation else None
    if own is not None and own.customer not in (None, ticket.customer):
        own = None  # who writes there is another customer's by now
    if own is not None and own.side == "customer" and own.reachable and own.blocked is None:
        return own
    chats = turn.work.people.chats_of(ticket.customer)
    left = own if own is not None and own.blocked is None else None
    return next((chat for chat in chats if chat.contact == ticket.contact), chats[0] if chats else left)


def _person(turn: Turn, contact: int | None) -> str:
    found = turn.work.customers.contact(contact) if contact else None
    return found.name if found else ""


def places(turn: Turn, ticket: Ticket) -> list[Conversation]:
    """Where new words of a ticket are shown now: the rooms that want them, and whoever looks after it."""
    rooms = [room for room in turn.work.people.rooms(SERVICE) if room.side == "member" and room.customer is None]
    private = [home for member in looking_after(turn, ticket) if (home := _home(turn, ticket, member))]
    return [*rooms, *private]


def looking_after(turn: Turn, ticket: Ticket) -> list[Member]:
    """Its owner; while nobody has it, whoever has the customer and is on duty, else the managers.

    A lead is offered to one person, who sees it on the lead's own card until it is taken.
    """
    customer = turn.work.customers.get(ticket.customer)
    if customer is not None and customer.owner is None and lead_of(turn, customer.id) is not None:
        return []
    owner = _active(turn, ticket.owner) or _on_duty(turn, customer)
    return [owner] if owner else [m for m in turn.work.people.members() if m.role in MANAGERS]


def _on_duty(turn: Turn, customer: Customer | None) -> Member | None:
    found = _active(turn, customer.owner if customer else None)
    return found if found is not None and found.duty != "off" else None


def _active(turn: Turn, id: int | None) -> Member | None:
    found = turn.work.get(Member, id) if id else None
    return found if found is not None and found.state == "active" else None


def _home(turn: Turn, ticket: Ticket, member: Member) -> Conversation | None:
    """The member's own chat, unless they mute what customers write or are asleep: then it is shown in the morning."""
    chat = turn.work.first(Conversation, address=member.home) if member.home else None
    if chat is None or KIND in turn.work.pushes.muted(member.id):
        return None
    acts = turn.event is not None and turn.member is not None and turn.member.id == member.id
    morning = None if acts else _asleep(turn, member)
    if morning is None:
        return chat
    turn.work.timers.move(MORNING, f"{ticket.id}:{member.id}", morning)
    return None


def _asleep(turn: Turn, member: Member) -> datetime | None:
    return asleep_until(turn, member, zone_of(member.zone or turn.workspace.zone), KIND)


def may_see(turn: Turn, place: Address) -> bool:
    """Whether what was shown there may still be changed there: nobody from outside reads along."""
    chat = turn.work.first(Conversation, address=place.key)
    return chat is not None and chat.side == "member" and chat.reachable and not chat.outsider


def shown_at(turn: Turn, card: str) -> list[Address]:
    """Where a card stands and may be changed."""
    return [place for place in turn.work.cards.places(card) if may_see(turn, place)]


def whole(where: Address) -> Address:
    """The room or chat, whatever thread of it."""
    return replace(where, thread="")


def spots(turn: Turn) -> list[Address]:
    """Where a card that somebody speaks of may stand: right here, or in the room whose thread this is."""
    assert turn.where is not None  # noqa: S101 - asked in turns that somebody began
    return list(dict.fromkeys((turn.where, whole(turn.where))))


def ticket_at(turn: Turn, message: str) -> Ticket | None:
    """The ticket that a message here belongs to (one of our cards, or what a colleague wrote), where it goes on now."""
    found = _ticket_at(turn, message)
    return end_of(turn, found) if found is not None else None


def _ticket_at(turn: Turn, message: str) -> Ticket | None:
    if not message or turn.where is None:
        return None
    for spot in spots(turn):
        if ticket := ticket_on(turn, turn.work.cards.of_message(spot.key, message)):
            return ticket
    line = turn.work.first(Line, source=f"{turn.where.key}#{message}")
    return turn.work.desk.get(line.ticket) if line is not None and line.kind != "in" else None


def ticket_on(turn: Turn, card: str) -> Ticket | None:
    """The ticket that a card is about."""
    kind, _colon, rest = card.partition(":")
    if not rest.isdecimal():
        return None
    if kind == "ticket":
        return turn.work.desk.get(int(rest))
    if kind in ("line", "draft", "ask", "failed"):
        line = turn.work.get(Line, int(rest))
        return turn.work.desk.get(line.ticket) if line else None
    return _of_file(turn, int(rest)) if kind == "paper" else _of_lead(turn, int(rest)) if kind == "lead" else None


def _of_file(turn: Turn, id: int) -> Ticket | None:
    row = turn.work.get(StoredFile, id)
    line = turn.work.get(Line, row.line) if row is not None and row.line else None
    return turn.work.desk.get(line.ticket) if line else None


def _of_lead(turn: Turn, id: int) -> Ticket | None:
    lead = turn.work.get(Lead, id)
    found = turn.work.desk.of_customer(lead.customer) if lead else []
    return next((ticket for ticket in found if ticket.state in ("open", "waiting", "solved")), None)


def spot_for(turn: Turn, ticket: Ticket) -> Address:
    """Where something new about a ticket is said to whoever acts: beside its card, not in a place of its own."""
    here = spots(turn)
    return next((spot for spot in here if turn.work.cards.message(card_of(ticket.id), spot.key)), here[0])


def nobody_to_reach(turn: Turn, ticket: Ticket) -> Text:
    """Why an answer can't be written."""
    chats = turn.work.find(Conversation, customer=ticket.customer, side="customer", kind="private")
    if any(chat.blocked is not None for chat in chats):
        return _(
            "{name} is blocked, so nothing goes there. /blocked shows how to open the chat.", name=called(turn, ticket)
        )
    return _("No chat with {name} is known, so nothing can be written to them here.", name=called(turn, ticket))
