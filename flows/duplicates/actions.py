"""Merging two customers: everything of the one moves to the other, is named, and can be moved back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import UniqueConstraint

from bot.core.errors import BadInput, NotFound
from bot.core.text import Text, join, ngettext
from bot.core.text import gettext as _
from flows.duplicates.rules import Face
from flows.imports.rules import looks_like_a_firm
from flows.turn import Turn
from store import jobs
from store.batches import speaking_of
from store.models import Apart, Contact, Customer, Identity, Owned
from store.search_keys import normal
from store.work import Work

_PLAIN = ("source", "need", "industry", "place", "language", "zone", "step", "tier", "stage", "owner", "rhythm")
_COUNTED: Mapping[str, Callable[[int], Text]] = {
    "contact": lambda n: ngettext("{n} contact", "{n} contacts", n),
    "activity": lambda n: ngettext("{n} activity", "{n} activities", n),
    "reminder": lambda n: ngettext("{n} reminder", "{n} reminders", n),
    "promise": lambda n: ngettext("{n} promise", "{n} promises", n),
    "deal": lambda n: ngettext("{n} deal", "{n} deals", n),
    "purchase": lambda n: ngettext("{n} order", "{n} orders", n),
    "ticket": lambda n: ngettext("{n} ticket", "{n} tickets", n),
    "invitation": lambda n: ngettext("{n} survey", "{n} surveys", n),
    "conversation": lambda n: ngettext("{n} chat", "{n} chats", n),
    "tag": lambda n: ngettext("{n} tag", "{n} tags", n),
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What stays, and how much came to it."""

    customer: Customer
    gone: Customer
    moved: Mapping[str, int]


def face_of(row: Customer, contacts: Sequence[Contact], identities: Sequence[Identity]) -> Face:
    """What a customer is recognised by."""
    own = [(row.phone, row.email), *((c.phone, c.email) for c in contacts)]
    return Face(
        row.name,
        frozenset(phone for phone, _email in own if phone),
        frozenset(email.casefold() for _phone, email in own if email),
        looks_like_a_firm(row.name) or bool(contacts),
        frozenset(f"{i.platform}:{i.account}:{i.person}" for i in identities),
        frozenset(normal(c.name).replace(" ", "") for c in contacts),
    )


def faces(work: Work, rows: Sequence[Customer]) -> dict[int, Face]:
    """The faces of many customers."""
    contacts = jobs.contacts_of(work, [row.id for row in rows])
    identities = {row.id: work.find(Identity, customer=row.id) for row in rows}
    return {row.id: face_of(row, contacts.get(row.id, []), identities[row.id]) for row in rows}


def merge(turn: Turn, keep: Customer, gone: Customer) -> Merged:
    """Everything of `gone` becomes `keep`'s, in this one turn; what both have stays as `keep` has it."""
    if keep.id == gone.id:
        raise BadInput(_("That is one and the same customer."))
    if keep.state != "active" or gone.state != "active":
        raise NotFound(_("This customer is no longer there."))
    contacts = {contact.id for contact in turn.work.customers.contacts(gone.id)}
    moved: dict[str, int] = {}
    for kind in speaking_of("customer"):
        if count := _move(turn, kind, keep.id, gone.id):
            moved[kind.table().name] = count
    _fold_contacts(turn, keep.id, contacts)
    for pair in _pairs(turn, keep.id, gone.id):
        _remove(turn, pair)
    keep = _filled(turn, keep, gone)
    turn.work.change(gone, state=f"merged:{keep.id}")
    turn.work.search.forget(gone.id)
    reindex(turn, keep, contacts, gone.id)
    return Merged(keep, gone, moved)


def explained(merged: Merged) -> Text:
    """What moved, in a sentence."""
    parts = [_COUNTED[name](count) for name, count in merged.moved.items() if name in _COUNTED]
    return join(", ", parts) if parts else _("Nothing but its name had to move.")


def reindex(turn: Turn, keep: Customer, contacts: set[int], gone: int) -> None:
    """Everybody is found where they are now."""
    turn.work.search.index(keep)
    for contact in contacts:
        turn.work.search.forget(gone, contact)
        turn.work.search.forget(keep.id, contact)
        row = turn.work.customers.contact(contact)
        owner = turn.work.customers.get(row.customer) if row else None
        if row is not None and owner is not None:
            turn.work.search.index(owner, row)


