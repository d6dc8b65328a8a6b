"""How messages look on the screen of a chat: entries of plain JSON, the same for the bot and for people; pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bot.core.messages import Address, Outgoing
from bot.core.ports import Call
from bot.core.tokens import without_tokens

BOT = "bot"

Entry = dict[str, Any]


def render(to: Address, message: Outgoing) -> tuple[Call, ...]:
    """One call: the entry to show, or what takes the place of an earlier one, or of a person's own message."""
    entry: Entry = {"by": BOT} | _shown(message)
    own = "" if message.edits.isdigit() else message.edits
    arguments = {
        "chat": to.chat,
        "entry": entry,
        "key": f"{message.key}.{_print(entry)}" if message.key else "",
        "edits": 0 if own else int(message.edits or 0),
        "own": own,
    }
    return (Call("show", arguments),)


def own_entry(raw: Mapping[str, Any]) -> Entry | None:
    """A person's update as all who are in the chat see it; nothing for a press or an opened chat."""
    look = _LOOKS.get(raw["kind"])
    if look is None:
        return None
    entry = {"by": raw["sender"], "name": raw["name"], "at": raw["at"], "key": raw["key"].partition(".")[2]}
    return entry | look(raw) | ({"answers": raw["answers"]} if raw.get("answers") else {})


def edited_entry(raw: Mapping[str, Any]) -> Entry:
    """A person's message after they changed it, under the key of the first."""
    entry = {"by": raw["sender"], "name": raw["name"], "at": raw["at"], "key": raw["message"].partition(".")[2]}
    return entry | _words(raw) | {"edited": True}


def _shown(message: Outgoing) -> Entry:
    if message.clears:
        return {"cleared": True}
    data = message.as_json()
    entry: Entry = {name: data[name] for name in ("text", "buttons", "answers") if data.get(name)}
    if message.file:
        entry["files"] = [data["file"]]
    if message.edits:
        entry["edited"] = True
    return entry


def _print(entry: Entry) -> str:
    """Tells the pieces of one long reply apart, which share their key."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:8]


def _words(raw: Mapping[str, Any]) -> Entry:
    """Without bots' tokens: what stands on a screen stands in a table too."""
    return {"text": [[without_tokens(raw["text"]), "", ""]]}


def _files(raw: Mapping[str, Any]) -> Entry:
    return {"files": raw["files"]} | (_words(raw) if raw["text"] else {})


def _contact(raw: Mapping[str, Any]) -> Entry:
    lines = [raw[name] for name in ("person", "phone", "email") if raw[name]]
    return {"text": [["\n".join(lines), "", ""]], "shared": "contact"}


def _place(raw: Mapping[str, Any]) -> Entry:
    where = f"{raw['latitude']:.5f}, {raw['longitude']:.5f}"
    return {"text": [[f"{raw['place']}\n{where}".strip(), "", ""]], "shared": "place"}


_LOOKS = {"say": _words, "file": _files, "contact": _contact, "place": _place}
