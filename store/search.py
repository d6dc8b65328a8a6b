"""Keys by which customers and contacts are found and recognised, in one table on both engines.

A key is the rest of a name from some starting point, so "part of a name" is a range over a plain index:

whole    the whole name and its short form, normalised: recognises names in messages
part     the rest of the name from each word, and from each Chinese character
pinyin   the rest in pinyin without tones, from each character
initial  the first letters of the pinyin or of the words, from each start
sound    the whole name in pinyin
phone    the digits of a number, reversed, so that its last digits are a prefix
email    the address
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, insert, select

from store.models import Contact, Customer, SearchKey
from store.statements import Statement
from store.types import among

if TYPE_CHECKING:
    from store.work import Work

LONGEST = 24
"""Characters of a key: enough to tell names apart, short enough to keep the index small."""

_FIRM = re.compile(
    r"(?:\s|,)+(?:inc|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|ag|sa|srl|bv|group|holdings)\.?$"
    r"|(?:股份)?有限(?:责任)?公司$|集团(?:公司)?$|公司$|\((?:中国|集团)\)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+|[^\W\d_]+")
_T = SearchKey.table()

_names = ("workspace", "kind", "key", "customer", "contact")
_ADD = Statement(lambda: insert(_T).values({name: bindparam(name, type_=_T.c[name].type) for name in _names}))
_FORGET = Statement(
    lambda: delete(_T).where(
        _T.c.workspace == bindparam("workspace"),
        _T.c.customer == bindparam("in_customer"),
        _T.c.contact == bindparam("in_contact"),
    )
)
_RANGE = Statement(
    lambda: (
        select(_T.c.customer, _T.c.contact, _T.c.key)
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.kind == bindparam("kind"),
            _T.c.key >= bindparam("low"),
            _T.c.key < bindparam("high"),
        )
        .order_by(_T.c.key)
        .limit(bindparam("limit"))
    )
)
_EXACT = Statement(
    lambda: select(_T.c.key, _T.c.customer, _T.c.contact).where(
        _T.c.workspace == bindparam("workspace"), _T.c.kind == bindparam("kind"), among(_T.c.key, "keys")
    )
)
_CUSTOMERS = Statement(
    lambda: select(*Customer.table().c).where(
        and_(Customer.table().c.workspace == bindparam("workspace"), among(Customer.table().c.id, "ids"))
    )
)
_CONTACTS = Statement(
    lambda: select(*Contact.table().c).where(
        and_(Contact.table().c.workspace == bindparam("workspace"), among(Contact.table().c.id, "ids"))
    )
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer, or a contact of one; `contact` is 0 for the customer itself."""

    customer: int
    contact: int = 0


def normal(name: str) -> str:
    """A name as it is compared: width, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def short(name: str) -> str:
    """A normalised firm's name without its legal form; the name itself when nothing else is left."""
    shorter = name
    while (cut := _FIRM.sub("", shorter).strip(" ,.")) and cut != shorter:
        shorter = cut
    return shorter or name


