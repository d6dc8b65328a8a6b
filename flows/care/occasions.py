"""Keeping a customer's day, whoever tells it and however, and finding whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from flows.care import greetings
from flows.care.cards import told_of
from flows.care.days import Told, next_day, tell_on, years_on
from flows.care.sentences import Wanted
from flows.customers.names import recognise
from flows.customers.sight import sees
from flows.reminders.calendars import works_in
from flows.turn import Turn
from store.models import Contact, Customer, Greeting, Member, Occasion
from store.search import Hit

_MONTH_FIRST = frozenset({"US", "CN", "JP", "KR", "TW", "HK", "CA", "PH"})
_AT = re.compile(r"\s+(?:at|of|from|in)\s+|['’]s\s+|的", re.I)
DAYS_AHEAD = 14


def month_first(turn: Turn) -> bool:
    """How "3/4" is read where the firm is."""
    return turn.workspace.country in _MONTH_FIRST


def whose(turn: Turn, named: str) -> list[tuple[Customer, Contact | None]]:
    """Everybody who may be meant, the whole name before its parts; only whom the member may see."""
    parts = [part.strip() for part in _AT.split(named) if part.strip()]
    whole = _people(turn, turn.work.search.named([named]).get(named, []))
    if not whole and len(parts) > 1:
        each = [_people(turn, turn.work.search.named([part]).get(part, [])) for part in parts]
        whole = _both(each)
    if not whole and (known := recognise(turn, named)):
        whole = _people(turn, known.hits) if known.end - known.start >= len(named) // 2 else []
    return whole or _people(turn, turn.work.search.find(named, limit=4))


def _both(each: Sequence[Sequence[tuple[Customer, Contact | None]]]) -> list[tuple[Customer, Contact | None]]:
    """A person of that name at a customer of that name."""
    firms = {customer.id for found in each for customer, contact in found if contact is None}
    return [(customer, contact) for found in each for customer, contact in found if contact and customer.id in firms]


def _people(turn: Turn, hits: Sequence[Hit]) -> list[tuple[Customer, Contact | None]]:
    found: list[tuple[Customer, Contact | None]] = []
    for hit in dict.fromkeys(hits):
        customer = turn.work.customers.get(hit.customer)
        if customer is not None and customer.state == "active" and sees(turn, customer):
            found.append((customer, turn.work.customers.contact(hit.contact) if hit.contact else None))
    return found


def keep(turn: Turn, customer: Customer, contact: Contact | None, wanted: Wanted) -> Occasion:
    """The day, in place of what was told before; a draft is made when the time for it has come."""
    told, who = wanted.told, contact.id if contact else None
    known = turn.work.first(Occasion, customer=customer.id, contact=who, kind=wanted.kind, name=wanted.name)
    kept = known or Occasion(
        customer=customer.id,
        contact=who,
        kind=wanted.kind,
        name=wanted.name,
        month=told.month,
        day=told.day,
        member=turn.member.id if turn.member else None,
        made=turn.now,
    )
    values = {"calendar": told.calendar, "month": told.month, "day": told.day, "year": told.year, "leap": told.leap}
    if known is not None:
        kept = turn.work.change(known, **values)
    else:
        kept.__dict__.update(values)
        turn.work.add(kept)
    greet_if_due(turn, kept)
    return kept


def greet_if_due(turn: Turn, occasion: Occasion) -> Greeting | None:
    """The greeting for the day that comes next, where its owner is to be asked by now."""
    customer = turn.work.customers.get(occasion.customer)
    if customer is None:
        return None
    today = turn.now.astimezone(greetings.zone_at(turn, customer)).date()
    coming = next_day(told_of(occasion), today)
    if coming is None or tell_on(coming, works_in(turn)) > today:
        return None
    return greet(
        turn,
        f"occasion:{occasion.id}",
        customer,
        occasion.kind,
        coming,
        told_of(occasion),
        name=occasion.name,
        contact=occasion.contact,
    )


def greet(
    turn: Turn,
    subject: str,
    customer: Customer,
    kind: str,
    day: date,
    told: Told,
    *,
    name: str = "",
    contact: int | None = None,
) -> Greeting | None:
    """The draft for this day, shown to its owner unless it goes by itself."""
    years = years_on(told, day)
    made = greetings.draft(
        turn, f"{subject}:{day.isoformat()}", customer, kind, day, name=name, contact=contact, years=years
    )
    if made is not None and made.state == "draft":
        greetings.ask_owner(turn, made)
    return made


def soon(turn: Turn, member: Member) -> list[tuple[date, Occasion, Customer]]:
    """Whose day comes in the next two weeks, of a member's own customers."""
    today, found = turn.local.date(), []
    for customer in turn.work.customers.owned_by(member.id):
        for occasion in turn.work.find(Occasion, customer=customer.id):
            coming = next_day(told_of(occasion), today)
            if coming is not None and coming - today <= timedelta(days=DAYS_AHEAD):
                found.append((coming, occasion, customer))
    return sorted(found, key=lambda one: (one[0], one[1].id))
