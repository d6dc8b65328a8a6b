"""Rows of a sheet → the customer file: found again or added; only ever more is known afterwards, never less."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import available_timezones

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.imports import cells as cell
from flows.imports.headings import CAREFUL
from flows.imports.rules import Entry, Failed, LeftOut, Outcome, Person, same_facts
from flows.segments.short import STAGES
from flows.tiers.actions import place
from flows.turn import Turn
from store import jobs
from store.models import Activity, Contact, Customer, Tag
from store.search_keys import digits_of, normal, short
from store.tombstones import buried

CREATED, UPDATED, SAME, SKIPPED, FAILED = "created", "updated", "same", "skipped", "failed"
COUNTS = (CREATED, UPDATED, SAME, SKIPPED, FAILED)


@dataclass(slots=True)
class Plan:
    """How a sheet is to be taken: what was confirmed by name, and whether it is only tried."""

    careful: frozenset[str] = frozenset()
    label: str = ""
    """What the sheet calls its own numbers: two systems may use the same ones."""
    dry: bool = False
    owner: int | None = None
    """Whom a new customer belongs to where the sheet does not say."""
    seen: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    """For a trial: whom rows above would have added, by name, with their numbers."""


@dataclass(slots=True)
class Tally:
    """What became of some rows, and which of them somebody should look at."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    warned: int = 0
    notes: list[tuple[int, str, Text, Sequence[str]]] = field(default_factory=list)
    """(row, failed or skipped or warned, why, its cells)."""

    def count(self, outcome: str) -> None:
        self.counts[outcome] += 1


@dataclass(slots=True)
class _Known:
    """A customer with what it is recognised by."""

    row: Customer
    contacts: list[Contact]
    tags: set[str]

    @property
    def faces(self) -> set[str]:
        own = {self.row.phone, self.row.email.casefold()}
        return {face for c in self.contacts for face in (c.phone, c.email.casefold())} | own - {""}


def take(turn: Turn, outcomes: Iterable[Outcome], plan: Plan, job: int = 0) -> Tally:
    """Takes rows in, or only says what would become of them."""
    tally, entries = Tally(), []
    for outcome in outcomes:
        if isinstance(outcome, Entry):
            entries.append(outcome)
        else:
            kind = FAILED if isinstance(outcome, Failed) else SKIPPED
            tally.count(kind)
            tally.notes.append((outcome.number, kind, outcome.why, outcome.cells))
    if entries:
        _Batch(turn, entries, plan, job).run(tally)
    return tally


