"""Rows of a sheet → the customer file: found again or added; only ever more is known afterwards, never less."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.imports.fields import set_own
from flows.imports.finding import CustomerFile, Known, faces_of, first
from flows.imports.headings import CAREFUL
from flows.imports.rules import Entry, Failed, Outcome, Person, same_facts
from flows.imports.values import value_of
from flows.tiers.actions import place
from flows.turn import Turn
from store import jobs
from store.models import Activity, Contact, Customer, Tag
from store.search_keys import normal

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
        self._file = CustomerFile(turn, entries, plan.label)
        self._notes = set() if plan.dry else jobs.notes_from(self._work, (_note_key(e) for e in entries if e.note))
        self._remember: list[tuple[str, int]] = []
        self._new: set[int] = set()
        self._new_people: dict[int, Contact] = {}
        """Added by this batch; their search keys are made at its end, all at once."""

    def run(self, tally: Tally) -> None:
        with self._work.gathering():
            self._take(tally)
        if not self._plan.dry:
            new = (self._file.known[id].row for id in sorted(self._new))
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

    def _one(self, entry: Entry) -> tuple[str, Text | None]:
        found = self._file.found(entry)
        if isinstance(found, Text):
            return FAILED, found
        if found is None:
            if self._file.is_erased(entry):
                return SKIPPED, _("This customer was erased on request. Add them by hand if they have come back.")
            if self._plan.dry:
                return self._try(entry), None
            self._add(entry)
            return CREATED, None
        if self._plan.dry:
            return (UPDATED if self._would_change(found, entry) else SAME), None
        return (UPDATED if self._fill(found, entry) else SAME), None

    def _try(self, entry: Entry) -> str:
        name, faces = f"{entry.own or entry.id}|{normal(entry.name)}", frozenset(faces_of(entry))
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
        self._more(self._file.added(self._placed(row, standing)), entry)

    def _fill(self, known: Known, entry: Entry) -> bool:
        """What the sheet says and we did not know; True when that was anything."""
        before = len(self._work.changes)
        values = same_facts(known.row.__dict__, self._values(entry))
        if self._file.own_id(entry) == known.row.id and entry.name != known.row.name:
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

    def _more(self, known: Known, entry: Entry) -> None:
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
        self._remember += [(key, known.row.id) for key in self._file.led_to(known, entry)]

    def _person(self, known: Known, person: Person, *, spare: bool = False) -> None:
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
        own = {name[4:]: value for name, value in entry.values.items() if name.startswith("own:")}
        if own:
            entry.warnings.extend(set_own(self._turn, row, own))

    def _values(self, entry: Entry) -> dict[str, Any]:
        """Columns of the customer; what can't be understood is left out with a warning."""
        out: dict[str, Any] = {}
        for name, value in entry.values.items():
            if name.startswith("own:") or (name in CAREFUL and name not in self._plan.careful):
                continue
            found = value_of(self._turn, name, value)
            if isinstance(found, Text):
                entry.warnings.append(found)
            else:
                out[name] = found
        return out

    def _would_change(self, known: Known, entry: Entry) -> bool:
        names = {normal(contact.name) for contact in known.contacts}
        return bool(
            same_facts(known.row.__dict__, self._values(entry))
            or faces_of(entry) - known.faces
            or set(entry.tags) - known.tags
            or any(normal(person.name) not in names for person in entry.people)
        )


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
