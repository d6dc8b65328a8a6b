"""Backups: one tar file with the database, the files and what was counted; and the way back.

A copy is taken by the process that has the database. A restore makes everything ready beside the old data, looks at it,
erases once more whom an erasure has named since, and only then takes the old data's place.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import logging
import os
import secrets
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from bot import ledger
from bot.auditing import HEADS
from bot.files import Shelf
from bot.local import Held, Refused, held, tell
from bot.runtime.jobs import Jobs
from bot.settings import Settings
from flows import load
from flows.privacy.actions import Erased, again
from store import copies
from store.engine import open_database
from store.migrations import HEAD, migrate, version
from store.restored import settle
from store.sealing import NAME as KEY

logger = logging.getLogger(__name__)

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
SLOW = 3600.0
"""Seconds that a running service may take for the copy of a large database."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    made: str
    version: str
    revision: str
    engine: str
    digest: str
    """Of the database's copy."""
    counts: Mapping[str, int]
    files: int
    bytes: int
    key: bool
    """Whether what opens sealed tokens is in it."""
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and how many were erased once more."""

    manifest: Manifest
    erased: int


def back_up(settings: Settings, to: Path) -> tuple[Path, Manifest]:
    """Writes the backup, beside its place first; raises Refused with a sentence."""
    if to.is_dir():
        to = to / f"rapport-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"
    if to.exists():
        raise Refused(f"{to} is there already: choose another name.")
    if not to.parent.is_dir():
        raise Refused(f"There is no folder {to.parent}.")
    with _copied(settings) as (copy, counts):
        manifest = _manifest(settings, copy, counts)
        part = to.with_name(f".{to.name}.part")
        try:
            _pack(settings, part, copy, manifest)
            part.rename(to)
        finally:
            part.unlink(missing_ok=True)
    return to, manifest


def restore(settings: Settings, source: Path, *, force: bool = False) -> Restored:
    """Puts a backup in the place of what is here; raises Refused with a sentence, and then nothing has changed."""
    try:
        with held(settings), _unpacked(settings, source) as (folder, manifest):
            _check(settings, folder, manifest, force)
            return _swap(settings, folder, manifest)
    except Held as problem:
        raise Refused("The service is running: stop it first, then restore.") from problem
    except copies.Uncopied as problem:
        raise Refused(str(problem)) from problem


def take_copy(settings: Settings) -> dict[str, Any]:
    """For whoever has the database: a copy in the data folder, and what it holds."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.data_dir.resolve() / f"copy-{secrets.token_hex(6)}"
    try:
        return {"path": str(path), "counts": copies.take(settings.database_url, path)}
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def copied(settings: Settings) -> Iterator[str]:
    """The URL of a copy of an SQLite database, as of one moment."""
    with _copied(settings) as (copy, _counts):
        yield f"sqlite:///{copy}"


@contextmanager
def _copied(settings: Settings) -> Iterator[tuple[Path, Mapping[str, int]]]:
    try:
        with held(settings):
            if not version(settings.database_url):
                raise Refused("There is no database yet, so there is nothing to back up.")
            made = take_copy(settings)
    except Held:
        made = tell(settings, "copy", patience=SLOW)
    except copies.Uncopied as problem:
        raise Refused(str(problem)) from problem
    try:
        yield Path(made["path"]), made["counts"]
    finally:
        Path(made["path"]).unlink(missing_ok=True)


def _manifest(settings: Settings, copy: Path, counts: Mapping[str, int]) -> Manifest:
    sizes = list(_sizes(settings.data_dir / FILES))
    return Manifest(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version_of("rapport-bot"),
        revision=version(settings.database_url),
        engine=_engine(settings),
        digest=_digest(copy),
        counts=counts,
        files=len(sizes),
        bytes=sum(sizes),
        key=(settings.data_dir / KEY).exists(),
    )


def _pack(settings: Settings, part: Path, copy: Path, manifest: Manifest) -> None:
    """Only its owner may read it: everything that the firm knows is in it, and the key too."""
    told = json.dumps({name: getattr(manifest, name) for name in Manifest.__slots__}, indent=1).encode()
    mode = "w:gz" if part.name.removesuffix(".part").endswith(("gz", "tgz")) else "w"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode=mode) as tar:  # type: ignore[call-overload]
            info = tarfile.TarInfo(MANIFEST)
            info.size = len(told)
            tar.addfile(info, io.BytesIO(told))
            tar.add(copy, DATABASE)
            if manifest.key:
                tar.add(settings.data_dir / KEY, KEY)
            for each in _files(settings.data_dir / FILES):
                _add(tar, each)
        file.flush()
        os.fsync(file.fileno())


def _add(tar: tarfile.TarFile, file: Path) -> None:
    """As it was whole: one that is being overwritten just now is erased, and half of it would spoil the backup."""
    try:
        info = tar.gettarinfo(file, f"{FILES}/{file.parent.name}/{file.name}")
        content = file.read_bytes()
    except FileNotFoundError:
        return
    if hashlib.sha256(content).hexdigest() == file.name:
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    else:
        logger.warning("not as it was written", extra={"action": "file_left_out", "path": file.name})


