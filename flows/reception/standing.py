"""Where things stand, for the customer who asks: their own orders, requests and promises, in no words of ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, join, lines, moment, plain, quote, text
from bot.core.text import gettext as _
from flows.customers.facts import CustomerWrote
from flows.reception.asks import Asked, asks_where
from flows.relay.rules import GONE, label
from flows.tickets.actions import end_of, number_of
from flows.tickets.closing import close_days
from flows.tickets.intake import of_chat
from flows.tickets.progress import APPROVED
from flows.tickets.reading import read_words
from flows.tickets.rules import title_of
from flows.turn import Turn
from flows.words import LANGUAGES, Words
from store.models import Activity, Conversation, Member, Promise, Purchase, Ticket

TALKING = timedelta(minutes=30)
"""So long after a person's words a question is for that person."""
RECENT = timedelta(days=90)
"""Orders that somebody may still wait for."""
SHOWN = 3


def answered(turn: Turn, fact: CustomerWrote) -> bool:
    """Says where things stand, where that is asked; True when nobody of ours need be called for it.

    Words in a request that is open are its owner's to read, too; an order of which there is no news is for a person.
    """
    activity, chat = turn.work.get(Activity, fact.activity), turn.work.get(Conversation, fact.conversation)
    found = standing(turn, activity, chat) if activity is not None and chat is not None else None
    if found is None or chat is None:
        return False
    said, whole = found
    turn.say(said)
    ticket = of_chat(turn, chat.id)
    return whole and (ticket is None or ticket.state == "solved")


def standing(turn: Turn, activity: Activity, chat: Conversation) -> tuple[Reply, bool] | None:
    """The answer, and whether it leaves nothing open; None where nothing is asked, or there is nothing to tell."""
    asked = asks_where(activity.text)
    if asked is None or read_words(activity.text).angry or talking(turn, chat):
        return None
    tickets, orders, promises = _asked_for(turn, asked, activity.customer, chat)
    if not (tickets or orders or promises):
        return None
    news = _news(turn, orders)
    body = lines(
        bold(_("This is how things stand:")),
        *(_order(order) for order in orders),
        news,
        *(_ticket(turn, ticket) for ticket in tickets),
        *(_promise(promise) for promise in promises),
    )
    person = Option(_("A person, please"), f"standing-person:{activity.id}")
    undone = [Option(_("Not solved"), f"not-solved:{t.id}") for t in tickets if t.state == "solved"][:1]
    dated = news is not None or any(promise.due for promise in promises)
    return Reply(body, (*undone, person)), dated or bool(tickets and asked.subject != "order")


def _asked_for(
    turn: Turn, asked: Asked, customer: int, chat: Conversation
) -> tuple[Sequence[Ticket], Sequence[Purchase], Sequence[Promise]]:
    """Their own of what is asked after. In a room, where others read along, only what was said there."""
    tickets = _tickets(turn, customer, chat)
    if asked.ticket is not None:
        named = turn.work.desk.numbered(asked.ticket)
        into = end_of(turn, named) if named is not None else None
        return [ticket for ticket in tickets if into is not None and ticket.id == into.id], [], []
    if chat.kind == "room":
        return tickets, [], []
    orders, promises = _orders(turn, customer), _promises(turn, customer)
    if asked.subject == "order":
        return ([] if orders else tickets), orders, promises
    if asked.subject == "anything":
        return tickets, orders, promises
    complaints = [ticket for ticket in tickets if ticket.kind == "complaint"]
    return (complaints if asked.complaint and complaints else tickets), [], promises if tickets else []


def _tickets(turn: Turn, customer: int, chat: Conversation) -> list[Ticket]:
    """Of this person: asked here, or nowhere else. What was solved long ago is not meant."""
    found: dict[int, Ticket] = {}
    since = turn.now - timedelta(days=close_days(turn))
    for ticket in turn.work.desk.of_customer(customer):
        into = end_of(turn, ticket) if _is_theirs(ticket, chat) else None
        fresh = into is not None and into.state == "solved" and into.solved is not None and into.solved >= since
        if into is not None and into.customer == customer and (into.state in ("open", "waiting") or fresh):
            found[into.id] = into
    running = [ticket for ticket in found.values() if ticket.state != "solved"]
    return (running or list(found.values()))[:SHOWN]


