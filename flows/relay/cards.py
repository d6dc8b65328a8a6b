"""How a conversation with a customer looks to us: the ticket at its root, a card a line, and the answer on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.messages import Address, Option, Reply
from bot.core.text import Part, Text, bold, lines, moment, quote, text
from bot.core.text import gettext as _
from flows.arrival import platform_name
from flows.files.actions import content, kind_name
from flows.relay.places import Reader, called, reader_of, writer_of
from flows.relay.rules import FORGOTTEN, GONE, OURS, UNSENT, Spoken, label, only_courtesy, unanswered
from flows.tickets.actions import card_of, flow_of, number_of
from flows.tickets.reading import needs_no_answer
from flows.tickets.rules import SPOKEN, shown, step_named
from flows.turn import Turn
from store.models import Conversation, Customer, Line, Member, StoredFile, Ticket

SHOWN = 1000
"""Characters of a line that are shown among us; what goes out is never cut."""


def root_card(turn: Turn, ticket: Ticket) -> Reply:
    """What a conversation hangs under: whose it is, what was said first, who has it, what waits."""
    customer: Customer | None = turn.work.customers.get(ticket.customer)
    firm = customer.name if customer else "?"
    return Reply(
        lines(
            bold(text(number_of(ticket), " · ", firm)),
            wrote(turn, ticket, _first_writer(turn, ticket)) if ticket.conversation else None,
            quote(ticket.title),
            _whose(turn, ticket),
            _standing(turn, ticket),
            _("Replies here stay among us.") if ticket.conversation and ticket.state in ("open", "waiting") else None,
        ),
        (*_answering(turn, ticket), *_handling(ticket), Option(_("Show card"), f"who:{ticket.customer}")),
        card=card_of(ticket.id),
    )


def _handling(ticket: Ticket) -> tuple[Option, ...]:
    """To take what is nobody's, and to everything else that can be done with it."""
    take = Option(_("Take"), f"ticket-take:{ticket.id}") if ticket.owner is None and ticket.state == "open" else None
    return tuple(option for option in (take, Option(_("Ticket"), f"ticket:{ticket.id}")) if option)


def _first_writer(turn: Turn, ticket: Ticket) -> str:
    first = next((line for line in turn.work.desk.lines(ticket.id) if line.kind == "in"), None)
    return writer_of(turn, ticket, first) if first else called(turn, ticket)


def _whose(turn: Turn, ticket: Ticket) -> Text | None:
    if ticket.state in ("closed", "merged"):
        return None
    owner = turn.work.get(Member, ticket.owner) if ticket.owner else None
    whose = _("{name} has it.", name=owner.name) if owner else _("Nobody has it yet.")
    step = step_named(flow_of(turn), ticket.step)
    telling = step is not None and (ticket.state == "waiting" or step.label)
    return text(whose, " · ", shown(step)) if step is not None and telling else whose


def _standing(turn: Turn, ticket: Ticket) -> Text | None:
    """What somebody who looks at it must know before they write: it waits, somebody writes, somebody has written."""
    if ticket.state in ("solved", "closed"):
        return _("It is solved.")
    said = turn.work.desk.lines(ticket.id)
    if writing := answering(turn, said):
        return _("{name} is answering.", name=_named(turn, writing.member))
    if waiting := waiting_in(turn, ticket):
        return _("Unanswered since {since}.", since=moment(waiting[0], "short"))
    last = next((line for line in reversed(said) if line.kind == "out" and line.state in GONE), None)
    return _("{name} answered {time}.", name=_named(turn, last.member), time=moment(last.at, "short")) if last else None


def waiting_in(turn: Turn, ticket: Ticket) -> list[datetime]:
    """When the customer wrote what nobody has answered yet; what they said to a person of ours was heard."""
    lines = turn.work.desk.lines(ticket.id)
    spoken = ticket.source in SPOKEN
    return unanswered([spoken_of(turn, one) for one in lines if not (spoken and one.member)])


def spoken_of(turn: Turn, line: Line) -> Spoken:
    """A line as the rules see it; a picture that came with it is more than thanks."""
    polite = line.kind == "in" and only_courtesy(line.text)
    polite = polite and turn.work.first(StoredFile, line=line.id) is None
    return Spoken(line.kind, line.state, line.at, polite)


def answering(turn: Turn, said: Sequence[Line], but: int | None = None) -> Line | None:
    """The answer that somebody (but not this member) is writing now, or that can still be stopped."""
    return next(
        (
            line
            for line in reversed(said)
            if line.kind == "out" and line.state in UNSENT[:2] and line.member != but and turn.now - line.at < FORGOTTEN
        ),
        None,
    )


