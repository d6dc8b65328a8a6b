"""What other topics may want to know of deals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DealMoved:
    """A deal came into a stage; `state` is open, won or lost."""

    deal: int
    customer: int
    state: str