class Search:
    """Finds customers and contacts."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def index(self, customer: Customer, contact: Contact | None = None) -> None:
        """Makes the keys of a customer or contact anew."""
        of = contact or customer
        row = {"customer": customer.id, "contact": contact.id if contact else 0}
        self._work.run(_FORGET, in_customer=row["customer"], in_contact=row["contact"])
        if customer.state == "active":
            keys = sorted(set(keys_of(of.name, phone=of.phone, email=of.email)))
            self._work.run_many(_ADD, [{"kind": kind, "key": key, **row} for kind, key in keys])

    def forget(self, customer: int, contact: int = 0) -> None:
        """Nobody finds this one any more."""
        self._work.run(_FORGET, in_customer=customer, in_contact=contact)

    def named(self, names: Iterable[str]) -> dict[str, list[Hit]]:
        """Who bears exactly these names; keys of the result are the names as given."""
        return self._exact("whole", {name: normal(name) for name in names})

    def sounding(self, names: Iterable[str]) -> dict[str, list[Hit]]:
        """Who is called so in pinyin."""
        return self._exact("sound", {name: "".join(_syllables(normal(name))) for name in names})

    def find(self, query: str, *, limit: int = 20) -> list[Hit]:
        """By part of a name, pinyin, initials, last digits of a phone, or e-mail; the best matches first."""
        wanted = normal(query)
        hits: dict[Hit, None] = {}
        for kind, key in _ways(wanted):
            for customer, contact, _ in self._range(kind, key, limit):
                hits.setdefault(Hit(customer, contact))
            if len(hits) >= limit:
                break
        return list(hits)[:limit]

    def customers(self, hits: Sequence[Hit]) -> list[Customer]:
        """The customers behind the hits, each once, in the order of the hits."""
        ids = list(dict.fromkeys(hit.customer for hit in hits))
        found = {row.id: row for row in self._work.all(Customer, _CUSTOMERS, ids=ids)} if ids else {}
        return [found[id] for id in ids if id in found]

    def contacts(self, hits: Sequence[Hit]) -> list[Contact]:
        """The contacts among the hits, in their order."""
        ids = list(dict.fromkeys(hit.contact for hit in hits if hit.contact))
        found = {row.id: row for row in self._work.all(Contact, _CONTACTS, ids=ids)} if ids else {}
        return [found[id] for id in ids if id in found]

    def _range(self, kind: str, key: str, limit: int) -> list[Sequence[Any]]:
        low = key[:LONGEST]
        rows = self._work.rows(_RANGE, kind=kind, low=low, high=low + "\U0010ffff", limit=limit)
        return sorted(rows, key=lambda row: len(str(row[2])))

    def _exact(self, kind: str, wanted: dict[str, str]) -> dict[str, list[Hit]]:
        keys = [key for key in set(wanted.values()) if key]
        if not keys:
            return {}
        found: dict[str, list[Hit]] = {}
        for key, customer, contact in self._work.rows(_EXACT, kind=kind, keys=keys):
            found.setdefault(key, []).append(Hit(customer, contact))
        return {name: found[key] for name, key in wanted.items() if key in found}


def keys_of(name: str, *, phone: str = "", email: str = "") -> Iterator[tuple[str, str]]:
    """(kind, key) pairs of a name with its phone and e-mail."""
    whole = normal(name)
    yield "whole", whole[: LONGEST * 4]
    yield "whole", short(whole)[: LONGEST * 4]
    for start in _starts(whole):
        yield "part", whole[start:][:LONGEST]
    syllables = _syllables(whole)
    for number in range(len(syllables)):
        if number == 0 or _is_chinese(whole):
            yield "pinyin", "".join(syllables[number:])[:LONGEST]
            yield "initial", "".join(syllable[0] for syllable in syllables[number:])[:LONGEST]
    yield "sound", "".join(_syllables(short(whole)))[:LONGEST]
    yield "sound", "".join(syllables)[:LONGEST]
    if digits := digits_of(phone):
        yield "phone", digits[::-1]
    if email:
        yield "email", email.casefold()


def digits_of(phone: str) -> str:
    """Only the digits."""
    return "".join(character for character in phone if character.isdigit())


def _ways(query: str) -> Iterator[tuple[str, str]]:
    digits = digits_of(query)
    if "@" in query:
        yield "email", query
    if len(digits) >= 4 and len(digits) >= len(query.replace(" ", "").replace("-", "").replace("+", "")):
        yield "phone", digits[::-1]
    yield "part", query
    if query.isascii() and (letters := query.replace(" ", "").replace("'", "")).isalpha():
        yield "pinyin", letters
        if len(letters) > 1:
            yield "initial", letters


def _starts(name: str) -> Iterator[int]:
    for match in _WORD.finditer(name):
        if _is_chinese(match[0]):
            yield from range(match.start(), match.end())
        else:
            yield match.start()


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


@lru_cache(maxsize=4096)
def _syllables(name: str) -> tuple[str, ...]:
    """Pinyin without tones for each Chinese character, each other word as it is."""
    if not _is_chinese(name):
        return tuple(_WORD.findall(name))
    from pypinyin import lazy_pinyin

    out: list[str] = []
    for word in _WORD.findall(name):
        out += lazy_pinyin(word) if _is_chinese(word) else [word]
    return tuple(syllable for syllable in out if syllable)
