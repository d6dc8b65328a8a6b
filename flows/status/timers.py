"""Looking what came of what an owner had done again."""

from __future__ import annotations

from flows.router import timer
from flows.status.following import REPLAYED, RESENT, looked
from flows.turn import Turn


@timer(REPLAYED)
def replayed(turn: Turn, subject: str) -> None:
    looked(turn, REPLAYED, subject)


@timer(RESENT)
def resent(turn: Turn, subject: str) -> None:
    looked(turn, RESENT, subject)