class _Batch:
    """Some entries, with everything that they may meet loaded at once."""

    def __init__(self, turn: Turn, entries: Sequence[Entry], plan: Plan, job: int) -> None:
        self._turn, self._work = turn, turn.work
        self._entries, self._plan, self._job = entries, plan, job
        self._origins = jobs.origins(self._work, (key for entry in entries for key in _keys(entry, plan.label)))
        hits = self._work.search.named({entry.name for entry in entries})
        phones = {digits_of(face)[::-1] for entry in entries for face in _faces(entry) if "@" not in face}
        self._by_phone = jobs.reached(self._work, "phone", phones)
        own = [id for entry in entries if (id := self._own_id(entry))]
        ids = {hit.customer for found in hits.values() for hit in found if not hit.contact}
        ids |= {*self._origins.values(), *own, *(id for found in self._by_phone.values() for id in found)}
        self._moved: dict[int, int] = {}
        self._known = self._loaded(ids)
        self._others = {key for key, id in self._origins.items() if self._of(id) is None}
        """Rows that became customers whom the sender may not see: what is known of them stays as it is."""
        self._named: dict[str, list[_Known]] = {}
        for known in self._known.values():
            self._named.setdefault(normal(known.row.name), []).append(known)
        self._notes = set() if plan.dry else jobs.notes_from(self._work, (_note_key(e) for e in entries if e.note))
        self._remember: list[tuple[str, int]] = []
        self._new: set[int] = set()
        self._new_people: dict[int, Contact] = {}
        """Added by this batch; their search keys are made at its end, all at once."""
        numbered = any(entry.id or entry.own for entry in entries)
        self._keys = jobs.origin_keys(self._work, self._known) if numbered else {}

    def run(self, tally: Tally) -> None:
        with self._work.gathering():
            self._take(tally)
        if not self._plan.dry:
            new = (self._known[id].row for id in sorted(self._new))
            self._work.search.index_new(new, self._new_people.values())
            jobs.remember_origins(self._work, self._remember, self._job)

    def _take(self, tally: Tally) -> None:
        for entry in self._entries:
            outcome, why = self._one(entry)
            tally.count(outcome)
            if why is not None:
                tally.notes.append((entry.number, outcome, why, entry.cells if outcome == FAILED else ()))
            elif entry.warnings:
                tally.warned += 1
                tally.notes.extend((entry.number, "warned", warning, entry.cells) for warning in entry.warnings)

    def _loaded(self, ids: Iterable[int]) -> dict[int, _Known]:
        from store.search import Hit

        found = self._work.search.customers([Hit(id) for id in sorted(set(ids))])
        rows = {row.id: row for row in found if row.state == "active"}
        while merged := {row.id: int(row.state[7:]) for row in found if row.state.startswith("merged:")}:
            self._moved |= merged
            found = self._work.search.customers([Hit(id) for id in set(merged.values()) - rows.keys()])
            rows |= {row.id: row for row in found if row.state == "active"}
        contacts, tags = jobs.contacts_of(self._work, rows), jobs.tags_of(self._work, rows)
        return {
            id: _Known(row, contacts.get(id, []), {tag.name for tag in tags.get(id, [])}) for id, row in rows.items()
        }

    def _own_id(self, entry: Entry) -> int:
        """The customer's number here, if the sheet was written by this firm."""
        if not entry.own:
            return 0
        mark, _dash, id = entry.own.partition("-")
        return int(id) if mark == mark_of(self._turn) and id.isdigit() and len(id) < 18 else 0

    # finding again

    def _one(self, entry: Entry) -> tuple[str, Text | None]:
        found = self._found(entry)
        if isinstance(found, Text):
            return FAILED, found
        if found is None:
            if self._is_erased(entry):
                return SKIPPED, _("This customer was erased on request. Add them by hand if they have come back.")
            if self._plan.dry:
                return self._try(entry), None
            self._add(entry)
            return CREATED, None
        if self._plan.dry:
            return (UPDATED if self._would_change(found, entry) else SAME), None
        return (UPDATED if self._fill(found, entry) else SAME), None

    def _is_erased(self, entry: Entry) -> bool:
        """What they were known by was kept as hashes: next week's sheet brings nobody back."""
        return bool(self._buried) and not self._buried.isdisjoint(self._known_by(entry))

    @cached_property
    def _buried(self) -> set[tuple[str, str]]:
        return buried(self._work, {mark for entry in self._entries for mark in self._known_by(entry)})

    def _known_by(self, entry: Entry) -> set[tuple[str, str]]:
        known = {("origin", key) for key in _keys(entry, self._plan.label)} | {("name", normal(entry.name))}
        for face in _faces(entry):
            known.add(("email", face.casefold()) if "@" in face else ("phone", digits_of(face)))
        return known

    def _found(self, entry: Entry) -> _Known | Text | None:
        """The customer that is meant; None for a new one, a sentence where it could be several."""
        if known := self._of(self._own_id(entry)):
            return known
        for key in _keys(entry, self._plan.label):
            if known := self._of(self._origins.get(key, 0)):
                return known
        same = [k for k in self._named.get(normal(entry.name), []) if self._is_free(k, entry) and _fits(entry, k)]
        same = same or self._shortened(entry)
        if len(same) > 1 and (near := [k for k in same if k.faces & _faces(entry)]):
            same = near
        if len(same) > 1:
            return _("Several customers are called {name}: add a phone or an e-mail to the row.", name=entry.name)
        return same[0] if same else None

    def _of(self, id: int) -> _Known | None:
        """The customer of that number, or what it was merged into."""
        while id in self._moved:
            id = self._moved[id]
        return self._known.get(id)

    def _is_free(self, known: _Known, entry: Entry) -> bool:
        """Two numbers in one system are two customers, however alike their names are."""
        space = _space(entry, self._plan.label)
        if not space:
            return True
        ours = entry.own.startswith(f"{mark_of(self._turn)}-")
        return not ours and not any(key.startswith(space) for key in self._keys.get(known.row.id, ()))

    def _shortened(self, entry: Entry) -> list[_Known]:
        """The same firm with or without its legal form, when a number says so too."""
        faces, name = _faces(entry), short(normal(entry.name))
        near = {id for f in faces for id in self._by_phone.get(digits_of(f)[::-1], ())}
        found = [self._known[id] for id in near if id in self._known]
        return [k for k in found if short(normal(k.row.name)) == name and k.faces & faces and self._is_free(k, entry)]

    def _try(self, entry: Entry) -> str:
        name, faces = f"{entry.own or entry.id}|{normal(entry.name)}", frozenset(_faces(entry))
        above = self._plan.seen.setdefault(name, [])
        if any(entry.firm or not faces or not other or faces & other for other in above):
            return UPDATED
        above.append(faces)
        return CREATED

    # writing

    def _add(self, entry: Entry) -> None:
        values = self._values(entry)
        standing = {name: values.pop(name) for name in ("stage", "tier") if name in values}
        owner = values.pop("owner", None) or self._plan.owner
        values |= {"phone": first(entry.phones), "email": first(entry.emails)}
        values = {name: value for name, value in values.items() if value}
        row = self._work.add(Customer(name=entry.name, owner=owner, created=self._work.now, **values))
        self._new.add(row.id)
        known = _Known(self._placed(row, standing), [], set())
        self._known[row.id] = known
        self._named.setdefault(normal(row.name), []).append(known)
        self._more(known, entry)

    def _fill(self, known: _Known, entry: Entry) -> bool:
        """What the sheet says and we did not know; True when that was anything."""
        before = len(self._work.changes)
        values = same_facts(known.row.__dict__, self._values(entry))
        if self._own_id(entry) == known.row.id and entry.name != known.row.name:
            values["name"] = entry.name
        for name in ("phone", "email"):
            new = first(face for face in getattr(entry, f"{name}s") if face.casefold() not in known.faces)
            if new and not getattr(known.row, name):
                values[name] = new
        standing = {name: values.pop(name) for name in ("stage", "tier") if name in values}
        if values:
            fresh = known.row.id in self._new
            known.row = (self._work if fresh else self._work.customers).change(known.row, **values)
        known.row = self._placed(known.row, standing)
        self._more(known, entry)
        return len(self._work.changes) > before

    def _placed(self, row: Customer, standing: Mapping[Any, Any]) -> Customer:
        """A tier or stage from a confirmed column was set by a person, and stays until a person changes it."""
        by = self._turn.member.id if self._turn.member else None
        for kind, to in standing.items():
            row, _move = place(self._turn, row, kind, to, ["hand"], member=by)
        return row

    def _more(self, known: _Known, entry: Entry) -> None:
        for person in entry.people:
            self._person(known, person)
        self._person(known, Person(known.row.name, "", entry.phones, entry.emails), spare=True)
        for name in entry.tags:
            if name not in known.tags:
                self._work.add(Tag(customer=known.row.id, name=name))
                known.tags.add(name)
        if entry.note and (source := _note_key(entry)) not in self._notes:
            self._notes.add(source)
            self._note(known.row, entry.note, source)
        self._own_fields(known.row, entry)
        for key in _keys(entry, self._plan.label):
            if key not in self._others:
                self._remember.append((key, known.row.id))
            self._origins[key] = known.row.id
            self._keys.setdefault(known.row.id, set()).add(key)

    def _person(self, known: _Known, person: Person, *, spare: bool = False) -> None:
        """A contact; numbers beyond the first get a line each, because none is ever thrown away."""
        mine = [c for c in known.contacts if normal(c.name) == normal(person.name)]
        taken = known.faces if spare else {face for c in mine for face in (c.phone, c.email.casefold())}
        phones = [phone for phone in person.phones if phone not in taken]
        emails = [email for email in person.emails if email.casefold() not in taken]
        if mine and (values := _fitting(mine[0], person, phones, emails)):
            known.contacts[known.contacts.index(mine[0])] = mine[0] = self._changed(known.row, mine[0], values)
        title = person.title
        while phones or emails or not (mine or spare):
            phone, email = phones.pop(0) if phones else "", emails.pop(0) if emails else ""
            row = Contact(customer=known.row.id, name=person.name, title=title, created=self._work.now)
            row.phone, row.email = phone, email
            self._new_people[self._work.add(row).id] = row
            known.contacts.append(row)
            mine, title = [row], ""

    def _changed(self, customer: Customer, contact: Contact, values: Mapping[str, str]) -> Contact:
        if contact.id not in self._new_people:
            return self._work.customers.change_contact(customer, contact, **values)
        changed = self._new_people[contact.id] = self._work.change(contact, **values)
        return changed

    def _note(self, row: Customer, text: str, source: str) -> None:
        member = self._turn.member.id if self._turn.member else None
        now = self._turn.now
        self._work.add(
            Activity(
                customer=row.id,
                member=member,
                kind="note",
                channel="import",
                at=now,
                text=text,
                source=source,
                logged=now,
            )
        )

    def _own_fields(self, row: Customer, entry: Entry) -> None:
        from flows.imports.fields import set_own

        own = {name[4:]: value for name, value in entry.values.items() if name.startswith("own:")}
        if own:
            entry.warnings.extend(set_own(self._turn, row, own))

    def _values(self, entry: Entry) -> dict[str, Any]:
        """Columns of the customer; what can't be understood is left out with a warning."""
        out: dict[str, Any] = {}
        for name, value in entry.values.items():
            if name.startswith("own:") or (name in CAREFUL and name not in self._plan.careful):
                continue
            read = _READERS.get(name)
            found = read(self._turn, value) if read else value
            if isinstance(found, Text):
                entry.warnings.append(found)
            else:
                out[name] = found
        return out

    def _would_change(self, known: _Known, entry: Entry) -> bool:
        names = {normal(contact.name) for contact in known.contacts}
        return bool(
            same_facts(known.row.__dict__, self._values(entry))
            or _faces(entry) - known.faces
            or set(entry.tags) - known.tags
            or any(normal(person.name) not in names for person in entry.people)
        )


