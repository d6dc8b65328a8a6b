"""What other topics may want to know of reminders."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReminderOverdue:
    """Nobody has acted on a reminder for the time that the firm allows."""

    reminder: int
