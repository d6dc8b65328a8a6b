"""What other topics may want to know of customers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomerTouched:
    """Somebody had to do with the customer, on whatever channel: `inbound` when the customer began."""

    customer: int
    inbound: bool


@dataclass(frozen=True, slots=True)
class CustomerWrote:
    """A customer's own words were filed in the history; `conversation` is the chat in which they can be answered."""

    activity: int
    customer: int
    conversation: int


@dataclass(frozen=True, slots=True)
class CustomerRewrote:
    """A customer changed what they had written, or took it back (`deleted`)."""

    activity: int
    deleted: bool
