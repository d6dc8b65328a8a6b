"""Who is there: duty, hours, load, skills, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flows.clocks.calendars import Calendars
from flows.clocks.rules import is_open, next_open
from flows.router import EDITORS
from flows.routing.conditions import SENIOR
from flows.routing.rules import Person
from flows.turn import Turn
from store.models import Member

_CHAIN = 5
"""So many deputies of deputies are asked."""


def is_on(turn: Turn, member: Member) -> bool:
    """With us, and not away."""
    back = member.back is not None and member.back <= turn.now
    return member.state == "active" and (member.duty == "on" or back)


def stand_in(turn: Turn, member: Member) -> Member | None:
    """The member while on duty, else the first of their deputies who is."""
    seen: set[int] = set()
    found: Member | None = member
    for _ in range(_CHAIN):
        if found is None or found.id in seen:
            return None
        if is_on(turn, found):
            return found
        seen.add(found.id)
        found = turn.work.get(Member, found.deputy) if found.deputy else None
    return None


def limit_of(turn: Turn, member: Member) -> int:
    """Open requests at one time; 0: as many as come."""
    return member.at_most or int(turn.workspace.settings.get("load", 0))


def people(turn: Turn) -> Mapping[int, Person]:
    """Everybody who may have requests, as they are at this moment."""
    calendars, load, last = Calendars(turn), turn.work.desk.load(), turn.work.desk.last_given()
    found = {}
    for member in turn.work.people.members():
        if member.role in EDITORS:
            skills = frozenset(member.skills.split())
            found[member.id] = Person(
                id=member.id,
                role=member.role,
                here=is_on(turn, member) and is_open(calendars.of(member), turn.now),
                load=load.get(member.id, 0),
                limit=limit_of(turn, member),
                skills=skills,
                senior=SENIOR in skills,
                last=last.get(member.id, 0),
            )
    return found


def somebody_comes(turn: Turn) -> datetime | None:
    """When the next hours of anybody who is on duty begin; None when nobody's do."""
    calendars = Calendars(turn)
    found = []
    for member in turn.work.people.members():
        if member.role in EDITORS and is_on(turn, member) and not is_open(calendars.of(member), turn.now):
            opens = next_open(calendars.of(member), turn.now)
            found += [opens] if opens is not None else []
    return min(found, default=None)