def mark_of(turn: Turn) -> str:
    """What tells our own sheets from another firm's, whose customers have the same numbers."""
    return hashlib.sha256(f"export {turn.workspace.secret}".encode()).hexdigest()[:6]


def _keys(entry: Entry, label: str) -> list[str]:
    """What a row is known by next week, the surest first."""
    if entry.own:
        return [f"own:{entry.own}"]
    if entry.id:
        return [f"id:{label}:{entry.id}"]
    tail = "" if entry.firm else first(entry.phones) or first(entry.emails)
    return [f"row:{normal(entry.name)}|{tail}"]


def _space(entry: Entry, label: str) -> str:
    """Whose numbers the row has; empty for a row without one."""
    if entry.own:
        return f"own:{entry.own.partition('-')[0]}-"
    return f"id:{label}:" if entry.id else ""


def _faces(entry: Entry) -> set[str]:
    people = {face for p in entry.people for face in (*p.phones, *p.emails)}
    return {face.casefold() for face in (*entry.phones, *entry.emails, *people)}


def _fits(entry: Entry, known: _Known) -> bool:
    """Whether a customer of the same name can be the one: a person has no second number that nobody ever heard of."""
    mine, theirs = _faces(entry), known.faces
    return entry.firm or not mine or not theirs or bool(mine & theirs)


