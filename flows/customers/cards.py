"""How a customer looks in chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2s

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, moment, ngettext, quote, text
from bot.core.text import gettext as _
from flows.activities.words import DELETED, kind_name
from flows.arrival import platform_name, source_name
from flows.customers.story import READ, change_lines, next_lines, summary_lines, told, touch_lines
from flows.fields.actions import fields, shown, values
from flows.refresh.actions import refreshed
from flows.results.history import score_lines
from flows.tickets.cards import of_customer
from flows.tiers.cards import standing_lines
from flows.tiers.words import money
from flows.turn import Turn, options
from flows.views.actions import first_lines
from store.models import Activity, Contact, Customer, Member, Preference, Promise, Reminder, StoredFile

SHOWN, RECENT, PAGE, MOST_BUTTONS = 5, 3, 6, 12
FACTS: Mapping[str, Text] = {
    "name": _("Name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "industry": _("Industry"),
    "place": _("Place"),
    "source": _("Source"),
}
"""Facts of a customer that a button changes."""


def customer_card(turn: Turn, customer: Customer) -> Reply:
    """Facts, what happened, what is open, what comes next; buttons for what usually follows. Pages turn in place."""
    work = turn.work
    owner = work.get(Member, customer.owner) if customer.owner else None
    contacts = work.customers.contacts(customer.id)
    tags = work.customers.tags(customer.id)
    recent = work.activities.last(customer.id, limit=READ)
    reminders = list(work.reminders.of_customer(customer.id))
    promises = list(work.activities.promised(customer.id))
    body = lines(
        bold(customer.name),
        _("Owner: {name}", name=owner.name) if owner else _("Nobody looks after this customer yet."),
        *first_lines(turn, customer),
        _standing(turn, customer),
        *refreshed(turn, customer),
        _phone(customer.phone),
        customer.email or None,
        join(" · ", [part for part in (customer.industry, customer.place, source_name(customer.source)) if part]),
        *(_contact(contact) for contact in contacts[:SHOWN]),
        ngettext("and {n} more contact", "and {n} more contacts", len(contacts) - SHOWN)
        if len(contacts) > SHOWN
        else None,
        *(_("{field}: {value}", field=shown(field), value=value) for field, value in values(turn, customer.id)[:SHOWN]),
        " ".join(f"#{tag}" for tag in tags) or None,
        _prefers(turn, customer),
        _reach(turn, customer),
        *touch_lines(turn, customer, recent),
        *summary_lines(turn, customer, recent),
        *change_lines(turn, customer),
        *_history(recent[:RECENT]),
        *_open(reminders, promises),
        *of_customer(turn, customer.id),
        *score_lines(turn, customer.id),
        *next_lines(turn, customer, recent, reminders, promises),
    )
    return Reply(body, _options(turn, customer), card=_showing(turn, customer))


def _showing(turn: Turn, customer: Customer) -> str:
    """Each time the card is asked for it is a new message; its pages then change that one."""
    here = turn.card()
    if here.startswith(f"who:{customer.id}:"):
        return here
    return f"who:{customer.id}:{blake2s(turn.key.encode(), digest_size=5).hexdigest()}"


def history_page(turn: Turn, customer: Customer, page: int) -> Reply:
    """Everything that happened, newest first."""
    rows = turn.work.activities.last(customer.id, limit=(page + 1) * PAGE + 1)[page * PAGE :]
    planned = [] if page else turn.work.activities.planned(customer.id)
    said = [told(turn, row) for row in (*planned, *rows[:PAGE])] or [_("Nothing has been logged yet.")]
    return Reply(
        lines(bold(customer.name), *said),
        options(
            Option(_("Newer"), f"who-history:{customer.id}:{page - 1}") if page else None,
            Option(_("Older"), f"who-history:{customer.id}:{page + 1}") if len(rows) > PAGE else None,
            Option(_("Back to the card"), f"who-card:{customer.id}"),
        ),
        card=_showing(turn, customer),
    )


def facts_page(turn: Turn, customer: Customer) -> Reply:
    """Every fact, each with a button that changes it."""
    own = {field.id: value for field, value in values(turn, customer.id)}
    rows = [_("{field}: {value}", field=label, value=getattr(customer, key) or "–") for key, label in FACTS.items()]
    rows += [_("{field}: {value}", field=shown(field), value=own.get(field.id, "–")) for field in fields(turn)]
    rows += [_contact(contact) for contact in turn.work.customers.contacts(customer.id)]
    may = turn.member is not None and turn.member.role != "viewer"
    change = [Option(label, f"fact:{customer.id}:{key}") for key, label in FACTS.items()] if may else []
    change += (
        [Option(text(shown(f)), f"fact:{customer.id}:f{f.id}") for f in fields(turn)[:MOST_BUTTONS]] if may else []
    )
    hint = _("Or say it: {example}", example=code(_("Acme's phone is now 138 0013 8000"))) if may else None
    back = Option(_("Back to the card"), f"who-card:{customer.id}")
    return Reply(lines(bold(customer.name), *rows, hint), (*change, back), card=_showing(turn, customer))


def _standing(turn: Turn, customer: Customer) -> Text | None:
    score = [_("Score {n}", n=str(customer.score))] if customer.score else []
    year = [_("{sum} a year", sum=money(customer.value, turn.workspace.currency))] if customer.value else []
    return lines(*standing_lines(turn, customer), join(" · ", [*score, *year]))


def _prefers(turn: Turn, customer: Customer) -> Text | None:
    names = [row.name for row in turn.work.find(Preference, customer=customer.id)]
    return _("Prefers: {what}", what=", ".join(names)) if names else None


def _options(turn: Turn, customer: Customer) -> tuple[Option, ...]:
    history = Option(_("History"), f"who-history:{customer.id}:0")
    if turn.member is None or turn.member.role == "viewer":
        return (history, Option(_("All facts"), f"who-facts:{customer.id}"))
    found = [
        Option(_("Remind me"), f"remind-about:{customer.id}"),
        Option(_("Ask how it was"), f"survey:{customer.id}"),
    ]
    if not turn.work.people.chats_of(customer.id):
        found.append(Option(_("Invite"), f"invite:{customer.id}"))
    if turn.work.first(StoredFile, customer=customer.id):
        found.append(Option(_("Files"), f"files:{customer.id}"))
    return (*found, history, Option(_("Edit facts"), f"who-facts:{customer.id}"))


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
    platforms = [platform_name(name) for name in sorted({chat.platform for chat in chats})]
    return _("Reachable: {platforms}", platforms=join(", ", platforms))


def _history(activities: Sequence[Activity]) -> list[Text]:
    if not activities:
        return [_("Nothing has been logged yet.")]
    return [_("Last: {items}", items=join("", [text("\n• ", _activity(item)) for item in activities]))]


def _activity(activity: Activity) -> Text:
    deleted = [_("deleted by them")] if activity.result == DELETED else []
    head = join(" · ", [moment(activity.at, "short"), kind_name(activity.kind), *deleted])
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


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"
