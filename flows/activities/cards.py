"""How a log looks in chat: what was understood, in one glance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.core.messages import Option, Reply
from bot.core.text import Amount, Text, bold, join, lines, moment, quote, text
from bot.core.text import gettext as _
from flows.activities.actions import Logged
from flows.activities.words import kind_name
from flows.customers import offering as numbers
from flows.deals import offering as deals
from flows.orders import offering as orders
from flows.promises import offering as promises
from flows.reminders import offering as reminders
from flows.tickets.offering import offer
from flows.turn import Turn
from flows.voice.rules import is_spoken
from store.models import Promise, Reminder


def card_of(activity: int) -> str:
    """The name of the card that shows this activity."""
    return f"log:{activity}"


def logged_card(turn: Turn, logged: Logged, *, first: bool = False) -> Reply:
    """Customer, kind, promise, reminder, tags; Undo and Edit, and a follow-up where none was agreed."""
    activity = logged.activity
    if activity.status == "cancelled":
        return called_off_card(logged)
    contact = turn.work.customers.contact(activity.contact) if activity.contact else None
    names = {"kind": kind_name(activity.kind), "customer": text(logged.customer.name)}
    planned = activity.status == "planned"
    head = _("Planned: {kind} · {customer}", **names) if planned else _("Logged: {kind} · {customer}", **names)
    body = lines(
        bold(head),
        _("With {name}", name=contact.name) if contact else None,
        _("On {when}", when=moment(activity.at)) if _elsewhen(turn, logged) else None,
        _sum(activity.amount, activity.currency),
        *(_promised(promise) for promise in logged.promises),
        *(_reminded(reminder, activity.text) for reminder in logged.reminders if reminder.state == "open"),
        " ".join(f"#{tag}" for tag in logged.tags) or None,
        quote(_short(activity.text)),
        _("From a voice note") if is_spoken(activity.source) else None,
        _filled(activity.filled),
        _("Everybody in {firm} can see this.", firm=turn.workspace.name) if first else None,
    )
    return Reply(body, _options(turn, logged), card=card_of(activity.id))


def called_off_card(logged: Logged) -> Reply:
    """What is not held, when it would have been, and the way back."""
    activity = logged.activity
    card = card_of(activity.id)
    body = lines(
        bold(_("Called off: {kind} · {customer}", kind=kind_name(activity.kind), customer=text(logged.customer.name))),
        moment(activity.at),
        quote(_short(activity.text)),
    )
    return Reply(body, (Option(_("Undo"), f"undo:{card}"),), card=card)


def _options(turn: Turn, logged: Logged) -> tuple[Option, ...]:
    activity = logged.activity
    found = [
        Option(_("Undo"), f"undo:{card_of(activity.id)}"),
        Option(_("Edit"), f"log-edit:{activity.id}"),
    ]
    if not any(reminder.state == "open" for reminder in logged.reminders):
        found.append(Option(_("Follow up in 3 days"), f"follow-up:{activity.id}:3"))
    if activity.status == "done" and activity.kind in ("call", "visit", "meeting", "demo"):
        found.append(Option(_("Ask how it was"), f"survey-after:{activity.id}"))
    if (ticket := offer(activity)) is not None:
        found.append(ticket)
    found.extend(reminders.offer(turn, activity))
    found.extend(promises.offer(turn, activity))
    found.extend(numbers.offer(turn, activity))
    found.extend(deals.offer(turn, activity))
    found.extend(orders.offer(turn, activity))
    if not logged.tags:
        found.append(Option(_("Tag"), f"tags:{activity.customer}"))
    return tuple(found)


def _sum(amount: int | None, currency: str) -> Text | None:
    return _("Amount: {sum}", sum=Text((Amount(Decimal(amount), currency),))) if amount else None


FILLED: Mapping[str, Text] = {
    "kind": _("what it was"),
    "reminder": _("the reminder"),
    "promise": _("the promise"),
    "amount": _("the amount"),
}
"""Facts that a language model may have filled in."""


def _filled(names: str) -> Text | None:
    """So that nobody takes a machine's guess for what was said."""
    facts = [FILLED[name] for name in names.split() if name in FILLED]
    return _("Filled in by the language model: {facts}", facts=join(", ", facts)) if facts else None


def _elsewhen(turn: Turn, logged: Logged) -> bool:
    return abs((logged.activity.at - turn.at).total_seconds()) > 3600


def _promised(promise: Promise) -> Text:
    what = promise.what
    if not promise.due:
        return _("We promised: {what}", what=what) if promise.by == "us" else _("They promised: {what}", what=what)
    due = moment(promise.due, "day")
    if promise.by == "us":
        return _("We promised: {what} ({due})", what=what, due=due)
    return _("They promised: {what} ({due})", what=what, due=due)


def _reminded(reminder: Reminder, line: str) -> Text:
    """With its own words, unless they are the whole line, which the card quotes anyway."""
    said = _("Reminder: {when}", when=moment(reminder.due))
    again = _(" · repeats") if reminder.rule else text()
    own = reminder.text.split() != line.split()
    return said + again + (f" · {reminder.text}" if reminder.text and own else "")


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 140 else flat[:139] + "…"
