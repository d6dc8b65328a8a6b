"""What `store/personal.py` does not say is found, by name; `tests/store/test_migrations.py` wants nothing found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Column, String, Table

from store import personal
from store.models import Row
from store.personal import REGISTRY, gaps


def test_a_new_column_is_missed_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    less = replace(REGISTRY["contact"], blank=REGISTRY["contact"].blank - {"phone"})
    monkeypatch.setattr(personal, "REGISTRY", {**REGISTRY, "contact": less})
    assert "contact.phone stands nowhere in store/personal.py: kept, staff, blank or words?" in gaps()


def test_a_new_table_is_missed_by_name() -> None:
    table = Table("diary", Row.metadata, Column("secret", String))
    try:
        assert "table diary: give it a line in store/personal.py, for its secret" in gaps()
    finally:
        Row.metadata.remove(table)


def test_a_column_that_is_said_twice_or_is_gone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    more = replace(REGISTRY["tag"], kept=REGISTRY["tag"].kept | {"name", "colour"})
    monkeypatch.setattr(personal, "REGISTRY", {**REGISTRY, "tag": more})
    assert {
        "tag.colour is in store/personal.py and not in the table",
        "tag.name stands twice in store/personal.py: kept, staff, blank or words?",
    } <= set(gaps())
