"""A day that is told in passing, within a line that is a log: both are kept."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.core.messages import Reply
from bot.core.text import lines
from flows.activities.lines import contact_of, meant, understood
from flows.activities.writing import draft, settle
from flows.care import cards
from flows.care.occasions import keep, month_first, whose
from flows.care.sentences import within
from flows.router import NOT_MINE
from flows.turn import Turn
from flows.understanding import Reading

_PRONOUN = re.compile(r"his|her|their|he|she|they|他|她|他们", re.IGNORECASE)


def is_told(turn: Turn, words: str) -> bool:
    """Whether the words also tell what happened with a customer: a log, whatever day is in it."""
    reading = understood(turn, words, turn.at)
    return reading.activity is not None and reading.activity.kind != "note" and bool(meant(turn, reading))


def beside(turn: Turn, words: str) -> Any:
    """The line is logged, and the day in it is kept; one undo takes both back. NOT_MINE where nobody has that day."""
    found = within(words, month_first=month_first(turn))
    if found is None:
        return NOT_MINE
    wanted, clause = found
    reading = understood(turn, words, turn.at)
    people, customers = whose(turn, wanted.of), meant(turn, reading)
    if _PRONOUN.fullmatch(wanted.of) and len(customers) == 1:
        contact = turn.work.customers.contact(contact_of(turn, reading, customers[0]) or 0)
        people = [(customers[0], contact)] if contact else []
    if len(people) != 1:
        return NOT_MINE
    kept = keep(turn, *people[0], wanted)
    outcome = settle(turn, _without(reading, clause), draft(turn, words, turn.at, turn.source))
    told = cards.occasion_line(turn, kept)
    return replace(outcome, text=lines(outcome.text, told)) if isinstance(outcome, Reply) else outcome


def _without(reading: Reading, clause: str) -> Reading:
    """What stands in the clause is kept for every year, and is no reminder of the log."""
    start = reading.text.find(clause)
    inside = range(start, start + len(clause)) if start >= 0 else ()
    return replace(reading, times=tuple(fact for fact in reading.times if fact.span[0] not in inside))
