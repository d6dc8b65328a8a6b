"""Rooms: who is in them, what may be said there, and which chats can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.messages import Address, Option, Reply, Said, Urgency
from bot.core.text import Text, bold, code, join, lines
from bot.core.text import gettext as _
from flows.arrival import platform_name
from flows.customers.facts import CustomerWrote
from flows.files.actions import attach
from flows.setup.actions import use
from flows.turn import Turn
from store.models import Activity, Conversation, Customer, Identity, Member, Route

WELCOME_EVERY = timedelta(days=30)
TOPICS = {"low scores": _("low scores"), "service": _("customers' requests")}
"""What a room may want, in the reader's language."""


def outsider_came(turn: Turn, names: Sequence[str], *, known: bool) -> None:
    """Somebody who is no member is in a room of members: nothing internal is said there from this turn on."""
    here = turn.here()
    for place in _whole(turn, here):
        turn.work.change(place, outsider=True)
        turn.work.outbox.cancel(place.address, lane=int(Urgency.REMINDER))
    turn.conversation = turn.work.get(Conversation, here.id)
    turn.work.audit("clock", "outsider", f"conversation:{here.id}")
    if known:
        _tell_owners(turn, here, names)


def _whole(turn: Turn, room: Conversation) -> list[Conversation]:
    """The room and its threads: who reads one of them reads them all."""
    chat = Address.of(room.address).chat
    places = turn.work.find(Conversation, platform=room.platform, account=room.account, kind="room")
    return [place for place in places if Address.of(place.address).chat == chat]


def named(turn: Turn, who: Identity) -> None:
    """The name of somebody from outside is known by now: the owners read it where they were told."""
    if turn.here().outsider and any(turn.work.cards.places(_card(turn, turn.here(), o, who)) for o in owners(turn)):
        _tell_owners(turn, turn.here(), [who.name])


def _card(turn: Turn, room: Conversation, owner: Member, who: Identity) -> str:
    return f"room:{room.id}:{owner.id}:{who.id}"


def _tell_owners(turn: Turn, room: Conversation, names: Sequence[str]) -> None:
    topics = _topics(turn, room)
    title, who = titled(room), join(", ", [name for name in names if name] or ["?"])
    body = lines(
        bold(_("Somebody from outside is in the room {room}: {who}.", room=title, who=who)),
        _("I say nothing internal there any more.") if not topics else None,
        _("Its alerts ({topics}) come to you here until you allow it again.", topics=join(", ", topics))
        if topics
        else None,
    )
    options = (Option(_("Allow again"), f"allow:{room.id}", style="danger"),)
    for owner in owners(turn):
        turn.message_member(owner, Reply(body, options, card=_card(turn, room, owner, turn.who())), "")


def _topics(turn: Turn, room: Conversation) -> list[Text]:
    """What the room wants to hear of."""
    found = turn.work.find(Route, conversation=room.id)
    return [TOPICS.get(route.topic, Text((route.topic,))) for route in found]


def owners(turn: Turn) -> list[Member]:
    """The owners, who decide about rooms."""
    return [member for member in turn.work.people.members() if member.role == "owner"]


def stand_ins(turn: Turn, topic: str) -> list[Member]:
    """Who gets a topic's alerts in private because a room that wants them may not have them."""
    return owners(turn) if turn.work.people.stopped_rooms(topic) else []


def allow(turn: Turn, room: Conversation) -> Reply:
    """An owner takes the room for one of members again."""
    for place in _whole(turn, room):
        turn.work.change(place, outsider=False)
    turn.work.audit(f"member:{turn.me().id}", "allowed", f"conversation:{room.id}")
    return Reply(_("The room {room} is ours again: alerts go there from now on.", room=titled(room)))


def outsiders(turn: Turn, people: Sequence[tuple[str, str, bool]]) -> list[str]:
    """The names of those (id, name, from another firm) who are no members here."""
    known = {id: known_as(turn, id) for id, _name, _foreign in people}
    return [
        name or (found.name if (found := known[id]) else "") or id
        for id, name, foreign in people
        if foreign or not _is_member(turn, known[id])
    ]


def known_as(turn: Turn, person: str) -> Identity | None:
    """Somebody by the platform's id."""
    where = turn.here()
    return turn.work.first(Identity, platform=where.platform, account=where.account, person=person)


def _is_member(turn: Turn, who: Identity | None) -> bool:
    member = turn.work.get(Member, who.member) if who and who.member else None
    return member is not None and member.state == "active"


def entitle(turn: Turn, title: str) -> None:
    """The room's name, as the platform has it now."""
    if title and turn.here().title != title[:200]:
        turn.conversation = turn.work.change(turn.here(), title=title[:200])


