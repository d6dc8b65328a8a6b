"""How a command's arguments are read from what was typed: one reader a type, so every command asks the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NewType

from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.customers.names import is_everyday, named_places, recognise
from flows.customers.sight import hint
from flows.reminders.wishes import FAR, NoSuchDay, TooFar, read_wish
from flows.turn import Turn
from flows.understanding import Context
from flows.understanding.wordlists import COMMON
from store.models import Customer, Identity, Member
from store.search import Hit

Rest = NewType("Rest", str)
"""Everything that is left."""
Word = NewType("Word", str)
"""One word."""
Colleague = NewType("Colleague", Member)
"""A member, where the words begin with one's name; left out otherwise."""


@dataclass(frozen=True, slots=True)
class When:
    """A time as it was meant: the instant, the recurrence rule when it repeats, or what it is counted from."""

    due: datetime
    rule: str = ""
    workdays: bool = False
    anchor: str = ""
    away: int = 0


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

_QUOTED = re.compile(r"[\"“「](?P<name>[^\"”」]{1,80})[\"”」](?P<rest>.*)", re.DOTALL)
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
    same = [m for m in names if _begins_with(wanted, m.name)]
    if same and len(same[0].name) == len(same[-1].name) and len(same) > 1:
        return Several(tuple((m.id, _("{name}, {role}", name=m.name, role=m.role)) for m in same), "")
    if same:
        return Found(same[0], wanted[len(same[0].name) :].strip())
    first, _space, rest = wanted.partition(" ")
    if turn.private and (near := _misspelt(names, first)):
        return Several(tuple((m.id, _("{name}, {role}", name=m.name, role=m.role)) for m in near), rest.strip())
    return Unreadable(_("Nobody here is called “{name}”.", name=first[:40]), rest.strip())


def _misspelt(members: Sequence[Member], word: str) -> list[Member]:
    """Who may be meant by a name with a slip in it; shown to be picked, never taken for them."""
    from rapidfuzz import fuzz

    called = word.casefold()
    return [
        member
        for member in members
        if len(called) > 2 and max(fuzz.ratio(called, part) for part in member.name.casefold().split()) >= 75
    ][:MANY]


def _begins_with(words: str, name: str) -> bool:
    """In letters a name ends where a word does: Bobby is not Bob."""
    rest = words[len(name) :]
    goes_on = name[-1:].isascii() and rest[:1].isalnum() and rest[:1].isascii()
    return words.casefold().startswith(name.casefold()) and not goes_on


def _customer(turn: Turn, text: str) -> Outcome:
    wanted = text.strip(" \n,，、;；")
    if not wanted:
        return Missing()
    if quoted := _QUOTED.match(wanted):
        hits = turn.work.search.named([quoted["name"]]).get(quoted["name"])
        if hits:
            return _one_of(turn, hits, quoted["rest"].strip())
    for head, rest in _heads(wanted):
        found = turn.work.search.named([head])
        if found:
            return _one_of(turn, found[head], rest)
    if turn.member is not None and (short := _by_short_name(turn, wanted)) is not None:
        return short
    if request := _REQUEST.match(wanted):
        return Unreadable(_a_request(request[0].upper()), wanted[request.end() :].strip())
    if known := recognise(turn, wanted):
        return _one_of(turn, known.hits, wanted[known.end :].strip() if known.start == 0 else wanted)
    for head, rest in _heads(wanted):
        if hits := turn.work.search.find(head, limit=MANY + 1):
            return _one_of(turn, hits, rest)
    said = lines(_("No customer fits “{name}”.", name=_shown(wanted)), hint(turn))
    first, _space, rest = wanted.partition(" ")
    return Unreadable(said, wanted if first.casefold() in COMMON else rest.strip())


def _by_short_name(turn: Turn, wanted: str) -> Outcome | None:
    """Whom the first words name by a short form of more than one word: "Blue Ocean: samples"."""
    heads = {head.rstrip(" :：,"): rest for head, rest in _heads(wanted) if " " in head.strip()}
    found = turn.work.search.recognised(heads, turn.me().id) if heads else {}
    name = max(found, key=len, default="")
    return _one_of(turn, found[name], heads[name]) if name else None


_REQUEST = re.compile(r"t-\d{1,9}\b", re.IGNORECASE)


def _a_request(number: str) -> Text:
    """Somebody gives a request's number where a customer is wanted."""
    example = _("{number} merge {other}", number=number, other="T-103" if number == "T-102" else "T-102")
    return lines(
        _("{number} is a request, not a customer.", number=number),
        _("Two requests become one so: {example}", example=code(example)),
    )


