"""Who hears what of a ticket, besides those before whose eyes its card changes."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, lines, quote, text
from bot.core.text import gettext as _
from flows.activities.facts import ActivityLogged
from flows.activities.smalltalk import talk_of
from flows.promises.facts import PromiseMade
from flows.router import MANAGERS
from flows.tickets import actions, cards
from flows.tickets.facts import (
    CustomerSaid,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketSolved,
)
from flows.tickets.intake import COURTESIES
from flows.tickets.reading import read_words
from flows.tickets.rules import URGENT, urgency
from flows.tickets.wishes import mentioned
from flows.turn import Turn
from store.models import Activity, Line, Member, Promise, Ticket

QUOTED = 500


def _tell(turn: Turn, ticket: Ticket, members: Iterable[int | None], said: Text, *more: Text | None, kind: str) -> None:
    """Each once; never who does it, and no card where the customer's words stand on it already."""
    me = turn.member.id if turn.member else None
    options = (Option(_("Show ticket"), f"ticket:{ticket.id}"),)
    for id in dict.fromkeys(members):
        member = turn.work.get(Member, id) if id and id != me else None
        if member is not None and member.state == "active":
            turn.message_member(member, Reply(lines(bold(said), *more), options), kind)


def _named(turn: Turn, ticket: Ticket) -> dict[str, Text | str]:
    customer = turn.work.customers.get(ticket.customer)
    return {"number": actions.number_of(ticket), "customer": customer.name if customer else "?"}


def _who(turn: Turn) -> str:
    return turn.member.name if turn.member else ""


def _account_owner(turn: Turn, ticket: Ticket) -> int | None:
    customer = turn.work.customers.get(ticket.customer)
    return customer.owner if customer else None


def moved(turn: Turn, fact: TicketMoved) -> None:
    """A step that somebody else set: the owner hears. What is solved, opened again or merged is told as such."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None or turn.member is None or ticket.state not in ("open", "waiting") or fact.state == "solved":
        return
    step = cards.step_of(turn, ticket)
    said = _("{number} · {customer}: {step} ({name})", step=step, name=_who(turn), **_named(turn, ticket))
    _tell(turn, ticket, [ticket.owner], said, kind="team")


def solved(turn: Turn, fact: TicketSolved) -> None:
    """Whoever looks after the customer hears at once, and so does whoever had it, when somebody else solved it.

    What a customer solved for themselves, with an article, is on the card.
    """
    ticket, by = turn.work.desk.get(fact.ticket), turn.work.get(Member, fact.by or 0)
    if ticket is None or by is None:
        return
    said = _("{name} solved {number} · {customer}", name=by.name, **_named(turn, ticket))
    last = _last_note(turn, ticket)
    _tell(turn, ticket, [_account_owner(turn, ticket), ticket.owner], said, quote(ticket.title), last, kind="")


def _last_note(turn: Turn, ticket: Ticket) -> Text | None:
    """What was done, as the last note or answer says."""
    done = [line for line in turn.work.desk.lines(ticket.id) if line.kind == "note" or line.state == "sent"]
    return text(done[-1].text[:QUOTED]) if done else None


def reopened(turn: Turn, fact: TicketReopened) -> None:
    """It was not solved after all: its owner, and whoever solved it, hear at once."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is not None:
        said = _("Not solved after all: {number} · {customer}", **_named(turn, ticket))
        _tell(turn, ticket, [ticket.owner, _account_owner(turn, ticket)], said, quote(ticket.title), kind="")


# anger


