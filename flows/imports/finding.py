"""Finding again which customers the rows of a sheet mean: by our own number, theirs, a name, a phone or an e-mail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.imports.rules import Entry
from flows.turn import Turn
from store import jobs
from store.models import Contact, Customer
from store.search import Hit
from store.search_keys import digits_of, normal, short
from store.tombstones import buried


@dataclass(slots=True)
class Known:
    """A customer with what it is recognised by."""

    row: Customer
    contacts: list[Contact]
    tags: set[str]

    @property
    def faces(self) -> set[str]:
        own = {self.row.phone, self.row.email.casefold()}
        return {face for c in self.contacts for face in (c.phone, c.email.casefold())} | own - {""}


class CustomerFile:
    """What the customer file knows of some entries, loaded at once, and what the entries before have added."""

    def __init__(self, turn: Turn, entries: Sequence[Entry], label: str) -> None:
        self._turn, self._work, self._entries, self._label = turn, turn.work, entries, label
        self._origins = jobs.origins(self._work, (key for entry in entries for key in self._marks(entry)))
        hits = self._work.search.named({entry.name for entry in entries})
        phones = {digits_of(face)[::-1] for entry in entries for face in faces_of(entry) if "@" not in face}
        self._by_phone = jobs.reached(self._work, "phone", phones)
        own = [id for entry in entries if (id := self.own_id(entry))]
        ids = {hit.customer for found in hits.values() for hit in found if not hit.contact}
        ids |= {*self._origins.values(), *own, *(id for found in self._by_phone.values() for id in found)}
        self._moved: dict[int, int] = {}
        self.known = self._loaded(ids)
        self._others = {key for key, id in self._origins.items() if self._of(id) is None}
        """Rows that became customers whom the sender may not see: what is known of them stays as it is."""
        self._named: dict[str, list[Known]] = {}
        for known in self.known.values():
            self._named.setdefault(normal(known.row.name), []).append(known)
        numbered = any(entry.id or entry.own for entry in entries)
        self._keys = jobs.origin_keys(self._work, self.known) if numbered else {}

    def found(self, entry: Entry) -> Known | Text | None:
        """The customer that is meant; None for a new one, a sentence where it could be several."""
        if known := self._of(self.own_id(entry)):
            return known
        for key in self._marks(entry):
            if known := self._of(self._origins.get(key, 0)):
                return known
        same = [k for k in self._named.get(normal(entry.name), []) if self._is_free(k, entry) and _fits(entry, k)]
        same = same or self._shortened(entry)
        if len(same) > 1 and (near := [k for k in same if k.faces & faces_of(entry)]):
            same = near
        if len(same) > 1:
            return _("Several customers are called {name}: add a phone or an e-mail to the row.", name=entry.name)
        return same[0] if same else None

    def is_erased(self, entry: Entry) -> bool:
        """What they were known by was kept as hashes: next week's sheet brings nobody back."""
        return bool(self._buried) and not self._buried.isdisjoint(self._named_by(entry))

    @cached_property
    def _buried(self) -> set[tuple[str, str]]:
        return buried(self._work, {mark for entry in self._entries for mark in self._named_by(entry)})

    def _named_by(self, entry: Entry) -> set[tuple[str, str]]:
        known = {("origin", key) for key in self._marks(entry)} | {("name", normal(entry.name))}
        for face in faces_of(entry):
            known.add(("email", face.casefold()) if "@" in face else ("phone", digits_of(face)))
        return known

    def own_id(self, entry: Entry) -> int:
        """The customer's number here, if the sheet was written by this firm."""
        if not entry.own:
            return 0
        mark, _dash, id = entry.own.partition("-")
        return int(id) if mark == mark_of(self._turn) and id.isdigit() and len(id) < 18 else 0

    def added(self, row: Customer) -> Known:
        """A customer that an entry has made: the next ones find it."""
        known = self.known[row.id] = Known(row, [], set())
        self._named.setdefault(normal(row.name), []).append(known)
        return known

    def led_to(self, known: Known, entry: Entry) -> list[str]:
        """The entry is this customer's; returns by which keys that is to be remembered."""
        marks = self._marks(entry)
        self._origins |= dict.fromkeys(marks, known.row.id)
        self._keys.setdefault(known.row.id, set()).update(marks)
        return [key for key in marks if key not in self._others]

    def _marks(self, entry: Entry) -> list[str]:
        """What a row is known by next week, the surest first."""
        if entry.own:
            return [f"own:{entry.own}"]
        if entry.id:
            return [f"id:{self._label}:{entry.id}"]
        tail = "" if entry.firm else first(entry.phones) or first(entry.emails)
        return [f"row:{normal(entry.name)}|{tail}"]

    def _loaded(self, ids: Iterable[int]) -> dict[int, Known]:
        found = self._work.search.customers([Hit(id) for id in sorted(set(ids))])
        rows = {row.id: row for row in found if row.state == "active"}
        while merged := {row.id: int(row.state[7:]) for row in found if row.state.startswith("merged:")}:
            self._moved |= merged
            found = self._work.search.customers([Hit(id) for id in set(merged.values()) - rows.keys()])
            rows |= {row.id: row for row in found if row.state == "active"}
        contacts, tags = jobs.contacts_of(self._work, rows), jobs.tags_of(self._work, rows)
        return {
            id: Known(row, contacts.get(id, []), {tag.name for tag in tags.get(id, [])}) for id, row in rows.items()
        }

    def _of(self, id: int) -> Known | None:
        """The customer of that number, or what it was merged into."""
        while id in self._moved:
            id = self._moved[id]
        return self.known.get(id)

    def _is_free(self, known: Known, entry: Entry) -> bool:
        """Two numbers in one system are two customers, however alike their names are."""
        space = _space(entry, self._label)
        if not space:
            return True
        ours = entry.own.startswith(f"{mark_of(self._turn)}-")
        return not ours and not any(key.startswith(space) for key in self._keys.get(known.row.id, ()))

    def _shortened(self, entry: Entry) -> list[Known]:
        """The same firm with or without its legal form, when a number says so too."""
        faces, name = faces_of(entry), short(normal(entry.name))
        near = {id for f in faces for id in self._by_phone.get(digits_of(f)[::-1], ())}
        found = [self.known[id] for id in near if id in self.known]
        return [k for k in found if short(normal(k.row.name)) == name and k.faces & faces and self._is_free(k, entry)]


def mark_of(turn: Turn) -> str:
    """What tells our own sheets from another firm's, whose customers have the same numbers."""
    return hashlib.sha256(f"export {turn.workspace.secret}".encode()).hexdigest()[:6]


def _space(entry: Entry, label: str) -> str:
    """Whose numbers the row has; empty for a row without one."""
    if entry.own:
        return f"own:{entry.own.partition('-')[0]}-"
    return f"id:{label}:" if entry.id else ""


def faces_of(entry: Entry) -> set[str]:
    """Every number and address of the row."""
    people = {face for p in entry.people for face in (*p.phones, *p.emails)}
    return {face.casefold() for face in (*entry.phones, *entry.emails, *people)}


def _fits(entry: Entry, known: Known) -> bool:
    """Whether a customer of the same name can be the one: a person has no second number that nobody ever heard of."""
    mine, theirs = faces_of(entry), known.faces
    return entry.firm or not mine or not theirs or bool(mine & theirs)


def first(values: Iterable[str]) -> str:
    """The first, or nothing."""
    return next(iter(values), "")
