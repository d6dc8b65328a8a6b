"""What time alone triggers: a question put to a room is closed."""

from __future__ import annotations

from flows.research.actions import CLOSE, close
from flows.router import timer
from flows.turn import Turn
from store.models import RoomQuestion


@timer(CLOSE)
def over(turn: Turn, subject: str) -> None:
    if row := turn.work.get(RoomQuestion, int(subject)):
        close(turn, row)
