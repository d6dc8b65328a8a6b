"""Signatures in the form of standardwebhooks.com, so that receivers have a library for them in every language."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re

PREFIX = "whsec_"
_ODD = re.compile(r"[^A-Za-z0-9_:-]")


def headers(secret: str, id: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers of one attempt: the same id every time, the time of this one."""
    return {"webhook-id": id, "webhook-timestamp": str(at), "webhook-signature": signature(secret, id, at, body)}


def signature(secret: str, id: str, at: int, body: bytes) -> str:
    """`v1,` and an HMAC over id, time and body."""
    mac = hmac.new(_key(secret), f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()


def message_id(key: str) -> str:
    """The send's key as a header can carry it; a dot would blur where the id ends in what is signed."""
    plain = _ODD.sub("_", key)
    return plain if plain == key else f"{plain}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _key(secret: str) -> bytes:
    """Secrets of the standard are base64 behind a prefix; others are taken as they are."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()
