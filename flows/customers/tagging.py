"""Words on a customer: which are meant, put on, taken off, and shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.turn import Turn
from store.models import Customer, Tag

LONGEST_TAG = 40
_TIES = frozenset("as and with also an a the to 和 及 以及 为".split())  # noqa: SIM905 -- words
"""Words that only tie the tags to each other or to their customer."""
_AMONG = re.compile(r"[,，、;；]|\s(?:and|&)\s|\s#|[和及](?=.)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|#|\+|“|\"|「)\s*", re.IGNORECASE)
_MARKS = ' .!?。！？”"」吧'


@dataclass(frozen=True, slots=True)
class Wanted:
    """Tags to put on and to take off."""

    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


def in_words(words: str) -> Wanted:
    """ "hot expo -vip": each word is a tag, with a minus before it one to take off."""
    parts = [part for part in re.split(r"[\s,，、]+", words.strip()) if part.casefold() not in _TIES]
    on = tuple(part.lstrip("#+")[:LONGEST_TAG] for part in parts if part[0] not in "-−" and part.strip("#+"))
    off = tuple(part.lstrip("-−#")[:LONGEST_TAG] for part in parts if part[0] in "-−" and part.strip("-−#"))
    return Wanted(on, off)


def in_phrase(words: str) -> tuple[str, ...]:
    """ "a key account and hot": what stands between commas is one tag, its words joined by hyphens."""
    parts = (_ARTICLE.sub("", part.strip()).strip(_MARKS) for part in _AMONG.split(words))
    return tuple("-".join(part.split())[:LONGEST_TAG] for part in parts if part)


def worn(turn: Turn, customer: Customer, name: str) -> Tag | None:
    """The customer's tag of that name, else the only one whose name holds it."""
    rows, wanted = turn.work.find(Tag, customer=customer.id), name.casefold()
    exact = [row for row in rows if row.name.casefold() == wanted]
    near = [row for row in rows if wanted in row.name.casefold()]
    return exact[0] if exact else near[0] if len(near) == 1 else None


def retag(turn: Turn, customer: Customer, wanted: Wanted) -> Reply:
    """The customer's tags as they are then; what was not there to take off is said."""
    known = {name.casefold() for name in turn.work.customers.tags(customer.id)}
    new = turn.work.customers.tag(customer.id, [name for name in wanted.on if name.casefold() not in known])
    gone = [(name, worn(turn, customer, name)) for name in wanted.off]
    for row in {row.id: row for _name, row in gone if row is not None}.values():
        turn.work.remove(row)
    taken = [row.name for _name, row in gone if row is not None]
    missing = [name for name, row in gone if row is None]
    if not new and not taken:
        if missing:
            return _not_worn(turn, customer, missing[0])
        return Reply(lines(_("{name} has these tags already.", name=customer.name), _line(turn, customer)))
    turn.did(_label(customer, new, taken), f"tag:{customer.id}")
    undo = Option(_("Undo"), f"undo:tag:{customer.id}")
    left = turn.work.customers.tags(customer.id)
    head = text(bold(customer.name), *(f" #{tag}" for tag in left))
    off = _("Taken off: {tags}", tags=_hashed(taken)) if taken else None
    return Reply(lines(head, off), (undo,), card=f"tag:{customer.id}")


def shown(turn: Turn, customer: Customer) -> Reply:
    """The customer's tags, and a tap to more."""
    return Reply(_line(turn, customer), (Option(_("Tag"), f"tags:{customer.id}"),))


def _line(turn: Turn, customer: Customer) -> Text:
    tags = turn.work.customers.tags(customer.id)
    if not tags:
        example = code(_("/tag {name} vip", name=customer.name))
        return lines(_("{name} has no tags.", name=bold(customer.name)), _("To put one on: {example}", example=example))
    return text(bold(customer.name), " ", _hashed(tags))


def _not_worn(turn: Turn, customer: Customer, name: str) -> Reply:
    return Reply(lines(_("{name} has no tag “{tag}”.", name=customer.name, tag=name), _line(turn, customer)))


def _label(customer: Customer, new: list[str], taken: list[str]) -> Text:
    if new:
        return _("{name} tagged {tags}", name=customer.name, tags=_hashed(new))
    return _("{name}: {tags} taken off", name=customer.name, tags=_hashed(taken))


def _hashed(tags: list[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
