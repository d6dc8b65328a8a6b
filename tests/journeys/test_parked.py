"""What could not be handled waits: it is listed, handled again or dropped at the console, and nothing happens twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.core.messages import Update
from store.models import Activity
from tests.journeys.house import reads, until
from tests.web.test_accounts import STAFF, House, house

WORDS = ("Called Acme about one", "Called Acme about two", "Called Acme about three")


class Broken(Exception):
    """A fault of ours that somebody will mend."""


async def test_parked_updates_are_listed_dropped_and_replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'rapport.db'}")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr("bot.logs.set_up", lambda level: None)  # it would write where the runner looks
    async with house(tmp_path) as at:
        at.ann.says(STAFF, "/add Acme")
        await reads(at.ann, STAFF, "Acme", button="Undo")
        assert await _says("parked", "list") == "Nothing is parked."
        mended = _breaks(at)
        for number, words in enumerate(WORDS, 1):
            at.ann.says(STAFF, words)
            await until(lambda n=number: len(_parked(at)) == n, 10, lambda: "it was not parked")
        listed = (await _says("parked", "list")).splitlines()
        first, second, third = (line.split()[1] for line in listed)
        assert all("telegram-staff" in line and "Broken" in line and "Acme" not in line for line in listed)
        assert "Which one?" in await _says("parked", "drop", fails=True)
        assert "No update “nonsense” is parked" in await _says("parked", "drop", "nonsense", fails=True)
        assert await _says("parked", "drop", second) == "Dropped: 1."
        assert await _says("parked", "replay", first) == "Handled again: 1."
        await until(lambda: _errors(at)[first] == "Broken", 10, lambda: "it was not tried")
        _mends(at, mended)
        assert await _says("parked", "replay") == "Handled again: 2."
        await reads(at.ann, STAFF, "Logged: call · Acme", "three")
        await until(lambda: not _parked(at), 10, lambda: f"still there: {_parked(at)}")
        assert await _says("parked", "replay") == "Handled again: 0."
        accept = at.service.application.service.intake.accept
        for key in (first, second, third):
            await accept(Update("telegram-staff", key, "{}"))
        assert await _says("parked", "list") == "Nothing is parked."
        assert sorted(row.text for row in _find(at, Activity) if row.kind == "call") == sorted((WORDS[0], WORDS[2]))


def _breaks(at: House) -> Any:
    """From now on nothing that calls to mind Acme can be handled."""
    intake = at.service.application.service.intake
    good = intake._handlers

    def broken(work: Any, event: Any) -> Any:
        raise Broken

    intake._handlers = replace(good, handle=broken)
    return good


def _mends(at: House, good: Any) -> None:
    at.service.application.service.intake._handlers = good


async def _says(*words: str, fails: bool = False) -> str:
    """What the console prints; in a thread, as the service runs in this loop."""
    done = await asyncio.to_thread(CliRunner().invoke, app, words)
    assert bool(done.exit_code) is fails, done.output
    return str(done.output).strip()


def _find(at: House, rows: type[Any]) -> list[Any]:
    with at.service.application.database.read() as work:
        work.workspace = 1
        return list(work.find(rows))


def _parked(at: House) -> list[str]:
    with at.service.application.database.read() as work:
        return [parked.update.key for parked in work.updates.parked()]


def _errors(at: House) -> dict[str, str]:
    with at.service.application.database.read() as work:
        return {parked.update.key: parked.error for parked in work.updates.parked()}
