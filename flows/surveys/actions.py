"""Publishing surveys, deciding whom to ask, and taking the answers."""

from __future__ import annotations

from flows.activities.facts import ActivityLogged
from flows.turn import Turn
from store.work import Work


def publish_ready_surveys(work: Work) -> None:
    """The surveys that a new firm starts with."""


def plan_after(turn: Turn, fact: ActivityLogged) -> None:
    """A survey may follow an activity by rule."""
