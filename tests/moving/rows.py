"""Rows for every table, made from the tables themselves: a table that is new has them too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Integer

from bot.carrying import subject
from store.columns import NUMBERS_OF_ROWS, REGISTRY
from store.models import Row
from store.sealing import Key, seal
from store.types import Json, UtcTime, micros
from tests.engines import NOON

BASE = 7_000_000
"""Numbers of rows begin here, so that one that was left behind can be told from any other number."""
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)
_STATES = {"timer": ("waiting", "done"), "job": ("open", "done"), "outbox": ("pending", "claimed", "sent")}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(0, 999) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=3,
)


@st.composite
def firms(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """A few rows of each table, which name one another's numbers."""
    return {name: _rows(draw, name) for name in sorted(REGISTRY) if REGISTRY[name].by and name != "workspace"}


def _rows(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    least = 2 if name in ("account", "conversation") else 0  # those by which rows of others are found
    return [_row(draw, name, n) for n in range(draw(st.integers(least, 2)))]


def _row(draw: st.DrawFn, name: str, n: int) -> dict[str, Any]:
    table = Row.metadata.tables[name]
    row = {column.name: _value(draw, name, column, n) for column in table.c}
    row |= {column: value for column, value in _shaped(draw, name, n).items() if column in row}
    return row


def _value(draw: st.DrawFn, table: str, column: Any, n: int) -> Any:
    if column.name in ("id", *NUMBERS_OF_ROWS) and isinstance(column.type, BigInteger | Integer):
        return BASE + n
    if column.name == "workspace":
        return 1
    if column.nullable and draw(st.booleans()):
        return None
    if isinstance(column.type, UtcTime):
        return micros(NOON) + draw(st.integers(0, 10**12))
    if isinstance(column.type, Json):
        return draw(ANYTHING)
    if isinstance(column.type, Boolean):
        return draw(st.booleans())
    if isinstance(column.type, BigInteger | Integer):
        return n if column.primary_key or _is_unique(table, column.name) else draw(st.integers(0, 999))
    words = f"{column.name} {n} "
    return words + draw(TEXT)


def _is_unique(table: str, column: str) -> bool:
    return any(
        column in [one.name for one in each.columns]
        for each in Row.metadata.tables[table].constraints
        if type(each).__name__ == "UniqueConstraint"
    )


def _shaped(draw: st.DrawFn, table: str, n: int) -> dict[str, Any]:
    """Columns that are read in a way of their own have their own shape."""
    said, at, id = REGISTRY[table], f"memory:bot-{n}:chat-{n}", BASE + n
    made: dict[str, Any] = {name: f"ticket:{id}" for name in said.refs}
    made |= {name: f"bot-{n}" for name in said.accounts} | {name: at for name in said.addresses}
    readers = {
        "changes": [["customer", id, {"owner": id, "name": "Acme"}, None]],
        "key": f"tmr:{id}:{n}",
        "list": [id],
        "named": {"customer": id, "rest": 1},
        "source": at,
        "steps": json.dumps([["give", id], ["tag", "7"]]),
        "subject": f"ticket:{id}",
        "timer": str(id),
    }
    made |= {column: readers[reader] for column, reader in said.own.items()}
    if table in _STATES:
        made["state"] = draw(st.sampled_from(_STATES[table]))
    if table == "account":
        made |= {"platform": "memory", "state": "active"}
    return made


def sealed(rows: Mapping[str, list[dict[str, Any]]], key: Key) -> None:
    """What is secret in them is sealed as the service would."""
    for table, found in rows.items():
        for row in found:
            for column in REGISTRY[table].sealed:
                close = [seal(key.public, f"secret-{table}", subject=subject(table, row, "bot"))]
                row[column] = {"account": json.dumps({"bot": close[0]}), "ballot": close}.get(table, close[0])
