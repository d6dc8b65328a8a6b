"""The firm of a story taken to another deployment: as its owner would on the console, with nothing left behind."""

from __future__ import annotations

import base64
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bot.carrying import send_off, take_in
from bot.files import Shelf
from bot.local import ask
from bot.settings import Settings
from store.engine import Database, open_database
from store.migrations import migrate
from tests.engines import fresh

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
"""That of `outside.KEY`."""


class Moving(ExitStack):
    """Where the firm is now; every move is to a new database of the other engine."""

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__()
        self._url, self._folder = url, folder.parent
        self._moves = 0

    def move(self, database: Database, clock: Any) -> tuple[Database, Shelf]:
        """The database and the files at the new place."""
        database.close()
        self._moves += 1
        parcel, here = self._folder / f"firm-{self._moves}.zip", self._settings()
        ask(here, "workspace-pause", workspace="1")
        _made, code = send_off(here, "1", parcel)
        other = "postgresql" if self._url.startswith("sqlite") else "sqlite"
        self._folder = self._folder / f"place-{self._moves}"
        self._folder.mkdir()
        self._url = self.enter_context(fresh(other, self._folder))
        migrate(self._url)
        take_in(self._settings(), parcel, code)
        ask(self._settings(), "workspace-resume", workspace="1")
        return open_database(self._url, clock), Shelf(self._folder / "files")

    def _settings(self) -> Settings:
        given: dict[str, Any] = {"database_url": self._url, "data_dir": self._folder, "seal_key": KEY}
        return Settings(_env_file=None, **given)
