"""Moving customers from one member to another, and what the new one has to know of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.customers.story import READ, owed_since, summary_lines
from flows.teams.actions import hand_over_reminder
from flows.tickets.actions import assign
from flows.tiers.words import named
from flows.turn import Turn
from store.desk import OPEN
from store.models import Activity, Customer, Member, Promise, Reminder

FOREVER = timedelta(days=36500)
TOLD = 10
"""Customers that are told one by one in a handover."""


@dataclass(frozen=True, slots=True)
class Estate:
    """What a member looks after."""

    customers: Sequence[Customer]
    reminders: Sequence[Reminder]
    promises: Sequence[Promise]

    @property
    def empty(self) -> bool:
        return not (self.customers or self.reminders or self.promises)


def estate_of(turn: Turn, member: Member) -> Estate:
    """Customers, open reminders and open promises."""
    return Estate(
        turn.work.customers.owned_by(member.id),
        turn.work.reminders.open(member.id, turn.now + FOREVER),
        turn.work.find(Promise, member=member.id, state="open"),
    )


def hand_over(turn: Turn, estate: Estate, to: Member) -> None:
    """All of it is the other member's from now on."""
    for customer in estate.customers:
        for ticket in turn.work.desk.of_customer(customer.id):
            if ticket.owner == customer.owner and ticket.state in OPEN:
                assign(turn, ticket, to.id)
        turn.work.customers.change(customer, owner=to.id)
    for reminder in estate.reminders:
        hand_over_reminder(turn, reminder, to)
    for promise in estate.promises:
        turn.work.change(promise, member=to.id)


def counted(estate: Estate) -> Text:
    """ "12 customers, 3 reminders, 1 promise"."""
    return join(
        ", ",
        [
            ngettext("{n} customer", "{n} customers", len(estate.customers)),
            ngettext("{n} reminder", "{n} reminders", len(estate.reminders)),
            ngettext("{n} open promise", "{n} open promises", len(estate.promises)),
        ],
    )


def to_know(turn: Turn, customers: Sequence[int]) -> list[Text]:
    """What somebody who takes these over has to know of each."""
    return told(turn, [found for id in customers if (found := turn.work.customers.get(id))])


def told(turn: Turn, customers: Sequence[Customer]) -> list[Text]:
    """Each customer in a few lines, those first who wait for us, then the most valuable."""
    waiting = sorted(customers, key=lambda c: (owed_since(c) is None, -c.value, c.id))
    return [_told(turn, customer) for customer in waiting[:TOLD]]


def tell(turn: Turn, giver: Member, taker: Member, estate: Estate) -> None:
    """The new owner reads what is open with each customer, and can be introduced to those who are in reach."""
    fresh = Estate(
        [c for customer in estate.customers if (c := turn.work.customers.get(customer.id))],
        estate.reminders,
        estate.promises,
    )
    rest = len(fresh.customers) - TOLD
    body = lines(
        _("From {giver}, yours now: {what}.", giver=giver.name, what=counted(fresh)),
        *(text("\n", part) for part in told(turn, fresh.customers)),
        ngettext("and {n} more: {all}", "and {n} more: {all}", rest, all=code("/find owner:me")) if rest > 0 else None,
    )
    reach = [customer for customer in fresh.customers if turn.work.people.chats_of(customer.id)][:5]
    choices = tuple(
        Option(_("Introduce me to {name}", name=c.name[:30]), f"introduce:{c.id}:{giver.id}", wide=True) for c in reach
    )
    turn.message_member(taker, Reply(body, choices), "")


def introduced(turn: Turn, customer: Customer) -> bool:
    """Whether this customer has been told of the present owner."""
    return turn.work.activities.by_source(f"introduction:{customer.id}:{customer.owner}") is not None


def note_introduction(turn: Turn, customer: Customer, words: str) -> None:
    """It stands in the history like any message of ours."""
    turn.work.add(
        Activity(
            customer=customer.id,
            member=turn.me().id,
            kind="message",
            at=turn.at,
            text=words,
            source=f"introduction:{customer.id}:{customer.owner}",
            logged=turn.now,
        )
    )


def _told(turn: Turn, customer: Customer) -> Text:
    work = turn.work
    recent = work.activities.last(customer.id, limit=READ)
    standing = [named("stage", customer.stage)] if customer.stage else []
    head = text(
        bold(customer.name), f" · {customer.tier}" if customer.tier else "", *(text(" · ", s) for s in standing)
    )
    since = owed_since(customer)
    owed = _("We owe a reply since {day}.", day=moment(since.astimezone(turn.zone).date(), "day")) if since else None
    tasks = [
        _("To do {when}: {what}", when=moment(reminder.due, "short"), what=reminder.text or "…")
        for reminder in work.reminders.of_customer(customer.id)[:3]
    ]
    promises = [
        _("We promised: {what} ({due})", what=p.what, due=moment(p.due, "day") if p.due else _("no date"))
        for p in work.activities.promised(customer.id)[:3]
        if p.by == "us"
    ]
    last = recent[0] if recent else None
    touched = _("Last: {items}", items=" ".join(last.text.split())[:80]) if last and last.text else None
    return lines(
        head, owed, *(summary_lines(turn, customer, recent) or ([touched] if touched else [])), *promises, *tasks
    )
