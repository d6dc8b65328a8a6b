"""How a spoken line is told from a typed one."""

from __future__ import annotations

_MARK = "voice-"


def message_of(file: int) -> str:
    """The message id of the words in a voice note; no platform's own ids look like it."""
    return f"{_MARK}{file}"


def is_spoken(source: str) -> bool:
    """Whether an activity's source, or a message id, is a voice note."""
    return source.rpartition("#")[2].startswith(_MARK)
