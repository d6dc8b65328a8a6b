"""A campaign goes on."""

from __future__ import annotations

from flows.campaigns.actions import TIMER
from flows.campaigns.sending import top_up
from flows.router import timer
from flows.turn import Turn


@timer(TIMER)
def go_on(turn: Turn, subject: str) -> None:
    top_up(turn, int(subject))
