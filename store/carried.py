"""A firm's row as it is in another database: there its number, its bots and the numbers of its rows are others.

When its numbers are in use there, one sum is added to all of them; `store/columns.py` says which values they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from store.columns import NUMBERS_OF_ROWS, REGISTRY

SEVERAL = frozenset({"endpoint", "festival", "handover", "introduction", "room", "round", "sop", "tap"})
"""Kinds of reference in which every number names a row; elsewhere the first one does."""

PAIRS = frozenset({"apart", "merge"})
"""Kinds of reference that name two rows, as "apart:12-34"."""

INSIDE = NUMBERS_OF_ROWS | {"customers", "duty", "file", "id", "ids", "members", "officers", "pairs"}
"""Names under which JSON holds numbers of rows."""

NAMED_TIMERS = frozenset({"survey-calendar"})
"""Kinds of timer whose subject is a name."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Where a firm goes: its number there, what is added to every other number, and how its bots are called there."""

    workspace: int
    by: int = 0
    accounts: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    """Put behind keys of messages where others may have the same ones."""

    def row(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The row as it is there."""
        said, out = REGISTRY[table], {name: self._value(name, value) for name, value in values.items()}
        if "id" in out:
            out["id"] = self.workspace if table == "workspace" else self.number(out["id"])
        if "workspace" in out:
            out["workspace"] = self.workspace
        for name in _there(said.refs, out):
            out[name] = self.reference(out[name])
        for name in _there(said.accounts, out):
            out[name] = self.accounts.get(out[name], out[name])
        for name in _there(said.addresses, out):
            out[name] = self.address(out[name])
        for name, reader in said.own.items():
            if out.get(name) is not None:
                out[name] = READERS[reader](self, out[name], values)
        return out

    def number(self, id: Any) -> Any:
        """0 and None name nothing."""
        return id + self.by if isinstance(id, int) and not isinstance(id, bool) and id else id

    def reference(self, text: str) -> str:
        """ "ticket:12", "m12", "festival:3:2026-05-05:12" …"""
        kind, _colon, rest = text.partition(":")
        if kind in PAIRS:
            return re.sub(r"\d+", lambda found: str(self.number(int(found[0]))), text)
        return text if not rest or not self.by else f"{kind}:{self._numbers(rest, 0 if kind in SEVERAL else 1)}"

    def address(self, text: str) -> str:
        """The bot is another one there; an endpoint's address is its number."""
        parts = text.split(":")
        if len(parts) < 3:
            return text
        if parts[0] == "webhook" and parts[2].isdigit():
            parts[2] = str(self.number(int(parts[2])))
        parts[1] = self.accounts.get(parts[1], parts[1])
        return ":".join(parts)

    def everything(self, value: Any) -> Any:
        """Every number in a JSON value."""
        if isinstance(value, list):
            return [self.everything(one) for one in value]
        if isinstance(value, dict):
            return {name: self.everything(one) for name, one in value.items()}
        return self.number(value)

    def named(self, value: Any) -> Any:
        """In a JSON value the numbers under names that are those of rows."""
        if isinstance(value, list):
            return [self.named(one) for one in value]
        if isinstance(value, dict):
            return {name: self.everything(one) if name in INSIDE else self.named(one) for name, one in value.items()}
        return value

    def _value(self, name: str, value: Any) -> Any:
        return self.number(value) if name in NUMBERS_OF_ROWS else value

    def _numbers(self, text: str, most: int) -> str:
        """The first so many of the numbers between colons; 0 for all."""
        return _NUMBER.sub(lambda found: str(self.number(int(found[0]))), text, count=most)


_NUMBER = re.compile(r"(?<![^:.])\d+(?![^:.])")
"""Between colons; not the parts of a day."""


def _there(names: Set[str], values: Mapping[str, Any]) -> list[str]:
    return [name for name in names if values.get(name)]


def _timer(shift: Shift, subject: str, row: Mapping[str, Any]) -> str:
    """ "12", "m12", "12:2026-09-25:0", "12:34": the first number, and the second of a pair."""
    if row["kind"] in NAMED_TIMERS or not shift.by:
        return subject
    parts = subject.split(":")
    for place in {0, len(parts) - 1}:
        if found := re.fullmatch(r"([mr]?)(\d+)", parts[place]):
            parts[place] = f"{found[1]}{shift.number(int(found[2]))}"
    return ":".join(parts)


def _subject(shift: Shift, text: str, _row: Mapping[str, Any]) -> str:
    """A count stands alone, an update is named by its platform."""
    return text if text.startswith(("update:", "account:")) else shift.reference(text)


def _source(shift: Shift, text: str, _row: Mapping[str, Any]) -> str:
    """A platform's address and message, or a reference of ours."""
    return shift.reference(text) if text.startswith("introduction:") else shift.address(text)


def _changes(shift: Shift, rows: list[Any], _row: Mapping[str, Any]) -> list[Any]:
    """The states before and after are rows too."""
    return [
        [table, shift.number(id), *(one and shift.row(table, one) for one in states)] for table, id, *states in rows
    ]


def _steps(shift: Shift, text: str, _row: Mapping[str, Any]) -> str:
    """What a rule does: a verb, and for some of them whose number."""
    return json.dumps([_step(shift, step) for step in json.loads(text)], ensure_ascii=False)


def _step(shift: Shift, step: list[Any]) -> list[Any]:
    verb, *rest = step
    if rest and verb in ("give", "alert", "tell", "task") and str(rest[0]).isdigit():
        rest[0] = type(rest[0])(shift.number(int(rest[0])))
    return [verb, *rest]


def _key(shift: Shift, text: str, _row: Mapping[str, Any]) -> str:
    return text.partition("@")[0] + shift.mark if shift.mark else text


Reader = Callable[[Shift, Any, Mapping[str, Any]], Any]
READERS: Mapping[str, Reader] = {
    "changes": _changes,
    "key": _key,
    "list": lambda shift, value, _row: shift.everything(value),
    "named": lambda shift, value, _row: shift.named(value),
    "settings": lambda shift, value, _row: shift.named(value),
    "source": _source,
    "steps": _steps,
    "subject": _subject,
    "timer": _timer,
}
