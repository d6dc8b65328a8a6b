"""What grows with a firm's customers is looked up by an index: no turn reads a whole table to find a row or two."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from store import models
from store.models import Owned, Promise, Tag

FEW = {
    "Account", "ApiKey", "ApprovalRule", "Campaign", "Endpoint", "Feed", "Festival", "FlowStep", "Goal", "Hours",
    "Member", "OwnField", "Retention", "Route", "Segment", "Stage", "Survey", "Theme", "Wording",
}  # fmt: skip
"""Tables of which a firm has a handful of rows, or dozens."""
RARE = {
    ("flows/duplicates/steps.py", "Apart"): "the nightly look for duplicates takes all pairs that are none",
    ("flows/keeping/steps.py", "Job"): "the nights before, of which none is left",
    ("flows/privacy/actions.py", "Erasure"): "somebody is erased, once in a while",
    ("flows/privacy/rules.py", "Audit"): "somebody asks for all that is known of them",
    ("flows/privacy/rules.py", "Promise"): "somebody asks for all that is known of them",
    ("flows/routing/commands.py", "Tag"): "a manager says what somebody is good at",
    ("flows/themes/actions.py", "RoomReply"): "the nightly look for themes",
    ("flows/tickets/flow.py", "Ticket"): "a step of the flow is taken away",
    ("store/traces.py", "Contact"): "somebody is erased",
    ("store/traces.py", "Customer"): "somebody is erased",
    ("store/traces.py", "StoredFile"): "somebody is erased",
}
KINDS = {kind.__name__: kind for kind in vars(models).values() if isinstance(kind, type) and issubclass(kind, Owned)}


def lookups(source: str) -> Iterator[tuple[str, frozenset[str], int]]:
    """(table's class, columns that are given, line) of every look for rows by their values."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="find" | "first" | "last"), args=[ast.Name(id=kind)]) if (
                kind in KINDS
            ):
                named = frozenset(word.arg for word in node.keywords if word.arg)
                if len(named) == len(node.keywords):
                    yield kind, named, node.lineno


def is_indexed(kind: type[Owned], columns: frozenset[str]) -> bool:
    """Whether some index narrows the rows down by one of these columns first, or by the row's number."""
    table = kind.table()
    keys = [[column.name for column in index.columns] for index in table.indexes]
    unique = [one for one in table.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)]
    keys += [[column.name for column in one.columns] for one in unique]
    leading = {next((name for name in key if name != "workspace"), "") for key in keys}
    return bool(leading & columns)


@pytest.mark.parametrize("room", ["adapters", "bot", "flows", "store"])
def test_rows_are_found_by_an_index(room: str) -> None:
    slow = {
        (f"{path}:{line}", kind, *sorted(columns))
        for path in map(str, sorted(Path(room).rglob("*.py")))
        for kind, columns, line in lookups(Path(path).read_text())
        if kind not in FEW and (path, kind) not in RARE and not is_indexed(KINDS[kind], columns)
    }
    assert not slow


def test_the_test_sees_a_table_that_is_read_whole() -> None:
    assert list(lookups("work.find(Tag)\nwork.first(Promise, what='x')")) == [
        ("Tag", frozenset(), 1),
        ("Promise", frozenset({"what"}), 2),
    ]
    assert not is_indexed(Tag, frozenset())
    assert not is_indexed(Promise, frozenset({"what"}))
    assert is_indexed(Promise, frozenset({"activity", "what"}))


def test_every_exception_is_still_one() -> None:
    found = {
        (path, kind)
        for path, _kind in RARE
        for kind, columns, _line in lookups(Path(path).read_text())
        if not is_indexed(KINDS[kind], columns)
    }
    assert set(RARE) <= found
