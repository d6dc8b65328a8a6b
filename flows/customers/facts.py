"""What other topics may want to know of customers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomerTouched:
    """Somebody had to do with the customer, on whatever channel: `inbound` when the customer began."""

    customer: int
    inbound: bool