def _is_theirs(ticket: Ticket, chat: Conversation) -> bool:
    if ticket.conversation == chat.id or chat.kind == "room":
        return ticket.conversation == chat.id
    return ticket.contact == chat.contact if ticket.contact else ticket.conversation is None


def _orders(turn: Turn, customer: int) -> list[Purchase]:
    rows = turn.work.find(Purchase, customer=customer, kind="order", state="open")
    recent = [row for row in rows if row.at >= turn.now - RECENT]
    return sorted(recent, key=lambda row: row.at, reverse=True)[:SHOWN]


def _promises(turn: Turn, customer: int) -> list[Promise]:
    """What we owe them and have not done; what belongs to a request is told with it."""
    rows = turn.work.find(Promise, customer=customer, state="open")
    return [row for row in rows if row.by == "us" and row.ticket is None][:SHOWN]


def talking(turn: Turn, chat: Conversation) -> bool:
    """Whether a person of ours has just written here."""
    ticket = of_chat(turn, chat.id)
    said = turn.work.desk.lines(ticket.id) if ticket is not None else []
    return any(line.kind == "out" and line.state in GONE and turn.now - line.at < TALKING for line in said)


# how it is put


def _order(order: Purchase) -> Text:
    named = join(" · ", [part for part in (order.what, order.number) if part])
    what: Sequence[Part] = (": ", named) if named.parts else ()
    return text("• ", _("Your order of {day}", day=moment(order.at, "day")), *what)


def _news(turn: Turn, orders: Sequence[Purchase]) -> Text | None:
    """The last that they were told of an order, in the firm's own sentence."""
    if not orders:
        return None
    ours = {plain(said.resolve(Words(language, "UTC", turn.now))) for _p, said in APPROVED for language in LANGUAGES}
    since = min(order.at for order in orders).replace(hour=0, minute=0)
    told = [
        activity
        for activity in turn.work.activities.last(orders[0].customer, limit=20)
        if activity.direction == "out" and activity.kind == "message" and activity.text in ours and activity.at >= since
    ]
    return _("The last news, {when}: {what}", when=moment(told[0].at, "short"), what=told[0].text) if told else None


def _ticket(turn: Turn, ticket: Ticket) -> Text:
    theirs = [line for line in turn.work.desk.lines(ticket.id) if line.kind == "in" and line.member is None]
    own = any(title_of(line.text) == ticket.title and line.state != "deleted" for line in theirs)
    promised = min((p.due for p in _of_ticket(turn, ticket) if p.due), default=None)
    return lines(
        text("• ", number_of(ticket), " · ", _state(turn, ticket)),
        quote(ticket.title) if own else None,
        _("Promised for {day}.", day=moment(promised, "day")) if promised else None,
    )


def _of_ticket(turn: Turn, ticket: Ticket) -> list[Promise]:
    return [row for row in turn.work.find(Promise, ticket=ticket.id, state="open") if row.by == "us"]


def _state(turn: Turn, ticket: Ticket) -> Text:
    """Never by the firm's own steps, which are called as colleagues speak among themselves."""
    if ticket.state == "solved":
        return _("we believe that it is solved, since {day}", day=moment(ticket.solved or turn.now, "day"))
    if ticket.state == "waiting":
        return _("we wait for your answer")
    owner = turn.work.get(Member, ticket.owner) if ticket.owner else None
    if owner is None:
        return _("it is with us, and the next colleague who is free takes it")
    name = label(str(turn.workspace.settings.get("voice", "first")), owner.name, turn.workspace.name)
    return _("{name} is working on it", name=name) if ticket.answered else _("{name} has it and answers you", name=name)


def _promise(promise: Promise) -> Text:
    """By its words once they were told of it; until then they are ours alone, and only its day is said."""
    day = moment(promise.due, "day") if promise.due else None
    if promise.told is None:
        return text("• ", _("Something is promised to you for {day}.", day=day) if day else _("Something is promised."))
    return text("• ", _("Promised for {day}: {what}", day=day, what=promise.what) if day else promise.what)
