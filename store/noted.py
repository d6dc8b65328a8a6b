"""What a transaction changed, as it is kept for undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

Noted = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]


def folded(rows: Sequence[Noted]) -> list[Noted]:
    """One entry a row: as it was at first, and as it is at last."""
    out: dict[tuple[str, int], Noted] = {}
    for table, id, before, after in rows:
        known = out.get((table, id))
        if known is None:
            out[table, id] = (table, id, before, after)
            continue
        first = None if known[2] is None else {**(before or {}), **known[2]}
        last = None if after is None else {**(known[3] or {}), **after}
        out[table, id] = (table, id, first, last)
    return [entry for entry in out.values() if entry[2] is not None or entry[3] is not None]


def encoded(rows: Sequence[Noted]) -> list[Any]:
    """As JSON holds them: moments in words."""
    return [[table, id, _plain(before), _plain(after)] for table, id, before, after in rows]


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
