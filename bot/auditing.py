"""The record of who did what: sealed as time passes, and looked through when somebody asks."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.local import Held, held, tell
from bot.settings import Settings
from store import auditing
from store.engine import Database
from store.sealing import NAME, Key
from store.work import Work

HEADS = "audit.heads"
PURPOSE = "audit"
SLOW = 600.0


def key_of(settings: Settings) -> bytes:
    """Kept outside the database: whoever can write its rows can't make seals."""
    given = settings.seal_key.get_secret_value()
    return (Key.of(given) if given else Key.kept(settings.data_dir / NAME)).derived(PURPOSE)


def go_on(work: Work, key: bytes, folder: Path) -> None:
    """What is sealed already is noted outside the database; then the next rows are sealed."""
    _note(folder, auditing.heads(work))
    auditing.seal_all(work, key)


def look_through(settings: Settings) -> list[dict[str, Any]]:
    """A verdict a firm; by the running service where one has the database."""
    try:
        with held(settings):
            from bot.app import open_store

            database = open_store(settings.database_url)
            try:
                return verdicts(settings, database)
            finally:
                database.close()
    except Held:
        found: list[dict[str, Any]] = tell(settings, "audit", patience=SLOW)
        return found


def verdicts(settings: Settings, database: Database) -> list[dict[str, Any]]:
    """As plain values."""
    with database.read() as work:
        found = auditing.verify(work, key_of(settings), _noted(settings.data_dir))
    return [{name: getattr(one, name) for name in type(one).__slots__} for one in found]


def _note(folder: Path, heads: Mapping[int, str]) -> None:
    if not heads or _noted(folder) == dict(heads):
        return
    beside = folder / f".{HEADS}.{os.getpid()}"
    beside.write_text(json.dumps({str(firm): seal for firm, seal in heads.items()}))
    beside.replace(folder / HEADS)


def _noted(folder: Path) -> dict[int, str]:
    try:
        return {int(firm): str(seal) for firm, seal in json.loads((folder / HEADS).read_text()).items()}
    except (OSError, ValueError):
        return {}
