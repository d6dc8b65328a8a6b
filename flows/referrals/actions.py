"""Making codes, and counting once who came with one."""

from __future__ import annotations

import re
import secrets

from bot.core.errors import BadInput
from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, join, lines
from bot.core.text import gettext as _
from flows.customers.facts import CustomerTouched
from flows.turn import Turn
from store.models import Customer, Member, Purchase, Referral, Referred

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that is taken for another when it is read aloud."""
CODE = re.compile(r"(?<![A-Z0-9])R-?([A-HJKMNP-Z2-9]{6})(?![A-Z0-9])", re.I)


def code_of(turn: Turn, customer: Customer) -> Referral:
    """The customer's own code, the same for ever."""
    known = turn.work.first(Referral, customer=customer.id)
    if known is not None:
        return known
    code = "R-" + "".join(secrets.choice(LETTERS) for _letter in range(6))
    member = turn.member.id if turn.member else customer.owner
    return turn.work.add(Referral(customer=customer.id, code=code, member=member, made=turn.now))


def named_in(turn: Turn, words: str) -> Referral | None:
    """The code that stands in the words."""
    match = CODE.search(words)
    return turn.work.first(Referral, code=f"R-{match[1].upper()}") if match else None


def came(turn: Turn, customer: Customer, referral: Referral) -> Referred:
    """Counted once; nobody recommends themselves, and who has bought before is not new."""
    if referral.customer == customer.id:
        raise BadInput(_("Nobody recommends us to themselves."))
    if turn.work.first(Referred, customer=customer.id) is not None:
        raise BadInput(_("{name} came by a recommendation already.", name=customer.name))
    if turn.work.first(Purchase, customer=customer.id, kind="order", state="open") is not None:
        raise BadInput(_("{name} has bought from us before.", name=customer.name))
    return turn.work.add(Referred(referral=referral.id, customer=customer.id, at=turn.now))


def on_words(turn: Turn, fact: CustomerTouched) -> None:
    """A code in what a new customer writes; whoever looks after the one who recommended hears it."""
    body = turn.event.body if turn.event else None
    referral = named_in(turn, body.text) if fact.inbound and isinstance(body, Said) else None
    customer = turn.work.customers.get(fact.customer) if referral else None
    if referral is None or customer is None:
        return
    try:
        came(turn, customer, referral)
    except BadInput:
        return
    giver = turn.work.customers.get(referral.customer)
    owner = turn.work.get(Member, giver.owner) if giver and giver.owner else None
    if giver is not None and owner is not None:
        said = _("{name} has recommended us: {new} wrote.", name=giver.name, new=customer.name)
        turn.message_member(owner, Reply(said, (Option(_("Show"), f"refer:{giver.id}"),)), "customer")


def thank(turn: Turn, referral: Referral) -> int:
    """Notes that the thanks for all who bought are given; returns for how many."""
    rows = [row for row in turn.work.find(Referred, referral=referral.id) if row.rewarded is None]
    bought = [row for row in rows if turn.work.first(Purchase, customer=row.customer, kind="order", state="open")]
    for row in bought:
        turn.work.change(row, rewarded=turn.now)
    return len(bought)


def told(turn: Turn, referral: Referral) -> Text:
    """How many came, and how many of them bought."""
    rows = turn.work.find(Referred, referral=referral.id)
    names = {c.id: c.name for c in turn.work.segments.customers([row.customer for row in rows])}
    bought = [row for row in rows if turn.work.first(Purchase, customer=row.customer, kind="order", state="open")]
    came_ = join(", ", [names.get(row.customer, "?") for row in rows[-8:]])
    return lines(
        _("{n} came with it, {bought} bought.", n=str(len(rows)), bought=str(len(bought))),
        came_,
    )
