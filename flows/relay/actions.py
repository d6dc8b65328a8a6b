"""Inward: what a customer writes reaches everybody who should see it, once, in the place where the ticket stands."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Address, Option, Reply, Said, Urgency
from bot.core.text import Text, bold, lines
from bot.core.text import gettext as _
from flows.alerts.rules import SERVICE
from flows.files.actions import keep, kind_name
from flows.leads.actions import lead_of, offered_to
from flows.relay.cards import CHANGED, file_card, files_of, line_card, root_card
from flows.relay.places import places, shown_at, whole
from flows.tickets.actions import card_of, number_of, sheet_of
from flows.tickets.actions import note as write_down
from flows.tickets.rules import title_of
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from store.models import Conversation, Line, Member, Standing, StoredFile, Ticket

AFTER_SALES = "service"
"""The step of a sale at which the desk takes over."""
MANY = 6
"""Earlier lines that somebody is shown who comes to a ticket later."""


def show(turn: Turn, ticket: Ticket) -> None:
    """The ticket as it is now, wherever it stands; and from here on wherever it should stand.

    Who has everything about it before them already needs no second card until something is said.
    """
    root = root_card(turn, ticket)
    here = shown_at(turn, root.card)
    for place in here:
        turn.say(replace(root, to=place))
    whole_there = shown_at(turn, sheet_of(ticket.id))
    for chat in places(turn, ticket):
        to = Address.of(chat.address)
        if to not in here and not (chat.kind == "private" and to in whole_there):
            introduce(turn, ticket, chat)


def introduce(turn: Turn, ticket: Ticket, chat: Conversation) -> None:
    """A ticket comes to a place with the last that was said in it; what stands there already stays."""
    to = Address.of(chat.address)
    turn.say(replace(root_card(turn, ticket), to=to))
    for line in _told(turn, ticket)[-MANY:]:
        if to not in turn.work.cards.places(f"line:{line.id}"):
            _line_to(turn, ticket, line, to)


def _told(turn: Turn, ticket: Ticket) -> list[Line]:
    """What was really said: drafts are nobody's business but their writer's."""
    lines = turn.work.desk.lines(ticket.id)
    return [line for line in lines if line.kind != "out" or line.state in ("sent", "unknown")]


def show_line(turn: Turn, ticket: Ticket, line: Line, *, but: Address | None = None) -> None:
    """A line goes to every place of its ticket but the one in which it was written."""
    whole_there = shown_at(turn, sheet_of(ticket.id))
    for chat in places(turn, ticket):
        to = Address.of(chat.address)
        if but is None or (to != whole(but) and to != but):
            if to not in turn.work.cards.places(card_of(ticket.id)) and not (
                to in whole_there and not _has_words(ticket, line, files_of(turn, line))
            ):
                turn.say(replace(root_card(turn, ticket), to=to))
            _line_to(turn, ticket, line, to)
    if files_of(turn, line) or any(
        other.kind == "in" and other.id < line.id for other in turn.work.desk.lines(ticket.id)
    ):
        _beside_the_lead(turn, ticket, line)


def _beside_the_lead(turn: Turn, ticket: Ticket, line: Line) -> None:
    """What a stranger goes on to write, to whoever may take them, under the card that asks whether they will."""
    lead = lead_of(turn, ticket.customer) if line.kind == "in" else None
    if lead is None:
        return
    for member in offered_to(turn, lead):
        if member.home:
            _line_to(turn, ticket, line, Address.of(member.home), under=f"lead:{lead.id}")


def _line_to(turn: Turn, ticket: Ticket, line: Line, to: Address, *, under: str = "") -> None:
    files, root = files_of(turn, line), under or card_of(ticket.id)
    if _has_words(ticket, line, files):
        turn.say(replace(line_card(turn, ticket, line), to=to, under=root))
    for row in files:
        if row.hash and to not in turn.work.cards.places(f"paper:{row.id}"):
            turn.say(replace(file_card(turn, ticket, line, row), to=to, under=root))


def _has_words(ticket: Ticket, line: Line, files: list[StoredFile]) -> bool:
    """Whether a line says more than the ticket's head, and more than what its files are called."""
    named = ", ".join(row.name for row in files)
    if line.kind == "in" and not line.error and line.state != "deleted":
        return line.text not in ("", named, ticket.title)
    return line.text not in ("", named) or line.corrects is not None


def show_again(turn: Turn, ticket: Ticket, line: Line) -> None:
    """A line that was changed or deleted is rewritten where it stands, and shown where the ticket stands without it."""
    card = line_card(turn, ticket, line)
    here = shown_at(turn, card.card)
    for place in here:
        turn.say(replace(card, to=place))
    for place in shown_at(turn, card_of(ticket.id)):
        if place not in here and not _typed_at(line, place):
            turn.say(replace(card, to=place))


