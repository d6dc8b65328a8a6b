"""What is typed after a button: the note, the cause; and what became of what the customer was told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Answered, Said
from flows.router import EDITORS, answered, dialog
from flows.tickets import actions, closing, handling, loop
from flows.tickets.reading import minutes_in
from flows.turn import Turn


@dialog("ticket", for_=EDITORS, wants="reason")
def typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """One thing, and the talk is over."""
    turn.remember(None)
    ticket = actions.found(turn, int(state["ticket"]))
    if state["step"] == "cause":
        return handling.do(turn, ticket, "cause", said.text)
    return handling.noted(turn, ticket, said.text, minutes=minutes_in(said.text))


@answered(loop.TOLD)
def told(turn: Turn, answered: Answered) -> None:
    """Only what arrived has told the customer anything."""
    ticket = turn.work.desk.get(int(answered.tell.partition(":")[2]))
    if ticket is not None and answered.outcome == "sent" and ticket.state in ("solved", "closed"):
        closing.told(turn, ticket)