def _answering(turn: Turn, ticket: Ticket) -> tuple[Option, ...]:
    if ticket.state in ("closed", "merged"):
        return ()
    reader = reader_of(turn, ticket)
    name = reader.name if reader else called(turn, ticket)
    return (Option(_("Answer {name}", name=name[:30]), f"reply:{ticket.id}", style="primary"),)


def line_card(turn: Turn, ticket: Ticket, line: Line) -> Reply:
    """A line as everybody else among us sees it."""
    about = (number_of(ticket), " · ")
    options: tuple[Option, ...] = ()
    if line.kind == "in":
        head = text(*about, _said_by(turn, ticket, line))
        options = (*_answering(turn, ticket), *_ending(ticket, line), Option(_("Show card"), f"who:{ticket.customer}"))
    elif line.kind == "note":
        head = text(*about, _("{name}, among us:", name=_named(turn, line.member)))
    else:
        head = text(*about, _answered(turn, line))
    words = _("(deleted)") if line.state == "deleted" and line.kind != "in" else quote(line.text[:SHOWN])
    return Reply(lines(head, words if line.text else None), options, card=f"line:{line.id}", under=card_of(ticket.id))


def _ending(ticket: Ticket, line: Line) -> tuple[Option, ...]:
    """Words after which nothing is left to do end the request with a tap."""
    if ticket.state not in ("open", "waiting") or line.state == "deleted" or not needs_no_answer(line.text):
        return ()
    return (Option(_("Solved"), f"ticket-solve:{ticket.id}"),)


def _said_by(turn: Turn, ticket: Ticket, line: Line) -> Text:
    name = writer_of(turn, ticket, line)
    if line.state == "deleted":
        return _("{name} deleted a message:", name=name)
    return _("{name} changed a message:", name=name) if line.error == CHANGED else wrote(turn, ticket, name)


def wrote(turn: Turn, ticket: Ticket, name: str) -> Text:
    """Who wrote, and in which room where others read along."""
    chat = turn.work.get(Conversation, ticket.conversation) if ticket.conversation else None
    if chat is not None and chat.kind == "room":
        return _("{name} wrote in {room}:", name=name, room=chat.title or Address.of(chat.address).chat)
    return _("{name} wrote:", name=name)


CHANGED = "changed"
"""Stands in the `error` of a customer's line that is not what it was."""


def _answered(turn: Turn, line: Line) -> Text:
    name = _named(turn, line.member)
    if line.corrects and not line.text:
        return _("{name} took an answer back.", name=name)
    return _("{name} corrected an answer:", name=name) if line.corrects else _("{name} answered:", name=name)


def file_card(turn: Turn, ticket: Ticket, line: Line, row: StoredFile) -> Reply:
    """A picture, document or voice note, from whoever sent it."""
    who = writer_of(turn, ticket, line) if line.kind == "in" else _named(turn, line.member)
    said = _("{name} sent a {kind}: {file}", name=who, kind=kind_name(row.kind), file=row.name)
    if line.kind == "note":
        said = text(said, " ", _("(among us)"))
    elif line.kind == "out":
        said = text(said, " ", _("(to the customer)"))
    return Reply(said, file=content(row), card=f"paper:{row.id}", under=card_of(ticket.id))


# what goes out


def spoken(turn: Turn, line: Line) -> Text:
    """The very words that the customer reads, and who says them."""
    return lines(bold(text(voice_of(turn, line), ":")), line.text or None)


def voice_of(turn: Turn, line: Line) -> str:
    """Who speaks, as the firm wants it."""
    voice = str(turn.workspace.settings.get("voice", "first"))
    return label(voice, _named(turn, line.member), turn.workspace.name)


def asking_card(turn: Turn, ticket: Ticket, line: Line, reader: Reader) -> Reply:
    """The next words of this person here are an answer."""
    here = _("Write your answer to {name} now.", name=reader.shown)
    room = _("Reply to this message with your answer to {name}.", name=reader.shown)
    return Reply(
        lines(
            text(number_of(ticket), " · ", here if turn.private else room),
            quote(line.text[:SHOWN]) if line.text else None,
            _("I show it to you before it goes out."),
        ),
        (
            *((Option(_("Leave it as it was"), f"reply-keep:{line.id}"),) if line.text else ()),
            Option(_("Cancel"), f"reply-drop:{line.id}"),
        ),
        card=f"ask:{line.id}",
        under=card_of(ticket.id),
    )


