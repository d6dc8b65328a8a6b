"""Offering a lead, taking it, passing it on; whoever it comes from (chat, web form, another system)."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, quote
from bot.core.text import gettext as _
from flows.arrival import source_name
from flows.leads.facts import LeadTaken
from flows.router import MANAGERS
from flows.tiers.actions import place
from flows.turn import Turn
from store.models import Customer, Lead, Member

TIMER = "lead"
MINUTES = 30
"""How long one person has to answer, unless the firm says otherwise."""


def offer_lead(turn: Turn, customer: Customer, *, source: str = "", words: str = "") -> Lead:
    """A new lead goes to whoever has the fewest; until somebody takes it, it is nobody's."""
    lead = turn.work.add(
        Lead(customer=customer.id, source=(source or customer.source)[:80], words=words[:1000], made=turn.now)
    )
    return offer_next(turn, lead)


def offer_next(turn: Turn, lead: Lead) -> Lead:
    """The next who has not said no; when all have, it lies in the pool and the managers hear."""
    member = _next(turn, lead)
    if member is None:
        return _to_pool(turn, lead)
    until = turn.now + timedelta(minutes=minutes_of(turn))
    lead = turn.work.change(lead, state="offered", member=member.id, until=until)
    turn.work.timers.move(TIMER, str(lead.id), until)
    turn.message_member(member, card(turn, lead), "lead")
    return lead


def take(turn: Turn, lead: Lead, member: Member) -> Customer | None:
    """The lead is this member's customer now; None when somebody was faster."""
    customer = turn.work.customers.get(lead.customer)
    if customer is None or lead.state not in ("offered", "pool"):
        return None
    turn.work.change(lead, state="taken", member=member.id, until=None)
    turn.work.timers.cancel(TIMER, str(lead.id))
    customer = turn.work.customers.change(customer, owner=member.id)
    if customer.stage == "lead":
        customer, _move = place(turn, customer, "stage", "potential", ["accepted"])
    turn.tell(LeadTaken(customer.id, member.id))
    return customer


def pass_on(turn: Turn, lead: Lead) -> Lead:
    """Whoever it was offered to does not take it, or did not answer in time."""
    passed = [*lead.passed, lead.member] if lead.member else lead.passed
    turn.work.timers.cancel(TIMER, str(lead.id))
    return offer_next(turn, turn.work.change(lead, passed=passed, member=None, until=None))


def card(turn: Turn, lead: Lead) -> Reply:
    """Who it is, what they said, and until when it waits for this person."""
    customer = turn.work.customers.get(lead.customer)
    name = customer.name if customer else "?"
    body = lines(
        bold(_("New lead: {name}", name=name)),
        _("From: {source}", source=source_name(lead.source)) if lead.source else None,
        quote(lead.words) if lead.words else None,
        _state(turn, lead),
    )
    choices: tuple[Option, ...] = ()
    if lead.state == "offered":
        choices = (
            Option(_("Accept"), f"lead-take:{lead.id}", style="primary"),
            Option(_("Pass"), f"lead-pass:{lead.id}"),
        )
    elif lead.state == "pool":
        choices = (Option(_("Take it"), f"lead-take:{lead.id}", style="primary"),)
    show = (Option(_("Show card"), f"who:{lead.customer}"), Option(_("Block"), f"block:{lead.customer}"))
    return Reply(body, (*choices, *show), card=f"lead:{lead.id}")


def _state(turn: Turn, lead: Lead) -> Text | None:
    member = turn.work.get(Member, lead.member) if lead.member else None
    if lead.state == "taken" and member is not None:
        return _("{name} has taken it.", name=member.name)
    if lead.state == "pool":
        return _("Nobody has it yet: it is in the pool.")
    return _("Yours for {n} minutes, then the next is asked.", n=str(minutes_of(turn)))


def minutes_of(turn: Turn) -> int:
    """How long a lead waits for one person."""
    return int(turn.workspace.settings.get("lead_minutes", MINUTES))


def pool(turn: Turn) -> list[Lead]:
    """Leads that wait for somebody, the oldest first."""
    return [*turn.work.find(Lead, state="pool"), *turn.work.find(Lead, state="offered")]


def lead_of(turn: Turn, customer: int) -> Lead | None:
    """The lead of a customer that nobody has taken yet."""
    return next((row for row in turn.work.find(Lead, customer=customer) if row.state in ("offered", "pool")), None)


def offered_to(turn: Turn, lead: Lead) -> list[Member]:
    """Who is asked whether they take it: one person, or, when it lies in the pool, the managers."""
    if lead.member is not None:
        return [member for member in turn.work.people.members() if member.id == lead.member]
    return [member for member in turn.work.people.members() if member.role in MANAGERS]


def _to_pool(turn: Turn, lead: Lead) -> Lead:
    lead = turn.work.change(lead, state="pool", member=None, until=None)
    shown = card(turn, lead)
    for member in offered_to(turn, lead):
        turn.message_member(member, shown, "lead")
    return lead


def _next(turn: Turn, lead: Lead) -> Member | None:
    members = turn.work.people.members()
    reps = [member for member in members if member.role == "rep"] or [m for m in members if m.role in MANAGERS]
    free = [member for member in reps if member.id not in lead.passed and member.home]
    waiting = [row.member for row in turn.work.find(Lead, state="offered")]
    taken = [row.member for row in turn.work.find(Lead, state="taken")][-50:]
    return min(free, key=lambda m: (waiting.count(m.id), taken.count(m.id), m.id), default=None)
