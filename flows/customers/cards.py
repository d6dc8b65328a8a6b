"""How a customer looks in chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, moment, quote, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.turn import Turn
from store.models import Activity, Contact, Customer, Member, Promise, Reminder

SHOWN = 5


def customer_card(turn: Turn, customer: Customer) -> Reply:
    """Facts left, what happened in the middle, what is open at the end; buttons for what usually comes next."""
    work = turn.work
    owner = work.get(Member, customer.owner) if customer.owner else None
    contacts = work.customers.contacts(customer.id)
    tags = work.customers.tags(customer.id)
    body = lines(
        bold(customer.name),
        _("Owner: {name}", name=owner.name) if owner else _("Nobody looks after this customer yet."),
        _phone(customer.phone),
        customer.email or None,
        *(_contact(contact) for contact in contacts[:SHOWN]),
        " ".join(f"#{tag}" for tag in tags) or None,
        _reach(turn, customer),
        *_history(work.activities.last(customer.id, limit=SHOWN)),
        *_open(work.reminders.of_customer(customer.id), work.activities.promised(customer.id)),
        *_feedback(turn, customer),
    )
    return Reply(body, _options(turn, customer))


def _options(turn: Turn, customer: Customer) -> tuple[Option, ...]:
    if turn.member is None or turn.member.role == "viewer":
        return ()
    found = [
        Option(_("Remind me"), f"remind-about:{customer.id}"),
        Option(_("Ask how it was"), f"survey:{customer.id}"),
    ]
    if not turn.work.people.chats_of(customer.id):
        found.append(Option(_("Invite"), f"invite:{customer.id}"))
    return tuple(found)


def masked(phone: str) -> str:
    """A number of which only the end is shown."""
    return f"…{phone[-4:]}" if phone else ""


def _phone(phone: str) -> Text | None:
    return _("Phone: {phone}", phone=phone) if phone else None


def _contact(contact: Contact) -> Text:
    parts = [part for part in (contact.name, contact.title, contact.phone, contact.email) if part]
    return text("• ", " · ".join(parts))


def _reach(turn: Turn, customer: Customer) -> Text:
    chats = turn.work.people.chats_of(customer.id)
    if not chats:
        return _("Not reachable by chat yet.")
    return _("Reachable: {platforms}", platforms=", ".join(sorted({chat.platform.capitalize() for chat in chats})))


def _history(activities: Sequence[Activity]) -> list[Text]:
    if not activities:
        return [_("Nothing has been logged yet.")]
    return [_("Last: {items}", items=join("", [text("\n• ", _activity(item)) for item in activities]))]


def _activity(activity: Activity) -> Text:
    head = join(" · ", [moment(activity.at, "short"), kind_name(activity.kind)])
    return head + ": " + quote(_short(activity.text)) if activity.text else head


def _open(reminders: Sequence[Reminder], promises: Sequence[Promise]) -> list[Text]:
    out = []
    for reminder in reminders[:SHOWN]:
        out.append(_("To do {when}: {what}", when=moment(reminder.due, "short"), what=reminder.text or "…"))
    for promise in promises[:SHOWN]:
        due = moment(promise.due, "day") if promise.due else _("no date")
        if promise.by == "us":
            out.append(_("We promised: {what} ({due})", what=promise.what, due=due))
        else:
            out.append(_("They promised: {what} ({due})", what=promise.what, due=due))
    return out


def _feedback(turn: Turn, customer: Customer) -> list[Text]:
    scored = [i for i in turn.work.feedback.invitations(customer.id, limit=SHOWN) if i.score is not None]
    if not scored:
        return []
    return [_("Scores: {scores}", scores=", ".join(str(invitation.score) for invitation in scored))]


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"
