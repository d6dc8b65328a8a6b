"""Requests find their people: when they come, when somebody comes, and when nobody takes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from flows.clocks import rules as clocks
from flows.clocks.calendars import firm_calendar
from flows.leads.actions import card as lead_card
from flows.leads.actions import lead_of, take
from flows.routing.conditions import holds, names_of
from flows.routing.people import is_on, people, somebody_comes, stand_in
from flows.routing.rules import Choice, Wish, choose
from flows.tickets.actions import assign
from flows.tickets.facts import CustomerSaid, TicketAssigned, TicketMoved, TicketOpened, TicketReopened
from flows.turn import Turn
from store.alone import alone
from store.models import Lead, Line, Member, Rule, Stay, Ticket

PURPOSE = "route"
ACCEPT, QUEUE = "accept", "queue"
"""Timers: nobody has taken it; somebody's hours begin."""
ACCEPT_MINUTES = 20
MOST = 200
"""Requests that are given out in one turn."""


def opened(turn: Turn, fact: TicketOpened) -> None:
    """Somebody has it before anything else happens to it, or it waits in sight of all behind the older ones."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is not None and ticket.owner is None and ticket.state in ("open", "waiting"):
        give_out(turn)


def give_out(turn: Turn) -> list[Ticket]:
    """What waits goes to whoever is free, the most urgent first and then the oldest; returns what found somebody."""
    _alone(turn)
    given = []
    for ticket in turn.work.desk.queue()[:MOST]:
        if _asked_of_another(turn, ticket):
            continue
        choice = choose(wish_of(turn, ticket), people(turn))
        if choice is None:
            break
        given.append(_give(turn, ticket, choice))
    if turn.work.desk.queue() and (comes := somebody_comes(turn)) is not None:
        turn.work.timers.move(QUEUE, "all", comes)
    return given


def _asked_of_another(turn: Turn, ticket: Ticket) -> bool:
    """Its customer is a lead that is offered to one after the other: whoever takes the lead takes the request."""
    return lead_of(turn, ticket.customer) is not None


def take_the_lead(turn: Turn, fact: TicketAssigned) -> None:
    """Who takes a stranger's request takes the stranger: nobody else is asked whether they will any more."""
    ticket = turn.work.desk.get(fact.ticket)
    owner = turn.work.get(Member, ticket.owner) if ticket and ticket.owner and fact.by else None
    lead = lead_of(turn, ticket.customer) if ticket and owner else None
    if lead is not None and owner is not None and take(turn, lead, owner) is not None:
        shown = lead_card(turn, turn.work.get(Lead, lead.id) or lead)
        turn.rewrite(shown.card, shown)


def _alone(turn: Turn) -> None:
    """Two who open or close a request at once don't both fill somebody's last place."""
    alone(turn.work, f"ticket:{turn.work.workspace}")


def _give(turn: Turn, ticket: Ticket, choice: Choice) -> Ticket:
    """Whoever looks after the customer keeps it, and is warned; others lose it to the next when they don't take it."""
    ticket = assign(turn, ticket, choice.member, automatic=True)
    minutes = 0 if choice.why == "owner" else accept_minutes(turn)
    if minutes:
        due = clocks.due(firm_calendar(turn), turn.now, timedelta(minutes=minutes))
        turn.work.timers.move(ACCEPT, str(ticket.id), due)
    return ticket


def accept_minutes(turn: Turn) -> int:
    """Open minutes within which somebody who was given a request takes it; 0: they are not watched."""
    return int(turn.workspace.settings.get("accept", ACCEPT_MINUTES))


def wish_of(turn: Turn, ticket: Ticket) -> Wish:
    """What the request asks for: the first rule that fits, and what it is about."""
    names = names_of(turn, ticket)
    customer = turn.work.customers.get(ticket.customer)
    owner = turn.work.get(Member, customer.owner) if customer and customer.owner else None
    deputy = stand_in(turn, owner) if owner is not None and not is_on(turn, owner) else None
    tags = {str(tag).casefold() for tag in names["tags"]}
    return Wish(
        ruled=_ruled(turn, rules_of(turn), names),
        owner=owner.id if owner else None,
        deputy=deputy.id if deputy else None,
        needs=frozenset({ticket.kind, str(names["language"]), *tags}),
        vip=bool(names["vip"]),
    )


