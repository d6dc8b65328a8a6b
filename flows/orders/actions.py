"""Taking in orders, invoices, payments and traces: the same for chat, pages and other systems."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.tiers.actions import place, review
from flows.tiers.upkeep import ensure
from flows.turn import Turn
from store.models import Customer, Purchase, Standing, Trace

NAMES: Mapping[str, Text] = {"order": _("order"), "invoice": _("invoice"), "payment": _("payment")}
KINDS = tuple(NAMES)


def take_purchase(
    turn: Turn,
    customer: Customer,
    amount: Decimal,
    *,
    kind: str = "order",
    what: str = "",
    currency: str = "",
    number: str = "",
    at: datetime | None = None,
) -> tuple[Purchase, Customer, list[Standing]]:
    """Writes it down once by its number; an order may move the customer's tier and stage."""
    if number and (known := _known(turn, customer, kind, number)):
        return known, customer, []
    row = turn.work.add(
        Purchase(
            customer=customer.id,
            kind=kind,
            number=number[:80],
            what=what[:200],
            amount=int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP)),
            currency=currency or turn.workspace.currency,
            at=at or turn.at,
            member=turn.member.id if turn.member else None,
        )
    )
    moves: list[Standing] = []
    if kind == "order":
        ensure(turn)
        customer, moves = review(turn, customer)
        if customer.step in ("", "need", "contact", "talk"):
            customer, _move = place(turn, customer, "step", "deal", ["first_order"])
    return row, customer, moves


def cancel_purchase(turn: Turn, row: Purchase) -> Customer | None:
    """It does not count any more."""
    turn.work.change(row, state="cancelled")
    customer = turn.work.customers.get(row.customer)
    return review(turn, customer, cancelled=True)[0] if customer else None


def take_trace(
    turn: Turn, customer: Customer, what: str, about: str = "", *, number: str = "", at: datetime | None = None
) -> Trace:
    """Writes down, once by its number, what a customer did on our site or in our app."""
    if number and (known := turn.work.first(Trace, number=number[:80], customer=customer.id)):
        return known
    row = Trace(customer=customer.id, what=what[:60], about=about[:200], number=number[:80], at=at or turn.at)
    return turn.work.add(row)


def _known(turn: Turn, customer: Customer, kind: str, number: str) -> Purchase | None:
    return turn.work.first(Purchase, number=number[:80], kind=kind, customer=customer.id)
