"""One payload of Slack becomes our events; pure, and free of Slack's libraries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from adapters.slack import interactions
from adapters.slack.contents import files_in, has_author, is_own_message, sender_of
from adapters.slack.incoming import CHANGES, KNOWN, Json, Workspace
from adapters.slack.reading import Reading, reading_of
from adapters.slack.words import read
from bot.core.incoming import clean_name
from bot.core.messages import Body, Command, Deleted, Edited, Event, Joined, Known, Left, Linked, Said, Sender

SPOKEN = ("", "file_share", "thread_broadcast", "me_message", "bot_message")
LONGEST_LINK = 1500

Events = Sequence[Event]


def parse(raw: str, *, account: str, workspaces: Mapping[str, Workspace], home: str = "") -> Events:
    """Events of one payload; chats outside the `home` workspace are named with their team, "T2/C1"."""
    payload = json.loads(raw)
    if not isinstance(payload, dict):
        return ()
    reading = reading_of(payload, account, workspaces, home)
    if payload.get("type") == "event_callback":
        reader = _READERS.get(payload["event"]["type"])
        return reader(payload["event"], reading) if reader and reading.key else ()
    if payload.get("type") == KNOWN:
        return _known(payload, reading)
    return interactions.parse(reading) if reading.key else ()


def _message(event: Json, reading: Reading) -> Events:
    subtype = event.get("subtype", "")
    if subtype in CHANGES:
        return _changed(event, reading) if subtype == "message_changed" else _deleted(event, reading)
    if subtype not in SPOKEN or not has_author(event) or is_own_message(event, reading):
        return ()
    text, mentioned = read(event.get("text") or "", reading.me)
    files = files_in(event, reading.prefix)
    if not text and not files and not mentioned:
        return ()
    if text.startswith("/") and (mentioned or _is_private(event)) and not files:
        return (_heard(event, event, interactions.spoken(text, event["ts"]), reading),)
    said = Said(
        text=text,
        message=event["ts"],
        files=files,
        answers=_thread(event),
        mentioned=not _is_private(event) and (mentioned or event.get("parent_user_id") == (reading.me or None)),
    )
    return (_heard(event, event, said, reading),)


def _changed(event: Json, reading: Reading) -> Events:
    """Slack also says so when it shows a preview of a link: only new words count."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("text") == before.get("text") or "edited" not in message or not has_author(message):
        return ()
    if is_own_message(message, reading):
        return ()
    text = read(message.get("text") or "", reading.me)[0]
    return (_heard(event, message, Edited(message["ts"], text), reading),) if text else ()


def _deleted(event: Json, reading: Reading) -> Events:
    message = event.get("previous_message") or {}
    if event.get("subtype") != "message_deleted" or not message.get("user") or is_own_message(message, reading):
        return ()
    return (_heard(event, message, Deleted(event["deleted_ts"]), reading),)


def _heard(event: Json, message: Json, body: Body, reading: Reading) -> Event:
    """`event` says where and when, `message` by whom; a private chat is one talk, whatever thread it goes on in."""
    private = _is_private(event)
    return reading.event(
        reading.address(event["channel"], "" if private else _thread(message)),
        sender_of(message, reading),
        body,
        at=moment(event.get("event_ts") or event["ts"]),
        private=private,
    )


def _came(event: Json, reading: Reading) -> Events:
    """We come by whoever brought us; nobody else may be taken for somebody who speaks in the room."""
    bot, people = _who(event, reading)
    return (_about(event, Joined(people, bot), event.get("inviter", "") if bot else event["user"], reading),)


def _went(event: Json, reading: Reading) -> Events:
    bot, people = _who(event, reading)
    return (_about(event, Left(people, bot), event["user"], reading),)


def _removed(event: Json, reading: Reading) -> Events:
    """The bot itself was taken out of a channel."""
    return (_about(event, Left((), True), event.get("actor_id", ""), reading),)


def _renamed(event: Json, reading: Reading) -> Events:
    """A channel that is shared with another firm may get a new id."""
    moved = Left((), moved_to=reading.chat(event["new_channel_id"]))
    return (_about({**event, "channel": event["old_channel_id"]}, moved, "", reading),)


def _home_opened(event: Json, reading: Reading) -> Events:
    if event.get("tab") != "home":
        return ()
    user, at = event["user"], moment(event["event_ts"])
    where = reading.address(event.get("channel") or user)
    return (reading.event(where, reading.sender(user), Command("home"), at=at, page=reading.page(user)),)


def _links(event: Json, reading: Reading) -> Events:
    """One event a link. What is only being composed has no channel yet, so nobody knows who would read the preview."""
    if "unfurl_id" not in event or event.get("source") == "composer":
        return ()
    place, at = f"unfurl:{event['source']}:{event['unfurl_id']}", moment(event["event_ts"])
    urls = [link["url"] for link in event["links"] if len(link["url"]) <= LONGEST_LINK]
    return tuple(
        reading.event(
            reading.address(event["channel"]),
            reading.sender(event["user"]),
            Linked(url, reading.address(place, url)),
            at=at,
            private=event["channel"].startswith("D"),
            number=number,
        )
        for number, url in enumerate(urls)
    )


def _known(payload: Json, reading: Reading) -> Events:
    """What we asked Slack for and hand to ourselves."""
    where, user = str(payload["channel_id"]), str(payload.get("user_id") or "")
    people = [
        reading.sender(person["id"], clean_name(person["name"]), team=person.get("team") or "")
        for person in payload["people"]
    ]
    sender = next((person for person in people if person.id == user), reading.sender(user))
    body = Known(tuple(people), clean_name(payload.get("title") or ""))
    private = where[:1] in ("D", "U", "W")
    return (reading.event(reading.address(where), sender, body, at=reading.received, private=private),)


_READERS: Mapping[str, Callable[[Json, Reading], Events]] = {
    "message": _message,
    "app_mention": _message,
    "member_joined_channel": _came,
    "member_left_channel": _went,
    "channel_left": _removed,
    "group_left": _removed,
    "channel_id_changed": _renamed,
    "app_home_opened": _home_opened,
    "link_shared": _links,
}
"""Kinds of event that mean something to us; slack-manifest.yaml subscribes to these."""

KINDS = tuple(_READERS)


def _about(event: Json, body: Body, user: str, reading: Reading) -> Event:
    at = moment(event["event_ts"])
    sender = reading.sender(user, team=event.get("team") or "")
    return reading.event(reading.address(event["channel"]), sender, body, at=at, private=False)


def _who(event: Json, reading: Reading) -> tuple[bool, tuple[Sender, ...]]:
    if event["user"] == reading.me:
        return True, ()
    return False, (reading.sender(event["user"], team=event.get("team") or ""),)


def _is_private(event: Json) -> bool:
    return bool(event.get("channel_type") == "im" or event["channel"].startswith("D"))


def _thread(message: Json) -> str:
    """The first message of a thread carries its own id as the thread's: it is not in it."""
    thread: str = message.get("thread_ts") or ""
    return "" if thread == message.get("ts") else thread


def moment(stamp: str | float) -> datetime:
    """Slack's time, seconds with a fraction."""
    return datetime.fromtimestamp(float(stamp), UTC)
