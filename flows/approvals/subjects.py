"""What may need a yes: each kind of thing says how it looks, and what exactly is decided about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.core.text import Text
from flows.approvals.rules import digest
from flows.turn import Turn


class Subject(Protocol):
    """One kind of thing, by its id; no content is left of one that is gone."""

    def look(self, turn: Turn, id: int) -> Text: ...
    def content(self, turn: Turn, id: int) -> Mapping[str, Any] | None: ...


SUBJECTS: dict[str, Subject] = {}
"""By the first part of a subject: "quote"."""


def look(turn: Turn, subject: str) -> Text:
    """The thing in words."""
    kind, _sep, id = subject.partition(":")
    return SUBJECTS[kind].look(turn, int(id))


def content_of(turn: Turn, subject: str) -> str:
    """The digest of the thing as it is now; empty when it is gone."""
    kind, _sep, id = subject.partition(":")
    found = SUBJECTS[kind].content(turn, int(id))
    return digest(found) if found is not None else ""
