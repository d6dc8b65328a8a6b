"""Who is due, who has been contacted too much, and what was agreed: what cards, briefs and sends ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.text import Text, moment, ngettext
from bot.core.text import gettext as _
from flows.reminders.calendars import works_in, zone_at
from flows.rhythm.rules import CAP, SILENT, USUAL, Due, over_the_week, week_of
from flows.turn import Turn
from flows.words import zone_of
from store.models import Customer, Member

WEEK = timedelta(days=7)
HOURS = timedelta(hours=24)
TOUCHES = ("call", "meeting", "visit", "email", "message", "demo")


def rhythm_of(turn: Turn, customer: Customer) -> int:
    """Days between two contacts: as agreed with the customer, else as their tier says."""
    usual = {**USUAL, **turn.workspace.settings.get("rhythm", {})}
    return customer.rhythm or int(usual.get(customer.tier, usual[""]))


def agree(turn: Turn, customer: Customer, days: int) -> Customer:
    """The rhythm that the customer wants, or 0 for the tier's."""
    return turn.work.customers.change(customer, rhythm=days)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A customer to contact, the day proposed for it, and the day on which it was due."""

    customer: Customer
    day: date
    due: date


def this_week(turn: Turn, member: Member) -> Sequence[Proposed]:
    """A member's contacts of this week, spread evenly over the working days that are left."""
    zone = zone_of(zone_at(turn, member))
    today = turn.now.astimezone(zone).date()
    week, works = week_of(today), works_in(turn)
    due: dict[int, Due] = {}
    customers = {customer.id: customer for customer in turn.work.customers.owned_by(member.id)}
    for customer in customers.values():
        last = (customer.last_touch or customer.created).astimezone(zone).date()
        day = last + timedelta(days=rhythm_of(turn, customer))
        if day <= week[-1] and "all" not in customer.stopped.split():
            due[customer.id] = Due(customer.id, day, customer.tier)
    days = over_the_week(list(due.values()), today, [day for day in week if works(day)])
    proposed = [Proposed(customers[id], day, due[id].day) for id, day in days.items()]
    return sorted(proposed, key=lambda one: (one.day, one.due, one.customer.id))


def gone_silent(turn: Turn, member: Member) -> list[Customer]:
    """A member's customers for whom the last day without a contact too many has just begun."""
    zone = zone_of(zone_at(turn, member))
    today = turn.now.astimezone(zone).date()
    limit = int(turn.workspace.settings.get("silent_days", SILENT))
    found = []
    for customer in turn.work.customers.owned_by(member.id):
        last = (customer.last_touch or customer.created).astimezone(zone).date()
        if (today - last).days == limit:
            found.append(customer)
    return found


def warnings(turn: Turn, customer: Customer, member: Member) -> list[Text]:
    """Why a contact now may be one too many: a colleague is about to, or just was, or the week's limit is reached."""
    return [*double_contact(turn, customer, member), *too_much(turn, customer)]


def double_contact(turn: Turn, customer: Customer, member: Member) -> list[Text]:
    """Colleagues who plan to contact the customer within a day, or did so within the last one."""
    found = []
    others = turn.work.reminders.of_others(customer.id, member.id, turn.now - HOURS, turn.now + HOURS)
    for reminder in others:
        colleague = turn.work.get(Member, reminder.member)
        if colleague is not None and reminder.state == "open":
            when = moment(reminder.due, "short")
            found.append(_("{name} is about to contact them too: {when}", name=colleague.name, when=when))
    for activity in turn.work.activities.last(customer.id, limit=5):
        recent = turn.now - HOURS <= activity.at <= turn.now and activity.kind in TOUCHES
        if recent and activity.member and activity.member != member.id and activity.direction == "out":
            colleague = turn.work.get(Member, activity.member)
            when = moment(activity.at, "short")
            name = colleague.name if colleague else "?"
            found.append(_("{name} was in touch with them already: {when}", name=name, when=when))
    return found[:3]


def too_much(turn: Turn, customer: Customer) -> list[Text]:
    """The week's limit is reached."""
    cap = int(turn.workspace.settings.get("weekly_cap", CAP))
    count = touches(turn, customer)
    if count < cap:
        return []
    return [
        ngettext(
            "{name} had {n} contact in the last 7 days.",
            "{name} had {n} contacts in the last 7 days.",
            count,
            name=customer.name,
        )
    ]


def touches(turn: Turn, customer: Customer) -> int:
    """Contacts from our side in seven rolling days, and what went out to them by itself."""
    recent = turn.work.activities.last(customer.id, limit=50)
    since = turn.now - WEEK
    return turn.work.care.unasked(customer.id, since) + sum(
        a.at >= since and a.at <= turn.now and a.kind in TOUCHES and a.direction == "out" for a in recent
    )
