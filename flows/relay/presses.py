"""Buttons on the way out: answer, send, stop, change, discard. Only whoever wrote an answer decides about it."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.customers.sight import not_yours, sees
from flows.relay.cards import answering, files_of
from flows.relay.outward import answered_already, ask, confirm, draft, drop, preview, stop
from flows.relay.places import nobody_to_reach, reader_of, spot_for
from flows.relay.rules import UNSENT, is_awaited
from flows.replies import settled
from flows.router import press
from flows.tickets.actions import end_of, number_of
from flows.turn import Turn
from store.models import Line, Member, Ticket

Outcome = Reply | Text | None


@press("reply")
def answer(turn: Turn, ticket: int) -> Outcome:
    """Unless somebody else is at it: then this person hears who, and decides."""
    found = _going_on(turn, ticket)
    if (refused := may_not(turn, found)) is not None or found is None:
        return refused
    said = turn.work.desk.lines(found.id)
    other = answering(turn, said, but=turn.me().id)
    taken = _is_at_it(turn, other) if other else answered_already(turn, said)
    if taken is not None:
        anyway = Option(_("Answer, too"), f"reply-too:{found.id}")
        return Reply(
            text(number_of(found), " · ", taken), (anyway,), to=spot_for(turn, found), under=f"ticket:{found.id}"
        )
    return _ask(turn, found)


def _going_on(turn: Turn, id: int) -> Ticket | None:
    """The ticket of a button, or the one that it was merged into since."""
    found = turn.work.desk.get(id)
    return end_of(turn, found) if found is not None else None


@press("reply-too")
def answer_too(turn: Turn, ticket: int) -> Outcome:
    found = _going_on(turn, ticket)
    if (refused := may_not(turn, found)) is not None or found is None:
        return refused
    return _ask(turn, found)


def _ask(turn: Turn, ticket: Ticket) -> Outcome:
    if reader_of(turn, ticket) is None:
        return no_chat(turn, ticket)
    ask(turn, ticket)
    return None


def no_chat(turn: Turn, ticket: Ticket) -> Reply:
    """They came by phone: a call is what answers them, and it can be logged here."""
    call = Option(_("Log a call"), f"reply-call:{ticket.id}", style="primary")
    return Reply(
        lines(nobody_to_reach(turn, ticket), _("Call them, and tell me how it went.")),
        (call, Option(_("Show card"), f"who:{ticket.customer}")),
        to=spot_for(turn, ticket),
        under=f"ticket:{ticket.id}",
    )


@press("reply-call")
def answer_call(turn: Turn, ticket: int) -> Outcome:
    found = _going_on(turn, ticket)
    if (refused := may_not(turn, found)) is not None or found is None:
        return refused
    if not turn.private:
        return Reply(_("Please write me that in our private chat."), toast=True)
    turn.remember({"kind": "answer-call", "ticket": found.id})
    return Reply(_("How did the call go? Write it in a sentence."), (Option(_("Cancel"), "cancel"),))


@press("reply-which")
def answer_which(turn: Turn, ticket: int) -> Outcome:
    """Which of several requests a text is for."""
    state = turn.conversation.dialog if turn.conversation else None
    found = _going_on(turn, ticket)
    if not state or state.get("kind") != "answer-which" or (refused := may_not(turn, found)) is not None:
        return refused if state and state.get("kind") == "answer-which" else settled()
    assert found is not None  # noqa: S101 - else it was refused
    turn.remember(None)
    if reader_of(turn, found) is None:
        return no_chat(turn, found)
    draft(turn, found, state["words"])
    return None


@press("reply-note")
def answer_note(turn: Turn, line: int) -> Outcome:
    """What was written among us is to go out after all: as a draft, which is looked at first."""
    row = turn.work.get(Line, line)
    found = turn.work.desk.get(row.ticket) if row else None
    if row is None or found is None or row.kind != "note" or row.member != turn.me().id or row.state == "deleted":
        return settled()
    if (refused := may_not(turn, found)) is not None:
        return refused
    if reader_of(turn, found) is None:
        return no_chat(turn, found)
    draft(turn, found, row.text)
    return None


@press("reply-send")
def answer_send(turn: Turn, line: int) -> Outcome:
    return _confirmed(turn, line, waits=False)


@press("reply-wait")
def answer_wait(turn: Turn, line: int) -> Outcome:
    return _confirmed(turn, line, waits=True)


def _confirmed(turn: Turn, line: int, *, waits: bool) -> Outcome:
    row, found, refused = _own(turn, line)
    if row is None or found is None:
        return refused
    if row.state not in (*UNSENT, "failed") or row.state == "held" or not _is_written(turn, row):
        return settled()
    if reader_of(turn, found) is None:
        return no_chat(turn, found)
    confirm(turn, found, row, waits=waits)
    return Reply(_("It goes out in 20 s."), toast=True)


def _is_written(turn: Turn, line: Line) -> bool:
    """Words that are still awaited can't be sent."""
    return not is_awaited(line.source) and bool(line.text or line.corrects or files_of(turn, line))


