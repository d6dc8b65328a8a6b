"""SQLite counts no rows before it plans: what is looked up by a customer must not be read by its kind or its state."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import store
from store.any_table import choosing
from store.migrations import migrate
from store.statements import Statement
from tests.store.test_lookups import FEW, KINDS, lookups

BROAD = {
    *("workspace", "kind", "side", "state", "platform", "account", "topic", "status", "role", "language", "type", "by"),
    *("direction", "name"),
}
"""Columns of which a firm has few values: an index that is entered by these alone gives a share of the whole table."""
SEARCH = re.compile(r"SEARCH (?P<table>\w+) USING (?:COVERING )?INDEX \S+ \((?P<used>.*)\)")
SMALL = {KINDS[kind].table().name for kind in FEW if kind in KINDS} | {"account", "lease", "job"}
ALLOWED = {
    "store.campaigns._BOUGHT": "a figure of a whole campaign, when it is asked for",
    "store.care._KEPT": "the nightly look for birthdays takes a page of the days of a month",
    "store.feedback._REFUSED": "the owner of a survey asks whom it did not reach",
    "store.feedback._WORDS": "the words of a survey, when its results are opened",
    "store.keeping._FORGET": "the nightly keeping takes a page",
    "store.keeping._FILES": "the nightly keeping takes a page",
    "store.outbox._NEXT": "the index is in the order in which messages leave",
    "store.wellbeing._AGAIN": "an index over what failed alone",
    "store.wellbeing._ASIDE": "an index over what failed alone",
    "flows/tickets/flow.py find Ticket step": "a step of the flow is taken away",
    "store/traces.py find StoredFile hash": "somebody is erased",
    "flows/automation/verbs.py find Conversation kind outsider side": "the rooms of a firm",
}


def statements() -> Iterator[tuple[str, Statement]]:
    """Every statement of the store's modules, and every look for rows by their values."""
    for found in pkgutil.iter_modules(store.__path__):
        for name, value in vars(importlib.import_module(f"store.{found.name}")).items():
            for one in value.values() if isinstance(value, dict) and "sqlite" in value else [value]:
                if isinstance(one, Statement):
                    yield f"store.{found.name}.{name}", one
                    break
    for path in sorted(path for room in ("adapters", "bot", "flows", "store") for path in Path(room).rglob("*.py")):
        for kind, columns, _line in lookups(path.read_text()):
            yield f"{path} find {kind} {' '.join(sorted(columns))}", choosing(KINDS[kind], tuple(sorted(columns)))


def broad(plans: sqlite3.Connection, sql: str) -> list[str]:
    """Tables that are entered by broad columns alone, though the statement gives a narrower one."""
    found = []
    for row in plans.execute(f"EXPLAIN QUERY PLAN {sql}", ["[]"] * sql.count("?")):
        if (match := SEARCH.match(row[3])) and match["table"] not in SMALL:
            used = set(re.findall(r"(\w+)[=<>]", match["used"]))
            given = set(re.findall(rf"\b{match['table']}\.\"?(\w+)\"? (?:= \?|IN \()", sql)) - BROAD
            if used <= BROAD and given:
                found.append(row[3])
    return found


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("plans") / "empty.db"
    migrate(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    yield connection
    connection.close()


def test_no_statement_reads_a_share_of_the_firm_for_a_few_rows(plans: sqlite3.Connection) -> None:
    found = {name: shown for name, one in statements() if (shown := broad(plans, one.compiled("sqlite").sql))}
    assert {name: shown for name, shown in found.items() if name not in ALLOWED} == {}
    assert sorted(ALLOWED) == sorted(found), "an exception that is none any more"


def test_the_test_sees_a_lookup_that_is_planned_badly(plans: sqlite3.Connection) -> None:
    plans.execute("BEGIN")
    plans.execute("DROP INDEX conversation_customer")
    chats = next(one for name, one in statements() if name == "store.people._CHATS")
    assert broad(plans, chats.compiled("sqlite").sql)
    plans.rollback()
