"""What happens in rooms without being said: people come and go, the bot itself too, chats move, somebody blocks us."""

from __future__ import annotations

from bot.core.messages import Joined, Known, Left, Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.arguments import Word
from flows.arrival import at_the_door
from flows.replies import settled
from flows.router import CUSTOMERS, EDITORS, EVERYONE, NOT_MINE, OWNERS, STRANGERS, NotMine, command, heard, press
from flows.setup.actions import make_pass, rename
from flows.teams import rooms
from flows.turn import Turn
from store.models import Conversation, Customer


@heard("joined", for_=EVERYONE | STRANGERS)
def joined(turn: Turn, body: Joined) -> Reply | Text | None:
    """The bot introduces itself; a person from outside ends what is internal there."""
    if turn.private:
        return None
    rooms.entitle(turn, body.title)
    here = turn.here()
    if here.side == "member" and not here.outsider:
        people = [(person.id, person.name, person.is_outsider) for person in body.people if not person.is_bot]
        if names := rooms.outsiders(turn, people):
            rooms.outsider_came(turn, names, known=True)
    if not body.bot:
        return None
    return at_the_door() if turn.here().outsider else rooms.introduce(turn)


@heard("known", for_=EVERYONE | STRANGERS)
def known(turn: Turn, body: Known) -> None:
    """Names that the platform gave when it was asked: of the room, and of people who were here already."""
    if not turn.private:
        rooms.entitle(turn, body.title)
    for person in body.people:
        who = rooms.known_as(turn, person.id)
        if who is None or not person.name or who.name == person.name[:200]:
            continue
        named = turn.work.change(who, name=person.name[:200])
        rename(turn, named, before=who.name)
        if not turn.private:
            rooms.named(turn, named)


@heard("left", for_=EVERYONE | STRANGERS)
def left(turn: Turn, body: Left) -> None:
    """Only the bot's own leaving and a move matter; people who leave take nothing with them."""
    if body.moved_to:
        rooms.moved(turn, body.moved_to)
    elif body.bot:
        rooms.left_us(turn)


@press("allow", for_=OWNERS)
def allow(turn: Turn, conversation: int) -> Reply:
    found = turn.work.get(Conversation, conversation)
    if found is None or not turn.private:
        return settled()
    shown = rooms.allow(turn, found)
    return Reply(shown.text, card=turn.card())


@heard("said", for_=CUSTOMERS)
def said(turn: Turn, said: Said) -> Text | NotMine | None:
    """In a customer's room; private chats are the customers' topic."""
    return NOT_MINE if turn.private else rooms.said_in_room(turn, said)


@command("bind", help=_("Connect this room"), example=_("/bind CODE"), for_=CUSTOMERS, listed=False)
def bind(turn: Turn, invitation: Word | None = None) -> Text:
    if turn.private:
        return _("Please write me that in the room.")
    return rooms.bind_room(turn, invitation or "")


@command("room", help=_("Connect a room with a customer's people"), example=_("/room Acme"), for_=EDITORS, rooms=False)
def room(turn: Turn, customer: Customer) -> Text:
    token = make_pass(turn.work, "customer", customer=customer.id, by=turn.me().id)
    return lines(
        _("Bring our customers' bot into the room with {name}, and write there:", name=customer.name),
        code(f"/bind {token}"),
        _("It works once and for {days} days.", days=7),
    )
