"""Who reacts to which fact, and in which order: the one place that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows.activities.facts import ActivityLogged
from flows.files.facts import FileHere
from flows.surveys.facts import ScoreGiven
from flows.turn import Turn


def _ask_for_a_score(turn: Turn, fact: ActivityLogged) -> None:
    from flows.surveys.actions import plan_after

    plan_after(turn, fact)


def _pass_a_file_on(turn: Turn, fact: FileHere) -> None:
    from flows.files.actions import pass_on_what_is_here

    pass_on_what_is_here(turn, fact)


def _raise_alert(turn: Turn, fact: ScoreGiven) -> None:
    from flows.alerts.actions import on_score

    on_score(turn, fact)


REACTIONS: Mapping[type, tuple[Callable[[Turn, Any], None], ...]] = {
    ActivityLogged: (_ask_for_a_score,),
    FileHere: (_pass_a_file_on,),
    ScoreGiven: (_raise_alert,),
}


def react(turn: Turn, fact: Any) -> None:
    """Lets everybody react to whom the fact matters."""
    for reaction in REACTIONS.get(type(fact), ()):
        reaction(turn, fact)
