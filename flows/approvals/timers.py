"""The time for a decision runs out."""

from __future__ import annotations

from flows.approvals.actions import TIMER, remind_others
from flows.router import timer
from flows.turn import Turn


@timer(TIMER)
def ran_out(turn: Turn, subject: str) -> None:
    """Somebody else is asked as well."""
    remind_others(turn, int(subject))
