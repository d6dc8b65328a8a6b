"""Asking the customer file, and acting on everybody who was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.errors import BadInput
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.reminders.actions import set_reminder
from flows.segments.short import Known, Misread, bare, to_cel
from flows.turn import Turn
from store.conditions import FUNCTIONS, NAMES, Unknown
from store.models import Customer, Listing, Member, OwnField, Segment, Tag
from store.segments import Question

PAGE = 8
MOST = 1000
"""Customers that one act may change: more are too many to look at before, and too many to take back."""
RANKED = 100
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, read: `words` when it is nothing but words, which come in the order of fitness."""

    said: str
    question: Question
    words: str = ""


def known(turn: Turn) -> Known:
    """The firm's own names, as filters may use them."""
    members = tuple(member.name for member in turn.work.people.members())
    fields = {row.name: row.kind for row in turn.work.find(OwnField, state="active")}
    return Known(turn.member.name if turn.member else "", members, fields)


def ask(turn: Turn, said: str) -> Asked:
    """Reads a filter, a condition in CEL, a segment's name or plain words; raises BadInput for what can't be read."""
    if len(said) > LONGEST:
        raise BadInput(_("That is longer than {n} characters. Say it shorter.", n=str(LONGEST)))
    segment = turn.work.first(Segment, name=said.strip())
    typed = segment.query if segment is not None else said
    names = known(turn)
    try:
        condition = to_cel(typed, names)
        return Asked(said, turn.work.segments.question(condition or "true"), bare(typed, names))
    except Misread as problem:
        raise BadInput(_cant_read(str(problem))) from None
    except Unknown as problem:
        own = ", ".join(names.fields)
        raise BadInput(
            lines(
                _(
                    "I know no “{name}”. There are: {names}",
                    name=str(problem)[:40],
                    names=", ".join((*NAMES, *FUNCTIONS)),
                ),
                _("and your own fields: {names}", names=own) if own else None,
            )
        ) from None
    except ValueError:
        raise BadInput(_cant_read(said)) from None


def is_filter(turn: Turn, words: str) -> bool:
    """Whether the words say which customers, and nothing that would have to be looked for in names."""
    try:
        condition = to_cel(words, known(turn))
    except Misread:
        return False
    return condition != "" and "find(" not in condition


def _cant_read(what: str) -> Text:
    return lines(
        _("I can't read “{what}” as a filter.", what=what[:60]),
        _("Example: {example}", example=code(_("/find tier:B industry:auto silent:>30d bought:A<30d"))),
    )


def page(turn: Turn, asked: Asked, number: int) -> list[Customer]:
    """A page of what was found; one more than fits tells that there are more."""
    first: list[int] = []
    if asked.words:
        hits = turn.work.search.find(asked.words, limit=RANKED)
        first = list(dict.fromkeys(hit.customer for hit in hits))
    ids = turn.work.segments.page(asked.question, first=first, offset=number * PAGE, limit=PAGE)
    return turn.work.segments.customers(ids)


def everybody(turn: Turn, asked: Asked) -> list[Customer]:
    """All who were found; raises BadInput when one act can't be about so many."""
    ids = turn.work.segments.found(asked.question).ids
    if len(ids) > MOST:
        raise BadInput(
            _(
                "These are {n} customers; at most {most} at once. Say more, so that fewer fit.",
                n=str(len(ids)),
                most=str(MOST),
            )
        )
    return turn.work.segments.customers(ids)


def listing(turn: Turn, said: str) -> Listing:
    """Where the buttons of a list find again what was asked."""
    me = turn.me()
    found = turn.work.first(Listing, member=me.id, query=said)
    return found or turn.work.add(Listing(member=me.id, query=said, at=turn.now))


def tag_all(turn: Turn, customers: Sequence[Customer], tag: str) -> int:
    """Puts the tag on all; returns how many did not have it."""
    return sum(bool(turn.work.customers.tag(customer.id, [tag])) for customer in customers)


def untag_all(turn: Turn, customers: Sequence[Customer], tag: str) -> int:
    """Takes the tag from all; returns how many had it."""
    rows = [row for customer in customers for row in turn.work.find(Tag, customer=customer.id, name=tag)]
    for row in rows:
        turn.work.remove(row)
    return len(rows)


def assign_all(turn: Turn, customers: Sequence[Customer], owner: Member) -> int:
    """All are this member's from now on; returns how many were not."""
    others = [customer for customer in customers if customer.owner != owner.id]
    for customer in others:
        turn.work.customers.change(customer, owner=owner.id)
    return len(others)


def remind_all(turn: Turn, customers: Sequence[Customer], due: datetime, words: str) -> int:
    """One reminder for each customer, for whoever looks after it; without an owner, for whoever asks."""
    for customer in customers:
        owner = turn.work.get(Member, customer.owner) if customer.owner else None
        member = owner if owner is not None and owner.state == "active" else turn.me()
        set_reminder(turn, member, due, words, customer=customer.id)
    return len(customers)


Act = Callable[[Turn, Sequence[Customer]], int]
