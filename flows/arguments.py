"""How a command's arguments are read from what was typed: one reader a type, so every command asks the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NewType

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.customers.names import recognise
from flows.turn import Turn
from store.models import Customer, Member
from store.search import Hit

Rest = NewType("Rest", str)
"""Everything that is left."""
Word = NewType("Word", str)
"""One word."""


@dataclass(frozen=True, slots=True)
class When:
    """A time as it was meant: the instant, and the wall time with a recurrence rule when it repeats."""

    due: datetime
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The value, and the text without it."""

    value: Any
    rest: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing there to read."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something is there, but it can't be read as this; `why` is a whole sentence, `rest` what stays of the draft."""

    why: Text
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """It fits more than one: (id, label) of each, the likeliest first."""

    choices: tuple[tuple[int, Text], ...]
    rest: str


Outcome = Found | Missing | Unreadable | Several
Reader = Callable[[Turn, str], Outcome]

_LONGEST_NAME = 8
"""Words of a customer's name that are tried at the beginning of a command."""
MANY = 5
"""Choices that fit under one message."""


def _rest(turn: Turn, text: str) -> Outcome:
    return Found(Rest(text.strip()), "") if text.strip() else Missing()


def _word(turn: Turn, text: str) -> Outcome:
    head, _space, tail = text.strip().partition(" ")
    return Found(Word(head), tail.strip()) if head else Missing()


def _number(turn: Turn, text: str) -> Outcome:
    head, _space, tail = text.strip().partition(" ")
    if not head:
        return Missing()
    digits = head.lstrip("#")
    if not digits.isdigit() or len(digits) > 9:
        return Unreadable(_("“{word}” is not a number.", word=head[:40]), tail.strip())
    return Found(int(digits), tail.strip())


def _member(turn: Turn, text: str) -> Outcome:
    wanted = text.strip().removeprefix("@")
    if not wanted:
        return Missing()
    names = sorted((member for member in turn.work.people.members()), key=lambda member: -len(member.name))
    same = [m for m in names if wanted.casefold().startswith(m.name.casefold())]
    if same and len(same[0].name) == len(same[-1].name) and len(same) > 1:
        return Several(tuple((m.id, _("{name}, {role}", name=m.name, role=m.role)) for m in same), "")
    if same:
        return Found(same[0], wanted[len(same[0].name) :].strip())
    first, _space, rest = wanted.partition(" ")
    return Unreadable(_("Nobody here is called “{name}”.", name=first[:40]), rest.strip())


def _customer(turn: Turn, text: str) -> Outcome:
    wanted = text.strip()
    if not wanted:
        return Missing()
    for head, rest in _heads(wanted):
        found = turn.work.search.named([head])
        if found:
            return _one_of(turn, found[head], rest)
    if known := recognise(turn, wanted):
        return _one_of(turn, known.hits, wanted[known.end :].strip() if known.start == 0 else wanted)
    for head, rest in _heads(wanted):
        if hits := turn.work.search.find(head, limit=MANY + 1):
            return _one_of(turn, hits, rest)
    return Unreadable(_("No customer fits “{name}”.", name=_shown(wanted)), wanted.partition(" ")[2].strip())


def _heads(text: str) -> Sequence[tuple[str, str]]:
    words = text.split()
    return [(" ".join(words[:n]), " ".join(words[n:])) for n in range(min(len(words), _LONGEST_NAME), 0, -1)]


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _one_of(turn: Turn, hits: Sequence[Hit], rest: str) -> Outcome:
    customers = turn.work.search.customers(hits)
    customers = [customer for customer in customers if customer.state == "active"]
    if len(customers) == 1:
        return Found(customers[0], rest)
    if not customers:
        return Missing()
    return Several(tuple((c.id, telling(turn, c)) for c in customers[:MANY]), rest)


def telling(turn: Turn, customer: Customer) -> Text:
    """The customer's name with what tells it from others of that name."""
    detail = customer.source or (f"…{customer.phone[-4:]}" if customer.phone else "")
    if not detail and customer.owner and (owner := turn.work.get(Member, customer.owner)):
        detail = owner.name
    return Text((f"{customer.name} · {detail}",)) if detail else Text((customer.name,))


def _when(turn: Turn, text: str) -> Outcome:
    from flows.understanding import Context, read_recurrence, read_time

    if not text.strip():
        return Missing()
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    repeated = read_recurrence(text, context)
    found = repeated or read_time(text, context)
    if found is None:
        return Missing()
    due = at_hour(found.start, found.at, turn)
    rest = " ".join((text[: found.span[0]] + " " + text[found.span[1] :]).split())
    if due <= turn.at and not found.rrule:
        return Unreadable(_("That time has passed."), rest)
    return Found(When(due, found.rrule or ""), rest)


def at_hour(start: Any, at: str | None, turn: Turn) -> datetime:
    """The instant of a time fact: a bare day means nine in the morning there, or in an hour when that has passed."""
    if isinstance(start, datetime):
        return start.astimezone(turn.zone)
    hour, minute = (int(part) for part in (at or "09:00").split(":")[:2])
    due = datetime(start.year, start.month, start.day, hour, minute, tzinfo=turn.zone)
    if due <= turn.local and start == turn.local.date():
        return (turn.local + timedelta(hours=1)).replace(second=0, microsecond=0)
    return due


READERS: dict[Any, Reader] = {Rest: _rest, Word: _word, int: _number, Member: _member, Customer: _customer, When: _when}
"""By annotation; a command with another annotation fails when it is registered."""


def revive(turn: Turn, kind: Any, value: Any) -> Any:
    """The value of an argument that was kept while another one was asked for; None when it is gone."""
    if kind in (Customer, Member):
        return turn.work.get(kind, int(value))
    return When(datetime.fromisoformat(value["due"]), value["rule"]) if kind is When else value


def kept(value: Any) -> Any:
    """The argument as a conversation's row keeps it."""
    if isinstance(value, Customer | Member):
        return value.id
    return {"due": value.due.isoformat(), "rule": value.rule} if isinstance(value, When) else value
