"""What of a firm's rows says where it is: numbers of other rows, bots, addresses, secrets.

A firm that is taken to another database gets other numbers there when its own are in use: one sum is added to all of
them. This says which values are numbers of rows; `gaps` tells what a new table or column leaves open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Integer

from store.models import Row
from store.types import Json, UtcTime


@dataclass(frozen=True, slots=True)
class Carried:
    """How a table's rows are found, and what in them moves beside the columns of `NUMBERS_OF_ROWS`."""

    by: str = "workspace"
    """The column that says whose a row is: the workspace, one of its bots, or one of its chats; empty: it stays."""
    refs: tuple[str, ...] = ()
    """Texts such as "ticket:12"."""
    accounts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Address keys, also with a message behind them."""
    own: Mapping[str, str] = field(default_factory=dict)
    """Columns that are read in a way of their own: a name in `READERS`."""
    sealed: tuple[str, ...] = ()
    """What only its key opens, or nobody may read at all."""
    shared: bool = False
    """Has a key that is the only one of its kind in a database: where it is there already, the row stays behind."""


def carried(by: str = "workspace", *, own: str = "", sealed: str = "", shared: bool = False, **lists: str) -> Carried:
    """Lists of names with spaces between them; `own` as column=reader."""
    readers = dict(part.split("=") for part in own.split())
    named = {name: tuple(words.split()) for name, words in lists.items()}
    return Carried(by, own=readers, sealed=tuple(sealed.split()), shared=shared, **named)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


STAYS = carried("")
PLAIN = carried()

REGISTRY: Mapping[str, Carried] = {
    "workspace": carried("id", own="settings=settings", sealed="secret"),
    "account": carried(accounts="name", sealed="token"),
    "member": carried(addresses="home"),
    "customer": carried(refs="state"),
    "identity": carried(accounts="account"),
    "conversation": carried(accounts="account", addresses="address formerly", own="dialog=named"),
    "activity": carried(addresses="source", own="source=source"),
    "reminder": carried(addresses="source"),
    "quote": carried(addresses="source"),
    "line": carried(addresses="source"),
    "room_reply": carried(addresses="source"),
    "alert": carried(refs="subject"),
    "approval": carried(refs="subject"),
    "audit": carried(refs="actor", own="subject=subject"),
    "card": carried(refs="card", addresses="address"),
    "change": carried(refs="card", own="rows=changes outbox=list"),
    "endpoint": carried(sealed="secret"),
    "file": carried(accounts="account"),
    "firing": carried(refs="subject"),
    "greeting": carried(refs="subject"),
    "inbound": carried("account", accounts="account"),
    "invitation": carried(refs="trigger"),
    "job": carried(addresses="address", own="arguments=named cursor=named"),
    "lead": carried(own="passed=list"),
    "outbox": carried(refs="card under tell", accounts="account", addresses="chat", own="key=key"),
    "push": carried(refs="card"),
    "rule": carried(own="then=steps"),
    "sealed_answer": carried(sealed="sealed"),
    "shown": carried("chat", addresses="chat"),
    "timer": carried(own="subject=timer"),
    "api_key": carried(shared=True),
    "feed": carried(shared=True),
    "pass": carried(shared=True),
    # a limit of the hour, a repetition of the day, who owns a bot now: of the place, not of the firm
    "attempt": STAYS,
    "lease": STAYS,
    "request": STAYS,
    **dict.fromkeys(
        _listed(
            """alias answer apart approval_rule article campaign contact deal erasure festival field_value flow_step gap
            gift_code goal hours listing loss move mute need occasion offer origin own_field preference promise
            publication purchase recipient referral referred report room_question round route search_key segment
            sheet_row sla_clock stage standing stay survey tag theme ticked ticket tombstone trace winback
            wording"""
        ),
        PLAIN,
    ),
    "ballot": carried(sealed="sealed"),
}

NUMBERS_OF_ROWS = _listed(
    """activity api_key approver article assigned_by by campaign claimed claimed_by contact conversation corrects
    customer deal decided_by deliverer deputy field former into invitation job line member one origin other
    owner question referral reminder renews room round rule solved_by stage stand_in survey ticket told_name
    used_by"""
)
"""Columns that name a row, whatever table they stand in."""

OTHER_NUMBERS = _listed(
    """amount at_most attempts away brief_at chance cost day delay discount edition epoch every failures helped hours
    lane lease left minutes month moves not_helped number pace part position priority quiet_from quiet_until
    quota remind reopened revision rhythm score sent share size spread stale status step target times total
    unread uses value version warned year"""
)

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


def _there(names: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
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

_FREE = frozenset({"id", "workspace"})


def gaps() -> list[str]:
    """What the registry leaves open, or says of what is not there; empty when it is whole."""
    found = []
    for name, table in Row.metadata.tables.items():
        said = REGISTRY.get(name)
        if said is None:
            found.append(f"table {name}: give it a line in store/carried.py, or it is lost when a firm moves")
            continue
        for column in table.c:
            if _counts(column.type) and column.name not in _FREE | NUMBERS_OF_ROWS | OTHER_NUMBERS:
                found.append(f"{name}.{column.name}: does it name a row? Say so in store/carried.py")
        named = {*said.refs, *said.accounts, *said.addresses, *said.own, *said.sealed, *([said.by] if said.by else ())}
        found += [
            f"{name}.{column} is in store/carried.py and not in the table" for column in named - set(table.c.keys())
        ]
    both = NUMBERS_OF_ROWS & OTHER_NUMBERS
    found += [f"{name} names a row and does not, in store/carried.py" for name in both]
    return sorted(
        [*found, *(f"there is no table {name} any more" for name in REGISTRY.keys() - Row.metadata.tables.keys())]
    )


def _counts(kind: Any) -> bool:
    return isinstance(kind, BigInteger | Integer) and not isinstance(kind, UtcTime | Json)
