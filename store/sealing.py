"""Secrets in the tables: anybody here may seal one, only the process that has the key may open it.

The public half of the key stands in each firm's settings; the private half is kept outside the database. What is sealed
says what it is for, so that a sealed secret is worth nothing in another row.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.errors import StoreError
from bot.core.text import VEIL

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

NAME = "seal.key"
_PURPOSE = b"rapport:"


class Unopenable(StoreError):
    """It was sealed with another key, for another row, or was changed."""


def seal(public: str, secret: str, *, subject: str) -> str:
    """Readable only with the private half of the key, and only for this subject."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    key = X25519PublicKey.from_public_bytes(_bytes(public))
    return _text(_suite().encrypt(secret.encode(), key, info=_PURPOSE + subject.encode()))


class Key:
    """The private half; it is never shown, and its `repr` does not tell it."""

    def __init__(self, private: bytes) -> None:
        if len(private) != 32:
            raise ValueError("a key has 32 bytes")
        self._bytes = private

    def __repr__(self) -> str:
        return "<Key>"

    def shown(self, sealed: str, subject: str) -> str:
        """As `open`, for a reader: dots where it can't be read."""
        try:
            return self.open(sealed, subject=subject)
        except Unopenable:
            return VEIL

    def derived(self, purpose: str) -> bytes:
        """Another key for one purpose, from which this one can't be told."""
        return hmac.new(self._bytes, _PURPOSE + purpose.encode(), hashlib.sha256).digest()

    @classmethod
    def of(cls, text: str) -> Key:
        """From its text form; ValueError when it is none."""
        return cls(_bytes(text))

    @classmethod
    def kept(cls, path: Path) -> Key:
        """The key in this file, which is made when it is missing: by whichever process comes first."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        if not path.exists():
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(_text(os.urandom(32)))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return cls.of(path.read_text().strip())

    @cached_property
    def public(self) -> str:
        """The half that seals."""
        return _text(self._private.public_key().public_bytes_raw())

    def open(self, sealed: str, *, subject: str) -> str:
        """What was sealed; raises Unopenable."""
        from cryptography.exceptions import InvalidTag

        try:
            return bytes(_suite().decrypt(_bytes(sealed), self._private, info=_PURPOSE + subject.encode())).decode()
        except (InvalidTag, ValueError) as error:
            raise Unopenable("it was sealed with another key, or for something else") from error

    @cached_property
    def _private(self) -> X25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return X25519PrivateKey.from_private_bytes(self._bytes)


def _suite() -> Any:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
