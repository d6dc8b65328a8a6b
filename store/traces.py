"""Everything that is one customer's, by `store/columns.py`: rows, chats, files, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import bindparam, not_, select

from bot.core.messages import Address
from store.columns import REGISTRY
from store.models import (
    Card,
    Contact,
    Conversation,
    Customer,
    Identity,
    Job,
    Origin,
    Outbox,
    Quote,
    Row,
    StoredFile,
)
from store.naming import named
from store.statements import Statement
from store.struck import STRUCK, telling
from store.types import among, one_of, word
from store.work import Work

_HASH = re.compile(r"[0-9a-f]{64}")
_BY_MACHINES = frozenset({"outbox", "shown", "push", "job", "conversation", "listing", "sheet_row"})
_LEAST_ID = 5
"""Shorter numbers of people on a platform are found by accident."""


@dataclass(slots=True)
class Traces:
    """What is known of a customer before they go; kept with the job until the last of it is gone."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    """By table, those of its rows that are theirs."""
    addresses: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """What people call them or reach them by."""
    marks: list[str] = field(default_factory=list)
    """What platforms call them: struck out only where machines wrote."""
    files: list[str] = field(default_factory=list)
    """Contents: what they sent, what was drawn for them, the sheets in which they came."""

    def needles(self, table: str = "") -> list[str]:
        """What is looked for in a table; in updates, everything."""
        return [*self.names, *self.marks] if table in _BY_MACHINES or not table else self.names

    def kept(self) -> dict[str, Any]:
        """For the job's row."""
        return asdict(self)


def everyone(work: Work, customer: int) -> list[int]:
    """The customer with every twin that was merged into them, however long the chain is."""
    found = [customer]
    for id in found:
        found += [row.id for row in work.find(Customer, state=f"merged:{id}") if row.id not in found]
    return sorted(found)


def traces(work: Work, customers: Sequence[int]) -> Traces:
    """Everything that is theirs, found through the registry."""
    found = Traces({"customer": list(customers)})
    chats = [row for id in customers for row in work.find(Conversation, customer=id)]
    found.addresses = sorted({key for row in chats for key in (row.address, row.formerly) if key})
    for name, held in REGISTRY.items():
        if "id" in Row.metadata.tables[name].c and name != "customer":
            found.ids[name] = _ids(work, name, held.of, found)
    found.names, found.marks = _names(work, customers), _marks(work, customers, found.addresses)
    found.files = sorted(_files(work, customers, found))
    return found


def counted(found: Traces) -> dict[str, int]:
    """How many rows of each table are theirs."""
    return {name: len(ids) for name, ids in found.ids.items() if ids}


def cards_of(work: Work, found: Traces) -> list[str]:
    """The cards that show something of theirs, apart from those in their own chats."""
    keys = [f"{table}:{id}" for table, ids in found.ids.items() for id in ids]
    rows = work.rows(_CARDS, cards=keys) if keys else []
    return sorted({card for card, address in rows if address not in found.addresses})


def orphans(work: Work, hashes: Iterable[str]) -> list[str]:
    """Contents to which no row points: nobody can be shown them any more, or was shown them once. What a row of another
    firm names in whatever way is theirs.
    """
    used = {hash for statement in _POINTING for (hash,) in work.rows(statement)}
    for text in (str(row) for statement in _CARRYING for row in work.rows(statement)):
        used |= set(_HASH.findall(text))
    free = [hash for hash in hashes if hash not in used]
    theirs = named(work, free, beside=work.workspace)
    return [hash for hash in free if hash not in theirs]


def _files(work: Work, customers: Sequence[int], found: Traces) -> set[str]:
    sheets: set[str] = set()
    for job in {job for id in customers for (job,) in work.rows(_CAME_BY, of=id)}:
        if (row := work.get(Job, job)) is not None:
            sheets |= set(_HASH.findall(str([row.arguments, row.cursor])))
    rows = [row for hash in sheets for row in work.find(StoredFile, hash=hash)]
    found.ids["file"] = sorted({*found.ids["file"], *(row.id for row in rows)})
    own = [work.get(StoredFile, id) for id in found.ids["file"]]
    quotes = [work.get(Quote, id) for id in found.ids["quote"]]
    return sheets | {row.hash for row in own if row and row.hash} | {row.file for row in quotes if row and row.file}


def _names(work: Work, customers: Sequence[int]) -> list[str]:
    """Names that somebody else bears too are left: who they mean can't be told."""
    found: set[str] = set()
    for id in customers:
        row, people = work.get(Customer, id), work.find(Contact, customer=id)
        if row is None:
            continue
        if telling(row.name) and not _is_shared(work, row.name, customers):
            found.add(row.name)
        reached: list[Any] = [row, *people]
        for one in reached:
            found |= {one.phone, one.email}
        named = [person.name for person in people] + [i.name for i in work.find(Identity, customer=id)]
        found |= {name for name in named if telling(name, least=6) and not _is_shared(work, name, customers)}
    return sorted(found - {"", STRUCK})


def _is_shared(work: Work, name: str, customers: Sequence[int]) -> bool:
    others = [row.id for row in work.find(Customer, name=name) if row.state == "active"]
    others += [row.customer for row in work.find(Contact, name=name)]
    return bool(set(others) - set(customers))


def _marks(work: Work, customers: Sequence[int], addresses: Sequence[str]) -> list[str]:
    people = {i.person for id in customers for i in work.find(Identity, customer=id)}
    chats = {Address.of(address).chat for address in addresses}
    return sorted(mark for mark in people | chats if len(mark) >= _LEAST_ID)


def _ids(work: Work, name: str, links: Sequence[tuple[str, str]], found: Traces) -> list[int]:
    ids: set[int] = set()
    for column, parent in links:
        values: Sequence[Any] = found.ids.get(parent, ()) if parent else found.addresses
        if values:
            ids |= {id for (id,) in work.rows(_linked(name, column), values=list(values))}
    return sorted(ids)


def _linked(name: str, column: str) -> Statement:
    table = Row.metadata.tables[name]
    return Statement(lambda: select(table.c.id).where(*ours(table), among(table.c[column], "values")))


def ours(table: Any) -> list[Any]:
    """What keeps a statement to the firm's rows."""
    return [table.c.workspace == bindparam("workspace")] if "workspace" in table.c else []


_F, _Q, _J, _S, _D, _O = (kind.table() for kind in (StoredFile, Quote, Job, Outbox, Card, Origin))
_CARDS = Statement(
    lambda: select(_D.c.card, _D.c.address).where(_D.c.workspace == bindparam("workspace"), among(_D.c.card, "cards"))
)

_CAME_BY = Statement(
    lambda: select(_O.c.job).where(_O.c.workspace == bindparam("workspace"), _O.c.customer == bindparam("of"))
)

_POINTING = (
    Statement(lambda: select(_F.c.hash).where(_F.c.hash != ""), wide=True),
    Statement(lambda: select(_Q.c.file).where(_Q.c.file != ""), wide=True),
)

_CARRYING = (
    Statement(
        lambda: select(_J.c.arguments, _J.c.cursor).where(
            not_(one_of(_J.c.state, "done", "failed", "stopped")), _J.c.kind != word("erase")
        ),
        wide=True,
    ),
    Statement(lambda: select(_S.c.payload).where(one_of(_S.c.state, "pending", "claimed")), wide=True),
)
