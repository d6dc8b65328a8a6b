"""Lines typed in a terminal → raw updates → events; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.incoming import clean_text
from bot.core.messages import Address, Body, Command, Event, Pressed, Said, Sender

_COMMAND = re.compile(r"/([A-Za-z][A-Za-z0-9_]*)(?:\s+(.*))?", re.DOTALL)


def choice_of(line: str, count: int) -> int:
    """Which of the numbered buttons a line presses, from 1; 0 when it presses none."""
    text = line.strip()
    number = int(text) if text.isdecimal() and len(text) < 4 else 0
    return number if 0 < number <= count else 0


def said(line: str) -> dict[str, Any]:
    """The part of a raw update that a typed line makes."""
    return {"kind": "say", "text": clean_text(line).strip()}


def pressed(press: str, message: str) -> dict[str, Any]:
    """The part of a raw update that a chosen number makes."""
    return {"kind": "press", "press": press, "message": message}


def parse(platform: str, account: str, raw: str) -> tuple[Event, ...]:
    """The event of an update; none for kinds of a newer client."""
    data = json.loads(raw)
    body = _body(data)
    if body is None:
        return ()
    return (
        Event(
            key=data["key"],
            at=datetime.fromisoformat(data["at"]),
            where=Address(platform, account, data["sender"]),
            sender=Sender(data["sender"], data.get("name", ""), data.get("language", "")),
            body=body,
        ),
    )


def _body(data: Mapping[str, Any]) -> Body | None:
    match data["kind"]:
        case "press":
            return Pressed(data["press"], data["message"])
        case "say" if found := _COMMAND.fullmatch(data["text"]):
            return Command(found[1].lower(), (found[2] or "").strip(), data["key"])
        case "say":
            return Said(data["text"], data["key"])
        case _:
            return None