def _fitting(contact: Contact, person: Person, phones: list[str], emails: list[str]) -> dict[str, str]:
    """What goes into a contact's empty places; taken off the lists."""
    values = {}
    if person.title and contact.title != person.title:
        values["title"] = person.title
    if phones and not contact.phone:
        values["phone"] = phones.pop(0)
    if emails and not contact.email:
        values["email"] = emails.pop(0)
    return values


def _note_key(entry: Entry) -> str:
    return "import:" + hashlib.sha256(f"{normal(entry.name)}\n{entry.note}".encode()).hexdigest()[:24]


def first(values: Iterable[str]) -> str:
    """The first, or nothing."""
    return next(iter(values), "")


def _owner(turn: Turn, value: str) -> Any:
    found = turn.work.people.named(value.removeprefix("@"))
    return found[0].id if len(found) == 1 else _("Nobody here is called “{name}”.", name=value[:40])


def _stopped(turn: Turn, value: str) -> Any:
    plain = value.casefold()
    return plain if plain in ("surveys", "all") else "all" if cell.yes(plain) else ""


def _language(turn: Turn, value: str) -> Any:
    plain = value.casefold()
    if plain[:2] in ("zh", "en"):
        return plain[:2]
    named = {"中文": "zh", "汉语": "zh", "chinese": "zh", "英文": "en", "英语": "en"}
    return named.get(plain) or _("“{cell}” is no language of mine.", cell=value[:40])


def _zone(turn: Turn, value: str) -> Any:
    return value if value in available_timezones() else _("“{cell}” is no time zone.", cell=value[:40])


def _stage(turn: Turn, value: str) -> Any:
    """One of ours by any of its names; another CRM's stages are no reason to lose the row."""
    found = STAGES.get(value.casefold())
    return found or (value if value in STAGES.values() else _("“{cell}” is no stage here.", cell=value[:40]))


def _tier(turn: Turn, value: str) -> Any:
    found = value.strip().upper().removesuffix("级").removesuffix("类")
    return found if found in ("A", "B", "C") else _("“{cell}” is no tier: A, B or C.", cell=value[:40])


_READERS: Mapping[str, Any] = {
    "stage": _stage,
    "tier": _tier,
    "owner": _owner,
    "stopped": _stopped,
    "language": _language,
    "zone": _zone,
}

__all__ = ["COUNTS", "LeftOut", "Plan", "Tally", "mark_of", "take"]
