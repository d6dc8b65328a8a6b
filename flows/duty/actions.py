"""A customer comes to a tier or stage that others look after: theirs at once when nobody has it, else offered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, text
from bot.core.text import gettext as _
from flows.handover.actions import told
from flows.teams.actions import hand_over_reminder
from flows.tiers.words import kind_named, named
from flows.turn import Turn
from store.models import Customer, Member, Standing


def duty_of(turn: Turn, kind: str, value: str) -> list[Member]:
    """Those who look after it and are still here."""
    ids = turn.workspace.settings.get("duty", {}).get(f"{kind}:{value}", [])
    return [member for member in turn.work.people.members() if member.id in ids and member.role != "viewer"]


def on_move(turn: Turn, customer: Customer, move: Standing) -> Customer:
    """After a change of tier or stage."""
    found = duty_of(turn, move.kind, move.now)
    if not found or customer.owner in {member.id for member in found}:
        return customer
    to = _freest(turn, found)
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is None or owner.state != "active":
        return give(turn, customer, to)
    body = lines(
        text(bold(customer.name), " · ", kind_named(move.kind), " ", named(move.kind, move.now)),
        _("{name} looks after these. Hand over?", name=to.name),
    )
    choices = (
        Option(_("Hand to {name}", name=to.name[:30]), f"duty-give:{customer.id}:{to.id}"),
        Option(_("Show card"), f"who:{customer.id}"),
    )
    turn.message_member(owner, Reply(body, choices), "standing")
    return customer


def give(turn: Turn, customer: Customer, to: Member) -> Customer:
    """The member has the customer from now on, and reads what there is to know."""
    changed = turn.work.customers.change(customer, owner=to.id)
    for reminder in turn.work.reminders.of_customer(customer.id):
        if reminder.member == customer.owner:
            hand_over_reminder(turn, reminder, to)
    if turn.member is None or turn.member.id != to.id:
        body = lines(_("{name} is yours now:", name=customer.name), *told(turn, [changed]))
        turn.message_member(to, Reply(body, (Option(_("Show card"), f"who:{customer.id}"),)), "standing")
    return changed


def described(turn: Turn) -> list[Text]:
    """Each rule in a line."""
    members = {member.id: member.name for member in turn.work.people.members()}
    rows = []
    for key, ids in sorted(turn.workspace.settings.get("duty", {}).items()):
        kind, _colon, value = key.partition(":")
        names = [members[id] for id in ids if id in members]
        if names:
            rows.append(text("• ", kind_named(kind), " ", named(kind, value), ": ", ", ".join(names)))
    return rows


def _freest(turn: Turn, members: Sequence[Member]) -> Member:
    return min(members, key=lambda member: (len(turn.work.customers.owned_by(member.id)), member.id))
