"""The firm's own fields as columns of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.imports.headings import bare
from flows.turn import Turn
from store.models import Customer, FieldValue, OwnField
from store.work import Work

_TEN_THOUSANDTHS = 10_000


def own_headings(work: Work) -> dict[str, str]:
    """Headings that mean an own field: its name, and how it was first written."""
    fields = work.find(OwnField, state="active")
    return {bare(label): f"own:{f.name}" for f in fields for label in (f.name, f.label) if label}


def set_own(turn: Turn, row: Customer, values: Mapping[str, str]) -> list[Text]:
    """Sets what the cells say; returns what could not be read."""
    problems = []
    for name, text in values.items():
        field = turn.work.first(OwnField, name=name, state="active")
        read = _read(field, text) if field else None
        if field is None or read is None:
            problems.append(_("“{cell}” does not fit {field}.", cell=text[:40], field=name))
            continue
        known = turn.work.first(FieldValue, customer=row.id, field=field.id)
        words, number = read
        if known is None:
            turn.work.add(FieldValue(customer=row.id, field=field.id, words=words, number=number))
        else:
            turn.work.change(known, words=words, number=number)
    return problems


def _read(field: OwnField, text: str) -> tuple[str, int | None] | None:
    """(as it is shown, as it is compared); None when it does not fit the kind."""
    if field.kind in ("number", "money"):
        try:
            number = Decimal(text.replace(",", "").replace("，", "").strip("¥$€ "))
            return text, int(number * _TEN_THOUSANDTHS) if number.is_finite() and abs(number) < 10**13 else None
        except InvalidOperation:
            return None
    if field.kind == "date":
        try:
            return date.fromisoformat(text.replace("/", "-")[:10]).isoformat(), None
        except ValueError:
            return None
    if field.kind == "choice":
        fitting = next((choice for choice in field.choices if choice.casefold() == text.casefold()), None)
        return (fitting, None) if fitting else None
    return text, None
