"""What the answers mean: pure. Only answers are divided by; who skipped or never answered is in no divisor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

Counts = Mapping[int, int]
"""How often each value was given."""

Z = 1.959963984540054
"""Both ends of 95 % of a normal distribution."""
FEWEST = 5
"""A group of an anonymous survey with fewer people is not shown."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with the range in which it lies with 95 % confidence; `n` is the answers it rests on."""

    value: float
    low: float
    high: float
    n: int


def total(counts: Counts) -> int:
    return sum(counts.values())


def mean(counts: Counts) -> float:
    """0 of nothing."""
    n = total(counts)
    return sum(value * count for value, count in counts.items()) / n if n else 0.0


def nps(counts: Counts) -> Measure:
    """Promoters (9, 10) less detractors (0 to 6) in percent, -100 to 100.

    The range is the adjusted Wald one, with three answers more (¾ promoter, ¾ detractor): the plain one is nothing wide
    where all agree, however few they are. It always holds the score itself.
    """
    n = total(counts)
    promoters = sum(count for value, count in counts.items() if value >= 9)
    detractors = sum(count for value, count in counts.items() if value <= 6)
    if not n:
        return Measure(0.0, 0.0, 0.0, 0)
    up, down = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = Z * sqrt(max(0.0, up + down - (up - down) ** 2) / (n + 3))
    value, low, high = (100 * x for x in ((promoters - detractors) / n, up - down - half, up - down + half))
    return Measure(value, max(-100.0, min(low, value)), min(100.0, max(high, value)), n)


def share(part: int, whole: int) -> Measure:
    """A part in percent, with Wilson's range."""
    if not whole:
        return Measure(0.0, 0.0, 0.0, 0)
    p, z2 = part / whole, Z * Z
    centre = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z * sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return Measure(100 * p, 100 * max(0.0, centre - half), 100 * min(1.0, centre + half), whole)


def csat(counts: Counts) -> Measure:
    """Answers of 4 or 5 among 1 to 5, in percent."""
    return share(sum(count for value, count in counts.items() if value >= 4), total(counts))


def ces(counts: Counts) -> tuple[float, Measure]:
    """The mean of 1 to 7, and the share of 5 to 7."""
    return mean(counts), share(sum(count for value, count in counts.items() if value >= 5), total(counts))


def band(kind: str, score: int) -> str:
    """Whether somebody was glad, so-so or not, by the scale they were asked on."""
    low, high = {"nps": (6, 9), "ces": (3, 5)}.get(kind, (2, 4))
    return "low" if score <= low else "high" if score >= high else "middle"


def hidden(groups: Mapping[str, int], *, fewest: int = FEWEST) -> frozenset[str]:
    """The groups that must not be shown, so that no view less another one leaves fewer than `fewest` people.

    Those that are too small, and with them the smallest of the others until what is hidden is itself large enough.
    """
    small = {name for name, count in groups.items() if 0 < count < fewest}
    others = sorted((count, name) for name, count in groups.items() if count >= fewest)
    while small and sum(groups[name] for name in small) < fewest and others:
        small.add(others.pop(0)[1])
    return frozenset(small)
