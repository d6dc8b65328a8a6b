"""Every column has its word in `store/columns.py`: else an erased customer, or a firm that moves, leaves it behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Integer, String, Table

from store import columns
from store.columns import NUMBERS_OF_ROWS, OTHER_NUMBERS, REGISTRY, About
from store.models import Row
from store.types import UtcTime

_EVERYWHERE = frozenset({"id", "workspace"})
"""Columns that say nothing anywhere."""


def gaps() -> list[str]:
    """What the registry does not say, says twice, or says of what is not there."""
    tables, said = Row.metadata.tables, columns.REGISTRY
    found = [f"there is no table {name} any more" for name in said.keys() - tables.keys()]
    found += [f"table {name}: give it a line" for name in tables.keys() - said.keys()]
    found += [f"{name} names a row and does not" for name in columns.NUMBERS_OF_ROWS & columns.OTHER_NUMBERS]
    for name in said.keys() & tables.keys():
        found += [f"{name}{gap}" for gap in _gaps(said[name], tables[name])]
    return sorted(found)


def _gaps(said: About, table: Table) -> Iterator[str]:
    named, lists = set(table.c.keys()), (said.kept, said.staff, said.blank, said.words)
    for column in named - _EVERYWHERE:
        if (times := sum(column in names for names in lists)) != 1:
            yield f".{column} stands {'twice' if times else 'nowhere'}: kept, staff, blank or words?"
        if _counts(table.c[column].type) and column not in columns.NUMBERS_OF_ROWS | columns.OTHER_NUMBERS:
            yield f".{column}: does it name a row?"
    moved = (said.refs, said.accounts, said.addresses, said.own, said.sealed, {said.by} - {""})
    found_by = (column for column, _of in said.of)
    for column in {*chain(*lists, *moved), *found_by} - named:
        yield f".{column} is not in the table"
    if "customer" in named and not said.of and table.name != "erasure":
        yield " has a customer: say how its rows are found (of=…)"


def _counts(kind: Any) -> bool:
    return isinstance(kind, BigInteger | Integer) and not isinstance(kind, UtcTime)


def test_the_registry_is_whole() -> None:
    assert gaps() == []


def test_a_new_table_is_missed_by_name() -> None:
    table = Table("diary", Row.metadata, Column("secret", String))
    try:
        assert gaps() == ["table diary: give it a line"]
    finally:
        Row.metadata.remove(table)


_TAG, _CONTACT = REGISTRY["tag"], REGISTRY["contact"]


@pytest.mark.parametrize(
    ("table", "said", "gap"),
    [
        ("contact", replace(_CONTACT, blank=_CONTACT.blank - {"phone"}), "contact.phone stands nowhere"),
        ("contact", replace(_CONTACT, of=()), "contact has a customer: say how"),
        ("tag", replace(_TAG, kept=_TAG.kept | {"name"}), "tag.name stands twice"),
        ("tag", replace(_TAG, kept=_TAG.kept | {"colour"}), "tag.colour is not in the table"),
        ("tag", replace(_TAG, refs=frozenset({"card"})), "tag.card is not in the table"),
        ("tag", replace(_TAG, of=(("deal", "deal"),)), "tag.deal is not in the table"),
        ("diary", About(), "there is no table diary any more"),
    ],
)
def test_what_is_said_wrongly_of_a_table_is_found(
    monkeypatch: pytest.MonkeyPatch, table: str, said: About, gap: str
) -> None:
    monkeypatch.setattr(columns, "REGISTRY", {**REGISTRY, table: said})
    assert [found.startswith(gap) for found in gaps()] == [True]


@pytest.mark.parametrize(
    ("name", "numbers", "gap"),
    [
        ("NUMBERS_OF_ROWS", NUMBERS_OF_ROWS - {"invitation"}, "answer.invitation: does it name a row?"),
        ("OTHER_NUMBERS", OTHER_NUMBERS - {"attempts"}, "outbox.attempts: does it name a row?"),
        ("OTHER_NUMBERS", OTHER_NUMBERS | {"customer"}, "customer names a row and does not"),
    ],
)
def test_a_number_must_say_whether_it_names_a_row(
    monkeypatch: pytest.MonkeyPatch, name: str, numbers: frozenset[str], gap: str
) -> None:
    monkeypatch.setattr(columns, name, numbers)
    assert gap in gaps()
