# ruff: noqa: E501 -- a rule is one line
"""Every rule's example is its test, and every rule is needed for its own example."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows.understanding import Context, cues, money, quantities
from flows.understanding.grammar import Book, Rule
from flows.understanding.moods import Moods
from flows.understanding.text import prepare
from flows.understanding.times import joining
from flows.understanding.times.pieces import after
from flows.understanding.times.placing import Placed
from flows.understanding.times.reading import read_all

WEDNESDAY = Context(datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
CUES = {
    "kinds": cues.KINDS, "planning": cues.PLANNING, "tasks": cues.TASKS, "reminders": cues.REMINDERS, "positive": cues.POSITIVE,
    "negative": cues.NEGATIVE, "risks": cues.RISKS, "stages": cues.STAGES,
}  # fmt: skip


def times(example: str, book: Book[Any]) -> list[tuple[str, str]]:
    text = prepare(example)
    return [(text.said(one.start, one.end), shown(one.placed)) for one in read_all(text, WEDNESDAY, Moods(text), book)]


def shown(placed: Placed) -> str:
    if placed.rrule:
        return placed.rrule
    start = written(placed.start, placed.grain)
    if placed.at:
        return f"{start}@{placed.at}"
    usual = after(placed.start, placed.grain) if placed.grain in ("week", "month", "quarter", "year") else None
    return start if placed.end in (None, usual) else f"{start}/{written(placed.end, placed.grain)}"


def written(moment: date | datetime, grain: str) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.strftime("%Y-%m-%dT%H:%M:%S" if grain == "second" else "%Y-%m-%dT%H:%M")


def sums(example: str, book: Book[Any]) -> list[tuple[str, str]]:
    text = prepare(example)
    found = money.read_sums(text, WEDNESDAY, bytearray(len(text.low) + 1), book)
    return [(one.text, amounts(one)) for one in found]


def amounts(one: Any) -> str:
    top = "" if one.amount_to is None else f"-{number(one.amount_to)}"
    return f"{number(one.amount)}{top} {one.currency or ''}".strip()


def number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def counts(example: str, book: Book[Any]) -> list[tuple[str, str]]:
    text = prepare(example)
    found = quantities.read(text, bytearray(len(text.low) + 1), book)
    return [(one.text, f"{number(one.value)} {one.unit}") for one in found]


def cue_values(example: str, book: Book[str]) -> list[tuple[str, str]]:
    return [(f"{one.start}-{one.end}", one.value) for one in cues.find(book, prepare(example))]


READERS = [("times", joining.RULES, times), ("money", money.RULES, sums), ("counts", quantities.RULES, counts)]
READERS += [(name, book, cue_values) for name, book in CUES.items()]


def every_rule() -> Iterator[Any]:
    for name, book, reader in READERS:
        for rule in book:
            yield pytest.param(book, reader, rule, id=f"{name}: {rule.example}")


@pytest.mark.parametrize(("book", "reader", "rule"), list(every_rule()))
def test_a_rule_reads_its_example(book: Book[Any], reader: Any, rule: Rule[Any]) -> None:
    values = [value for _, value in reader(rule.example, book)]
    assert rule.expected in (values if reader is cue_values else values[-1:])


@pytest.mark.parametrize(("book", "reader", "rule"), list(every_rule()))
def test_without_the_rule_its_example_fails(book: Book[Any], reader: Any, rule: Rule[Any]) -> None:
    assert reader(rule.example, book) != reader(rule.example, book.without(rule))


def test_there_are_many_examples() -> None:
    assert sum(len(book) for _, book, _ in READERS) > 400
