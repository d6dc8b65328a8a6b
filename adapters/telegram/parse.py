"""One Telegram update becomes our events; pure, and free of both libraries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.telegram.contents import files_in, shared_in, words_in
from bot.core.incoming import clean_name, clean_text
from bot.core.messages import Address, Body, Command, Edited, Event, Joined, Left, Pressed, Said, Sender

Json = Mapping[str, Any]

_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w{3,32}))?(?=\s|$)\s*(.*)", re.DOTALL)
_INSIDE = ("creator", "administrator", "member")


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself; `username` is empty until getMe has told it."""

    id: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One update, with what every reader of it needs."""

    key: str
    account: str
    me: Me
    received: float

    def event(self, source: Json, chat: Json, body: Body, *, at: float, sender: Sender | None = None) -> Event:
        return Event(
            key=self.key,
            at=datetime.fromtimestamp(at, UTC),
            where=Address("telegram", self.account, str(int(chat["id"])), _thread(source)),
            sender=sender or _sender(source),
            body=body,
            private=chat["type"] == "private",
        )


def parse(raw: str, *, account: str, me: Me) -> Sequence[Event]:
    """Events of one update; the poller adds `received`, because Telegram gives presses no time."""
    update = json.loads(raw)
    reading = _Reading(str(int(update["update_id"])), account, me, float(update.get("received", 0)))
    for kind, reader in _READERS.items():
        if kind in update:
            event = reader(update[kind], reading)
            return (event,) if event else ()
    return ()


def _message(message: Json, reading: _Reading) -> Event | None:
    if str(message.get("from", {}).get("id", "")) == reading.me.id:
        return None
    chat = message["chat"]
    if "migrate_from_chat_id" in message:
        old = {"id": message["migrate_from_chat_id"], "type": "group"}
        return reading.event(message, old, Left((), moved_to=str(chat["id"])), at=message["date"])
    body = _service(message, reading.me) or _content(message, reading.me)
    return reading.event(message, chat, body, at=message["date"]) if body else None


def _service(message: Json, me: Me) -> Body | None:
    """Comings and goings of people; the bot's own are told by my_chat_member, which always comes too."""
    if "migrate_to_chat_id" in message:
        return Left((), moved_to=str(message["migrate_to_chat_id"]))
    if people := _others(message.get("new_chat_members", ()), me):
        return Joined(people, title=clean_name(message["chat"].get("title", "")))
    if "left_chat_member" in message and (people := _others((message["left_chat_member"],), me)):
        return Left(people)
    return None


def _content(message: Json, me: Me) -> Body | None:
    mentioned, text = _addressed(message, me)
    words = clean_text(text)
    origin = message.get("forward_origin")
    command = None if origin or "text" not in message else _COMMAND.match(words)
    if command:
        return _command(command, message, me)
    if shared := shared_in(message):
        return shared
    files = files_in(message)
    if not files and not words:
        return None
    return Said(
        text=words,
        message=str(message["message_id"]),
        files=files,
        answers=_answered(message),
        mentioned=mentioned,
        forwarded_from=_author(origin) if origin else "",
        forwarded_at=datetime.fromtimestamp(origin["date"], UTC) if origin else None,
    )


def _command(found: re.Match[str], message: Json, me: Me) -> Command | None:
    name, bot, rest = found.groups()
    if bot and bot.casefold() != me.username.casefold() and message["chat"]["type"] != "private":
        return None
    return Command(name.lower(), rest.strip(), str(message["message_id"]))


def _edited(message: Json, reading: _Reading) -> Event | None:
    text = clean_text(_addressed(message, reading.me)[1])
    if not text:
        return None
    body = Edited(str(message["message_id"]), text)
    return reading.event(message, message["chat"], body, at=message.get("edit_date", message["date"]))


def _pressed(query: Json, reading: _Reading) -> Event | None:
    message = query.get("message")
    if not message or "data" not in query:
        return None
    at = reading.received or message.get("edit_date") or message["date"]
    body = Pressed(query["data"], str(message["message_id"]))
    return reading.event(message, message["chat"], body, at=at, sender=_person(query["from"]))


