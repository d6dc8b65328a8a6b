"""How long a customer who does not answer is left in peace: the more silence, the longer. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

PATIENT = 3
"""So many messages of ours without any answer, and the next one comes later, another way, with something else."""
PAUSES = ((9, timedelta(days=180)), (6, timedelta(days=90)), (PATIENT, timedelta(days=30)))


def pause_after(unanswered: int) -> timedelta:
    """How long nothing goes out by itself after the last of so many."""
    return next((pause for count, pause in PAUSES if unanswered >= count), timedelta(0))


def rests_until(unanswered: int, last: datetime | None) -> datetime | None:
    """Until when a customer is left in peace; None when they answer."""
    pause = pause_after(unanswered)
    return last + pause if last is not None and pause else None
