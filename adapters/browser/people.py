"""Who is at the other end of a browser: a random secret that only the client keeps, known to us by its hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

COOKIE = "rapport"

_SECRET = re.compile(r"[A-Za-z0-9_-]{22,128}")
"""22 characters of base64url are 128 bits."""


def person_of(secret: str) -> str:
    """The sender's id: the secret can't be found from it, so tables may hold it."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def known(secret: object) -> str:
    """The person of a well-formed secret; empty for anything else."""
    return person_of(secret) if isinstance(secret, str) and _SECRET.fullmatch(secret) else ""


def by_cookie(cookies: Mapping[str, str], headers: Mapping[str, str], origins: Collection[str]) -> str:
    """The member whose cookie this is; empty when another site's page makes the browser send it."""
    return known(cookies.get(COOKIE)) if _from_us(headers, origins) else ""


def _from_us(headers: Mapping[str, str], origins: Collection[str]) -> bool:
    origin = headers.get("origin", "")
    return origin in origins or (bool(origin) and urlsplit(origin).netloc == headers.get("host"))