def _heads(text: str) -> Sequence[tuple[str, str]]:
    """Names that the text may begin with, the longest first; "a" is one only when nothing follows it."""
    ends = [word.end() for word in re.finditer(r"\S+", text)][:_LONGEST_NAME]
    heads = [(" ".join(text[:end].split()).rstrip(",，、;；"), text[end:].strip()) for end in reversed(ends)]
    return [(head, rest) for head, rest in heads if not rest or not is_everyday(head)]


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
    """A name that holds a time, such as 今天国际 or Monday.com, says none; as the whole of the time it does."""
    if not text.strip():
        return Missing()
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    hidden, names = _without_names(turn, text)
    try:
        wish = read_wish(hidden, context)
        if wish is None and names and (plain := read_wish(text, context)) and not plain.rest.strip():
            wish, names = plain, []
    except NoSuchDay as none:
        return Unreadable(_("There is no {day}.", day=str(none)), "")
    except TooFar as far:
        return Unreadable(_("“{day}” is too far ahead: at most {years} years.", day=str(far), years=FAR), "")
    if wish is None:
        return Missing()
    rest = wish.rest
    for name in names:
        rest = rest.replace(_HIDDEN, name, 1)
    if wish.due <= turn.at and not (wish.rule or wish.anchor):
        return Unreadable(_("That time has passed."), rest)
    return Found(When(wish.due, wish.rule, wish.workdays, wish.anchor, wish.away), rest)


_HIDDEN = "\ue000"
"""Stands for a name while the time beside it is read."""


def _without_names(turn: Turn, text: str) -> tuple[str, list[str]]:
    """The text with the names of the file taken out of the reader's sight, and these names in order."""
    places = named_places(turn, text) if turn.member is not None else []
    cuts = [0, *(edge for place in places for edge in place), len(text)]
    return _HIDDEN.join(text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)), [text[a:b] for a, b in places]


def _colleague(turn: Turn, text: str) -> Outcome:
    wanted = text.strip().removeprefix("@").casefold()
    members = sorted(turn.work.people.members(), key=lambda member: -len(member.name))
    for member in members:
        if _begins_with(wanted, member.name):
            return Found(member, text.strip().removeprefix("@")[len(member.name) :].strip(" ,，:："))
    return _by_first_name(members, text) or _mentioned(turn, text)


def _by_first_name(members: Sequence[Member], text: str) -> Found | None:
    """One colleague alone is called so, and no surname follows, which could be a customer's."""
    name, _space, rest = text.strip().removeprefix("@").partition(" ")
    called = name.strip(",，:：").casefold()
    found = [member for member in members if called and member.name.casefold().split(" ")[0] == called]
    return Found(found[0], rest.strip(" ,，:：")) if len(found) == 1 and not rest[:1].isupper() else None


def _mentioned(turn: Turn, text: str) -> Outcome:
    """Some platforms write a mention as the person's id there."""
    id, _space, rest = text.strip().removeprefix("@").partition(" ")
    known = {"platform": turn.where.platform, "account": turn.where.account} if turn.where and id else {}
    identity = turn.work.first(Identity, **known, person=id.strip("<>@,，:：")) if known else None
    member = turn.work.get(Member, identity.member) if identity and identity.member else None
    return Found(member, rest.strip(" ,，:：")) if member and member.state == "active" else Missing()


def colleague(turn: Turn, name: str) -> Member | None:
    """Who is meant by a name or a mention and nothing else."""
    found = _colleague(turn, name.strip(" ,，"))
    return found.value if isinstance(found, Found) and not found.rest else None


READERS: dict[Any, Reader] = {
    Rest: _rest,
    Word: _word,
    int: _number,
    Member: _member,
    Colleague: _colleague,
    Customer: _customer,
    When: _when,
}
"""By annotation; a command with another annotation fails when it is registered."""


def revive(turn: Turn, kind: Any, value: Any) -> Any:
    """The value of an argument that was kept while another one was asked for; None when it is gone."""
    if kind in (Customer, Member, Colleague):
        return turn.work.get(Customer if kind is Customer else Member, int(value))
    return When(**{**value, "due": datetime.fromisoformat(value["due"])}) if kind is When else value


def kept(value: Any) -> Any:
    """The argument as a conversation's row keeps it."""
    if isinstance(value, Customer | Member):
        return value.id
    return {**asdict(value), "due": value.due.isoformat()} if isinstance(value, When) else value
