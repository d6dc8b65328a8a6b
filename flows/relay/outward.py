"""Outward: an answer is written, looked at, confirmed, held for a moment, and goes; what became of it is told."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Address, Answered, Reply, Said
from bot.core.text import Text, moment, quote
from bot.core.text import gettext as _
from bot.core.text import lines as paragraphs
from flows.customers.actions import touched
from flows.files.actions import content, keep
from flows.relay.actions import show, show_line
from flows.relay.cards import answering, asking_card, draft_card, failed_card, files_of, spoken, voice_of
from flows.relay.places import reader_of, shown_at, spot_for, spots, ticket_at
from flows.relay.rules import GONE, HELD, LEFT, NOWHERE, UNSENT, is_awaited
from flows.tickets.actions import flow_of, move
from flows.tickets.facts import AnswerFailed, CustomerAnswered
from flows.tickets.rules import first_in
from flows.turn import Turn
from store.models import Activity, Line, Member, Ticket

TIMER = "reply"
TELL = "reply"


def awaited(turn: Turn) -> Line | None:
    """The answer whose words this person was asked for here."""
    assert turn.where is not None  # noqa: S101 - asked in turns that somebody began
    for spot in spots(turn):
        line = turn.work.first(Line, source=spot.key, member=turn.me().id, kind="out", state="draft")
        if line is not None and (spot == turn.where or ticket_at(turn, turn.where.thread) is not None):
            return line
    return None


def ask(turn: Turn, ticket: Ticket, line: Line | None = None) -> None:
    """The next words of this person here are the answer; only one is asked for at a time."""
    reader = reader_of(turn, ticket)
    if reader is None or turn.where is None:
        return
    if (before := awaited(turn)) is not None and before != line:
        drop(turn, before)
    here = turn.where.key
    if line is None:
        line = turn.work.add(
            Line(ticket=ticket.id, kind="out", state="draft", at=turn.now, member=turn.me().id, source=here)
        )
    else:
        line = turn.work.change(line, source=here, state="draft", at=turn.now)
    show(turn, ticket)
    turn.say(replace(asking_card(turn, ticket, line, reader), to=spot_for(turn, ticket)))


def draft(turn: Turn, ticket: Ticket, words: str, said: Said | None = None, line: Line | None = None) -> None:
    """A preview of these words, and of the files that came with them; nothing goes out."""
    new = line is None
    if line is None:
        line = turn.work.add(Line(ticket=ticket.id, kind="out", state="draft", at=turn.now, member=turn.me().id))
    _clear(turn, f"ask:{line.id}")
    line = turn.work.change(line, text=words[:4000], source=turn.source, state="draft", at=turn.now)
    for row in keep(turn, said) if said is not None else ():
        turn.work.change(row, line=line.id, customer=ticket.customer)
    if new:
        show(turn, ticket)
    preview(turn, ticket, line)


def preview(turn: Turn, ticket: Ticket, line: Line) -> None:
    """The draft where its writer is, or where it stands already."""
    card = draft_card(turn, ticket, line, reader_of(turn, ticket), _meanwhile(turn, ticket, line))
    here = shown_at(turn, card.card)
    for place in here or [spot_for(turn, ticket)]:
        turn.say(replace(card, to=place))


def _meanwhile(turn: Turn, ticket: Ticket, line: Line) -> Text | None:
    """Somebody else is answering the same, or has since this was begun."""
    said = turn.work.desk.lines(ticket.id)
    if other := answering(turn, said, but=line.member):
        return _("{name} is answering, too.", name=_name(turn, other))
    return answered_already(turn, said, line) if line.state in UNSENT else None


def answered_already(turn: Turn, said: list[Line], line: Line | None = None) -> Text | None:
    """Who has answered what the customer wrote last, and in which words."""
    me = line.member if line else turn.me().id
    for other in reversed(said):
        if other.kind == "in" and other.state != "deleted":
            return None
        if other.kind == "out" and other.state in GONE and other.member != me:
            return paragraphs(
                _("{name} has answered {time}:", name=_name(turn, other), time=moment(other.at, "short")),
                quote(other.text[:200]),
            )
    return None


def confirm(turn: Turn, ticket: Ticket, line: Line, *, waits: bool = False) -> Line:
    """It goes out when its time has passed, unless somebody stops it."""
    line = turn.work.change(line, state="held", error="", waits=waits or (line.waits and line.state == "failed"))
    turn.work.timers.move(TIMER, str(line.id), turn.now + HELD)
    return _shown(turn, ticket, line, root=False)


def stop(turn: Turn, ticket: Ticket, line: Line) -> Line:
    """It stays here; its words can be changed and sent after all."""
    turn.work.timers.cancel(TIMER, str(line.id))
    return _shown(turn, ticket, turn.work.change(line, state="stopped"))


def drop(turn: Turn, line: Line) -> None:
    """It never goes out."""
    ticket = turn.work.desk.get(line.ticket)
    turn.work.timers.cancel(TIMER, str(line.id))
    line = turn.work.change(line, state="deleted", source="" if is_awaited(line.source) else line.source)
    _clear(turn, f"ask:{line.id}")
    if ticket is not None:
        _shown(turn, ticket, line)


def leave(turn: Turn, line: Line) -> None:
    """What was confirmed goes to the customer; with files, when they are here."""
    ticket = turn.work.desk.get(line.ticket)
    if ticket is None or line.state not in ("held", "sending"):
        return
    writer = turn.work.get(Member, line.member) if line.member else None
    reader, files = reader_of(turn, ticket), files_of(turn, line)
    if writer is None or writer.state != "active":
        _shown(turn, ticket, turn.work.change(line, state="stopped", error=LEFT))
    elif reader is None:
        failed(turn, ticket, line, NOWHERE)
    elif bad := next((row.error for row in files if row.error and not row.hash), ""):
        failed(turn, ticket, line, bad)
    else:
        line = _shown(turn, ticket, turn.work.change(line, state="sending"), root=False)
        if all(row.hash for row in files):
            _send(turn, line, Address.of(reader.chat.address))


def _send(turn: Turn, line: Line, to: Address) -> None:
    card, files = f"answer:{line.corrects or line.id}", files_of(turn, line)
    if line.corrects and not line.text:
        turn.say(Reply(Text(), to=to, card=card, tell=f"{TELL}:{line.id}", clears=True))
        return
    if line.corrects and (before := turn.work.get(Line, line.corrects)):
        files = files_of(turn, before)
    first = content(files[0]) if files else None
    turn.say(Reply(spoken(turn, line), file=first, to=to, card=card, tell=f"{TELL}:{line.id}"))
    for row in files[1:] if not line.corrects else ():
        turn.say(Reply(Text(), file=content(row), to=to, card=f"{card}.{row.id}"))


def came_of_it(turn: Turn, line: Line, outcome: Answered) -> None:
    """The platform took it, refused it, or would not say."""
    ticket = turn.work.desk.get(line.ticket)
    if ticket is None or line.state != "sending":
        return
    if outcome.outcome == "failed":
        failed(turn, ticket, line, outcome.error or "?")
        return
    state = "sent" if outcome.outcome == "sent" else "unknown"
    line = turn.work.change(
        line, state=state, at=turn.now, activity=None if line.corrects else _filed(turn, ticket, line)
    )
    if not line.corrects and ticket.answered is None:
        ticket = turn.work.change(ticket, answered=turn.now)
    if line.waits:
        ticket = _wait(turn, ticket, line)
    _shown(turn, ticket, line, root=not line.corrects)
    for place in shown_at(turn, f"failed:{line.id}"):
        turn.say(Reply(Text(), card=f"failed:{line.id}", to=place, clears=True))
    written = shown_at(turn, f"draft:{line.id}")
    show_line(turn, ticket, line, but=written[0] if written else None)
    if not line.corrects:
        turn.tell(CustomerAnswered(ticket.id, line.id))


def _filed(turn: Turn, ticket: Ticket, line: Line) -> int:
    """It stands in the customer's history, as if its writer had logged it."""
    reader = reader_of(turn, ticket)
    activity = turn.work.add(
        Activity(
            customer=ticket.customer,
            contact=ticket.contact,
            member=line.member,
            kind="message",
            direction="out",
            channel=reader.chat.platform if reader else ticket.source,
            at=turn.now,
            text=line.text or ", ".join(row.name for row in files_of(turn, line)),
            logged=turn.now,
        )
    )
    for row in files_of(turn, line):
        turn.work.change(row, activity=activity.id)
    if customer := turn.work.customers.get(ticket.customer):
        touched(turn, customer)
    return activity.id


