"""The buttons of a round: pause, go on, end it."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.router import EDITORS, MANAGERS, press
from flows.surveys import rounds
from flows.turn import Turn
from store.models import Round


@press("round-pause", for_=EDITORS)
def pause(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.pause)


@press("round-on", for_=EDITORS)
def go_on(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.resume)


@press("round-end", for_=EDITORS)
def end(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.cancel)


def _done(turn: Turn, id: int, act: Callable[[Turn, Round], Round]) -> Reply:
    """Whoever began it, and managers; the card says how it stands now."""
    found = turn.work.get(Round, id)
    me = turn.me()
    if found is None or (found.by != me.id and me.role not in MANAGERS):
        return Reply(_("Only who began it, or a manager, can do that."), toast=True)
    return rounds.progress(turn, act(turn, found))
