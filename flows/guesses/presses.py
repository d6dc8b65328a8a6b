"""What was offered where a line was not understood."""

from __future__ import annotations

from typing import Any

from flows.arrival import refusal
from flows.asking import run
from flows.replies import settled
from flows.router import COMMANDS, MEMBERS, press
from flows.turn import Turn


@press("guess", for_=MEMBERS)
def guessed(turn: Turn, name: str) -> Any:
    """The command that was probably meant."""
    route = COMMANDS.get(name)
    return (refusal(turn, route) or run(turn, route, "")) if route else settled()
