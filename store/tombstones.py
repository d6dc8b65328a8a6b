"""Who may not come back by accident: what an erased person was known by, as hashes that only this firm can make."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from store.models import Contact, Customer, Identity, Origin, Tombstone
from store.search_keys import digits_of, normal
from store.statements import Statement
from store.types import among
from store.work import Work

GRAVES = "graves"
"""In the settings of a copy of a firm: the secret with which its tombstones were made."""

_T, _O = Tombstone.table(), Origin.table()


def digests_of(work: Work, customers: Sequence[int]) -> set[str]:
    """What they are known by to platforms and sheets, as this firm's hashes."""
    known: set[tuple[str, str]] = set()
    for id in customers:
        row = work.get(Customer, id)
        people: list[Any] = [*([row] if row else []), *work.find(Contact, customer=id)]
        for one in people:
            known |= {("phone", digits_of(one.phone)), ("email", one.email.casefold())}
        if row is not None:
            known |= {("name", normal(row.name))}
        known |= {("person", f"{i.platform}:{i.account}:{i.person}") for i in work.find(Identity, customer=id)}
        known |= {("origin", key) for (key,) in work.rows(_ORIGINS, of=id)}
    return {digest(work, kind, value) for kind, value in known if value}


def digest(work: Work, kind: str, value: str) -> str:
    """Nobody without the firm's secret can tell whose it is, or try numbers out."""
    return _digest(_secret(work), kind, value)


def _secret(work: Work) -> bytes:
    firm = work.firm(work.workspace)
    return str(firm.settings.get(GRAVES) or firm.secret).encode() if firm else b""


def _digest(secret: bytes, kind: str, value: str) -> str:
    return hmac.digest(secret, f"{kind}\n{value}".encode(), hashlib.sha256).hex()[:40]


def buried(work: Work, known: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these (kind, value), what belonged to somebody who was erased."""
    if not work.rows(_ANY):
        return set()
    secret = _secret(work)
    wanted = {_digest(secret, kind, value): (kind, value) for kind, value in known if value}
    return {wanted[found] for (found,) in work.rows(_BURIED, digests=sorted(wanted))} if wanted else set()


def died(work: Work, kind: str, value: str) -> Any:
    """When whoever is known by this was erased; None when nobody was."""
    return work.value(_DIED, digest=digest(work, kind, value))


def bury(work: Work, digests: Iterable[str]) -> None:
    """From now on nothing that is known by one of these comes in by itself."""
    rows = [{"digest": one, "at": work.now} for one in sorted(digests)]
    if rows:
        work.run_many(_BURY[work.dialect], rows)


def _buried_row(new: Any) -> Any:
    names = ("workspace", "digest", "at")
    values = {name: bindparam(name, type_=_T.c[name].type) for name in names}
    return (
        new(_T).values(values).on_conflict_do_update(index_elements=["workspace", "digest"], set_={"at": values["at"]})
    )


_BURY = {
    "sqlite": Statement(lambda: _buried_row(sqlite.insert)),
    "postgresql": Statement(lambda: _buried_row(postgresql.insert)),
}

_ANY = Statement(lambda: select(_T.c.digest).where(_T.c.workspace == bindparam("workspace")).limit(1))

_BURIED = Statement(
    lambda: select(_T.c.digest).where(_T.c.workspace == bindparam("workspace"), among(_T.c.digest, "digests"))
)

_DIED = Statement(
    lambda: select(_T.c.at).where(_T.c.workspace == bindparam("workspace"), _T.c.digest == bindparam("digest"))
)

_ORIGINS = Statement(
    lambda: select(_O.c.key).where(_O.c.workspace == bindparam("workspace"), _O.c.customer == bindparam("of"))
)
