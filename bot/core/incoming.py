"""What people type is made storable and printable before anybody reads it; adapters clean every text and name."""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n?")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def whole(text: str) -> str:
    """Pairs of surrogates joined, lone ones as U+FFFD: only such text can be encoded."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_text(text: str) -> str:
    """Without control characters except tabs and line ends, and in NFC, so that equal words compare equal."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", whole(text))))


def clean_name(name: str) -> str:
    """On one line, and unable to turn the direction of the text around it."""
    return " ".join(_OVERRIDES.sub("", clean_text(name)).split())
