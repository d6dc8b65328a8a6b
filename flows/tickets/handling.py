"""What people do with a ticket, whichever way they say it: by command, in plain words, or by a button."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.errors import BadInput, NotFound, TooLate
from bot.core.messages import Option, Reply
from bot.core.text import Text, code, lines, ngettext, text
from bot.core.text import gettext as _
from flows.activities.lines import understood
from flows.activities.rules import plan
from flows.arguments import colleague
from flows.customers.sight import not_yours, sees
from flows.replies import below
from flows.tickets import actions, cards, closing, flow, joining
from flows.tickets.reading import minutes_in
from flows.tickets.rules import DONE, KINDS, PRIORITIES, Step, at_work, first_in, shown
from flows.tickets.wishes import KIND_WORDS, PRIORITY_WORDS, Wish, read_wish
from flows.turn import Turn
from store.models import Line, Member, Promise, Ticket


def numbered(turn: Turn, number: int) -> Ticket:
    """The ticket that people call so; raises NotFound."""
    ticket = turn.work.desk.numbered(number)
    if ticket is None:
        raise NotFound(
            lines(
                _("There is no ticket T-{number}.", number=str(number)),
                _("{command} lists what is open.", command=code("/open")),
            )
        )
    customer = turn.work.customers.get(ticket.customer)
    if not sees(turn, customer) and ticket.owner != turn.me().id:
        raise NotFound(not_yours(turn))
    return ticket


def said(turn: Turn, ticket: Ticket, words: str) -> Any:
    """Does what the words ask for, and shows the ticket."""
    wish = read_wish(words)
    return do(turn, ticket, wish.act, wish.rest)


def do(turn: Turn, ticket: Ticket, act: str, rest: str = "") -> Any:
    """One of `ACTS`; a note on one that was merged goes where that goes on, everything else says so."""
    if ticket.state == "merged" and act not in ("show", "way"):
        into = actions.end_of(turn, ticket)
        if act != "note" or into is None:
            merged = _("Merged into {number}.", number=actions.number_of(into)) if into else None
            raise TooLate(lines(_("{number} is settled already.", number=actions.number_of(ticket)), merged))
        ticket = into
    return ACTS[act](turn, ticket, Wish(act, rest))


def changed(turn: Turn, ticket: Ticket, label: Text, toast: Text | None = None) -> Reply:
    """After an act: named for undo; the card follows where it stands, or comes where it does not."""
    card = actions.sheet_of(ticket.id)
    turn.did(text(actions.number_of(ticket), " ", label), card)
    ticket = actions.found(turn, ticket.id)
    if turn.card() in (card, actions.card_of(ticket.id)):
        return Reply(toast or label, toast=True)
    return below(turn, cards.ticket_card(turn, ticket))


def take(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """Mine; the first one wins, and taking a colleague's away is giving it to oneself by name."""
    me = turn.me()
    if ticket.state in DONE:
        raise TooLate(_("{number} is settled already.", number=actions.number_of(ticket)))
    owner = cards.owner_of(turn, ticket)
    if owner is not None and owner.id == me.id:
        return Reply(_("It is yours already."), toast=True)
    if owner is not None and owner.state == "active" and not wish.rest:
        raise TooLate(_("{name} has it already. Assign it to yourself if that was agreed.", name=owner.name))
    ticket = actions.assign(turn, ticket, me.id)
    if ticket.step == first_in(actions.flow_of(turn), "open").name:
        ticket = actions.move(turn, ticket, at_work(actions.flow_of(turn)))
    return changed(turn, ticket, _("taken"), _("It is yours."))


