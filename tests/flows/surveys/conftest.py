"""The scene of these tests."""

from __future__ import annotations

import pytest

from store.engine import Database
from tests.engines import Hands
from tests.flows.surveys.scene import Scene


@pytest.fixture
def scene(database: Database, clock: Hands) -> Scene:
    return Scene(database, clock)
