"""What other topics may want to know of promises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """A member has promised something to a customer."""

    promise: int


@dataclass(frozen=True, slots=True)
class PromiseClosed:
    """A promise was kept, broken or withdrawn."""

    promise: int
    state: str