def _membership(change: Json, reading: _Reading) -> Event | None:
    """A change of one member's standing; promotions and the like are nothing to us."""
    before, after = _inside(change["old_chat_member"]), _inside(change["new_chat_member"])
    if before == after:
        return None
    person, title = _person(change["new_chat_member"]["user"]), clean_name(change["chat"].get("title", ""))
    bot = person.id == reading.me.id
    people = () if bot else (person,)
    body = Joined(people, bot, title) if after else Left(people, bot)
    return reading.event(change, change["chat"], body, at=change["date"])


_READERS: Mapping[str, Callable[[Json, _Reading], Event | None]] = {
    "message": _message,
    "channel_post": _message,
    "edited_message": _edited,
    "edited_channel_post": _edited,
    "callback_query": _pressed,
    "my_chat_member": _membership,
    "chat_member": _membership,
}
"""Kinds of update that mean something to us."""

KINDS = tuple(_READERS)
"""What the poller asks for; chat_member must be named, or Telegram leaves it out."""


def _inside(member: Json) -> bool:
    return member["status"] in _INSIDE or (member["status"] == "restricted" and bool(member.get("is_member")))


def _others(users: Sequence[Json], me: Me) -> tuple[Sender, ...]:
    return tuple(_person(user) for user in users if str(user["id"]) != me.id)


def _person(user: Json) -> Sender:
    return Sender(
        id=str(int(user["id"])),
        name=_full_name(user),
        language=user.get("language_code", ""),
        is_bot=bool(user.get("is_bot")),
    )


def _full_name(user: Json) -> str:
    return clean_name(f"{user.get('first_name', '')} {user.get('last_name', '')}")


def _sender(source: Json) -> Sender:
    """Who wrote; a chat writes for itself as a channel, or as an administrator who hides behind the group."""
    if "sender_chat" in source or "from" not in source:
        chat = source.get("sender_chat") or source["chat"]
        return Sender(str(int(chat["id"])), clean_name(chat.get("title", "")))
    return _person(source["from"])


def _thread(source: Json) -> str:
    """A forum topic; plain replies carry a message_thread_id too, but are no place of their own."""
    return str(source["message_thread_id"]) if source.get("is_topic_message") else ""


def _reply(message: Json) -> Json | None:
    """The message it replies to; everything in a topic "replies" to the topic's first message."""
    reply: Json | None = message.get("reply_to_message")
    return None if reply and (_thread(message) == str(reply["message_id"]) or "forum_topic_created" in reply) else reply


def _answered(message: Json) -> str:
    reply = _reply(message)
    return str(reply["message_id"]) if reply else ""


def _addressed(message: Json, me: Me) -> tuple[bool, str]:
    """Whether a group's message speaks to the bot, and its text without the bot's name in front."""
    text, spans = words_in(message)
    if message["chat"]["type"] == "private":
        return False, text
    reply = _reply(message)
    mentioned = bool(reply) and str((reply or {}).get("from", {}).get("id", "")) == me.id
    for start, end, entity in spans:
        if _names(text[start:end], entity, me):
            mentioned = True
            text = text if text[:start].strip() else text[end:].lstrip(" ,:，：")
            break
    return mentioned, text


def _names(words: str, entity: Json, me: Me) -> bool:
    if entity["type"] == "text_mention":
        return str(entity["user"]["id"]) == me.id
    return entity["type"] == "mention" and bool(me.username) and words.casefold() == f"@{me.username}".casefold()


def _author(origin: Json) -> str:
    if "sender_user" in origin:
        return _full_name(origin["sender_user"])
    chat = origin.get("sender_chat") or origin.get("chat") or {}
    signed = " · ".join(part for part in (chat.get("title", ""), origin.get("author_signature", "")) if part)
    return clean_name(origin.get("sender_user_name") or signed)
