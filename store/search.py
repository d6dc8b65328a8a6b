"""Finding and recognising customers and contacts by their keys (`store/search_keys.py`), on both engines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, insert, literal, or_, select, true

from store.models import Contact, Customer, SearchKey
from store.pinyin import is_chinese, readings
from store.search_keys import LONGEST, WHOLE, keys_of, letters_of, loose, normal, spelt, ways
from store.statements import Statement
from store.types import among, listed, unindexed
from store.typos import is_near, nearby, slips

if TYPE_CHECKING:
    from store.work import Work

LAST = "\U0010ffff"
"""Sorts after everything that follows a prefix."""
_CROWD, _FEW = 400, 60
"""Rows of namesakes that are looked at: all together, and of one name when it is a crowd."""
_SURE = 5
MOST_UNSEEN = 500
"""Hits that are looked through for those whom somebody with a narrow view may see."""
_T, _C, _P = SearchKey.table(), Customer.table(), Contact.table()

_names = ("workspace", "kind", "key", "customer", "contact")
_ADD = Statement(lambda: insert(_T).values({name: bindparam(name, type_=_T.c[name].type) for name in _names}))
_FORGET = Statement(
    lambda: delete(_T).where(
        _T.c.workspace == bindparam("workspace"),
        _T.c.customer == bindparam("in_customer"),
        _T.c.contact == bindparam("in_contact"),
    )
)


def _of_kind(*conditions: Any) -> Any:
    return and_(_T.c.workspace == bindparam("workspace"), _T.c.kind == bindparam("kind"), *conditions)


_RANGE = Statement(
    lambda: (
        select(_T.c.customer, _T.c.contact, _T.c.key)
        .where(_of_kind(_T.c.key >= bindparam("low"), _T.c.key < bindparam("high")))
        .order_by(_T.c.key)
        .limit(bindparam("limit"))
    )
)


def _near(*, one_by_one: bool) -> Any:
    """The keys that begin with one of a list; joined from the left, so that the list leads and the index is used.

    PostgreSQL is told to look each up by itself: without figures about a new table it reads all of it instead.
    """
    wanted = listed("wanted")
    begins = _of_kind(_T.c.key >= wanted.c.value, _T.c.key < wanted.c.value.concat(bindparam("last")))
    if one_by_one:
        each = select(_T).where(begins).limit(bindparam("limit")).lateral()
        chosen = select(each.c.customer, each.c.contact, each.c.key).select_from(wanted).join(each, true())
    else:
        chosen = select(_T.c.customer, _T.c.contact, _T.c.key).select_from(wanted).join(_T, begins, isouter=True)
    return chosen.limit(bindparam("limit"))


_NEAR = {
    "sqlite": Statement(lambda: _near(one_by_one=False)),
    "postgresql": Statement(lambda: _near(one_by_one=True)),
}


def _exactly() -> Any:
    return select(_T.c.key, _T.c.customer, _T.c.contact).where(_of_kind(among(_T.c.key, "keys")))


_EXACT = Statement(_exactly)
_SOME = Statement(lambda: _exactly().limit(bindparam("limit")))
_OWN = Statement(
    lambda: (
        _exactly()
        .join(_C, _C.c.id == _T.c.customer)
        .where(_C.c.workspace == bindparam("workspace"), _C.c.owner == bindparam("owner"))
        .limit(bindparam("limit"))
    )
)


def _surnamed(kind: type[Customer] | type[Contact]) -> Any:
    """A member's own customers and their people, by how the name begins or ends."""
    of, firm = kind.table(), _C
    low = func.lower(of.c.name)
    chosen = select(firm.c.id, of.c.id if kind is Contact else literal(0))
    if kind is Contact:
        chosen = chosen.select_from(firm).join(
            of, and_(of.c.workspace == firm.c.workspace, of.c.customer == unindexed(firm.c.id))
        )
    return chosen.where(
        firm.c.workspace == bindparam("workspace"),
        firm.c.owner == bindparam("owner"),
        firm.c.state == "active",
        func.length(of.c.name) <= bindparam("longest"),
        or_(*(low.like(bindparam(name)) for name in ("begins", "is_first", "is_last"))),
    ).limit(bindparam("limit"))


_PEOPLE_SURNAMED = Statement(lambda: _surnamed(Contact))
_PRIVATE_SURNAMED = Statement(lambda: _surnamed(Customer))
_CUSTOMERS = Statement(lambda: select(*_C.c).where(_C.c.workspace == bindparam("workspace"), among(_C.c.id, "ids")))
_CONTACTS = Statement(lambda: select(*_P.c).where(_P.c.workspace == bindparam("workspace"), among(_P.c.id, "ids")))


