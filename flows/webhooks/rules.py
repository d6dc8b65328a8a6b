"""Addresses that can be called, and what it means when a letter was given up. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 500
PATIENCE = 10
"""Letters given up in a row before an endpoint is switched off."""
TOO_LATE = "it was too late"
FINAL = frozenset(
    {
        TOO_LATE,
        "the receiver is gone",
        "the address is inside a network",
        "only https is allowed",
        "not an address",
        "not a web address",
        "no names and passwords in the address",
    }
)
"""Reasons after which nothing else would arrive there either; the first means a whole day of trying."""
ABSENT = "the endpoint was removed"

_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；]+", re.IGNORECASE)


def address_in(text: str) -> tuple[str, str]:
    """The web address in a text, and the text without it; empty where there is none."""
    match = _ADDRESS.search(text)
    if match is None:
        return "", text
    return match[0].rstrip(".,;)"), f"{text[: match.start()]} {text[match.end() :]}".strip()


def is_callable(url: str) -> bool:
    """Whether it reads like an address; whether it may be called is seen when it is."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and len(url) <= LONGEST and parts.username is None and parts.password is None


def is_over(reason: str, failures: int) -> bool:
    """Whether an endpoint is switched off after so many letters given up in a row, the last one for this reason."""
    return reason in FINAL or failures >= PATIENCE
