"""`/question What is your biggest difficulty?`, in a customer room, or in private for one of them."""

from __future__ import annotations

import re

from bot.core.messages import Deleted, Edited, Reply, Said
from bot.core.text import Text, code, join, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.replies import settled
from flows.research import actions
from flows.router import CUSTOMERS, EDITORS, NOT_MINE, STRANGERS, NotMine, command, heard, press
from flows.turn import Turn
from store.models import Conversation, RoomQuestion

_ROOM = re.compile(r"^#(\S+)\s+(.+)$", re.DOTALL)
LONGEST = 500


@command(
    "question",
    help=_("Ask a customer room something, and collect the replies"),
    example=_("/question #acme-room What takes you most time today?"),
    for_=EDITORS,
    words=("ask the room", "群里提问", "群提问"),
)
def question(turn: Turn, words: Rest) -> Reply | Text | None:
    said = words.strip()
    here = turn.here()
    if here.kind == "room":
        if not _asks(here):
            return _("This is no customer room: questions are put where customers are.")
        actions.put(turn, here, said[:LONGEST])
        return None
    match = _ROOM.match(said)
    room = _room(turn, match[1]) if match else None
    if match is None or room is None:
        return _which(turn, match[1] if match else "")
    row = actions.put(turn, room, match[2].strip()[:LONGEST])
    return actions.shown(turn, row)


def _asks(room: Conversation) -> bool:
    return room.customer is not None or room.outsider or room.side == "customer"


def _rooms(turn: Turn) -> list[Conversation]:
    return [room for room in turn.work.find(Conversation, kind="room") if room.reachable and _asks(room)]


def _room(turn: Turn, name: str) -> Conversation | None:
    """By its title, or by its customer."""
    word = name.casefold().lstrip("#")
    for room in _rooms(turn):
        customer = turn.work.customers.get(room.customer) if room.customer else None
        names = (room.title, customer.name if customer else "", room.address.split(":")[2])
        if any(word == known.casefold().replace(" ", "-").lstrip("#") for known in names if known):
            return room
    return None


def _which(turn: Turn, name: str) -> Text:
    names = [room.title or room.address.split(":")[2] for room in _rooms(turn)]
    listed = join(", ", [f"#{name.lstrip('#').replace(' ', '-')}" for name in names[:8]])
    return lines(
        _("I know no customer room “{name}”.", name=name[:40]) if name else None,
        _("Customer rooms: {rooms}", rooms=listed)
        if names
        else _("There is no customer room yet: add me to one first."),
        _("Example: {example}", example=code(_("/question #acme-room What takes you most time today?"))),
    )


@press("room-close")
def close(turn: Turn, question: int) -> Reply:
    found = turn.work.get(RoomQuestion, question)
    if found is None or found.state != "open":
        return settled()
    actions.close(turn, found)
    return actions.shown(turn, turn.work.get(RoomQuestion, question) or found)


@heard("said", for_=CUSTOMERS | STRANGERS)
def reply(turn: Turn, said: Said) -> NotMine:
    """It is noted, and then goes where everything goes that a customer writes."""
    actions.collect(turn, said)
    return NOT_MINE


@heard("edited", for_=CUSTOMERS | STRANGERS)
def edited(turn: Turn, body: Edited) -> NotMine:
    actions.collect(turn, Said(body.text, body.message))
    return NOT_MINE


@heard("deleted", for_=CUSTOMERS | STRANGERS)
def deleted(turn: Turn, body: Deleted) -> NotMine:
    actions.take_back(turn, turn.source)
    return NOT_MINE
