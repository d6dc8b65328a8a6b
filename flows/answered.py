# ruff: noqa: E501 -- a rule is one line
"""What is said while a command asks for an argument: its answer, one of the choices, or something of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flows.activities.lines import understood
from flows.activities.rules import names
from flows.arguments import READERS, Colleague, Found, Missing, Rest, Unreadable, When
from flows.asides import asks, is_order, is_other, is_reminder, is_whole_reminder, without_filling
from flows.customers.names import may_be_a_name
from flows.router import Parameter, Route
from flows.turn import Turn
from store.models import Customer, Member

NAMES = (Customer, Member, Colleague)
"""Kinds of arguments that are somebody's name."""


def read(turn: Turn, parameter: Parameter, state: Mapping[str, Any], words: str) -> Any:
    """What the argument's own reader makes of it; of several choices also "the one in Leeds"."""
    one = _THE_ONE.fullmatch(words) if state.get("choices") else None
    outcome = READERS[parameter.kind](turn, (one["at"] or one["of"]) if one else words)
    if parameter.kind is When and isinstance(outcome, Found) and not without_filling(outcome.rest):
        return replace(outcome, rest="")  # "this afternoon or so"
    return outcome


def is_whole(turn: Turn, parameter: Parameter, outcome: Any, words: str) -> bool:
    """The words say the name or the time that was asked for, and nothing else."""
    if parameter.kind is Rest or not isinstance(outcome, Found) or outcome.rest:
        return False
    return parameter.kind is not When or not is_order(turn, words)


def is_no_answer(turn: Turn, state: Mapping[str, Any], parameter: Parameter, outcome: Any, words: str) -> bool:
    """Something else was said: a log, a question, a sentence where a name was asked for, or about somebody else."""
    if parameter.kind is Rest:
        return parameter.name == "facts" and is_other(turn, words)
    if is_other(turn, words) or (not isinstance(outcome, Found) and asks(turn, words)):
        return True
    if parameter.kind in NAMES and isinstance(outcome, Unreadable) and _is_sentence(words):
        return True
    return bool(state["typed"]) and _begins_anew(turn, parameter, outcome, words)


_PLACES = ("first 1st one 1", "second 2nd two 2 other", "third 3rd three 3", "fourth 4th four 4", "fifth 5th five 5")
_CHOICE = re.compile(
    r"\s*(?:no,? )?(?:the |number |no\.? ?|option |#)?(?P<which>[a-z\d]+)(?: one| option)?[.!, ]*(?:please|pls)?\s*|\s*第(?P<zh>[一二三四五])[个家位]?[。！ ]*",
    re.IGNORECASE,
)


_THE_ONE = re.compile(
    r"(?:no,? )?(?:the )?(?:one (?:at|from|of|in|with) (?P<at>.+?)|(?P<of>.+?) one)[.! ]*", re.IGNORECASE
)


def chosen_of(choices: Sequence[int], words: str) -> int | None:
    """ "The second one", of those that were shown; None where the words name no place among them."""
    match = _CHOICE.fullmatch(words) if choices else None
    if match is None:
        return None
    which = (match["which"] or "").casefold()
    if which == "last":
        return choices[-1]
    place = "一二三四五".find(match["zh"]) if match["zh"] else -1
    place = next((n for n, several in enumerate(_PLACES) if which in several.split()), place)
    return choices[place] if 0 <= place < len(choices) else None


def is_reminder_anew(turn: Turn, route: Route, parameter: Parameter, words: str) -> bool:
    """A reminder of its own, where a name was asked for; where a time was, one about somebody who is named."""
    if parameter.kind is Rest:
        return route.name == "remind" and is_reminder(turn, words)
    if turn.member is None or not is_whole_reminder(turn, words):
        return False
    return parameter.kind is not When or bool(names(understood(turn, words, turn.at)))


def _begins_anew(turn: Turn, parameter: Parameter, outcome: Any, words: str) -> bool:
    """Something about a customer, where a time was asked for; a promise of its own, where a customer was."""
    if parameter.kind is When and isinstance(outcome, Missing | Found):
        reading = understood(turn, words, turn.at)
        known = [one.mention for one in names(reading) if one.id is not None]
        more, few = (outcome.rest, 8) if isinstance(outcome, Found) else (words.strip(), 2)
        return is_order(turn, words) or any(len(more) > len(one) + few for one in known)
    if parameter.kind is Customer and isinstance(outcome, Found) and outcome.rest:
        return _PROMISES.search(words) is not None
    return False


_PROMISES = re.compile(r"\bpromised?\b|答应|承诺", re.IGNORECASE)


def _is_sentence(words: str) -> bool:
    """No name that was mistyped: more words than a name has, or one that only a sentence has."""
    return not may_be_a_name(words.strip()) or _PRONOUN.search(words) is not None


_PRONOUN = re.compile(
    r"\b(?:i|i['’]?m|me|my|we|us|our|you|it|them|him|her|that|don['’]?t|what['’]?s|who['’]?s)\b", re.IGNORECASE
)
