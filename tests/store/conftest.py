"""Both engines, and two workspaces whose rows have equal ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from store.engine import Database
from store.models import Workspace
from store.work import Work
from tests.engines import NOON, clock, database, engine, url

__all__ = ["clock", "database", "engine", "url"]

T = TypeVar("T")
Run = Callable[..., T]


@pytest.fixture
def workspace(database: Database) -> int:
    """The first workspace."""

    def make(work: Work) -> int:
        return work.insert(Workspace(name="Acme", secret="s", created=NOON)).id

    return database.write(make).result(10)


@pytest.fixture
def run(database: Database, workspace: int) -> Run[T]:
    """Runs a function in a transaction of the workspace and returns what it returns."""

    def run(act: Callable[[Work], T], *, within: int = workspace) -> T:
        def inside(work: Work) -> T:
            work.workspace = within
            return act(work)

        return database.write(inside).result(10)

    return run
