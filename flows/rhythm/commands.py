"""What people say about contacts: how often, who is due, and a message to a customer with its warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Part, Text, bold, code, lines, moment, ngettext, quote, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.customers.actions import touched
from flows.reminders.calendars import zone_at
from flows.rhythm.actions import Proposed, agree, rhythm_of, this_week, warnings
from flows.rhythm.rules import read_days, wants_less
from flows.router import CUSTOMERS, NOT_MINE, command, heard, press
from flows.turn import Turn
from flows.words import zone_of
from store.models import Activity, Customer, Member

SHOWN = 8


@command(
    "rhythm",
    help=_("How often a customer wants to hear from us"),
    example=_("/rhythm Acme every 2 weeks"),
    words=("rhythm", "cadence", "联系频率", "拜访频率"),
)
def rhythm(turn: Turn, customer: Customer, text: Rest | None = None) -> Reply | Text:
    now = rhythm_of(turn, customer)
    if not text:
        return Reply(_every(turn, customer), _choices(customer))
    days = read_days(text, now)
    if days is None:
        return lines(
            _("I could not read how often."), _("Example: {example}", example=code(_("/rhythm Acme every 2 weeks")))
        )
    return _agreed(turn, customer, days)


def _agreed(turn: Turn, customer: Customer, days: int) -> Reply:
    changed = agree(turn, customer, days)
    card = f"rhythm:{customer.id}"
    turn.did(_("rhythm of {name}", name=customer.name), card)
    return Reply(_every(turn, changed), (Option(_("Undo"), f"undo:{card}"),), card=card)


def _every(turn: Turn, customer: Customer) -> Text:
    days = rhythm_of(turn, customer)
    agreed = _("as agreed with them") if customer.rhythm else _("as usual for their tier")
    return lines(
        bold(customer.name),
        ngettext("In touch every {n} day, {why}.", "In touch every {n} days, {why}.", days, why=agreed),
        _("Last contact: {when}", when=moment(customer.last_touch, "day")) if customer.last_touch else None,
    )


def _choices(customer: Customer) -> tuple[Option, ...]:
    return tuple(
        Option(label, f"rhythm:{customer.id}:{days}")
        for label, days in (
            (_("Every week"), 7),
            (_("Every 2 weeks"), 14),
            (_("Every month"), 30),
            (_("Every 3 months"), 90),
        )
    )


@press("rhythm")
def rhythm_pressed(turn: Turn, customer: int, days: int) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None or not 0 <= days <= 730:
        return Reply(_("This customer is no longer there."), toast=True)
    return _agreed(turn, found, days)


@heard("said", for_=CUSTOMERS)
def customer_wants_less(turn: Turn, said: Said) -> Any:
    """ "Less often" is an agreement: kept at once, the owner hears it, and nobody has to ask again."""
    customer = turn.customer
    if customer is None or not turn.private or len(said.text) > 200 or not wants_less(said.text):
        return NOT_MINE
    days = read_days(said.text, rhythm_of(turn, customer)) or 60
    changed = agree(turn, customer, days)
    touched(turn, changed, inbound=True)
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is not None:
        told = ngettext(
            "{name} wants to hear from us less often: every {n} day from now on.",
            "{name} wants to hear from us less often: every {n} days from now on.",
            days,
            name=customer.name,
        )
        turn.message_member(owner, Reply(lines(told, quote(said.text[:200]))), "customer")
    return ngettext(
        "Understood, thank you for telling us. We will be in touch at most every {n} day.",
        "Understood, thank you for telling us. We will be in touch at most every {n} days.",
        days,
    )


# who is due


@command(
    "contacts",
    help=_("Whom to contact today and this week"),
    words=("contacts", "who is due", "visits", "该联系谁", "本周回访", "回访计划"),
)
def contacts(turn: Turn) -> Reply | Text:
    me = turn.me()
    week = this_week(turn, me)
    today = turn.now.astimezone(zone_of(zone_at(turn, me))).date()
    if not week:
        return _("Nobody is due this week. Every customer of yours was contacted in time.")
    first = [one for one in week if one.day <= today]
    later = [one for one in week if one.day > today]
    body = lines(
        bold(ngettext("{n} contact this week", "{n} contacts this week", len(week))),
        bold(_("Today")) if first else None,
        *(contact_line(one) for one in first[:SHOWN]),
        bold(_("Later this week")) if later else None,
        *(text(contact_line(one), " · ", moment(one.day, "day")) for one in later[:SHOWN]),
    )
    return Reply(body, _picks([*first, *later]))


def contact_line(one: Proposed) -> Text:
    """A customer who is due, and since when."""
    tier = f" ({one.customer.tier})" if one.customer.tier else ""
    return text("• ", one.customer.name, tier, " · ", _("due {when}", when=moment(one.due, "day")))


def _picks(proposed: Sequence[Proposed]) -> tuple[Option, ...]:
    return tuple(Option(text(one.customer.name), f"contact:{one.customer.id}", wide=True) for one in proposed[:SHOWN])


@press("contact")
def contact(turn: Turn, customer: int) -> Reply | Text:
    """What was last said, what speaks against it, another way than last time, and what to do."""
    found = turn.work.customers.get(customer)
    if found is None:
        return Reply(_("This customer is no longer there."), toast=True)
    last = turn.work.activities.last(found.id, limit=1)
    body = lines(
        bold(found.name),
        *warnings(turn, found, turn.me()),
        _last(last[0]) if last else _("Nothing has been logged yet."),
        _("Last time it was by {channel}: try {other} this time.", **_another_way(last[0])) if last else None,
    )
    options = (
        Option(_("Log result"), f"contact-log:{found.id}", style="primary"),
        Option(_("Remind me"), f"remind-about:{found.id}"),
        Option(_("Less often"), f"rhythm:{found.id}:{min(rhythm_of(turn, found) * 2, 730)}"),
    )
    return Reply(body, options)


def _last(activity: Activity) -> Text:
    words = activity.text if len(activity.text) <= 160 else activity.text[:159] + "…"
    return lines(_("Last: {when}", when=moment(activity.at, "day")), quote(words) if words else None)


def _another_way(activity: Activity) -> dict[str, Part]:
    ways: Mapping[str, tuple[Text, Text]] = {
        "call": (_("phone"), _("a message with an article or a case")),
        "message": (_("message"), _("a short call")),
        "email": (_("e-mail"), _("a short call")),
        "visit": (_("visit"), _("a message with an article or a case")),
        "meeting": (_("meeting"), _("a message with an article or a case")),
    }
    channel, other = ways.get(activity.kind, (_("a note"), _("a short call")))
    return {"channel": channel, "other": other}


@press("contact-log")
def contact_log(turn: Turn, customer: int) -> Reply | Text:
    found = turn.work.customers.get(customer)
    if found is None:
        return Reply(_("This customer is no longer there."), toast=True)
    turn.remember({"kind": "result", "reminder": 0, "customer": found.id})
    return Reply(
        _("What came of it with {name}? One line is enough.", name=found.name), (Option(_("Cancel"), "cancel"),)
    )
