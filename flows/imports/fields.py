"""The firm's own fields as columns of a sheet."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.errors import BadInput
from bot.core.text import Text
from flows.fields.actions import give
from flows.imports.cells import day
from flows.imports.headings import bare
from flows.turn import Turn
from store.models import Customer, OwnField
from store.work import Work


def own_headings(work: Work) -> dict[str, str]:
    """Headings that mean an own field: its name, and how it was first written."""
    fields = work.find(OwnField, state="active")
    return {bare(label): f"own:{field.name}" for field in fields for label in (field.name, field.label) if label}


def set_own(turn: Turn, row: Customer, values: Mapping[str, str]) -> list[Text]:
    """Sets what the cells say; returns what does not fit."""
    known = {field.name: field for field in turn.work.find(OwnField, state="active")}
    problems = []
    for name, said in values.items():
        try:
            if name in known:
                give(turn, row, known[name], day(said) if known[name].kind == "date" else said)
        except BadInput as problem:
            problems.append(problem.text)
    return problems
