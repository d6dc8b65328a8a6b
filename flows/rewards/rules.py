"""Reading codes from what was typed or sent as a sheet: pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{3,39}$")
_SPLIT = re.compile(r"[\s,，;；、]+")
MOST = 20_000


def typed(words: str) -> list[str]:
    """The codes of a line, each once; what can't be one is left out."""
    return _each(_SPLIT.split(words))


def listed(content: bytes) -> list[str]:
    """The codes of a CSV file, whichever column they stand in; a heading is no code, for it has no figure."""
    text = content.decode("utf-8-sig", "replace")
    cells = (cell.strip() for row in csv.reader(io.StringIO(text)) for cell in row)
    return _each(cell for cell in cells if any(character.isdigit() for character in cell))


def _each(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if _CODE.match(word)))[:MOST]