def _wait(turn: Turn, ticket: Ticket, line: Line) -> Ticket:
    """The ball is with the customer: its writer said so when they sent it."""
    if ticket.state != "open":
        return ticket
    before, turn.member = turn.member, turn.work.get(Member, line.member) if line.member else None
    ticket = move(turn, ticket, first_in(flow_of(turn), "waiting"))
    turn.member = before
    return ticket


def failed(turn: Turn, ticket: Ticket, line: Line, why: str) -> None:
    """It did not reach the customer: its writer hears why, and can try again."""
    line = turn.work.change(line, state="failed", error=why[:300])
    _shown(turn, ticket, line)
    card = failed_card(turn, ticket, line)
    for place in shown_at(turn, f"draft:{line.id}"):
        turn.say(replace(card, to=place))
    turn.tell(AnswerFailed(ticket.id, line.id, line.error))


def correct(turn: Turn, ticket: Ticket, line: Line, words: str) -> None:
    """The writer changed or deleted a message that the customer has: what the customer has stays, unless confirmed."""
    first = line.corrects or line.id
    new = turn.work.add(
        Line(
            ticket=ticket.id,
            kind="out",
            state="draft",
            at=turn.now,
            member=turn.me().id,
            text=words[:4000],
            source=turn.source,
            corrects=first,
        )
    )
    preview(turn, ticket, new)


def changed(turn: Turn, ticket: Ticket, line: Line, words: str) -> None:
    """The writer changed their message before it left: what was confirmed is not what stands there, so it is asked."""
    turn.work.timers.cancel(TIMER, str(line.id))
    line = turn.work.change(line, text=words[:4000], state="draft", at=turn.now)
    preview(turn, ticket, line)


def _shown(turn: Turn, ticket: Ticket, line: Line, *, root: bool = True) -> Line:
    """The draft's card and the ticket's, as they are now."""
    if root:
        show(turn, ticket)
    card = draft_card(turn, ticket, line, reader_of(turn, ticket))
    for place in shown_at(turn, card.card):
        turn.say(replace(card, to=place))
    return line


def _clear(turn: Turn, card: str) -> None:
    for place in shown_at(turn, card):
        turn.say(Reply(Text(), card=card, to=place, clears=True))


def _name(turn: Turn, line: Line) -> str:
    found = turn.work.get(Member, line.member) if line.member else None
    return found.name if found else voice_of(turn, line)
