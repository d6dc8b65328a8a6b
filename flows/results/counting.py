"""Counting answers: who went how far, what was said to each question, and the same for any part of the customers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flows.dialog import Dialog, State, holds
from store.results import Asked

Answers = Mapping[int, Mapping[str, Any]]
"""Invitation → question → value."""


@dataclass(slots=True)
class Question:
    """What became of one question: to how many it was put, who answered what, and who left there."""

    name: str
    asked: int = 0
    answered: int = 0
    left: int = 0
    values: Counter[Any] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """`sent`, `started` (an answer at least) and `finished` people; scores are those of the main question."""

    sent: int = 0
    started: int = 0
    finished: int = 0
    scores: Counter[int] = field(default_factory=Counter)
    questions: dict[str, Question] = field(default_factory=dict)


def tally(dialog: Dialog, rows: Sequence[Asked], answers: Answers) -> Tally:
    """The numbers of one survey."""
    found = Tally(questions={step.name: Question(step.name) for step in dialog.steps})
    for row in rows:
        given = answers.get(row.id, {})
        found.sent += 1
        found.started += bool(given)
        found.finished += row.state == "finished"
        if row.score is not None:
            found.scores[row.score] += 1
        _walk(dialog, row, given, found.questions)
    return found


def _walk(dialog: Dialog, row: Asked, given: Mapping[str, Any], questions: Mapping[str, Question]) -> None:
    """Through the questions as this person met them; who did not finish left at the first one without an answer."""
    state = State(dialog.name, dialog.version, "", dict(given), {})
    met = [step for step in dialog.steps if step.name in given or holds(step, state)]
    last = max((at for at, step in enumerate(met) if step.name in given), default=-1)
    over = row.state in ("finished", "skipped")
    for at, step in enumerate(met):
        question = questions[step.name]
        if step.name in given:
            question.asked += 1
            question.answered += 1
            _count(question, given[step.name])
        elif at <= last or over:
            question.asked += 1
        elif at == last + 1:
            question.asked += 1
            question.left += bool(given)


def _count(question: Question, value: Any) -> None:
    for one in value if isinstance(value, list | tuple) else [value]:
        question.values[one] += 1


def parts(rows: Sequence[Asked], by: Callable[[Asked], str]) -> dict[str, list[Asked]]:
    """The rows by what they have in common, the largest part first."""
    found: defaultdict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        found[by(row)].append(row)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def scores(rows: Sequence[Asked]) -> Counter[int]:
    """How often each score was given."""
    return Counter(row.score for row in rows if row.score is not None)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a trend, with what was answered in it."""

    start: datetime
    scores: Counter[int]


def trend(rows: Sequence[Asked], now: datetime, zone: ZoneInfo, *, days: int, count: int) -> list[Span]:
    """The last stretches of so many days up to now, the oldest first; each answer where it was finished."""
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    starts = [today - timedelta(days=days * (count - at)) for at in range(count)]
    found: list[Counter[int]] = [Counter() for _ in starts]
    for row in rows:
        at = row.finished or row.sent
        place = next((n for n in reversed(range(count)) if at >= starts[n]), None)
        if row.score is not None and place is not None:
            found[place][row.score] += 1
    return [Span(start, counts) for start, counts in zip(starts, found, strict=True)]
