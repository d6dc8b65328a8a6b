"""A team's own view of a card: the facts it works with stand at the top."""

from __future__ import annotations

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.fields.actions import fields, shown
from flows.turn import Turn
from store.models import Customer, FieldValue

PLAIN = {
    "phone": _("Phone"),
    "email": _("E-mail"),
    "industry": _("Industry"),
    "place": _("Place"),
    "source": _("Source"),
    "need": _("Need"),
    "tags": _("Tags"),
}
MOST = 8


def view_of(turn: Turn, team: str) -> list[str]:
    """The facts that a team sees first, by name."""
    return list(turn.workspace.settings.get("views", {}).get(team, []))


def first_lines(turn: Turn, customer: Customer) -> list[Text]:
    """What whoever looks sees first, also where nothing is known yet: that is what they would ask for."""
    if turn.member is None or not (names := view_of(turn, turn.member.team)):
        return []
    own = {field.name: field for field in fields(turn)}
    out = []
    for name in names:
        if name in PLAIN:
            out.append(_("{field}: {value}", field=PLAIN[name], value=_plain(turn, customer, name) or "–"))
        elif field := own.get(name):
            value = turn.work.first(FieldValue, customer=customer.id, field=field.id)
            out.append(_("{field}: {value}", field=shown(field), value=value.words if value else "–"))
    return out


def _plain(turn: Turn, customer: Customer, name: str) -> str:
    if name == "tags":
        return " ".join(f"#{tag}" for tag in turn.work.customers.tags(customer.id))
    return str(getattr(customer, name))
