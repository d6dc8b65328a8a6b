"""What is whose: what the tables keep of a member, and what of a customer is theirs to take along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.models import (
    Activity,
    Alias,
    Audit,
    Contact,
    Customer,
    Given,
    Identity,
    Invitation,
    Listing,
    Member,
    Mute,
    Owned,
    Preference,
    Promise,
    Purchase,
    Quote,
    Reminder,
    Report,
    StoredFile,
)
from store.work import Work


@dataclass(frozen=True, slots=True)
class Mine:
    """What is counted of a member."""

    platforms: tuple[str, ...]
    logs: int
    reminders: int
    promises: int
    reports: int


def about_me(work: Work, me: Member) -> Mine:
    """In numbers; the file has the rows."""
    platforms = dict.fromkeys(row.platform for row in work.find(Identity, member=me.id))
    return Mine(
        tuple(platforms),
        len(work.find(Activity, member=me.id)),
        len(work.find(Reminder, member=me.id)),
        len(work.find(Promise, member=me.id)),
        len(work.find(Report, member=me.id)),
    )


def who_looked(work: Work, me: Member) -> list[tuple[str, datetime]]:
    """Colleagues who looked at what this member did, the last first."""
    found = work.find(Audit, action="looked", subject=f"member:{me.id}")
    names = {f"member:{member.id}": member.name for member in work.find(Member)}
    return [(names.get(row.actor, row.actor), row.at) for row in reversed(found)]


OF_MEMBER: Mapping[type[Owned], tuple[str, ...]] = {
    Identity: ("platform", "account", "person", "name"),
    Activity: ("kind", "status", "at", "text", "result", "logged"),
    Reminder: ("text", "wall", "zone", "rule", "state"),
    Promise: ("what", "due", "state"),
    Report: ("day", "text", "posted"),
    Alias: ("name", "made"),
    Listing: ("query", "at"),
    Mute: ("kind",),
}
"""Rows with the member's number, and what of them goes into the file."""
_MEMBER = ("name", "role", "team", "language", "zone", "quiet_from", "quiet_until", "brief_at", "joined")
_CUSTOMER = ("name", "phone", "email", "language", "zone", "stopped", "created")
_CONTACT = ("name", "title", "phone", "email", "created")

Rows = dict[str, list[dict[str, Any]]]


def of_member(work: Work, id: int) -> Rows:
    """Everything that is kept of a member."""
    me = work.get(Member, id)
    if me is None:
        return {}
    found: Rows = {"member": [_taken(me, _MEMBER)]}
    for kind, names in OF_MEMBER.items():
        found[kind.table().name] = [_taken(row, names) for row in work.find(kind, member=id)]
    looked = [{"who": who, "at": at.isoformat()} for who, at in who_looked(work, me)]
    return {name: rows for name, rows in {**found, "looked": looked}.items() if rows}


def of_customer(work: Work, id: int, contact: int | None) -> Rows:
    """What is a customer's own; a person at a firm gets what is theirs, and not their colleagues'.

    Never what we wrote down about them for ourselves: that goes out through a person, who looks at it first.
    """
    own: dict[str, Any] = {"customer": id, **({"contact": contact} if contact else {})}
    row, people = work.get(Customer, id), work.find(Contact, customer=id)
    found: Rows = {
        "customer": [_taken(row, _CUSTOMER)] if row and not contact else [],
        "contact": [_taken(one, _CONTACT) for one in people if contact in (None, one.id)],
        "chat app": [_taken(one, ("platform", "name")) for one in work.find(Identity, **own)],
        "message": [
            _taken(one, ("at", "channel", "text")) for one in work.find(Activity, **own) if one.direction == "in"
        ],
        "answer": _answers(work, own),
    }
    if not contact:
        found |= {
            "order": [
                _taken(one, ("kind", "number", "what", "amount", "currency", "at"))
                for one in work.find(Purchase, customer=id)
            ],
            "offer": [_taken(one, ("lines", "currency", "sent")) for one in work.find(Quote, customer=id) if one.sent],
            "preference": [_taken(one, ("name", "at")) for one in work.find(Preference, customer=id)],
            "file": [_taken(one, ("name", "at")) for one in work.find(StoredFile, customer=id) if one.conversation],
        }
    return {name: rows for name, rows in found.items() if rows}


def _answers(work: Work, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    invited = [row.id for row in work.find(Invitation, **own)]
    return [_taken(row, ("question", "value", "at")) for id in invited for row in work.find(Given, invitation=id)]


def _taken(row: Owned, names: tuple[str, ...]) -> dict[str, Any]:
    """As JSON says it; what is not known is left out."""
    values = {name: getattr(row, name) for name in names}
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    return {name: value for name, value in plain.items() if value not in (None, "", [])}
