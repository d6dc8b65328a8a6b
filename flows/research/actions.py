"""Asking in a room, collecting what is written while the question is open, and handing it to who asked."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, lines, ngettext, quote, text
from bot.core.text import gettext as _
from flows.activities.smalltalk import talk_of
from flows.themes.actions import themes_of
from flows.themes.cards import named
from flows.turn import Turn
from store.models import Conversation, Member, RoomQuestion, RoomReply

OPEN = timedelta(days=3)
"""How long replies are collected."""
CLOSE = "room-question"
SHOWN = 10


def put(turn: Turn, room: Conversation, words: str) -> RoomQuestion:
    """Posts the question in the room; one is open at a time."""
    for row in turn.work.find(RoomQuestion, conversation=room.id, state="open"):
        close(turn, row)
    row = turn.work.add(
        RoomQuestion(conversation=room.id, text=words, by=turn.me().id, made=turn.now, until=turn.now + OPEN)
    )
    asked = lines(
        bold(words), _("Just write your answer here, in a line or two. {firm} reads it.", firm=turn.workspace.name)
    )
    turn.say_to(room, Reply(asked, card=f"room-question:{row.id}"))
    turn.work.timers.move(CLOSE, str(row.id), row.until)
    return row


def collect(turn: Turn, said: Said) -> RoomReply | None:
    """What a guest writes in a room with an open question; thanks and greetings are none."""
    room = turn.conversation
    words = said.text.strip()
    if room is None or room.kind != "room" or turn.member is not None or not words or talk_of(words):
        return None
    row = turn.work.first(RoomQuestion, conversation=room.id, state="open")
    if row is None or turn.now >= row.until:
        return None
    known = turn.work.first(RoomReply, question=row.id, source=turn.source)
    if known is not None:
        return turn.work.change(known, text=words[:1000])
    who = turn.identity
    reply = RoomReply(
        question=row.id,
        person=who.name if who else "",
        customer=room.customer or (who.customer if who else None),
        text=words[:1000],
        source=turn.source or turn.key,
        at=turn.now,
    )
    reply = turn.work.add(reply)
    turn.rewrite(card_of(row), shown(turn, row))
    return reply


def take_back(turn: Turn, source: str) -> None:
    """The guest has deleted it."""
    for row in turn.work.find(RoomReply, source=source):
        turn.work.remove(row)


def close(turn: Turn, row: RoomQuestion) -> None:
    """No more replies; who asked reads what there is."""
    if row.state != "open":
        return
    row = turn.work.change(row, state="closed")
    turn.work.timers.cancel(CLOSE, str(row.id))
    member = turn.work.get(Member, row.by)
    if member is None:
        return
    if turn.work.cards.places(card_of(row)):
        turn.rewrite(card_of(row), shown(turn, row))
    if turn.event is None:
        turn.message_member(member, shown(turn, row), "news")


def card_of(row: RoomQuestion) -> str:
    return f"room-replies:{row.id}"


def shown(turn: Turn, row: RoomQuestion) -> Reply:
    """The question with its replies and what they speak of."""
    room = turn.work.get(Conversation, row.conversation)
    replies = turn.work.find(RoomReply, question=row.id)
    people = len({reply.person for reply in replies})
    body = lines(
        bold(_("Asked in {room}:", room=room.title or _("the room") if room else _("the room"))),
        quote(row.text),
        ngettext("{n} reply of {people}", "{n} replies of {people}", len(replies), people=str(people))
        if replies
        else _("No replies yet."),
        *(_line(turn, reply) for reply in replies[-SHOWN:]),
        _("Closed.") if row.state == "closed" else None,
    )
    end = (Option(_("Close the question"), f"room-close:{row.id}"),) if row.state == "open" else ()
    return Reply(body, end, card=card_of(row))


def _line(turn: Turn, reply: RoomReply) -> Text:
    about = [text(" #", named(theme)) for theme in themes_of(turn, reply.text)]
    return text(f"• {reply.person}", *about, ": ", quote(reply.text[:140]))