def rules_of(turn: Turn) -> list[Rule]:
    """The firm's, in order."""
    return sorted(turn.work.find(Rule, purpose=PURPOSE, active=True), key=lambda rule: (rule.position, rule.id))


def _ruled(turn: Turn, rules: Sequence[Rule], names: Mapping[str, object]) -> tuple[int, ...]:
    fits = next((rule for rule in rules if holds(rule.condition, names)), None)
    named = [turn.work.get(Member, id) for id in members_of(fits)] if fits else []
    found = [stand_in(turn, member) for member in named if member is not None]
    return tuple(dict.fromkeys(member.id for member in found if member is not None))


def members_of(rule: Rule) -> list[int]:
    """Whom a rule names."""
    return [int(id) for verb, *ids in json.loads(rule.then) if verb == "give" for id in ids]


# afterwards


def not_taken(turn: Turn, ticket: Ticket) -> Ticket | None:
    """Nobody has taken it in time: once it goes on by itself. None when it stays, and only a person can move it."""
    _alone(turn)
    stays: list[Stay] = turn.work.desk.stays(ticket.id)
    if ticket.owner is None or ticket.state != "open" or taken(turn, ticket, stays) or _asked_of_another(turn, ticket):
        return ticket
    if moved_by_itself(stays):
        return None
    choice = choose(wish_of(turn, ticket), people(turn), frozenset({ticket.owner}))
    return _give(turn, ticket, choice) if choice else None


def taken(turn: Turn, ticket: Ticket, stays: Sequence[Stay]) -> bool:
    """Its owner has answered, written in it, or moved it, since it came to them."""
    since = next((stay.since for stay in _newest(stays) if stay.owner == ticket.owner), ticket.opened)
    acted = any(stay.by == ticket.owner and stay.since >= since for stay in stays)
    lines: list[Line] = turn.work.desk.lines(ticket.id)
    return acted or any(line.member == ticket.owner and line.at >= since for line in lines)


def _newest(stays: Sequence[Stay]) -> list[Stay]:
    """The stretches that the present owner has had it without a break, the oldest first."""
    owner = stays[-1].owner if stays else None
    found = []
    for stay in reversed(stays):
        if stay.owner != owner:
            break
        found.append(stay)
    return found[::-1]


def moved_by_itself(stays: Sequence[Stay]) -> int:
    """How often it went from one to another without anybody's act since a person last decided who has it."""
    moves, owner = 0, None
    for stay in stays:
        if stay.owner is not None and owner is not None and stay.owner != owner:
            moves = moves + 1 if stay.by is None else 0
        owner = stay.owner if stay.owner is not None else owner
    return moves


def said(turn: Turn, fact: CustomerSaid) -> None:
    """A customer writes to somebody who is away: whoever stands in has it from now on, once."""
    ticket = turn.work.desk.get(fact.ticket)
    owner = turn.work.get(Member, ticket.owner) if ticket and ticket.owner else None
    if ticket is None or owner is None or ticket.state != "open" or is_on(turn, owner):
        return
    if _asked_of_another(turn, ticket):
        return
    if not moved_by_itself(turn.work.desk.stays(ticket.id)):
        _alone(turn)
        choice = choose(wish_of(turn, ticket), people(turn), frozenset({owner.id}))
        if choice is not None:
            _give(turn, ticket, choice)


def reopened(turn: Turn, fact: TicketReopened) -> None:
    """It goes back to whoever had it; one who has left us has it no more."""
    ticket = turn.work.desk.get(fact.ticket)
    owner = turn.work.get(Member, ticket.owner) if ticket and ticket.owner else None
    if ticket is not None and (owner is None or owner.state != "active"):
        if ticket.owner is not None:
            assign(turn, ticket, None, automatic=True)
        give_out(turn)


def moved(turn: Turn, fact: TicketMoved) -> None:
    """Somebody has a place again: the oldest that waits takes it."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None or ticket.state in ("open", "waiting"):
        return
    turn.work.timers.cancel(ACCEPT, str(ticket.id))
    give_out(turn)


def let_go(turn: Turn, member: Member, *, waiting_only: bool = False) -> list[Ticket]:
    """What a member has goes back to be given out anew: all of it, or only what waits for an answer."""
    mine = turn.work.desk.of_owner(member.id)
    if waiting_only:
        mine = [t for t in mine if any(c.kind in ("first", "next") for c in turn.work.desk.clocks(t.id))]
    free = [assign(turn, ticket, None) for ticket in mine]
    give_out(turn)
    return free
