"""What the language model answers."""

from __future__ import annotations

from bot.core.messages import Answered
from flows.hints.actions import show, take_over
from flows.router import answered
from flows.turn import Turn
from store.models import Activity, Member


@answered("model")
def suggested(turn: Turn, what: Answered) -> None:
    """A refusal is no news for anybody: the log stands as our own reading made it."""
    activity = turn.work.get(Activity, int(what.tell.partition(":")[2]))
    if activity is None or what.outcome != "sent" or activity.member is None:
        return
    turn.member = turn.work.get(Member, activity.member)
    logged = take_over(turn, activity, what.message) if turn.member else None
    if logged is not None:
        show(turn, logged)
