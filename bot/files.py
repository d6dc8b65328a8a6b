"""Contents by hash in a folder, so that the same file is kept once and a half-written one is never seen."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from math import inf
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}")
GONE = ".gone"
"""How the name of a content ends while it is being removed."""


class Shelf:
    """`Files` on this machine's disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, hash: str) -> bytes:
        """Raises FileNotFoundError, also for what is no hash."""
        if not _HASH.fullmatch(hash):
            raise FileNotFoundError("no such file")
        return self._place(hash).read_bytes()

    def keep(self, content: bytes) -> str:
        """Written beside its place and moved there, so that a crash leaves no half of it; its name is on the disk
        too, because a row may say it at once.
        """
        hash = hashlib.sha256(content).hexdigest()
        place = self._place(hash)
        if not _is_young_again(place):
            if not place.parent.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                _sync(self._folder)
            handle, beside = tempfile.mkstemp(dir=place.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).rename(place)
            _sync(place.parent)
        return hash

    def remove(self, hash: str) -> None:
        """Overwritten before it goes, so that its bytes do not lie about; nothing happens when it is not there."""
        self._take(hash)

    def clear(self, hash: str, older: float) -> bool:
        """Removes it unless somebody has brought it again within so many seconds."""
        return self._take(hash, time.time() - older)

    def _take(self, hash: str, before: float = inf) -> bool:
        """It leaves its place first: who brings the content meanwhile finds none and writes it anew."""
        if not _HASH.fullmatch(hash):
            return False
        place, aside = self._place(hash), self._place(hash).with_suffix(GONE)
        try:
            place.rename(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime > before:
            aside.rename(place)
            return False
        _wipe(aside)
        return True

    def leavings(self, older: float) -> Iterator[tuple[Path, str]]:
        """What a process that died has left beside the contents: half-written ones, and those it was removing, with
        their hash.
        """
        before = time.time() - older
        for place in self._folder.glob("??/*"):
            removing = place.suffix == GONE and _HASH.fullmatch(place.stem)
            if removing or (not _HASH.fullmatch(place.name) and _age(place) <= before):
                yield place, place.stem if removing else ""

    def settle(self, leaving: Path, hash: str, *, wanted: bool, older: float) -> None:
        """A content whose removal was cut short comes back where rows name it again; all else goes."""
        if wanted and _is(leaving, hash):
            leaving.rename(self._place(hash))
        elif _age(leaving) <= time.time() - older:
            _wipe(leaving)

    def path(self, hash: str) -> Path:
        """Where its content lies, if it does."""
        if not _HASH.fullmatch(hash):
            raise FileNotFoundError("no such file")
        return self._place(hash)

    def hashes(self, older: float = 0.0) -> Iterator[str]:
        """What is kept since more than so many seconds."""
        before = time.time() - older
        for place in self._folder.glob("??/*"):
            if _HASH.fullmatch(place.name) and _age(place) <= before:
                yield place.name

    def _place(self, hash: str) -> Path:
        return self._folder / hash[:2] / hash


def _sync(folder: Path) -> None:
    """What it lists: a file that is on the disk under no name is lost with the power."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _is_young_again(place: Path) -> bool:
    """Whether it is there; then it counts as brought just now."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _wipe(place: Path) -> None:
    with suppress(FileNotFoundError):
        with place.open("r+b") as file:
            file.write(bytes(place.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        place.unlink()


def _is(place: Path, hash: str) -> bool:
    """Whether it is whole still."""
    try:
        return hashlib.sha256(place.read_bytes()).hexdigest() == hash
    except FileNotFoundError:
        return False


def _age(place: Path) -> float:
    """When it was brought; what is gone already was never there."""
    try:
        return place.stat().st_mtime
    except FileNotFoundError:
        return inf
