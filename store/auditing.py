"""The record of who did what as a chain: each row's seal covers the one before it, with a key outside the database.

Rows are sealed a little later than written, so that no turn waits for another; by then whatever was begun before them
is written too. Whoever changes, deletes, inserts or swaps rows by hand can't make the seals that would fit.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from store.firms import firms
from store.models import Audit
from store.statements import Statement
from store.types import UtcTime, micros
from store.work import Work, columns

SETTLED = timedelta(seconds=60)
"""Longer than any transaction may last: nothing older is written after this."""
OVERDUE = timedelta(hours=1)
BATCH = 1000

_T = Audit.table()
_LAST = Statement(
    lambda: (
        select(_T.c.seal)
        .where(_T.c.workspace == bindparam("workspace"), _T.c.seal != "")
        .order_by(_T.c.id.desc())
        .limit(1)
    )
)
_UNSEALED = Statement(
    lambda: (
        select(*columns(Audit))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.seal == "",
            _T.c.at <= bindparam("before", type_=UtcTime()),
        )
        .order_by(_T.c.id)
        .limit(bindparam("limit"))
    )
)
_SEAL = Statement(
    lambda: (
        update(_T)
        .where(_T.c.workspace == bindparam("workspace"), _T.c.id == bindparam("row"), _T.c.seal == "")
        .values(seal=bindparam("new_seal"))
    )
)
_PAGE = Statement(
    lambda: (
        select(*columns(Audit))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.id > bindparam("after"))
        .order_by(_T.c.id)
        .limit(bindparam("limit"))
    )
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the record of one firm is; `broken` names the first row that does not fit, `head` is the last good seal."""

    workspace: int
    rows: int
    broken: int
    why: str
    head: str


def seal_all(work: Work, key: bytes) -> int:
    """The next rows of every firm; a tick calls it, and what it leaves comes with the next one."""
    count = 0
    for firm in firms(work):
        work.workspace = firm.id
        count += seal_next(work, key)
    return count


def seal_next(work: Work, key: bytes) -> int:
    """The next rows of this firm; returns how many."""
    before, found = str(work.value(_LAST) or ""), _unsealed(work)
    for row in found:
        before = _sealed(key, before, row)
        work.run(_SEAL, row=row.id, new_seal=before)
    return len(found)


def verdict(work: Work, key: bytes, known: str = "") -> Verdict:
    """How the record of this firm is."""
    return _verdict(work, key, known)


def heads(work: Work) -> dict[int, str]:
    """The last seal of every firm; kept elsewhere, it tells when rows are missing at the end."""
    found = {}
    for firm in firms(work):
        work.workspace = firm.id
        if last := work.value(_LAST):
            found[firm.id] = str(last)
    return found


def verify(work: Work, key: bytes, known: Mapping[int, str]) -> list[Verdict]:
    """Every firm's record, from its first row; `known` are heads that were noted elsewhere."""
    found = []
    for firm in firms(work):
        work.workspace = firm.id
        found.append(_verdict(work, key, known.get(firm.id, "")))
    return found


def _verdict(work: Work, key: bytes, known: str) -> Verdict:
    before, count, waiting, last = "", 0, 0, 0
    for row in _all(work):
        count += 1
        if not row.seal:
            waiting = waiting or row.id
            if work.now - row.at > OVERDUE:
                return Verdict(work.workspace, count, row.id, "was never sealed", before)
            continue
        if waiting:
            return Verdict(work.workspace, count, waiting, "was put in later", before)
        if not hmac.compare_digest(row.seal, _sealed(key, before, row)):
            return Verdict(work.workspace, count, row.id, "or what stood before it was changed", before)
        before, last = row.seal, row.id
        known = "" if hmac.compare_digest(known, before) else known
    if known:
        return Verdict(work.workspace, count, last, "is the last, and rows after it are missing", before)
    return Verdict(work.workspace, count, 0, "", before)


def _all(work: Work) -> Iterator[Audit]:
    after = 0
    while rows := work.all(Audit, _PAGE, after=after, limit=BATCH):
        yield from rows
        after = rows[-1].id


def _unsealed(work: Work) -> Sequence[Audit]:
    return work.all(Audit, _UNSEALED, before=work.now - SETTLED, limit=BATCH)


def _sealed(key: bytes, before: str, row: Any) -> str:
    said = [before, row.workspace, row.id, micros(row.at), row.actor, row.action, row.subject, row.digest]
    return hmac.new(key, repr(said).encode(), hashlib.sha256).hexdigest()
