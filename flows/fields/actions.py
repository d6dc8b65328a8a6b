"""Adding and taking away own fields, and giving customers values in them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.errors import BadInput
from bot.core.text import Text, code
from bot.core.text import gettext as _
from flows.fields.rules import KINDS, field_name, read_value
from flows.segments.short import reserved
from flows.turn import Turn
from store.models import Customer, FieldValue, OwnField

MOST = 60


def fields(turn: Turn) -> list[OwnField]:
    """The firm's own fields, in the order in which they were added."""
    return turn.work.find(OwnField, state="active")


def add_field(turn: Turn, said: str, kind: str, choices: Sequence[str]) -> OwnField:
    """A new field, or one that was taken away and comes back with its values; raises BadInput."""
    name, found = field_name(said), KINDS.get(kind.casefold())
    example = code(_("/field add customer machine_model text"))
    if name is None or found is None:
        raise BadInput(
            _("A field has a name and a kind: text, number, date, choice or money. Example: {example}", example=example)
        )
    if reserved(name):
        raise BadInput(_("“{name}” means something already. Choose another name.", name=name))
    if found == "choice" and len(set(choices)) < 2:
        example = code(_("/field add customer size choice small, large"))
        raise BadInput(_("What can be chosen? Example: {example}", example=example))
    known = turn.work.first(OwnField, name=name)
    if known is not None and known.state == "active":
        raise BadInput(_("The field {name} is there already.", name=name))
    if known is not None and known.kind == found:
        return turn.work.change(known, state="active", choices=list(choices))
    if known is not None:
        raise BadInput(_("{name} was a field of the kind {kind}: choose another name.", name=name, kind=known.kind))
    if len(fields(turn)) >= MOST:
        raise BadInput(_("There are {n} own fields already, and no more fit.", n=str(MOST)))
    label = " ".join(said.split())[:40]
    return turn.work.add(
        OwnField(name=name, label=label if label != name else "", kind=found, choices=list(dict.fromkeys(choices)))
    )


def give(turn: Turn, customer: Customer, field: OwnField, said: str) -> FieldValue | None:
    """Writes the customer's value, or takes it away when nothing is said; raises BadInput for what does not fit."""
    known = turn.work.first(FieldValue, customer=customer.id, field=field.id)
    if not said.strip() or said.strip() in ("-", "无"):
        if known is not None:
            turn.work.remove(known)
        return None
    kept = read_value(field.kind, field.choices, said)
    if kept is None:
        raise BadInput(
            _("“{value}” does not fit {field}: {wanted}", value=said[:40], field=shown(field), wanted=_wanted(field))
        )
    if known is not None:
        return turn.work.change(known, words=kept.words, number=kept.number)
    return turn.work.add(FieldValue(customer=customer.id, field=field.id, words=kept.words, number=kept.number))


def values(turn: Turn, customer: int) -> list[tuple[OwnField, str]]:
    """The customer's own fields that are filled, in order."""
    found = {row.field: row.words for row in turn.work.find(FieldValue, customer=customer)}
    return [(field, found[field.id]) for field in fields(turn) if field.id in found]


def shown(field: OwnField) -> str:
    """As people wrote it."""
    return field.label or field.name


def _wanted(field: OwnField) -> Text:
    match field.kind:
        case "number":
            return _("a number, like 12.5")
        case "money":
            return _("a sum, like 120000")
        case "date":
            return _("a day, like 2026-03-31")
    return _("one of {choices}", choices=", ".join(field.choices))
