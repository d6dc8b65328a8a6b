"""Raw updates of the chat page → events; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.core.messages import Address, Body, Command, Edited, Event, File, Pressed, Said, Sender, Shared

Raw = Mapping[str, Any]

_COMMAND = re.compile(r"/([A-Za-z][A-Za-z0-9_]*)(?:@rapport)?(?:\s+(.*))?", re.DOTALL)
_MENTION = re.compile(r"(?<![A-Za-z0-9_.])@rapport(?![A-Za-z0-9_]|\.[a-z])[,:，：]?\s*", re.IGNORECASE)


def parse(platform: str, account: str, raw: str) -> tuple[Event, ...]:
    """The event of an update; none for kinds of a newer client."""
    data = json.loads(raw)
    body = _BODIES.get(data["kind"])
    if body is None:
        return ()
    return (
        Event(
            key=data["key"],
            at=datetime.fromisoformat(data["at"]),
            where=Address(platform, account, data["chat"]),
            sender=Sender(data["sender"], data.get("name", ""), data.get("language", "")),
            body=body(data),
            private=data.get("private", True),
        ),
    )


def _say(data: Raw) -> Body:
    text = data["text"].strip()
    bare = _MENTION.sub("", text, count=1).strip() if not data.get("private", True) else text
    if found := _COMMAND.fullmatch(bare):
        return Command(found[1].lower(), (found[2] or "").strip(), data["key"])
    mentioned = not data.get("private", True) and (bare != text or text.startswith("/"))
    return Said(bare or text, data["key"], answers=data.get("answers", ""), mentioned=mentioned)


def _file(data: Raw) -> Body:
    files = tuple(File(**file) for file in data["files"])
    mentioned = bool(_MENTION.search(data["text"])) and not data.get("private", True)
    return Said(data["text"].strip(), data["key"], files, answers=data.get("answers", ""), mentioned=mentioned)


def _edit(data: Raw) -> Body:
    return Edited(data["message"], data["text"].strip())


def _press(data: Raw) -> Body:
    return Pressed(data["press"], data.get("message", ""))


def _contact(data: Raw) -> Body:
    return Shared("contact", data["person"], data["phone"], data["email"], message=data["key"])


def _place(data: Raw) -> Body:
    return Shared("place", data["place"], latitude=data["latitude"], longitude=data["longitude"], message=data["key"])


def _hello(data: Raw) -> Body:
    return Command("start", data.get("start", ""), data["key"])


_BODIES: dict[str, Callable[[Raw], Body]] = {
    "say": _say,
    "file": _file,
    "edit": _edit,
    "press": _press,
    "contact": _contact,
    "place": _place,
    "hello": _hello,
}