def apart(turn: Turn, one: int, other: int) -> None:
    """Somebody says that they are two: never suggested again."""
    low, high = sorted((one, other))
    if turn.work.first(Apart, one=low, other=high) is None:
        turn.work.add(Apart(one=low, other=high, member=turn.member.id if turn.member else None, at=turn.now))


def _move(turn: Turn, kind: type[Owned], keep: int, gone: int) -> int:
    rows = turn.work.find(kind, customer=gone)
    for row in rows:
        if _is_there(turn, kind, row, keep):
            _remove(turn, row)
        else:
            _change(turn, row, customer=keep)
    return len(rows)


def _is_there(turn: Turn, kind: type[Owned], row: Owned, keep: int) -> bool:
    """Whether the customer that stays has such a row already (a tag, an own field)."""
    for constraint in kind.table().constraints:
        names = [column.name for column in constraint.columns] if isinstance(constraint, UniqueConstraint) else []
        if "customer" in names:
            wanted = {name: getattr(row, name) for name in names if name not in ("workspace", "customer")}
            if turn.work.first(kind, customer=keep, **wanted) is not None:
                return True
    return False


def _change(turn: Turn, row: Owned, **values: Any) -> None:
    """Noted for undo, also in tables whose changes are not undone otherwise."""
    before = {name: getattr(row, name) for name in values}
    turn.work.change(row, **values)
    if not type(row).kept:
        turn.work.changes.append((type(row).table().name, row.id, before, values))


def _remove(turn: Turn, row: Owned) -> None:
    turn.work.remove(row)
    if not type(row).kept:
        values = {name: row.__dict__[name] for name in type(row).model_fields}
        turn.work.changes.append((type(row).table().name, row.id, values, None))


def _fold_contacts(turn: Turn, keep: int, came: set[int]) -> None:
    """A person who was at both is one person."""
    mine = [c for c in turn.work.customers.contacts(keep) if c.id not in came]
    for contact in [c for c in turn.work.customers.contacts(keep) if c.id in came]:
        same = next((c for c in mine if _same_person(c, contact)), None)
        if same is None:
            continue
        for kind in speaking_of("contact"):
            for row in turn.work.find(kind, contact=contact.id):
                _change(turn, row, contact=same.id)
        empty = {n: getattr(contact, n) for n in ("title", "phone", "email") if not getattr(same, n)}
        changed = turn.work.change(same, **empty)
        mine[mine.index(same)] = changed
        _remove(turn, contact)
        came.add(same.id)


def _same_person(one: Contact, other: Contact) -> bool:
    if normal(one.name) != normal(other.name):
        return False
    return all(not a or not b or a == b for a, b in ((one.phone, other.phone), (one.email, other.email)))


def _pairs(turn: Turn, keep: int, gone: int) -> list[Apart]:
    low, high = sorted((keep, gone))
    return turn.work.find(Apart, one=low, other=high)


def _filled(turn: Turn, keep: Customer, gone: Customer) -> Customer:
    """What the one did not know and the other did; a number that both had differently stays as a contact's."""
    values: dict[str, Any] = {n: getattr(gone, n) for n in _PLAIN if not getattr(keep, n) and getattr(gone, n)}
    spare = {}
    for name in ("phone", "email"):
        theirs, ours = getattr(gone, name), getattr(keep, name)
        if theirs and not ours:
            values[name] = theirs
        elif theirs and theirs.casefold() != ours.casefold() and not _known(turn, keep, name, theirs):
            spare[name] = theirs
    if spare:
        turn.work.customers.add_contact(keep, gone.name, **spare)
    for name in ("last_touch", "last_in", "last_out"):
        known = [at for at in (getattr(keep, name), getattr(gone, name)) if at]
        if known:
            values[name] = max(known)
    values["created"] = min(keep.created, gone.created)
    values["value"] = keep.value + gone.value
    if gone.stopped and keep.stopped != "all":
        values["stopped"] = "all" if "all" in (gone.stopped, keep.stopped) else gone.stopped
    return turn.work.change(keep, **values)


def _known(turn: Turn, keep: Customer, name: str, value: str) -> bool:
    return any(getattr(c, name).casefold() == value.casefold() for c in turn.work.customers.contacts(keep.id))
