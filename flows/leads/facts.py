"""What other topics may want to know of leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeadTaken:
    """Somebody has accepted a lead: the customer is theirs, and what they asked for with it."""

    customer: int
    member: int
