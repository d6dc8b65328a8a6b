"""Pieces of SQL about customers, of which conditions are put together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, or_, select
from sqlalchemy.types import Float, String

from store.cel import Beyond
from store.models import Conversation, Customer, Member, Need, Preference, Purchase, Tag
from store.types import among_these

_C, _TAG, _P, _M = Customer.table(), Tag.table(), Purchase.table(), Member.table()
_N, _PREF, _CHAT = Need.table(), Preference.table(), Conversation.table()


def visible(sight: frozenset[int] | None) -> ColumnElement[bool]:
    """Our own active customers whom this person may see; those without an owner are everybody's."""
    if sight is None:
        return and_(ours(), active())
    return and_(ours(), active(), or_(_C.c.owner.is_(None), among_these(_C.c.owner, sorted(sight))))


def ours() -> ColumnElement[bool]:
    """Of this workspace."""
    return _C.c.workspace == bindparam("workspace")


def active() -> ColumnElement[bool]:
    """Neither merged nor removed."""
    return _C.c.state == "active"


def order_of(customer: Any) -> list[Any]:
    """What makes a purchase an order that stands, of one customer or of any."""
    theirs = [_P.c.customer == customer] if customer is not None else []
    return [*theirs, _P.c.kind == "order", _P.c.state == "open"]


def having(name: str, value: str) -> Any:
    """Who has that word in one of the lists."""
    table, column, more = {
        "tags": (_TAG, _TAG.c.name, []),
        "needs": (_N, _N.c.text, [_N.c.state == "open"]),
        "prefers": (_PREF, _PREF.c.name, []),
    }[name]
    return select(table.c.customer).where(table.c.workspace == bindparam("workspace"), column == value, *more)


def reachable() -> Any:
    """Who can be written to in chat."""
    return select(_CHAT.c.customer).where(
        _CHAT.c.workspace == bindparam("workspace"),
        _CHAT.c.customer.is_not(None),
        _CHAT.c.side == "customer",
        _CHAT.c.reachable,
        _CHAT.c.blocked.is_(None),
    )


def owner_name() -> Any:
    """What the owner is called; empty where there is none."""
    found = select(_M.c.name).where(_M.c.workspace == _C.c.workspace, _M.c.id == _C.c.owner).correlate(_C)
    return func.coalesce(found.scalar_subquery(), literal("", String()))


def has_word(column: Any, word: str) -> ColumnElement[bool]:
    """A word of a Latin text, or a part of a Chinese one; as `judging.has_word` says it of one text."""
    if not word.isascii():
        return func.lower(column).contains(lower(word), autoescape=True)
    padded = literal(" ") + func.lower(column) + literal(" ")
    return padded.contains(f" {lower(word)} ", autoescape=True)


def compared(column: Any, op: str, value: Any, *, column_may_be_null: bool = False) -> ColumnElement[bool]:
    """A column beside a value."""
    match op:
        case "==":
            return column == value  # type: ignore[no-any-return]
        case "!=":
            return column.is_distinct_from(value) if column_may_be_null else column != value  # type: ignore[no-any-return]
        case "<":
            return column < value  # type: ignore[no-any-return]
        case "<=":
            return column <= value  # type: ignore[no-any-return]
        case ">":
            return column > value  # type: ignore[no-any-return]
        case ">=":
            return column >= value  # type: ignore[no-any-return]
    raise Beyond(op)


def scaled(value: float, unit: int) -> Any:
    """In the column's own unit; a whole number where it is one, so that borders are exact."""
    exact = value * unit
    whole = round(exact)
    return whole if abs(exact - whole) < 1e-6 * max(1.0, abs(exact) / 1e9) else literal(float(exact), Float())


def lower(text: str) -> str:
    """As both engines do it: letters A to Z only."""
    return "".join(c.lower() if c.isascii() else c for c in text)