def draft_card(turn: Turn, ticket: Ticket, line: Line, reader: Reader | None, warning: Text | None = None) -> Reply:
    """The answer in whatever state it is: who reads it, its exact words, and what can still be done."""
    name = reader.name if reader else called(turn, ticket)
    return Reply(
        lines(
            bold(_head(turn, ticket, line, reader)),
            quote(_exact(turn, line)),
            *(_("With: {file}", file=row.name) for row in files_of(turn, line)),
            warning,
            _state(line, name),
        ),
        _choices(line, name),
        card=f"draft:{line.id}",
        under=card_of(ticket.id),
    )


def _head(turn: Turn, ticket: Ticket, line: Line, reader: Reader | None) -> Text:
    if reader is None:
        return text(number_of(ticket), " · ", _("To {name}", name=called(turn, ticket)))
    names: dict[str, Part] = {"name": reader.shown, "platform": platform_name(reader.chat.platform)}
    if reader.chat.kind == "room":
        to = _("To everybody in the room {name} on {platform}", **names)
    elif line.corrects and not line.text:
        to = _("Taken back from {name} on {platform}", **names)
    elif line.corrects:
        to = _("Corrected for {name} on {platform}", **names)
    else:
        to = _("To {name} on {platform}", **names)
    return text(number_of(ticket), " · ", to)


def _exact(turn: Turn, line: Line) -> Text:
    if line.corrects and not line.text:
        before = turn.work.get(Line, line.corrects)
        return text(before.text if before else "")
    return text(voice_of(turn, line), ":\n", line.text) if line.text else text(voice_of(turn, line), ":")


def _state(line: Line, name: str) -> Text:
    match line.state:
        case "draft":
            return _("Nothing has gone out yet.")
        case "held":
            return _("It goes out in 20 s.")
        case "sending":
            return _("On its way to {name}.", name=name)
        case "sent":
            return _("Sent {time}.", time=moment(line.at, "time"))
        case "unknown":
            return _("The platform did not say whether it arrived.")
        case "failed":
            return _("It could not be sent: {why}.", why=why_not(line))
        case "stopped":
            return _("Stopped. Nothing went out.")
        case _:
            return _("Discarded. Nothing went out.")


def _choices(line: Line, name: str) -> tuple[Option, ...]:
    short = name[:30]
    if line.state == "held":
        return (Option(_("Stop"), f"reply-stop:{line.id}", style="danger"),)
    if line.state == "failed":
        return (
            Option(_("Try again"), f"reply-send:{line.id}", style="primary"),
            Option(_("Discard"), f"reply-drop:{line.id}"),
        )
    if line.state not in UNSENT:
        return ()
    drop = Option(_("Discard"), f"reply-drop:{line.id}")
    if line.corrects:
        label = _("Correct it for {name}", name=short) if line.text else _("Take it back from {name}", name=short)
        return (
            Option(label, f"reply-send:{line.id}", style="primary"),
            Option(_("Leave it"), f"reply-drop:{line.id}"),
        )
    return (
        Option(_("Send to {name}", name=short), f"reply-send:{line.id}", style="primary"),
        Option(_("Send & wait"), f"reply-wait:{line.id}"),
        Option(_("Change the text"), f"reply-change:{line.id}"),
        drop,
    )


def why_not(line: Line) -> Part:
    """Our own reasons in the reader's language, a platform's as it gave them."""
    return OURS.get(line.error) or line.error or "?"


def failed_card(turn: Turn, ticket: Ticket, line: Line) -> Reply:
    """For whoever wrote it, as a message of its own: a changed card rings nobody."""
    name = called(turn, ticket)
    return Reply(
        lines(
            bold(text(number_of(ticket), " · ", _("Your answer to {name} could not be sent", name=name))),
            _("because {why}.", why=why_not(line)),
            quote(line.text[:200]) if line.text else None,
        ),
        (
            Option(_("Try again"), f"reply-send:{line.id}", style="primary"),
            Option(_("Discard"), f"reply-drop:{line.id}"),
        ),
        card=f"failed:{line.id}",
        under=card_of(ticket.id),
    )


def files_of(turn: Turn, line: Line) -> list[StoredFile]:
    """What was sent with a line."""
    return turn.work.find(StoredFile, line=line.id)


def _named(turn: Turn, member: int | None) -> str:
    found = turn.work.get(Member, member) if member else None
    return found.name if found else "?"
