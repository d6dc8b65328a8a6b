"""What time alone triggers: a threshold of a clock."""

from __future__ import annotations

from flows.clocks.actions import TIMER
from flows.clocks.escalation import wake
from flows.router import timer
from flows.turn import Turn
from store.models import SlaClock


@timer(TIMER)
def threshold(turn: Turn, subject: str) -> None:
    if (clock := turn.work.get(SlaClock, int(subject))) is not None:
        wake(turn, clock)
