"""Fixtures for every test: databases on both engines. `pytest -m "slow or not slow"` also runs what is marked slow."""

from __future__ import annotations

import io
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import logs
from tests.engines import clock, database, engine, pytest_terminal_summary, url
from tests.figures import told

__all__ = ["clock", "database", "engine", "pytest_terminal_summary", "told", "url"]


MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are as private as those in /tmp
ROOM = 4 << 30
"""Bytes that a run may need."""


def pytest_configure(config: pytest.Config) -> None:
    """Databases of tests lie in memory where there is room; a plain run draws the same examples each time.

    No example has a deadline: what it would find is a machine that stood still for a moment.
    """
    settings.register_profile("plain", derandomize="slow" not in (config.option.markexpr or ""), deadline=None)
    settings.load_profile("plain")
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A slow test is the long form of a quick one, and runs only when it is asked for."""
    if "slow" in (config.option.markexpr or ""):
        return
    waiting = {item for item in items if item.get_closest_marker("slow")}
    if waiting:
        config.hook.pytest_deselected(items=list(waiting))
        items[:] = [item for item in items if item not in waiting]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the service writes down of its work, in every detail."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    to = io.StringIO()
    logs.set_up("DEBUG", to=to)
    yield to
    root.handlers, root.level = before, level
