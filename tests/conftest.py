"""Fixtures for every test: databases on both engines. `pytest -m "slow or not slow"` also runs what is marked slow."""

from __future__ import annotations

import pytest

from tests.engines import clock, database, engine, pytest_terminal_summary, url

__all__ = ["clock", "database", "engine", "pytest_terminal_summary", "url"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A slow test is the long form of a quick one, and runs only when it is asked for."""
    if "slow" in (config.option.markexpr or ""):
        return
    waiting = {item for item in items if item.get_closest_marker("slow")}
    if waiting:
        config.hook.pytest_deselected(items=list(waiting))
        items[:] = [item for item in items if item not in waiting]
