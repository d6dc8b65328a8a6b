"""Changing the customer file: what commands, pages and imports all do the same way."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from bot.core.errors import BadInput
from bot.core.text import gettext as _
from flows.customers.facts import CustomerTouched
from flows.setup.actions import make_pass
from flows.turn import Turn
from store.models import Account, Customer

LONGEST_NAME = 200
EXAMPLE = "/add Acme, Li Wei, 138 0013 8000"


def add_customer(
    turn: Turn, name: str, *, phone: str = "", email: str = "", contact: str = "", source: str = ""
) -> Customer:
    """A new customer, owned by whoever adds it."""
    name = clean_name(name)
    owner = turn.member.id if turn.member else None
    number = readable_phone(turn, phone) if phone else ""
    reach = {"phone": number, "email": email.lower()}
    if not contact:
        return turn.work.customers.add(name, owner=owner, source=source, **reach)
    customer = turn.work.customers.add(name, owner=owner, source=source)
    turn.work.customers.add_contact(customer, clean_name(contact), **reach)
    return customer


def clean_name(name: str) -> str:
    """A name in one line, without what could turn the writing direction; raises BadInput when nothing is left."""
    kept = " ".join(
        "".join(c for c in name if c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069").split()
    )
    if not kept:
        raise BadInput(_("A name is missing. Example: {example}", example=EXAMPLE))
    if len(kept) > LONGEST_NAME:
        raise BadInput(
            _("That name is longer than {n} characters. Example: {example}", n=LONGEST_NAME, example=EXAMPLE)
        )
    if not kept.isdecimal() and not any(c.isalpha() for c in kept):
        raise BadInput(_("“{name}” is no name. Example: {example}", name=kept[:40], example=EXAMPLE))
    return kept


def readable_phone(turn: Turn, phone: str) -> str:
    """The number in E.164, read as one of the firm's country; raises BadInput when it can't be one."""
    try:
        number = phonenumbers.parse(phone, turn.workspace.country)
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise BadInput(_("“{phone}” is no phone number. Example: {example}", phone=phone[:40], example="138 0013 8000"))
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def look_alikes(turn: Turn, name: str, phone: str = "") -> list[Customer]:
    """Customers that may be the same: equal name or short name, other marks in it aside, or equal phone."""
    hits = turn.work.search.named([name]).get(name, [])
    hits = [*hits, *turn.work.search.loosely([name], turn.member.id if turn.member else 0).get(name, [])]
    if phone:
        hits = [*hits, *turn.work.search.find(phone, limit=3)]
    return [customer for customer in turn.work.search.customers(hits) if customer.state == "active"][:3]


def invitation_links(turn: Turn, customer: Customer, contact: int | None = None, *, by: int | None = None) -> list[str]:
    """A fresh personal link for each way in which this customer could reach us; `by` hears when one is opened."""
    by = by or (turn.member.id if turn.member else None)
    links = []
    for account in turn.work.find(Account, state="active"):
        if account.side not in ("customer", "both"):
            continue
        token = make_pass(turn.work, "customer", customer=customer.id, contact=contact, by=by)
        links.append(_link(turn, account, token))
    return links


def _link(turn: Turn, account: Account, token: str) -> str:
    if account.platform == "telegram":
        return f"https://t.me/{account.handle}?start={token}"
    base = turn.workspace.settings.get("url", "")
    if account.platform == "browser":
        return f"{base}/c/{token}"
    return f"{account.platform}:{account.handle}?start={token}"


def touched(turn: Turn, customer: Customer, *, inbound: bool = False) -> Customer:
    """Somebody had to do with the customer just now."""
    values = {"last_touch": turn.at, "last_in" if inbound else "last_out": turn.at}
    turn.tell(CustomerTouched(customer.id, inbound))
    return turn.work.customers.change(customer, **values)
