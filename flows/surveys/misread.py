"""What is said to an answer that was surely meant as one, and still is none: how the question can be answered. Pure."""

from __future__ import annotations

import re

from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.amounts import BRIEF, normal
from flows.dialog import in_language
from flows.steps import Step
from flows.surveys.wishes import meant_as_number

_DIGITS = re.compile(r"\d")
SHORT = 3


def misread(step: Step, said: str, language: str) -> Text | None:
    """None where it is no answer at all, but words to a person."""
    word = normal(said)
    if step.is_scale:
        return _scale(step) if meant_as_number(said) else None
    if step.kind == "number":
        return _("Please give a number, for example 12.") if _numberish(word) else None
    if step.kind == "date":
        return _("Please give a day, for example “next Friday” or 2026-04-01.") if _numberish(word) else None
    if step.kind in ("choice", "choices") and (len(word) <= SHORT or meant_as_number(said)):
        listed = [text(f"{n}. ", in_language(c.label, language)) for n, c in enumerate(step.choices, 1)]
        return lines(_("Please choose one of these, by its number or its words:"), *listed)
    return None


def _scale(step: Step) -> Text:
    low, high = step.ends
    example = str(high - 1)
    return _(
        "Please give a whole number from {low} to {high}, for example “{example}”.", low=low, high=high, example=example
    )


def _numberish(word: str) -> bool:
    return len(word) <= BRIEF and bool(_DIGITS.search(word))
