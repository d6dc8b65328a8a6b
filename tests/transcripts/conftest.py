"""A plain run plays a sample of the slow half; `pytest tests/transcripts -m "slow or not slow"` plays everything."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "slow" in (config.option.markexpr or ""):
        return
    waiting = [item for item in items if HERE in item.path.parents and item.get_closest_marker("slow")]
    if waiting:
        config.hook.pytest_deselected(items=waiting)
        items[:] = [item for item in items if item not in set(waiting)]