def opened(turn: Turn, fact: TicketOpened) -> None:
    """What a member writes down about an angry customer is told like the customer's own words."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is not None and ticket.tone == "angry":
        _tell_leads(turn, ticket, ticket.title)


def heard(turn: Turn, fact: CustomerSaid) -> None:
    """A complaint in the middle of a ticket makes it one; anger makes it urgent, and the managers hear at once."""
    ticket, line = turn.work.desk.get(fact.ticket), turn.work.get(Line, fact.line)
    if ticket is None or line is None:
        return
    wish = read_words(line.text)
    if wish.kind == "complaint" and ticket.kind in ("question", "request"):
        ticket = actions.change(turn, ticket, kind="complaint", priority=min(ticket.priority, urgency("complaint")))
    if ticket.tone == "angry" or not wish.angry:
        return
    ticket = actions.change(turn, ticket, tone="angry", priority=max(URGENT, ticket.priority - 1))
    _tell_leads(turn, ticket, line.text)


def _tell_leads(turn: Turn, ticket: Ticket, words: str) -> None:
    """Those who lead the owner's team, else all managers; no survey follows by rule."""
    owner = cards.owner_of(turn, ticket)
    leads = [member for member in turn.work.people.members() if member.role in MANAGERS]
    near = [member for member in leads if owner is not None and owner.team and member.team == owner.team]
    said = _("Angry: {customer} · {number}", **_named(turn, ticket))
    who = _("Owner: {name}", name=owner.name) if owner else _("Nobody has it yet.")
    body = lines(bold(said), quote(words[:QUOTED]), who)
    options = [Option(_("Show ticket"), f"ticket:{ticket.id}")]
    if owner is None:
        options.insert(0, Option(_("Take"), f"ticket-take:{ticket.id}", style="primary"))
    for member in near or leads:
        if turn.member is None or member.id != turn.member.id:
            turn.message_member(member, Reply(body, tuple(options), urgency=Urgency.ALERT), "")


# what reached somebody else


def passed_on(turn: Turn, fact: ActivityLogged) -> None:
    """A customer wrote to a colleague who passed it on: it belongs to the open ticket, where its owner reads it.

    Where none is open, whoever looks after the customer reads it.
    """
    activity = turn.work.get(Activity, fact.activity)
    customer = turn.work.customers.get(fact.customer)
    if activity is None or customer is None or activity.direction != "in" or fact.kind != "message":
        return
    polite = talk_of(activity.text) in COURTESIES
    ticket = next((t for t in turn.work.desk.of_customer(customer.id) if t.state in ("open", "waiting")), None)
    if ticket is not None:
        actions.file(turn, ticket, activity, polite=polite)
        return
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if polite or owner is None or owner.state != "active" or (turn.member and owner.id == turn.member.id):
        return
    said = _("{customer} wrote to {name}:", customer=customer.name, name=_who(turn))
    choices = (
        Option(_("Open a ticket"), f"ticket-from:{activity.id}"),
        Option(_("Show card"), f"who:{customer.id}"),
    )
    turn.message_member(owner, Reply(lines(bold(said), quote(activity.text[:QUOTED])), choices), "customer")


def link_promises(turn: Turn, fact: ActivityLogged) -> None:
    """What was promised in a line that names a ticket belongs to it."""
    activity = turn.work.get(Activity, fact.activity)
    for promised in turn.work.find(Promise, activity=fact.activity) if activity else ():
        _link(turn, promised, activity.text if activity else "")


def promised(turn: Turn, fact: PromiseMade) -> None:
    """A promise whose words name a ticket of the same customer belongs to it."""
    made = turn.work.promises.get(fact.promise)
    if made is not None and made.ticket is None:
        _link(turn, made, f"{made.what}\n{made.details}")


def _link(turn: Turn, promised: Promise, words: str) -> None:
    """The ticket counts as changed by the same act, so that its card follows when that is taken back."""
    found = (turn.work.desk.numbered(number) for number in mentioned(words))
    ticket = next((ticket for ticket in found if ticket and ticket.customer == promised.customer), None)
    if ticket is not None:
        ticket = actions.end_of(turn, ticket) or ticket
        turn.work.change(promised, ticket=ticket.id)
        actions.noted(turn, ticket, {}, {})
        cards.show(turn, ticket)
