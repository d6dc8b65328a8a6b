"""The night: a job lets go what is too old."""

from __future__ import annotations

from flows.jobs import begin
from flows.keeping.actions import NIGHTLY, kept, plan
from flows.router import timer
from flows.turn import Turn
from store.models import Job


@timer(NIGHTLY)
def night(turn: Turn, subject: str) -> None:
    """One job a night; the last one may be at it still."""
    if kept(turn) and not turn.work.find(Job, kind=NIGHTLY, state="open"):
        begin(turn, NIGHTLY)
    plan(turn)
