"""What other topics may want to know of activities."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActivityLogged:
    """Something was done with a customer and written down."""

    activity: int
    customer: int
    kind: str
    status: str
