"""What other topics may want to know of surveys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """A customer gave a score (or changed it), or added words to it."""

    invitation: int
    survey: str
    kind: str
    score: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class SurveyFinished:
    """Somebody has answered a survey to its end, or as far as they went before it closed; told once."""

    invitation: int
    survey: str
    kind: str


@dataclass(frozen=True, slots=True)
class AnswersWithdrawn:
    """What a member had written down for a customer was wrong: as if nobody had asked."""

    invitation: int
