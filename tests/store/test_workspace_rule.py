"""Every statement over a table of workspaces names the workspace, or stands here with the reason why not.

Those that stand here are also the only ones that PostgreSQL's policies let through (`store/wall.py`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from sqlalchemy import Table, select
from sqlalchemy.sql import visitors

import store
from store.models import Row, Tag
from store.statements import Statement

SERVICE_WIDE = {
    "api._KEY": "a key says by itself which workspace it opens",
    "api._PRUNE": "old rows go, whoever's they are",
    "carrying._ACCOUNTS": "names of bots are taken or free in the whole place",
    "connections._BY_ID": "one account by its id, just read among all that run here",
    "connections._PASS": "a link says by itself which workspace it opens",
    "connections._CONNECTED": "one process runs the bots of every firm",
    "connections._ENDPOINT": "one letter box for all; the letter was addressed by its firm",
    "connections._MENUS": "the chats of one bot account, which belongs to one firm",
    "connections._SAME_BOT": "a bot serves one firm, whichever has it already",
    "connections._SET_MENU": "one chat by its address, which names its bot account",
    "feeds._FEED": "a secret address says by itself whose calendar it is",
    "firms._ACCOUNT": "finds the workspace, by the bot account",
    "jobs._CLAIM": "one job by its id, just selected",
    "jobs._OPEN": "one queue of long work for all; each job's turns run in its own workspace",
    "meeting._AGAIN": "finds the workspace, by the bot account; every join is on it",
    "meeting._FIRST": "finds the workspace, by the bot account; every join is on it",
    "outbox._BACK": "one message by its id, under the lease that claimed it",
    "outbox._CLAIM": "the sender serves one bot account, whose messages it has just selected",
    "outbox._FINISH": "one message by its id, under the lease that claimed it",
    "outbox._LEFT_BEHIND": "the sender serves one bot account",
    "outbox._LIMITED": "the sender serves one bot account",
    "outbox._MOVE": "a chat of one bot account has a new address, as its platform says",
    "outbox._NEXT": "the sender serves one bot account",
    "outbox._NEXT_AFTER": "the sender serves one bot account",
    "outbox._PART": "one message by its id, under the lease that claimed it",
    "naming._NAMED": "a content is one file for all firms, and goes when none names it",
    "naming._PARKED": "a content is one file for all firms, and goes when none names it",
    "naming._TOLD": "a content is one file for all firms, and goes when none names it",
    "outbox._PRUNE": "old rows go, whoever's they are",
    "outbox._RELEASE": "the sender serves one bot account, whose messages it has just selected",
    "outbox._UNSURE": "the sender serves one bot account",
    "people._ATTEMPTS": "a stranger who guesses codes has no workspace",
    "people._PASS": "a link or code says by itself which workspace it opens",
    "pushes._PRUNE": "old rows go, whoever's they are",
    "restored._UNSURE": "a whole database comes back",
    "secrecy._ANONYMOUS": "one chat by its address, which names its bot account; every join is on the workspace",
    "secrecy._TALK": "one chat by its address, before anybody has read whose it is",
    "timers._DUE": "one clock for all; each timer's turn runs in its own workspace",
    "timers._END": "one timer by its id, just selected",
    "timers._NEXT": "one clock for all",
    "timers._PRUNE": "old rows go, whoever's they are",
}

FOR_ALL = {
    "firms._FIRMS": "which firms there are",
    "wellbeing._DUE": "a gauge for the operator, where no workspace is named",
    "wellbeing._ENDED": "a gauge for the operator, where no workspace is named",
    "wellbeing._JOBS": "a gauge for the operator, where no workspace is named",
    "wellbeing._WAITING": "a gauge for the operator, where no workspace is named",
}
"""Statements that may span firms though nothing in them is forgotten."""


def _statements() -> Iterator[tuple[str, Statement]]:
    for module in pkgutil.iter_modules(store.__path__):
        if module.name == "migrations":
            continue
        found = vars(importlib.import_module(f"store.{module.name}"))
        for name, value in found.items():
            if isinstance(value, Statement):
                yield f"{module.name}.{name}", value
            elif isinstance(value, dict):
                yield from ((f"{module.name}.{name}", item) for item in value.values() if isinstance(item, Statement))


def _names_the_workspace(statement: Statement) -> bool:
    element = statement._build()
    tables = {item for item in visitors.iterate(element) if isinstance(item, Table)}
    owned = [table for table in tables if "workspace" in table.c]
    binds = {getattr(item, "key", "") for item in visitors.iterate(element) if item.__visit_name__ == "bindparam"}
    return not owned or "workspace" in binds


@pytest.mark.parametrize(("name", "statement"), list(_statements()))
def test_a_statement_names_the_workspace_or_says_why_not(name: str, statement: Statement) -> None:
    assert _names_the_workspace(statement) != (name in SERVICE_WIDE), SERVICE_WIDE.get(name, "names no workspace")


@pytest.mark.parametrize(("name", "statement"), list(_statements()))
def test_only_these_statements_pass_the_second_wall(name: str, statement: Statement) -> None:
    assert statement.wide == (name in SERVICE_WIDE.keys() | FOR_ALL.keys())


def test_the_list_has_no_statement_that_is_gone() -> None:
    assert SERVICE_WIDE.keys() | FOR_ALL.keys() <= {name for name, _ in _statements()}


def test_the_rule_sees_a_statement_that_forgets() -> None:
    assert not _names_the_workspace(Statement(lambda: select(Tag.table().c.name)))


def test_tables_without_a_workspace_are_few_and_known() -> None:
    assert {table.name for table in Row.metadata.sorted_tables if "workspace" not in table.c} == {
        "inbound",
        "lease",
        "shown",
        "workspace",
    }
