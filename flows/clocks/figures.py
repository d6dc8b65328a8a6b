"""How the desk did: counted from what happened and not from how things stand now, so that two reports agree. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import mean, median

WEEK = timedelta(days=7)
BACK = timedelta(days=7)
"""What is opened again within this time was not solved at the first contact."""
_NEVER = datetime.min.replace(tzinfo=UTC)
_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class First:
    """A first answer that reached a customer."""

    at: datetime
    minutes: float
    """Open minutes since the request came."""
    hit: bool
    member: int | None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a ticket, as far as counting needs it."""

    ticket: int
    state: str
    owner: int | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Answers:
    """Several first answers in numbers."""

    count: int
    median: int
    mean: int
    hit: int
    """Percent within the promised time."""


def answers(firsts: Sequence[First]) -> Answers | None:
    """None where nothing was answered."""
    if not firsts:
        return None
    minutes = [first.minutes for first in firsts]
    hit = round(100 * sum(first.hit for first in firsts) / len(firsts))
    return Answers(len(firsts), round(median(minutes)), round(mean(minutes)), hit)


def by_member(firsts: Sequence[First]) -> Mapping[int, Sequence[First]]:
    """Whose answers they were."""
    found: dict[int, list[First]] = defaultdict(list)
    for first in firsts:
        if first.member is not None:
            found[first.member].append(first)
    return found


def weeks(firsts: Sequence[First], until: datetime, count: int) -> list[tuple[datetime, Answers | None]]:
    """The stretches of seven days that end now, the oldest first, each with its beginning."""
    found = []
    for back in range(count, 0, -1):
        start = until - WEEK * back
        found.append((start, answers([first for first in firsts if start <= first.at < start + WEEK])))
    return found


def sparkline(values: Sequence[int | None]) -> str:
    """Numbers as bars of one line; where there was none, a dot."""
    there = [value for value in values if value is not None]
    top = max(there, default=0)
    return "".join(
        "·" if value is None else _BARS[min(len(_BARS) - 1, value * len(_BARS) // (top + 1)) if top else 0]
        for value in values
    )


def solved(phases: Sequence[Phase], since: datetime, until: datetime) -> Mapping[int, bool]:
    """Ticket → whether it stayed solved, of those whose first solution falls into the time."""
    found: dict[int, bool] = {}
    first: dict[int, datetime] = {}
    for phase in phases:
        if phase.state == "solved" and phase.ticket not in first:
            first[phase.ticket] = phase.since
        elif phase.state in ("open", "waiting") and phase.since - first.get(phase.ticket, _NEVER) <= BACK:
            found[phase.ticket] = False
    return {id: found.get(id, True) for id, at in first.items() if since <= at < until}


def path(phases: Sequence[Phase]) -> list[int]:
    """Those who had a ticket, one after the other."""
    owners: list[int] = []
    for phase in phases:
        if phase.owner is not None and (not owners or owners[-1] != phase.owner):
            owners.append(phase.owner)
    return owners


def by_ticket(phases: Sequence[Phase]) -> Mapping[int, Sequence[Phase]]:
    """Each ticket's stretches, in order."""
    found: dict[int, list[Phase]] = defaultdict(list)
    for phase in phases:
        found[phase.ticket].append(phase)
    return found


def counted(values: Sequence[str]) -> list[tuple[str, int]]:
    """How many of each, the most first."""
    return sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
