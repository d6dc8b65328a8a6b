"""A whole service in the test's own loop, on a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.local import held
from bot.serving import Serving, serving
from bot.settings import Settings


def settings_of(folder: Path, **values: object) -> Settings:
    """Settings that see nothing of this machine's environment."""
    given = {"database_url": f"sqlite:///{folder / 'rapport.db'}", "data_dir": folder, "port": 0, "demo": False}
    return Settings(_env_file=None, **{**given, **values})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path)


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Serving]:
    with held(settings):
        async with serving(settings, lambda line: None) as running:
            yield running


@pytest.fixture
async def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Serving]:
    """Where it is noon: customers are told nothing in their night."""
    east = 12 - datetime.now(UTC).hour
    monkeypatch.setattr("flows.demo.actions.zone_here", lambda: f"Etc/GMT{-east:+d}")
    settings = settings_of(tmp_path, demo=True)
    with held(settings):
        async with serving(settings, lambda line: None) as running:
            yield running


@pytest.fixture
async def browser(service: Serving) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service.url, trust_env=False, follow_redirects=True) as client:
        yield client