def assign(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """To a colleague by name; without one the colleagues are offered."""
    wanted = wish.rest.strip()
    me = turn.me()
    if wanted.casefold() in ("me", "myself", "我", "自己"):
        return give(turn, ticket, me)
    member = colleague(turn, wanted) if wanted else None
    if wanted and member is None:
        raise BadInput(
            lines(
                _("Nobody here is called “{name}”.", name=wanted[:40]),
                _("Example: {example}", example=code(_("/t 102 to Bob"))),
            )
        )
    return give(turn, ticket, member) if member else whom(turn, ticket)


def whom(turn: Turn, ticket: Ticket) -> Reply:
    """Everybody who may have it, with how much they have."""
    load = turn.work.desk.load()
    members = [m for m in turn.work.people.members() if m.role != "viewer" and m.id != ticket.owner]
    members.sort(key=lambda member: (member.duty != "on", load.get(member.id, 0), member.id))
    choices = [
        Option(text(member.name, f" ({load.get(member.id, 0)})"), f"ticket-to:{ticket.id}:{member.id}")
        for member in members[:8]
    ]
    return cards.with_options(turn, ticket, *choices, said=_("Who takes it?"))


def give(turn: Turn, ticket: Ticket, member: Member) -> Reply:
    """To this colleague, who hears of it."""
    if ticket.state in DONE:
        raise TooLate(_("{number} is settled already.", number=actions.number_of(ticket)))
    if ticket.owner == member.id:
        raise TooLate(_("{name} has it already.", name=member.name))
    if member.role == "viewer" or member.state != "active":
        raise BadInput(_("{name} can't take tickets.", name=member.name))
    ticket = actions.assign(turn, ticket, member.id)
    return changed(turn, ticket, _("given to {name}", name=member.name))


def drop(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """Back into the queue."""
    if ticket.owner is None:
        raise TooLate(_("Nobody has it yet."))
    if ticket.state in DONE:
        raise TooLate(_("{number} is settled already.", number=actions.number_of(ticket)))
    return changed(turn, actions.assign(turn, ticket, None), _("given back to the queue"))


def step_to(turn: Turn, ticket: Ticket, step: Step) -> Reply:
    """Into a step of the flow, by the door that its state has."""
    if step.state == "solved":
        return solve(turn, ticket, Wish("solve"))
    if step.state == "closed":
        return close(turn, ticket, Wish("close"))
    if ticket.state in ("solved", "closed"):
        ticket = actions.reopen(turn, ticket)
    elif ticket.state == "merged":
        raise TooLate(_("{number} is settled already.", number=actions.number_of(ticket)))
    if ticket.step == step.name:
        return below(turn, cards.ticket_card(turn, ticket))
    return changed(turn, actions.move(turn, ticket, step), text("→ ", shown(step)))


def wait(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    return step_to(turn, ticket, first_in(actions.flow_of(turn), "waiting"))


def work(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    return step_to(turn, ticket, at_work(actions.flow_of(turn)))


def solve(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """Done; the survey follows by its rules, unless it is not wanted. What was nobody's was whose who solved it."""
    if ticket.owner is None and ticket.state not in DONE:
        ticket = actions.assign(turn, ticket, turn.me().id)
    ticket = actions.solve(turn, ticket, ask=wish.act != "quietly")
    return changed(turn, ticket, _("solved"))


def close(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """For good; says what is missing, and asks for the cause of a complaint."""
    closing.may_close(turn, ticket)
    if ticket.kind == "complaint" and not ticket.cause:
        return closing.ask_cause(turn, ticket)
    return changed(turn, closing.close(turn, ticket), _("closed"))


def cause(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """Why it came to the complaint; a solved one of which the customer knows is closed with it."""
    if not wish.rest.strip():
        raise BadInput(_("Say the cause in a few words, or press one."))
    ticket = actions.change(turn, ticket, cause=wish.rest.strip()[:120])
    if ticket.state == "solved" and closing.missing(ticket) is None:
        return changed(turn, closing.close(turn, ticket), _("closed"))
    return changed(turn, ticket, _("cause: {cause}", cause=cards.cause_of(ticket)))


def reopen(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    return changed(turn, actions.reopen(turn, ticket), _("opened again"))


def priority(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    return rate(turn, ticket, PRIORITY_WORDS[wish.rest.casefold()])


def rate(turn: Turn, ticket: Ticket, level: int) -> Reply:
    """Another priority."""
    if level not in PRIORITIES:
        raise BadInput(_("Say urgent, high, normal or low."))
    ticket = actions.change(turn, ticket, priority=level)
    return changed(turn, ticket, _("priority {name}", name=PRIORITIES[level]))


def kind(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    return sort(turn, ticket, KIND_WORDS[wish.rest.casefold()])


def sort(turn: Turn, ticket: Ticket, kind: str) -> Reply:
    """Another kind."""
    if kind not in KINDS:
        raise BadInput(_("Say question, fault, complaint or request."))
    ticket = actions.change(turn, ticket, kind=kind)
    return changed(turn, ticket, _("is a {kind}", kind=KINDS[kind]))


def note(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """Among ourselves; time spent and promises in it count. Words that are a step of the firm's flow move it there."""
    if (step := flow.called(actions.flow_of(turn), turn, wish.rest)) is not None:
        return step_to(turn, ticket, step)
    return noted(turn, ticket, wish.rest, minutes=minutes_in(wish.rest))


def noted(turn: Turn, ticket: Ticket, words: str, *, minutes: int) -> Reply:
    """Written down as it was said."""
    if not words.strip():
        raise BadInput(_("Write the note behind it: {example}", example=code(_("/t 102 note part ordered"))))
    line = actions.note(turn, ticket, words, minutes=minutes)
    promised = promises_in(turn, ticket, line)
    more = ngettext("{n} promise noted with it", "{n} promises noted with it", promised) if promised else None
    label = _("note: {words}", words=words.strip()[:80])
    return changed(turn, ticket, label, lines(_("Noted."), more))


def promises_in(turn: Turn, ticket: Ticket, line: Line) -> int:
    """What a member promises in a ticket is kept with it."""
    found = plan(understood(turn, line.text, line.at), turn.local).promises
    theirs = _THEIRS.search(line.text) is not None
    for one in found:
        turn.work.add(
            Promise(
                customer=ticket.customer,
                ticket=ticket.id,
                member=turn.me().id,
                by=one.by if theirs else "us",
                what=one.what,
                due=one.due,
                made=turn.now,
            )
        )
    return len(found)


def step(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """By the name of a step; other words are a note."""
    found = flow.called(actions.flow_of(turn), turn, wish.rest)
    if found is None:
        raise BadInput(
            lines(
                _("There is no step “{name}”.", name=wish.rest[:40]),
                flow.names(actions.flow_of(turn)),
            )
        )
    return step_to(turn, ticket, found)


def merge(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """Into another one of the same customer."""
    into = joining.merge(turn, ticket, numbered(turn, int(wish.rest)))
    turn.did(_("{number} merged into {into}", number=actions.number_of(ticket), into=actions.number_of(into)))
    return below(turn, cards.ticket_card(turn, into))


def split(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    """Which line becomes a ticket of its own."""
    said = [line for line in turn.work.desk.lines(ticket.id) if line.kind == "in" and line.state == "said"]
    if len(said) < 2:
        raise TooLate(_("There is only one thing in this ticket."))
    choices = [
        Option(text(line.text[:40]), f"ticket-part:{ticket.id}:{line.id}", wide=True) for line in said[-6:] if line.text
    ]
    return cards.with_options(turn, ticket, *choices, said=_("Which words become a ticket of their own?"))


def show(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    return below(turn, cards.ticket_card(turn, ticket))


def way(turn: Turn, ticket: Ticket, wish: Wish) -> Reply:
    return below(turn, cards.timeline(turn, ticket))


_THEIRS = re.compile(r"\b(?:they|he|she|customer)\b|他们|她|他|对方|客户", re.IGNORECASE)
"""Who else than ourselves could have promised it."""
ACTS: Mapping[str, Callable[[Turn, Ticket, Wish], Any]] = {
    "assign": assign,
    "cause": cause,
    "close": close,
    "drop": drop,
    "kind": kind,
    "merge": merge,
    "note": note,
    "priority": priority,
    "quietly": solve,
    "reopen": reopen,
    "show": show,
    "solve": solve,
    "split": split,
    "step": step,
    "take": take,
    "wait": wait,
    "way": way,
    "work": work,
}
