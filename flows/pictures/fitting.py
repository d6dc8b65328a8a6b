"""Words that must stand in a narrow place of a picture: in at most two lines, and no wider than there is room."""

from __future__ import annotations

from unicodedata import east_asian_width

MORE = "…"


def columns(words: str) -> int:
    """How wide they are: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)


def fitted(words: str, wide: int, lines: int = 2) -> str:
    """Broken where a word ends, or anywhere in Chinese; what has no room ends in an ellipsis."""
    rest = "".join(character for character in words if ord(character) < _PICTURES).strip()
    found: list[str] = []
    while rest and len(found) < lines:
        head = _head(rest, wide)
        rest = rest[len(head) :].lstrip()
        found.append(head.rstrip())
    if rest and found:
        found[-1] = _head(found[-1], wide - 1).rstrip() + MORE
    return "\n".join(found)


def _head(words: str, wide: int) -> str:
    """As much as fits, up to the end of a word where there is one."""
    if columns(words) <= wide:
        return words
    end = next(at for at in range(len(words), 0, -1) if columns(words[:at]) <= wide)
    space = words.rfind(" ", 1, end + 1)
    return words[:space] if space > 0 and words[end].isascii() else words[:end]


_PICTURES = 0x1F000
"""From here on are emoji, which no font for text has."""