def _sizes(folder: Path) -> Iterator[int]:
    for file in _files(folder):
        with suppress(FileNotFoundError):
            yield file.stat().st_size


def _files(folder: Path) -> Iterator[Path]:
    """By content hash, so what is written meanwhile changes none of them."""
    yield from sorted(path for path in folder.glob("??/*") if len(path.name) == 64 and path.is_file())


@contextmanager
def _unpacked(settings: Settings, source: Path) -> Iterator[tuple[Path, Manifest]]:
    """Beside the data it will replace, so that taking its place is a renaming."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="restoring-", dir=settings.data_dir))
    try:
        try:
            with tarfile.open(source) as tar:
                tar.extractall(folder, members=[m for m in tar if m.isfile()], filter="data")
            told = json.loads((folder / MANIFEST).read_text())
        except (OSError, tarfile.TarError, ValueError) as problem:
            raise Refused(f"{source} is no backup of ours, or only a part of one.") from problem
        if told.get("format", 0) > FORMAT or told.get("revision", "") > HEAD:
            raise Refused(f"This backup was made by a newer version ({told.get('version')}): update first.")
        yield folder, Manifest(**told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check(settings: Settings, folder: Path, manifest: Manifest, force: bool) -> None:
    if manifest.engine != _engine(settings):
        raise Refused(f"This backup is of {manifest.engine}, and DATABASE_URL names {_engine(settings)}.")
    database = folder / DATABASE
    if _digest(database) != manifest.digest:
        raise Refused("The backup is damaged: its database is not the one that was written.")
    if manifest.engine == "sqlite" and copies.counts(database) != dict(manifest.counts):
        raise Refused("The backup is damaged: its tables do not hold what was counted.")
    bad = [file.name for file in _files(folder / FILES) if _digest(file) != file.name]
    if bad:
        raise Refused(f"The backup is damaged: {len(bad)} of its files are not what was written.")
    there = version(settings.database_url) or list(_files(settings.data_dir / FILES))
    if there and not force:
        raise Refused(
            f"There is data already ({settings.database_url.partition('@')[2] or settings.data_dir}). "
            "With --force the backup takes its place, and what is there now is gone."
        )


def _swap(settings: Settings, folder: Path, manifest: Manifest) -> Restored:
    """Files come before the rows that name them, and go after them: cut off anywhere, nothing points to nothing."""
    known, new = _erased(settings), folder / DATABASE
    if manifest.engine == "sqlite":
        migrate(f"sqlite:///{new}")
        erased = _ready(f"sqlite:///{new}", folder / FILES, known)
    else:
        found = copies.put(settings.database_url, new)
        copies.take_away(settings.database_url, sorted(found.keys() - manifest.counts.keys()))
        migrate(settings.database_url)
        erased = _ready(settings.database_url, folder / FILES, known)
    files = {file.name for file in _files(folder / FILES)}
    for file in _files(folder / FILES):
        place = settings.data_dir / FILES / file.parent.name / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
    if manifest.engine == "sqlite":
        _swap_file(new, Path(settings.database_url.removeprefix("sqlite:///")))
    (settings.data_dir / HEADS).unlink(missing_ok=True)
    if manifest.key:
        (folder / KEY).chmod(0o600)
        (folder / KEY).replace(settings.data_dir / KEY)
    for file in _files(settings.data_dir / FILES):
        if file.name not in files:
            file.unlink()
    return Restored(manifest, erased)


def _swap_file(new: Path, place: Path) -> None:
    """The old log is folded in first: left behind, it would be read into the new file."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    new.chmod(0o600)
    new.replace(place)


def _erased(settings: Settings) -> list[Erased]:
    """Of the data that is about to be replaced, who was erased; what can't be read any more, the ledger knows."""
    with suppress(Exception):
        if version(settings.database_url):
            database = open_database(settings.database_url, utc_now)
            try:
                ledger.note(database, settings.data_dir)
            finally:
                database.close()
    return ledger.read(settings.data_dir)


def _ready(url: str, files: Path, known: Sequence[Erased]) -> int:
    """What must not happen a second time does not: it was on its way when the backup was made."""
    from bot.app import LABOUR

    load()
    database = open_database(url, utc_now)
    try:
        database.write(settle).result()
        count: int = database.write(partial(again, wanted=known)).result()
        if count:
            asyncio.run(_work_off(Jobs(database, LABOUR, Shelf(files))))
            database.scrub().result()
    finally:
        database.close()
    return count


async def _work_off(jobs: Jobs) -> None:
    while await jobs.tick():
        pass


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


def _engine(settings: Settings) -> str:
    return "sqlite" if copies.is_file(settings.database_url) else "postgresql"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
