"""Contents by hash in a folder, so that the same file is kept once and a half-written one is never seen."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}")


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
        """Written beside its place and moved there, so that a crash leaves no half of it."""
        hash = hashlib.sha256(content).hexdigest()
        place = self._place(hash)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=place.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).rename(place)
        return hash

    def remove(self, hash: str) -> None:
        """Overwritten first, so that its bytes do not lie about on the disk; nothing happens when it is not there."""
        place = self._place(hash)
        if not _HASH.fullmatch(hash) or not place.exists():
            return
        with place.open("r+b") as file:
            file.write(bytes(place.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        place.unlink()

    def path(self, hash: str) -> Path:
        """Where its content lies, if it does."""
        if not _HASH.fullmatch(hash):
            raise FileNotFoundError("no such file")
        return self._place(hash)

    def hashes(self, older: float = 0.0) -> Iterator[str]:
        """What is kept since more than so many seconds."""
        before = time.time() - older
        for place in self._folder.glob("??/*"):
            if _HASH.fullmatch(place.name) and place.stat().st_mtime <= before:
                yield place.name

    def _place(self, hash: str) -> Path:
        return self._folder / hash[:2] / hash
