"""What other topics may want to know of where a customer stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepReached:
    """A sale has come to another step: a row of `Standing`."""

    standing: int
