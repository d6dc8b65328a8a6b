"""Who gets a request: pure, over plain values of the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Why = Literal["rule", "owner", "deputy", "vip", "skill", "load"]


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as giving out work needs it."""

    id: int
    role: str = "rep"
    here: bool = True
    """On duty, and within working hours."""
    load: int = 0
    """Open requests."""
    limit: int = 0
    """0: as many as come."""
    skills: frozenset[str] = frozenset()
    senior: bool = False
    """Looks after VIPs by name."""
    last: int = 0
    """Grows with every request given; who had the last one waits longest."""

    @property
    def free(self) -> bool:
        """Whether one more may come."""
        return self.here and (not self.limit or self.load < self.limit)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request asks for."""

    ruled: Sequence[int] = ()
    """Those whom a rule names, or who stand in for them."""
    owner: int | None = None
    """Who looks after the customer."""
    deputy: int | None = None
    """Who stands in for that person, who is off."""
    needs: frozenset[str] = frozenset()
    """Kind, language and tags, as skills are called."""
    vip: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets it, and why."""

    member: int
    why: Why


def choose(wish: Wish, people: Mapping[int, Person], without: frozenset[int] = frozenset()) -> Choice | None:
    """By rule, then who looks after the customer or stands in, then by skill, then by load; None: it waits.

    A VIP goes before all to those who look after VIPs, where somebody is named for it, else to managers when the owner
    can't.
    """
    free = {person.id: person for person in people.values() if person.free and person.id not in without}
    if found := _least([free[id] for id in wish.ruled if id in free]):
        return Choice(found.id, "rule")
    seniors = [person for person in free.values() if person.senior]
    if wish.vip and seniors and not (wish.owner in free and free[wish.owner].senior):
        return Choice(_first(seniors).id, "vip")
    if wish.owner in free:
        return Choice(free[wish.owner].id, "owner")
    if wish.deputy in free:
        return Choice(free[wish.deputy].id, "deputy")
    managers = [person for person in free.values() if person.role == "manager"]
    if wish.vip and managers:
        return Choice(_first(managers).id, "vip")
    return _by_skill_or_load(wish, free, people)


def _by_skill_or_load(wish: Wish, free: Mapping[int, Person], people: Mapping[int, Person]) -> Choice | None:
    most = max((len(person.skills & wish.needs) for person in free.values()), default=0)
    if most:
        return Choice(_first([p for p in free.values() if len(p.skills & wish.needs) == most]).id, "skill")
    reps = any(person.role == "rep" for person in people.values())
    found = _least([person for person in free.values() if person.role == "rep" or not reps])
    return Choice(found.id, "load") if found else None


def _least(people: Sequence[Person]) -> Person | None:
    """Who has the fewest, then whose turn it is."""
    return min(people, key=lambda person: (person.load, person.last, person.id)) if people else None


def _first(people: Sequence[Person]) -> Person:
    found = _least(people)
    assert found is not None  # noqa: S101 - asked for one of several
    return found
