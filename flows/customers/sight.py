"""Whose customers somebody may see: their own, their team's, or all; by role, as the firm has set it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.router import MANAGERS
from flows.turn import Turn
from store.models import (
    Activity,
    Alert,
    Contact,
    Customer,
    Deal,
    Firing,
    Greeting,
    Invitation,
    Lead,
    Need,
    Occasion,
    Owned,
    Promise,
    Purchase,
    Quote,
    Recipient,
    Reminder,
    Standing,
    Ticket,
    Winback,
)

Own = TypeVar("Own", bound=Owned)

LEVELS = ("own", "team", "all")
USUAL: Mapping[str, str] = {"manager": "all", "rep": "all", "viewer": "all"}
NAMES: Mapping[str, Text] = {
    "own": _("only their own customers"),
    "team": _("the customers of their team"),
    "all": _("all customers"),
}

ABOUT: Mapping[str, type[Owned]] = {
    **dict.fromkeys(("customer", "one", "other", "keep", "gone"), Customer),
    "activity": Activity,
    "alarm": Firing,
    "alert": Alert,
    "contact": Contact,
    "deal": Deal,
    "greeting": Greeting,
    "into": Ticket,
    "invitation": Invitation,
    "lead": Lead,
    "move": Standing,
    "need": Need,
    "occasion": Occasion,
    "promise": Promise,
    "purchase": Purchase,
    "quote": Quote,
    "reminder": Reminder,
    "winback": Winback,
    "recipient": Recipient,
    "ticket": Ticket,
}
"""What a number of a button says, by the name of the handler's argument: each leads to a customer."""
_THEIRS: Mapping[type[Owned], Sequence[str]] = {
    Alert: ("claimed_by",),
    Deal: ("member",),
    Promise: ("member", "deliverer"),
    Reminder: ("member",),
    Ticket: ("owner",),
}
"""Who has such a thing to do may do it, whoever's the customer is: somebody gave it to them."""
_OF_ROOMS = (Alert, Firing, Promise, Ticket)
"""What a room is shown, because its people answer for it."""


def level_of(turn: Turn, role: str) -> str:
    """What a role sees; owners see all, else nobody could."""
    return "all" if role == "owner" else {**USUAL, **turn.workspace.settings.get("sight", {})}.get(role, "all")


def sight_of(turn: Turn, role: str = "") -> frozenset[int] | None:
    """The members whose customers whoever acts may see; None for all. Nobody's customers are everybody's.

    A `role` of its own, as keys have, counts instead of the member's.
    """
    me = turn.member
    level = level_of(turn, role or me.role) if me is not None else "all"
    if me is None or level == "all":
        return None
    if level == "team" and me.team:
        return frozenset(member.id for member in turn.work.people.members() if member.team == me.team)
    return frozenset({me.id})


def sees(turn: Turn, customer: Customer | None) -> bool:
    """Whether whoever acts may see this customer."""
    sight = turn.work.sight
    return customer is None or sight is None or customer.owner is None or customer.owner in sight


def sees_all_of(turn: Turn, values: Mapping[str, Any]) -> bool:
    """Whether whoever presses may see every customer that the button's numbers lead to, however old it is."""
    if turn.work.sight is None:
        return True
    return all(
        sees(turn, _customer(turn, ABOUT[name], value))
        for name, value in values.items()
        if name in ABOUT and isinstance(value, int)
    )


def _customer(turn: Turn, kind: type[Owned], id: int) -> Customer | None:
    if kind is Customer:
        return turn.work.customers.get(id)
    row = turn.work.get(kind, id)
    return _customer_of(turn, row) if row is not None else None


def _customer_of(turn: Turn, row: Owned) -> Customer | None:
    """The customer who has to be seen for this row; None where nobody has to."""
    kind = type(row)
    if kind in _OF_ROOMS and not turn.private:
        return None
    if any(getattr(row, name) == turn.me().id for name in _THEIRS.get(kind, ())):
        return None
    customer = getattr(row, "customer", None)
    return turn.work.customers.get(customer) if customer else None


def seen(turn: Turn, rows: Iterable[Own]) -> list[Own]:
    """Of a list those about customers whom whoever reads it may see, and what was given to them to do."""
    if turn.work.sight is None:
        return list(rows)
    return [row for row in rows if sees(turn, _customer_of(turn, row))]


def hint(turn: Turn) -> Text | None:
    """What somebody who does not see all is told when nothing is found: the same, whether it exists or not."""
    if turn.work.sight is None or turn.member is None:
        return None
    level = level_of(turn, turn.member.role)
    return _("You see {what} here. {names} can look further.", what=NAMES[level], names=who_to_ask(turn))


def who_to_ask(turn: Turn) -> str:
    """Managers and owners who see all, by name."""
    found = [m.name for m in turn.work.people.members() if m.role in MANAGERS and level_of(turn, m.role) == "all"]
    return ", ".join(found[:3])


def not_yours(turn: Turn) -> Text:
    """Why a button about a customer does nothing any more, and whom to ask."""
    return _("You may not see this customer any more. Ask {names}.", names=who_to_ask(turn))
