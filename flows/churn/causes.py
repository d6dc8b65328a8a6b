"""Why more customers go than before: a group is named only when chance can hardly have made it. Pure.

Each group's losses are split between now and before as all others' are, if there is nothing special about it; how far
it is from that is Fisher's exact test, with the time that each group was there as weights. The level is divided by the
number of groups that are looked at, so that the chance of naming anything at all wrongly stays below one in twenty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, lgamma, log

SURE = 0.05
LEAST_LOST, LEAST_THERE = 3, 5
TIMES = 1.5
"""A group that is named loses at least so many times what was to be expected of it."""
MOST_CAUSES = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One customer: how long they were there now and before (in periods), whether they left, and what they are."""

    there_now: float
    there_before: float
    left_now: bool
    left_before: bool
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rate:
    """Losses beside the time customers were there, now and before."""

    lost: int
    there: float
    lost_before: int
    there_before: float

    @property
    def now(self) -> float:
        return self.lost / self.there if self.there else 0.0

    @property
    def before(self) -> float:
        return self.lost_before / self.there_before if self.there_before else 0.0


@dataclass(frozen=True, slots=True)
class Cause:
    """A group that loses more than its share of the rise."""

    dimension: str
    value: str
    rate: Rate
    others: Rate
    chance: float


def rate(cases: Sequence[Case]) -> Rate:
    """Of all of them together."""
    return Rate(
        sum(case.left_now for case in cases),
        sum(case.there_now for case in cases),
        sum(case.left_before for case in cases),
        sum(case.there_before for case in cases),
    )


def by_group(cases: Sequence[Case], dimension: str) -> dict[str, Rate]:
    """Each value of a dimension with its rate, the one that loses most first."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        if value := case.groups.get(dimension, ""):
            found.setdefault(value, []).append(case)
    rates = {value: rate(some) for value, some in found.items()}
    return dict(sorted(rates.items(), key=lambda item: (-item[1].lost, -item[1].now, item[0])))


def causes(cases: Sequence[Case], dimensions: Sequence[str]) -> list[Cause]:
    """Groups behind a rise, the surest first; each next one is looked for among those whom it does not explain."""
    found: list[Cause] = []
    left = list(cases)
    while len(found) < MOST_CAUSES and (cause := _surest(left, dimensions)):
        found.append(cause)
        left = [case for case in left if case.groups.get(cause.dimension) != cause.value]
    return found


def _surest(cases: Sequence[Case], dimensions: Sequence[str]) -> Cause | None:
    """The group that chance explains least, if it passes for all that were looked at."""
    tested = list(_tested(cases, dimensions))
    if not tested:
        return None
    best = min(tested, key=lambda cause: (cause.chance, cause.dimension, cause.value))
    return best if best.chance * len(tested) <= SURE and _rises(best) else None


def _tested(cases: Sequence[Case], dimensions: Sequence[str]) -> Iterator[Cause]:
    whole = rate(cases)
    for dimension in dimensions:
        for value, theirs in by_group(cases, dimension).items():
            others = Rate(
                whole.lost - theirs.lost,
                whole.there - theirs.there,
                whole.lost_before - theirs.lost_before,
                whole.there_before - theirs.there_before,
            )
            if (
                theirs.there >= LEAST_THERE
                and others.there >= LEAST_THERE
                and theirs.there_before
                and others.there_before
            ):
                yield Cause(dimension, value, theirs, others, _chance(theirs, others))


def _rises(cause: Cause) -> bool:
    theirs = cause.rate
    expected = max(theirs.before, cause.others.now) * theirs.there
    return theirs.lost >= LEAST_LOST and theirs.lost >= TIMES * expected


def _chance(theirs: Rate, others: Rate) -> float:
    """How likely it is that so many of the losses now, or more, are theirs, if their share is as it was before."""
    mine, rest = theirs.lost + theirs.lost_before, others.lost + others.lost_before
    now = theirs.lost + others.lost
    weight = log(theirs.there / theirs.there_before) - log(others.there / others.there_before)
    low, high = max(0, now - rest), min(mine, now)
    terms = {x: _choose(mine, x) + _choose(rest, now - x) + x * weight for x in range(low, high + 1)}
    top = max(terms.values(), default=-inf)
    whole = sum(exp(term - top) for term in terms.values())
    tail = sum(exp(term - top) for x, term in terms.items() if x >= theirs.lost)
    return tail / whole if whole else 1.0


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
