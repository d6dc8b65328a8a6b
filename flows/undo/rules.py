"""What undoing a change means for the rows: which columns count as built upon, and which are only consequences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

CONSEQUENCES = frozenset(
    {"version", "value", "score", "last_touch", "last_in", "last_out", "rung", "occurrence", "acted", "escalated"}
)
"""Columns that other things move along: a newer value there is no reason to refuse, and stays."""


def conflict(row: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """True when somebody changed since what this act had written."""
    return any(name not in CONSEQUENCES and not same(row.get(name), value) for name, value in after.items())


def restored(row: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The columns to write: the old values of what still stands as it was written."""
    return {
        name: revived(value)
        for name, value in before.items()
        if name != "version" and same(row.get(name), after.get(name))
    }


def same(now: Any, kept: Any) -> bool:
    """Equal, where moments were kept as text."""
    return bool((now.astimezone(UTC).isoformat() if isinstance(now, datetime) else now) == kept)


def revived(kept: Any) -> Any:
    """A kept value as the column wants it: a moment where the column is one."""
    if isinstance(kept, str) and len(kept) >= 20 and kept[4] == "-" and "T" in kept:
        try:
            return datetime.fromisoformat(kept)
        except ValueError:
            return kept
    return kept
