"""When something is wrong with the service itself; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

from bot.core.messages import Urgency
from store.wellbeing import Wellbeing

PATIENCE: Mapping[int, float] = {Urgency.ANSWER: 120.0, Urgency.REMINDER: 300.0, Urgency.ALERT: 600.0}
"""Seconds that a message of a lane may wait before somebody is told; a campaign takes what time it takes."""
LATE = 300.0
"""Seconds that what is due may be late."""


def troubles(found: Wellbeing) -> set[str]:
    """What is wrong, by a name that stays the same while it lasts: queue:ACCOUNT, parked, late, jobs."""
    waits = {q.account for q in found.queues if found.age(q) > PATIENCE.get(q.lane, inf)}
    others = {"parked": found.parked, "late": found.late > LATE, "jobs": found.jobs}
    return {f"queue:{account}" for account in waits} | {name for name, wrong in others.items() if wrong}


def stuck(wrong: Iterable[str]) -> frozenset[str]:
    """Accounts through which nobody can be told anything now."""
    return frozenset(name.partition(":")[2] for name in wrong if name.startswith("queue:"))
