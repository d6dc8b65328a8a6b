"""One writer on a machine: the lock beside the database file, and the way to whoever holds it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bot.settings import Settings

NOTE = "service.json"
PATIENCE = 20.0


class Held(Exception):
    """Another process has the database."""


class Refused(Exception):
    """The running service could not do it; the text is its own sentence."""


@dataclass(frozen=True, slots=True)
class Note:
    """Where the running service is, and the word that it wants to hear."""

    url: str
    token: str


@contextmanager
def held(settings: Settings) -> Iterator[None]:
    """Keeps other processes of ours from the file while inside; raises Held. PostgreSQL needs no such thing."""
    path = lock_path(settings)
    if path is None:
        yield
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        _lock(file)
        yield


def is_held(settings: Settings) -> bool:
    """Whether a process of ours has the file now."""
    try:
        with held(settings):
            return False
    except Held:
        return True


def lock_path(settings: Settings) -> Path | None:
    """The lock's own file: the database's would be let go whenever SQLite closes a connection to it."""
    if not settings.database_url.startswith("sqlite:///"):
        return None
    return Path(settings.database_url.removeprefix("sqlite:///") + ".lock")


def _database(settings: Settings) -> str:
    """Which file is served: several services may share the data folder."""
    path = lock_path(settings)
    return str(path.resolve()) if path else ""


def _lock(file: IO[str]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        raise Held("another process has the database") from problem


@contextmanager
def noted(settings: Settings, note: Note) -> Iterator[None]:
    """While inside, who may read the data folder finds the way to us."""
    path = settings.data_dir / NOTE
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"url": note.url, "token": note.token, "database": _database(settings)}, file)
    try:
        yield
    finally:
        if read_note(settings) == note:
            path.unlink(missing_ok=True)


def read_note(settings: Settings) -> Note | None:
    """What the service of this database has left; None where there is nothing readable, or it is of another one."""
    try:
        data = json.loads((settings.data_dir / NOTE).read_text())
        if data.get("database", "") != _database(settings):
            return None
        return Note(str(data["url"]), str(data["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def ask(settings: Settings, act: str, **arguments: Any) -> Any:
    """Has it done by the running service, or here when none runs; raises Refused with a sentence."""
    try:
        with held(settings):
            return _here(settings, act, arguments)
    except Held:
        return tell(settings, act, **arguments)


def _here(settings: Settings, act: str, arguments: dict[str, Any]) -> Any:
    from functools import partial

    from bot.app import open_store
    from bot.core.errors import Problem
    from bot.web.local import sentence
    from flows.setup import console

    database = open_store(settings.database_url)
    try:
        return database.write(partial(console.do, name=act, arguments=arguments)).result()
    except Problem as problem:
        raise Refused(sentence(problem)) from problem
    finally:
        database.close()


def tell(settings: Settings, act: str, *, patience: float = PATIENCE, **arguments: Any) -> Any:
    """Has it done by the running service; raises Refused with a sentence."""
    import httpx

    note = read_note(settings)
    if note is None:
        raise Refused("Another process has the database, but left no way to it: is it still starting?")
    headers = {"Authorization": f"Bearer {note.token}"}
    asked = {"do": act, "with": arguments}
    try:
        answer = httpx.post(f"{note.url}/local", json=asked, headers=headers, timeout=patience, trust_env=False)
    except httpx.HTTPError as problem:
        raise Refused("The running service does not answer.") from problem
    told = answer.json() if answer.headers.get("content-type", "").startswith("application/json") else {}
    if "result" not in told:
        raise Refused(str(told.get("problem", f"The running service refused ({answer.status_code}).")))
    return told["result"]
