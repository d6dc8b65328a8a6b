"""Contents of files in memory, by hash: the `Files` port."""

from __future__ import annotations

from hashlib import sha256


class KeptFiles(dict[str, bytes]):
    """Kept as long as the test lasts."""

    def read(self, hash: str) -> bytes:
        if hash not in self:
            raise FileNotFoundError(hash)
        return self[hash]

    def keep(self, content: bytes) -> str:
        hash = sha256(content).hexdigest()
        self[hash] = content
        return hash

    def remove(self, hash: str) -> None:
        self.pop(hash, None)

    def hashes(self, older: float = 0.0) -> list[str]:
        return list(self)
