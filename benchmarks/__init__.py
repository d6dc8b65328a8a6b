"""Speed beside a peer in the same run: ratios hold where absolute rates do not.

A module `pN_name.py` here has `measure(quick) -> Sequence[Target]`; `python -m benchmarks` finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the table: what we reach, what a peer reaches, and how their ratio should be."""

    id: str
    what: str
    ours: float
    peer: float
    ratio: float
    target: float
    unit: str
    better: Literal["more", "less"] = "more"
    rounds: int = 0
    peers: str = ""
    """Who the peer is."""

    @property
    def reached(self) -> bool:
        return self.ratio >= self.target if self.better == "more" else self.ratio <= self.target


def rounds(quick: bool) -> int:
    """How often each side is measured."""
    return 3 if quick else 5


def compare(
    id: str,
    what: str,
    *,
    ours: Callable[[], float],
    peer: Callable[[], float],
    target: float,
    unit: str,
    quick: bool,
    better: Literal["more", "less"] = "more",
    peers: str = "",
) -> Target:
    """Measures both sides in turn, so that a slow moment of the machine meets both; medians of the rounds."""
    pairs = [(ours(), peer()) for _ in range(rounds(quick))]
    return Target(
        id=id,
        what=what,
        ours=median(mine for mine, _ in pairs),
        peer=median(theirs for _, theirs in pairs),
        ratio=median(mine / theirs for mine, theirs in pairs),
        target=target,
        unit=unit,
        better=better,
        rounds=len(pairs),
        peers=peers,
    )
