"""What other topics may want to know of clocks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClockLate:
    """A promised time has passed and nothing came: a row of `SlaClock`."""

    clock: int


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """What a clock waited for has happened, in time or not, or will not any more."""

    clock: int