@press("reply-stop")
def answer_stop(turn: Turn, line: int) -> Outcome:
    row, found, refused = _own(turn, line, anybody=True)
    if row is None or found is None:
        return refused
    if row.state != "held":
        gone = row.state in ("sending", "sent", "unknown")
        return Reply(_("Too late: it has gone out."), toast=True) if gone else settled()
    stop(turn, found, row)
    return Reply(_("Stopped. Nothing went out."), toast=True)


@press("reply-change")
def answer_change(turn: Turn, line: int) -> Outcome:
    row, found, refused = _own(turn, line)
    if row is None or found is None:
        return refused
    if row.state not in ("draft", "stopped"):
        return settled()
    ask(turn, found, row)
    return None


@press("reply-keep")
def answer_keep(turn: Turn, line: int) -> Outcome:
    row, found, refused = _own(turn, line)
    if row is None or found is None:
        return refused
    if row.state != "draft" or not is_awaited(row.source):
        return settled()
    row = turn.work.change(row, source="")
    turn.say(Reply(Text(), card=f"ask:{row.id}", to=spot_for(turn, found), clears=True))
    preview(turn, found, row)
    return None


@press("reply-drop")
def answer_drop(turn: Turn, line: int) -> Outcome:
    row, _found, refused = _own(turn, line)
    if row is None:
        return refused
    if row.state not in (*UNSENT, "failed"):
        return settled()
    drop(turn, row)
    return Reply(_("Discarded. Nothing went out."), toast=True)


def _own(turn: Turn, id: int, *, anybody: bool = False) -> tuple[Line | None, Ticket | None, Reply | None]:
    """The answer and its ticket; or why this person has nothing to decide here. Anybody may stop what goes out."""
    line = turn.work.get(Line, id)
    ticket = turn.work.desk.get(line.ticket) if line else None
    if line is None or ticket is None or line.kind != "out":
        return None, None, settled()
    if line.member != turn.me().id and not anybody:
        writer = turn.work.get(Member, line.member) if line.member else None
        name = writer.name if writer else "?"
        return None, None, Reply(_("{name} is writing this answer and decides about it.", name=name), toast=True)
    if (refused := may_not(turn, ticket)) is not None:
        return None, None, refused
    return line, ticket, None


def may_not(turn: Turn, ticket: Ticket | None) -> Reply | None:
    """In a room that has the ticket anybody may answer; in private those who see the customer, or have the ticket."""
    if ticket is None or ticket.state == "merged":
        return settled()
    if ticket.state == "closed":
        return Reply(_("This is closed. A new message of the customer opens a new one."), toast=True)
    theirs = ticket.owner == turn.me().id or not turn.private
    if theirs or sees(turn, turn.work.customers.get(ticket.customer)):
        return None
    return Reply(not_yours(turn), toast=True)


def _is_at_it(turn: Turn, line: Line) -> Text:
    other = turn.work.get(Member, line.member) if line.member else None
    return _("{name} is answering.", name=other.name if other else "?")