def _is_part(key: str, name: str) -> bool:
    """A word of a name that stands there whole means nobody else of that short name, of whom there may be hundreds."""
    return key in name and (f" {key} " in f" {name} " or not key.isascii())


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer, or a contact of one; `contact` is 0 for the customer itself."""

    customer: int
    contact: int = 0
    how: str = field(default="", compare=False)
    """What matched: exact, start, part, pinyin, initial, phone, email, or typo when only a correction did."""


class Search:
    """Finds customers and contacts."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def index(self, customer: Customer, contact: Contact | None = None) -> None:
        """Makes the keys of a customer or contact anew."""
        of = contact or customer
        row = {"customer": customer.id, "contact": contact.id if contact else 0}
        self.forget(**row)
        if customer.state == "active":
            keys = sorted(keys_of(of.name, phone=of.phone, email=of.email, person=contact is not None))
            self._work.run_many(_ADD, [{"kind": kind, "key": key, **row} for kind, key in keys])

    def forget(self, customer: int, contact: int = 0) -> None:
        """Nobody finds this one any more."""
        self._work.run(_FORGET, in_customer=customer, in_contact=contact)

    def index_new(self, customers: Iterable[Customer], contacts: Iterable[Contact] = ()) -> None:
        """Makes the keys of many that have none yet, as an import does; sorted, as the table keeps them."""
        keys = [
            (kind, key, of.id, 0) for of in customers for kind, key in keys_of(of.name, phone=of.phone, email=of.email)
        ]
        keys += [
            (kind, key, of.customer, of.id)
            for of in contacts
            for kind, key in keys_of(of.name, phone=of.phone, email=of.email, person=True)
        ]
        keys.sort()
        self._work.write_gathered()
        compiled, workspace = _ADD.compiled(self._work.dialect), self._work.workspace
        assert not compiled.into  # noqa: S101 - plain texts and numbers
        self._work.see(workspace)
        self._work.cursor.executemany(
            compiled.sql, [(workspace, kind, key, customer, contact) for kind, key, customer, contact in keys]
        )

    def named(self, names: Iterable[str]) -> dict[str, list[Hit]]:
        """Who bears exactly these names; keys of the result are the names as given."""
        return self._seen(self._exact("whole", {name: normal(name)[:WHOLE] for name in names}))

    def recognised(self, names: Iterable[str], owner: int) -> dict[str, list[Hit]]:
        """Who bears exactly these names, else such short forms of theirs; of a crowd of namesakes the owner's own."""
        wanted = {name: normal(name)[:WHOLE] for name in names}
        keys = sorted({key for key in wanted.values() if key})
        whole = self._some("whole", keys, owner)
        short = self._some("short", [key for key in keys if not any(_is_part(key, name) for name in whole)], owner)
        found = {**short, **whole}
        return {name: found[key] for name, key in wanted.items() if key in found}

    def _some(self, kind: str, keys: Sequence[str], owner: int) -> dict[str, list[Hit]]:
        """Bounded, whatever the file holds: where it is a crowd, the owner's own and a few of each name."""
        if not keys:
            return {}
        rows = self._work.rows(_SOME, kind=kind, keys=keys, limit=_CROWD)
        if len(rows) >= _CROWD:
            rows = self._work.rows(_OWN, kind=kind, keys=keys, owner=owner, limit=_CROWD)
            for key in keys:
                rows += self._work.rows(_SOME, kind=kind, keys=[key], limit=_FEW)
        found: dict[str, dict[Hit, None]] = {}
        for key, customer, contact in rows:
            found.setdefault(key, {})[Hit(customer, contact, "exact")] = None
        return {key: list(hits) for key, hits in found.items()}

    def surnamed(self, surname: str, owner: int) -> list[Hit]:
        """The owner's own people of that surname; it is their last word, or the first as in Chinese."""
        plain = re.sub(r"[%_\\]", "", surname)
        chinese = is_chinese(plain)
        like = {
            "begins": f"{plain}%" if chinese else plain,
            "is_first": f"{plain} %",
            "is_last": f"% {plain}",
        }
        most = {"limit": _FEW, "longest": 4 if chinese else WHOLE}
        rows = self._work.rows(_PEOPLE_SURNAMED, owner=owner, **most, **like)
        rows += self._work.rows(_PRIVATE_SURNAMED, owner=owner, **most, **like)
        return [Hit(customer, contact) for customer, contact in rows]

    def misspelt(self, name: str) -> list[Hit]:
        """Who is called so but for one letter; only of names in five Latin letters or more."""
        query = normal(name)
        if not _SURE <= len(query) <= WHOLE or not query.isascii() or not query.replace(" ", "").isalpha():
            return []
        rows = self._work.rows(_SOME, kind="whole", keys=[k for k in slips(query) if k != query], limit=_FEW)
        return [Hit(customer, contact, "typo") for _key, customer, contact in rows]

    def sounding(self, names: Iterable[str]) -> dict[str, list[Hit]]:
        """Who is called so in pinyin."""
        return self._seen(self._exact("sound", {name: "".join(readings(normal(name))[-1])[:LONGEST] for name in names}))

    def loosely(self, names: Iterable[str], owner: int) -> dict[str, list[Hit]]:
        """Who is called so but for spaces, dots, apostrophes and "and": obrien and sons, A O Smith."""
        wanted = {name: loose(normal(name)) for name in names}
        found = self._some("sound", sorted({key for keys in wanted.values() for key in keys}), owner)
        hits = {name: [hit for key in keys for hit in found.get(key, ())] for name, keys in wanted.items()}
        return {name: list(dict.fromkeys(several)) for name, several in hits.items() if several}

    def find(self, query: str, *, limit: int = 20) -> list[Hit]:
        """By part of a name, pinyin, initials, last digits of a phone, or e-mail; the best matches first.

        Only when nothing matches is one typing error forgiven: such hits say `how` "typo".
        """
        if self._work.sight is not None:
            found = self._seen({"": self._find(query, max(limit, MOST_UNSEEN))})
            return found.get("", [])[:limit]
        return self._find(query, limit)

    def _find(self, query: str, limit: int) -> list[Hit]:
        wanted = normal(query)
        hits: dict[Hit, None] = {}
        for how, kind, key in ways(wanted):
            for hit in self._range(how, kind, key, limit):
                hits.setdefault(hit)
            if len(hits) >= limit:
                break
        return (list(hits) or self._spelt(wanted, limit) or self._typos(wanted, limit))[:limit]

    def _spelt(self, wanted: str, limit: int) -> list[Hit]:
        """By the whole of a name whose numbers are written the other way."""
        names = spelt(wanted)
        found = self.named(names) if names else {}
        return list(dict.fromkeys(hit for name in names for hit in found.get(name, ())))[:limit]

    def customers(self, hits: Sequence[Hit]) -> list[Customer]:
        """The customers behind the hits, each once, in the order of the hits."""
        ids = list(dict.fromkeys(hit.customer for hit in hits))
        found = {row.id: row for row in self._work.all(Customer, _CUSTOMERS, ids=ids)} if ids else {}
        if (sight := self._work.sight) is not None:
            found = {id: row for id, row in found.items() if row.owner is None or row.owner in sight}
        return [found[id] for id in ids if id in found]

    def contacts(self, hits: Sequence[Hit]) -> list[Contact]:
        """The contacts among the hits, in their order."""
        ids = list(dict.fromkeys(hit.contact for hit in hits if hit.contact))
        found = {row.id: row for row in self._work.all(Contact, _CONTACTS, ids=ids)} if ids else {}
        return [found[id] for id in ids if id in found]

    def _range(self, how: str, kind: str, key: str, limit: int) -> list[Hit]:
        """Asks for more rows while they are too often the same customer's, so that none is missed."""
        low, rows, fetch = key[:LONGEST], [], limit
        while True:
            rows = self._work.rows(_RANGE, kind=kind, low=low, high=low + LAST, limit=fetch)
            hits = {Hit(customer, contact) for customer, contact, _ in rows}
            if len(hits) >= limit or len(rows) < fetch:
                break
            fetch *= 4
        ranked = sorted(rows, key=lambda row: len(str(row[2])))
        return [Hit(row[0], row[1], "exact" if how == "start" and row[2] == key else how) for row in ranked]

    def _typos(self, wanted: str, limit: int) -> list[Hit]:
        hits: dict[Hit, None] = {}
        for kind, query in (("part", wanted), ("pinyin", letters_of(wanted))):
            candidates = nearby(query)
            if not candidates:
                continue
            most = len(candidates) + limit * 20
            rows = self._work.rows(_NEAR[self._work.dialect], kind=kind, wanted=candidates, last=LAST, limit=most)
            near = [row for row in rows if row[2] and is_near(query[:LONGEST], str(row[2]))]
            for row in sorted(near, key=lambda row: (abs(len(str(row[2])) - len(query)), row[2], row[0], row[1])):
                hits.setdefault(Hit(row[0], row[1], "typo"))
        return list(hits)

    def _seen(self, found: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
        """Without the customers whom whoever asks may not see; not a name is left of them."""
        if self._work.sight is None or not found:
            return found
        seen = {customer.id for customer in self.customers([hit for hits in found.values() for hit in hits])}
        kept = {name: [hit for hit in hits if hit.customer in seen] for name, hits in found.items()}
        return {name: hits for name, hits in kept.items() if hits}

    def _exact(self, kind: str, wanted: dict[str, str]) -> dict[str, list[Hit]]:
        keys = [key for key in set(wanted.values()) if key]
        if not keys:
            return {}
        found: dict[str, list[Hit]] = {}
        for key, customer, contact in self._work.rows(_EXACT, kind=kind, keys=keys):
            found.setdefault(key, []).append(Hit(customer, contact, "exact"))
        return {name: found[key] for name, key in wanted.items() if key in found}
