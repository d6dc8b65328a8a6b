"""Which kept files rows name by their hash: what no row of any firm names is nobody's.

A content is one file however many firms have sent it, so whoever clears files looks at the rows of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import String, bindparam, literal, select, type_coerce

from store.models import Account, Conversation, Inbound, Row
from store.statements import Statement
from store.types import among, word
from store.work import Work

HASH = re.compile(r"[0-9a-f]{64}")
PAGE = 1000

NAMED: Mapping[str, str] = {"file": "hash", "quote": "file"}
"""Columns that are a hash."""
TOLD: Mapping[str, tuple[str, ...]] = {
    "change": ("rows",),
    "conversation": ("dialog",),
    "inbound": ("raw",),
    "job": ("arguments", "cursor"),
    "outbox": ("payload",),
    "push": ("body",),
    "shown": ("entry",),
}
"""Columns in which a hash may stand among other things."""
SILENT: Mapping[str, tuple[str, ...]] = {
    "answer": ("value",),
    "article": ("title", "body"),
    "ballot": ("sealed", "answers"),
    "change": ("outbox",),
    "conversation": ("choices", "edits"),
    "endpoint": ("facts",),
    "erasure": ("counts",),
    "hours": ("blocks",),
    "inbound": ("answer",),
    "invitation": ("given",),
    "lead": ("passed",),
    "own_field": ("choices",),
    "quote": ("lines",),
    "sheet_row": ("cells",),
    "standing": ("why",),
    "survey": ("title", "steps", "thanks", "after"),
    "theme": ("words",),
    "workspace": ("settings",),
}
"""JSON in which no file is ever named."""


def named(work: Work, hashes: Iterable[str], *, beside: int = 0) -> set[str]:
    """Of these, the ones that any row names; without the rows of the firm `beside`."""
    wanted, found = set(hashes), set[str]()
    for name in NAMED:
        rows = work.rows(_NAMED[name], hashes=sorted(wanted - found))
        found |= {hash for hash, workspace in rows if workspace != beside}
    return found | (wanted & set(_told(work, beside))) if wanted - found else found


def _told(work: Work, beside: int) -> Iterator[str]:
    for name in TOLD:
        after = 0
        while rows := work.rows(_TOLD[name], after=after, limit=PAGE):
            for id, whose, *texts in rows:
                after = id
                if not beside or whose != beside:
                    yield from (hash for text in texts for hash in HASH.findall(text or ""))
            if name == "inbound":
                break


def _exact(name: str, column: str) -> Statement:
    table = Row.metadata.tables[name]
    return Statement(
        lambda: select(table.c[column], table.c.workspace).where(among(table.c[column], "hashes")), wide=True
    )


def _page(name: str, columns: Sequence[str]) -> Statement:
    """Number, whose row it is, and the columns as text."""
    table = Row.metadata.tables[name]
    texts = [type_coerce(table.c[column], String) for column in columns]
    only = table.c.kind != word("erase") if name == "job" else texts[0].like(_LIKE.get(name, "%hash%"))
    return Statement(
        lambda: (
            select(table.c.id, _whose(table), *texts)
            .where(table.c.id > bindparam("after"), only)
            .order_by(table.c.id)
            .limit(bindparam("limit"))
        ),
        wide=True,
    )


def _whose(table: Any) -> Any:
    """A screen is the firm's whose chat it shows."""
    if "workspace" in table.c:
        return table.c.workspace
    chats = Conversation.table()
    return select(chats.c.workspace).where(chats.c.address == table.c.chat).limit(1).scalar_subquery()


_LIKE = {"change": "%quote%"}
"""Most rows of the large tables name no file and are not read."""
_I, _A = Inbound.table(), Account.table()
_PARKED = Statement(
    lambda: (
        select(literal(0), _A.c.workspace, _I.c.raw)
        .join_from(_I, _A, _A.c.name == _I.c.account, isouter=True)
        .where(_I.c.state == word("parked"))
    ),
    wide=True,
)
_NAMED = {name: _exact(name, column) for name, column in NAMED.items()}
_TOLD = {name: _PARKED if name == "inbound" else _page(name, columns) for name, columns in TOLD.items()}
"""The job that erases somebody lists their files in order to remove them, and is not asked."""
