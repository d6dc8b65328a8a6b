"""Raising alerts from facts."""

from __future__ import annotations

from flows.surveys.facts import ScoreGiven
from flows.turn import Turn


def on_score(turn: Turn, fact: ScoreGiven) -> None:
    """A low score alerts the team."""
