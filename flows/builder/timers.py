"""What time alone triggers: the next round of a survey by calendar."""

from __future__ import annotations

from flows.builder.calendar import TIMER, came
from flows.router import timer
from flows.turn import Turn


@timer(TIMER)
def next_round(turn: Turn, subject: str) -> None:
    came(turn, subject)