def _typed_at(line: Line, place: Address) -> bool:
    """Whether its writer's own message stands there."""
    key = line.source.rpartition("#")[0]
    return bool(key) and whole(Address.of(key)) == whole(place)


def file_came(turn: Turn, row: StoredFile, line: Line) -> None:
    """The content of a file is here, after the words that it came with."""
    ticket = turn.work.desk.get(line.ticket)
    if ticket is None:
        return
    but = None if line.kind == "in" else Address.of(line.source.rpartition("#")[0])
    for chat in places(turn, ticket):
        to = Address.of(chat.address)
        if but is None or (to != whole(but) and to != but):
            turn.say(replace(file_card(turn, ticket, line, row), to=to))


def file_missing(turn: Turn, row: StoredFile, line: Line) -> None:
    """The platform would not hand it over: whoever waits for it hears that there was one."""
    ticket = turn.work.desk.get(line.ticket)
    if ticket is None or line.kind != "in":
        return
    said = _("A {kind} of the customer could not be fetched: {file}", kind=kind_name(row.kind), file=row.name)
    for place in shown_at(turn, card_of(ticket.id)):
        turn.say(Reply(Text((number_of(ticket), " · ", said)), to=place, under=card_of(ticket.id)))


def note(turn: Turn, ticket: Ticket, words: str, said: Said | None = None) -> Line:
    """Something among ourselves: every place of the ticket but this one is shown it, and never the customer."""
    line = write_down(turn, ticket, words or ", ".join(file.name for file in (said.files if said else ())))
    for row in keep(turn, said) if said is not None else ():
        turn.work.change(row, line=line.id, customer=ticket.customer)
    return line


def rewritten(turn: Turn, line: Line, words: str) -> Line:
    """A customer, or a colleague among us, put it otherwise."""
    mark = CHANGED if line.kind == "in" else line.error
    ticket = turn.work.desk.get(line.ticket)
    if ticket is not None and line.kind == "in" and ticket.title == title_of(line.text):
        turn.work.change(ticket, title=title_of(words) or ticket.title)
    return _shown(turn, turn.work.change(line, text=words[:4000], error=mark))


def taken_back(turn: Turn, line: Line) -> Line:
    """A customer, or a colleague among us, deleted it: the file keeps the words, marked."""
    return _shown(turn, turn.work.change(line, state="deleted"))


def _shown(turn: Turn, line: Line) -> Line:
    ticket = turn.work.desk.get(line.ticket)
    if ticket is not None:
        show_again(turn, ticket, line)
        if line.kind == "in":
            show(turn, ticket)
    return line


def brought_back(turn: Turn, fact: RowsRestored) -> None:
    """After an undo: the ticket as it is now wherever it stands, and words that are gone are said to be."""
    for table, id in fact.rows:
        if table == "ticket" and (ticket := turn.work.desk.get(id)) is not None:
            show(turn, ticket)
        elif table == "ticket":
            _gone(turn, card_of(id), fact)
        elif table == "line" and (line := turn.work.get(Line, id)) is not None:
            _rewrite(turn, line)
        elif table == "line":
            _gone(turn, f"line:{id}", fact)
        elif table == "standing" and turn.work.get(Standing, id) is None:
            _gone(turn, f"after-sales:{id}", fact)


def after_sales(turn: Turn, standing: Standing) -> None:
    """A customer comes from sales to after-sales: the rooms of the desk hear from whom."""
    customer = turn.work.customers.get(standing.customer)
    if customer is None or standing.now != AFTER_SALES or customer.step != AFTER_SALES:
        return
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    body = lines(
        bold(_("{customer} comes to after-sales now.", customer=customer.name)),
        _("Owner: {name}", name=owner.name) if owner else None,
    )
    reply = Reply(body, (Option(_("Show card"), f"who:{customer.id}"),), card=f"after-sales:{standing.id}")
    for room in turn.work.people.rooms(SERVICE):
        if room.side == "member" and room.customer is None and not room.outsider:
            turn.say_to(room, replace(reply, urgency=Urgency.ALERT))


def _rewrite(turn: Turn, line: Line) -> None:
    """Where it stands, and nowhere else."""
    if (ticket := turn.work.desk.get(line.ticket)) is not None:
        card = line_card(turn, ticket, line)
        for place in shown_at(turn, card.card):
            turn.say(replace(card, to=place))


def _gone(turn: Turn, card: str, fact: RowsRestored) -> None:
    for place in shown_at(turn, card):
        turn.say(Reply(_("Taken back: {what}", what=fact.label), card=card, to=place))


def progress(turn: Turn, ticket: Ticket, said: Text) -> None:
    """What became of it, in the thread of every room that has it; private chats see it on the card."""
    root = card_of(ticket.id)
    for place in shown_at(turn, root):
        chat = turn.work.first(Conversation, address=place.key)
        if chat is not None and chat.kind == "room":
            turn.say(Reply(Text((*number_of(ticket).parts, " · ", *said.parts)), to=place, under=root))
