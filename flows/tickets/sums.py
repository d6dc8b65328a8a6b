"""How long a ticket stayed where: pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol


class Stretch(Protocol):
    """A stretch of time in one step; the last one has no end yet."""

    @property
    def step(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...


def lasted(stay: Stretch, now: datetime | None) -> timedelta | None:
    """How long; None for the last stretch of a ticket that is done (`now` None)."""
    end = stay.until or now
    return max(end - stay.since, timedelta()) if end else None


def by_step(stays: Sequence[Stretch], now: datetime | None) -> dict[tuple[str, str], timedelta]:
    """The time in each step and state, in the order in which they were first entered."""
    found: dict[tuple[str, str], timedelta] = {}
    for stay in stays:
        key = stay.step, stay.state
        found[key] = found.get(key, timedelta()) + (lasted(stay, now) or timedelta())
    return found
