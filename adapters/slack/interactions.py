"""What people do with our buttons, forms, shortcuts and the slash command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from adapters.slack.contents import files_in
from adapters.slack.forms import values_in
from adapters.slack.incoming import Json, channel_of, part_of, user_of
from adapters.slack.reading import Reading
from adapters.slack.words import read
from bot.core.incoming import clean_name
from bot.core.messages import Address, Body, Command, Event, Pressed, Said, Sender

_COMMAND = re.compile(r"/?([^\W\d_][\w-]{0,31})(?=\s|$)\s*(.*)", re.DOTALL)


def parse(reading: Reading) -> Sequence[Event]:
    """Events of a payload that is no event of the Events API."""
    if "command" in reading.payload:
        return (_command(reading),)
    reader = _READERS.get(str(reading.payload.get("type")))
    event = reader(reading) if reader else None
    return (event,) if event else ()


def _command(reading: Reading) -> Event:
    payload = reading.payload
    chat, sender = _spoken_in(payload), reading.sender(payload["user_id"], clean_name(payload.get("user_name") or ""))
    body = spoken(read(payload.get("text") or "")[0])
    return reading.event(reading.address(chat), sender, body, at=reading.received, private=chat.startswith("D"))


def spoken(text: str, message: str = "") -> Body:
    """`/crm who Acme` is the command "who"; what doesn't begin with a word is said; nothing at all asks for help."""
    found = _COMMAND.fullmatch(text or "help")
    if found is None:
        return Said(text, message, mentioned=True)
    return Command(found[1].lower(), found[2].strip(), message, line=text.removeprefix("/"))


def _spoken_in(payload: Json) -> str:
    """A command typed among two people, where we can't speak, is answered in the private chat with us."""
    channel: str = payload["channel_id"]
    return str(payload.get("dm") or channel) if channel.startswith("D") else channel


def _pressed(reading: Reading) -> Event | None:
    """Buttons that are links tell us too, and mean nothing to us."""
    action = reading.payload["actions"][0]
    press = action.get("value") or (action.get("selected_option") or {}).get("value")
    if not press:
        return None
    where, message, page = _placed(reading, place_of(reading.payload))
    at = _moment(action.get("action_ts")) or reading.received
    return reading.event(where, _sender(reading), Pressed(press, message), at=at, private=_is_private(where), page=page)


def _submitted(reading: Reading) -> Event:
    """A form is the press that it was opened for, with what was filled in."""
    view = reading.payload["view"]
    where, message, page = _placed(reading, _kept(view))
    body = Pressed(view["callback_id"], message, values_in(view))
    return reading.event(where, _sender(reading), body, at=reading.received, private=_is_private(where), page=page)


def _logged(reading: Reading) -> Event:
    """ "Log as activity" on somebody's message: the person tells us in private what another one wrote."""
    message = reading.payload["message"]
    said = Said(
        text=read(message.get("text") or "", reading.me)[0],
        message=reading.payload["message_ts"],
        files=files_in(message, reading.prefix),
        mentioned=True,
        forwarded_from=_author(message, reading.payload),
        forwarded_at=_moment(reading.payload["message_ts"]),
    )
    return reading.event(_private(reading), _sender(reading), said, at=_when(reading))


def _shortcut(reading: Reading) -> Event:
    """A shortcut without a message is a command by its name."""
    body = Command(reading.payload["callback_id"].lower())
    return reading.event(_private(reading), _sender(reading), body, at=_when(reading))


_READERS: Mapping[str, Callable[[Reading], Event | None]] = {
    "block_actions": _pressed,
    "view_submission": _submitted,
    "message_action": _logged,
    "shortcut": _shortcut,
}


def place_of(payload: Json) -> dict[str, Any]:
    """Where a form is opened from, as it travels through the form: without it nobody would know on submission."""
    container, view = part_of(payload, "container"), part_of(payload, "view")
    channel = _spoken_in(payload) if "channel_id" in payload else channel_of(payload)
    if container.get("type") == "view" and view.get("type") == "modal":
        return _kept(view)
    if container.get("type") == "view":
        return {"chat": payload.get("dm") or user_of(payload), "page": user_of(payload)}
    if payload.get("type") in ("message_action", "shortcut") or not channel:
        return {"chat": payload.get("dm") or user_of(payload)}
    thread = "" if channel.startswith("D") else _thread(payload)
    return {"chat": channel, "thread": thread, "message": container.get("message_ts", "")}


def _placed(reading: Reading, found: Json) -> tuple[Address, str, Address | None]:
    """The chat, the message in it, and the page."""
    where = reading.address(found["chat"], found.get("thread", "")) if found.get("chat") else _private(reading)
    return where, found.get("message", ""), reading.page(found["page"]) if found.get("page") else None


def _kept(view: Json) -> dict[str, Any]:
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _private(reading: Reading) -> Address:
    """The chat with the bot; by the person's id where the chat's could not be had in time."""
    return reading.address(reading.payload.get("dm") or reading.payload["user"]["id"])


def _thread(payload: Json) -> str:
    container, message = part_of(payload, "container"), part_of(payload, "message")
    thread: str = container.get("thread_ts") or message.get("thread_ts") or ""
    return "" if thread == (container.get("message_ts") or message.get("ts")) else thread


def _sender(reading: Reading) -> Sender:
    user = reading.payload["user"]
    name = clean_name(user.get("name") or user.get("username") or "")
    return reading.sender(user["id"], name, team=user.get("team_id") or "")


def _author(message: Json, payload: Json) -> str:
    known = payload.get("author") or message.get("username") or (message.get("bot_profile") or {}).get("name")
    return clean_name(known or message.get("user") or message.get("bot_id") or "")


def _is_private(where: Address) -> bool:
    id = where.chat.rpartition("/")[2]
    return id.startswith(("D", "U", "W"))


def _when(reading: Reading) -> datetime:
    return _moment(reading.payload.get("action_ts")) or reading.received


def _moment(stamp: Any) -> datetime | None:
    return datetime.fromtimestamp(float(stamp), UTC) if stamp else None
