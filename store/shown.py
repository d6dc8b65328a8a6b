"""What a chat whose screen we keep ourselves has shown: the browser's `Screen`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update

from store.models import Shown
from store.statements import Statement
from store.types import Json
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T = Shown.table()
_KEYED = Statement(lambda: select(_T.c.id).where(_T.c.chat == bindparam("chat"), _T.c.key == bindparam("key")))
_ENTRY = Statement(lambda: select(_T.c.entry).where(_T.c.chat == bindparam("chat"), _T.c.id == bindparam("row")))
_TOP = Statement(lambda: select(func.max(_T.c.version)).where(_T.c.chat == bindparam("chat")))
_REPLACE = Statement(
    lambda: (
        update(_T)
        .where(_T.c.id == bindparam("row"), _T.c.chat == bindparam("in_chat"))
        .values(entry=bindparam("new_entry", type_=Json()), version=bindparam("new_version"))
    )
)
_AFTER = Statement(
    lambda: (
        select(*columns(Shown))
        .where(_T.c.chat == bindparam("chat"), _T.c.version > bindparam("version"))
        .order_by(_T.c.version)
        .limit(bindparam("limit"))
    )
)
_LATEST = Statement(
    lambda: (
        select(*columns(Shown)).where(_T.c.chat == bindparam("chat")).order_by(_T.c.id.desc()).limit(bindparam("limit"))
    )
)


VEIL = "•••"
"""Stands for words that must leave no trace, whatever is done to the message later."""


def show(work: Work, chat: str, entry: Mapping[str, Any], *, key: str, edits: int = 0) -> int:
    """Keeps the entry once under its key, or in place of another, and returns its id."""
    version = (work.value(_TOP, chat=chat) or 0) + 1
    work.signals.add(f"shown:{chat}")
    if edits and any(run[0] == VEIL for run in (work.value(_ENTRY, row=edits, chat=chat) or {}).get("text", ())):
        entry = {**entry, "text": [[VEIL, "", ""]]}
    if edits and work.run(_REPLACE, row=edits, in_chat=chat, new_entry=dict(entry), new_version=version):
        return edits
    known = work.value(_KEYED, chat=chat, key=key)
    if known is not None:
        return int(known)
    return work.insert(Shown(chat=chat, key=key, version=version, entry=dict(entry), at=work.now)).id


def since(work: Work, chat: str, version: int, limit: int) -> list[dict[str, Any]]:
    """The entries after a version in the order of their changes; with version 0 the last ones as they were said."""
    if version:
        rows = work.all(Shown, _AFTER, chat=chat, version=version, limit=limit)
    else:
        rows = work.all(Shown, _LATEST, chat=chat, limit=limit)[::-1]
    return [{**row.entry, "id": row.id, "version": row.version, "at": row.at.isoformat()} for row in rows]
