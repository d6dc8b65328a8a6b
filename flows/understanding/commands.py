"""The same readers for the arguments of commands: the first time, amount, number or rule in some words."""

from collections.abc import Sequence
from typing import Literal

from flows.understanding import contacts, money
from flows.understanding.context import Context, Mood
from flows.understanding.facts import Contact, Money, Place, Time
from flows.understanding.moods import Moods
from flows.understanding.text import Text, prepare
from flows.understanding.times.reading import Seen, inclusive_end, read_all

_MOODS: dict[str, Mood] = {"future": "future", "past": "past", "any": "none"}


def read_time(text: str, context: Context, expect: Literal["future", "past", "any"] = "future") -> Time | None:
    """The first time said, its `span` telling where, so that the rest can be taken as text."""
    line, seen = _seen(text, context, _MOODS[expect])
    return _fact(line, seen[0]) if seen else None


def read_recurrence(text: str, context: Context) -> Time | None:
    """The first time that comes again, with its `rrule`."""
    line, seen = _seen(text, context, "future")
    return next((_fact(line, one) for one in seen if one.placed.rrule), None)


def read_money(text: str, context: Context) -> Money | None:
    line = prepare(text)
    found = money.read_sums(line, context, bytearray(len(line.low)))
    return found[0] if found else None


def read_phone(text: str, context: Context) -> Contact | None:
    found = contacts.phones(prepare(text), context)
    return found[0] if found else None


def _seen(text: str, context: Context, mood: Mood) -> tuple[Text, Sequence[Seen]]:
    line = prepare(text)
    return line, read_all(line, context, Moods(line), mood=mood)


def _fact(line: Text, one: Seen) -> Time:
    placed = one.placed
    role: Literal["due", "reminder"] = "due" if one.bound in ("before", "within") else "reminder"
    start, end = placed.start, placed.end
    if one.joined.day and {"edge", "end"} <= one.joined.day.marks:
        start, end = inclusive_end(placed), None
    place = Place(line.at(one.start), line.at(one.end), "time: " + " + ".join(one.joined.rules), 0.9)
    return Time(
        line.said(one.start, one.end), start, end, placed.grain, role, place, placed.rrule, placed.at, one.bound
    )