def introduce(turn: Turn) -> Text | None:
    """One short message, once in thirty days, however often the bot is taken out and put in."""
    here = turn.here()
    if here.introduced is not None and turn.now - here.introduced < WELCOME_EVERY:
        return None
    turn.conversation = turn.work.change(here, introduced=turn.now)
    if here.side == "customer":
        return _("Hello, I am the assistant of {firm}: mention me, and a person answers.", firm=turn.workspace.name)
    return lines(
        _("Hello, I bring alerts that this room can act on, and answer when I am mentioned."),
        _("To choose what comes here: {example}", example=code("/alerts low scores")),
    )


def titled(room: Conversation) -> str:
    """The room's name, or what the platform calls it."""
    return room.title or Address.of(room.address).chat


# the customers' rooms


def bind_room(turn: Turn, token: str) -> Text:
    """A room with a customer's people is that customer's from now on; the code proves that a member wants it."""
    here = turn.here()
    if here.side != "customer":
        return _("That works in a room with a customer. Here, mention me or use {example}.", example=code("/help"))
    entry = use(turn, token, frozenset({"customer"})) if token else None
    customer = turn.work.customers.get(entry.customer) if entry and entry.customer else None
    if entry is None or customer is None:
        return _("That code is wrong, used or too old: please ask the person who looks after you for a new one.")
    turn.conversation = turn.work.change(here, customer=customer.id)
    by = turn.work.get(Member, entry.by) if entry.by else None
    if by is not None:
        said = _(
            "The room {room} belongs to {customer} now: what is said there to me is filed.",
            room=titled(here),
            customer=customer.name,
        )
        turn.message_member(by, Reply(said), "customer")
    return _("Thank you. This room is connected: mention me, and a person answers.")


def said_in_room(turn: Turn, said: Said) -> Text | None:
    """Files what is said to us in a customer's room; without a mention the bot keeps quiet."""
    customer = turn.work.customers.get(turn.here().customer or 0)
    if not said.mentioned:
        return None
    if customer is None:
        return _(
            "Thank you. I don't know yet whose room this is: a code from the person who looks after you connects it."
        )
    _file(turn, customer, said)
    return None


def _file(turn: Turn, customer: Customer, said: Said) -> None:
    turn.work.customers.change(customer, last_touch=turn.at, last_in=turn.at)
    who = turn.who()
    activity = turn.work.add(
        Activity(
            customer=customer.id,
            contact=who.contact if who.customer == customer.id else None,
            kind="message",
            direction="in",
            channel=turn.here().platform,
            at=turn.at,
            text=(said.text or ", ".join(file.name for file in said.files))[:4000],
            source=turn.source,
            logged=turn.now,
        )
    )
    if said.files:
        attach(turn, activity)
    turn.tell(CustomerWrote(activity.id, customer.id, turn.here().id))


# who can be reached


def left_us(turn: Turn) -> None:
    """The bot was blocked or taken out: whoever counts on that chat is told."""
    here = turn.here()
    turn.conversation = turn.work.change(here, reachable=False)
    if here.kind == "room":
        _room_lost(turn, here)
    elif here.side == "customer":
        _customer_lost(turn, here)
    elif turn.member is not None:
        _member_lost(turn, turn.member)


def _room_lost(turn: Turn, room: Conversation) -> None:
    topics = _topics(turn, room)
    if not topics:
        return
    said = lines(
        _("I was taken out of the room {room}.", room=titled(room)),
        _("Its alerts ({topics}) come to you here until I am back.", topics=join(", ", topics)),
    )
    for owner in owners(turn):
        turn.message_member(owner, Reply(said), "")


def _customer_lost(turn: Turn, chat: Conversation) -> None:
    customer = turn.work.customers.get(chat.customer or 0)
    owner = turn.work.get(Member, customer.owner) if customer and customer.owner else None
    if customer is None or owner is None:
        return
    said = _(
        "{name} has blocked our bot on {platform}: nothing reaches them there.",
        name=customer.name,
        platform=platform_name(chat.platform),
    )
    turn.message_member(owner, Reply(said, (Option(_("Invite"), f"invite:{customer.id}"),)), "customer")


def _member_lost(turn: Turn, member: Member) -> None:
    """Unasked messages go to another chat of theirs, where there is one."""
    other = next((chat for chat in turn.work.people.private_chats(member) if chat.reachable), None)
    if other is not None and member.home != other.address:
        turn.member = turn.work.change(member, home=other.address)


def moved(turn: Turn, chat: str) -> None:
    """The platform gave the chat another id: what was ours there is ours at the new one."""
    old = Address.of(turn.here().address)
    turn.work.people.moved(old, Address(old.platform, old.account, chat, old.thread, old.person), turn.now)
