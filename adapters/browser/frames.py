"""What a client may send: its frames become raw updates, with what only the server knows filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.browser.refusals import Refused
from bot.core.incoming import clean_name, clean_text
from bot.core.ports import Door

FRAME_BYTES = 64 * 1024
TEXT_LENGTH = 12_000
FILES = 10
OLDEST = timedelta(days=7)

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")

Raw = dict[str, Any]
IsOurs = Callable[[str, Mapping[str, Any]], bool]
"""Whether this person uploaded this file."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at a socket, and before which chat."""

    person: str
    door: Door
    language: str = ""
    name: str = ""


def decoded(text: str) -> Mapping[str, Any]:
    """The frame, or a refusal: never rubbish."""
    if len(text) > FRAME_BYTES or len(text.encode("utf-8", "replace")) > FRAME_BYTES:
        raise Refused("big")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Refused("unreadable") from problem
    if not isinstance(frame, dict):
        raise Refused("unreadable")
    return frame


def key_of(frame: Mapping[str, Any]) -> str:
    """The client's own key of its message; empty when it has none that can be used."""
    key = frame.get("key")
    return key if isinstance(key, str) and _KEY.fullmatch(key) else ""


def raw_of(frame: Mapping[str, Any], seat: Seat, now: datetime, is_ours: IsOurs) -> Raw:
    """The update's raw JSON; keys and message ids of people are theirs alone, whatever the client claims."""
    key, read = key_of(frame), _KINDS.get(str(frame.get("kind")))
    if not key or read is None:
        raise Refused("unreadable")
    return {
        "key": f"{seat.person}.{key}",
        "chat": seat.door.chat,
        "private": seat.door.private,
        "sender": seat.person,
        "name": seat.door.you or clean_name(seat.name),
        "language": seat.language,
        "at": _moment(frame, now).isoformat(),
        "kind": frame["kind"],
        **read(frame, seat, is_ours),
    }


def words(frame: Mapping[str, Any], name: str, limit: int = 200) -> str:
    """A text field, cleaned; refused when it is too long."""
    found = frame.get(name, "")
    if not isinstance(found, str):
        raise Refused("unreadable")
    if len(found) > limit:
        raise Refused("long")
    return clean_text(found)


def _moment(frame: Mapping[str, Any], now: datetime) -> datetime:
    """When it was typed: the client says how long ago, because its clock may be wrong."""
    age = frame.get("age", 0)
    seconds = age if isinstance(age, int | float) and 0 < age < OLDEST.total_seconds() else 0
    return now - timedelta(seconds=seconds)


def _say(frame: Mapping[str, Any], seat: Seat, is_ours: IsOurs) -> Raw:
    text = words(frame, "text", TEXT_LENGTH)
    if not text.strip():
        raise Refused("unreadable")
    return {"text": text, "answers": words(frame, "answers", 80)}


def _edit(frame: Mapping[str, Any], seat: Seat, is_ours: IsOurs) -> Raw:
    message = words(frame, "message", 64)
    if not _KEY.fullmatch(message):
        raise Refused("unreadable")
    return {**_say(frame, seat, is_ours), "message": f"{seat.person}.{message}"}


def _press(frame: Mapping[str, Any], seat: Seat, is_ours: IsOurs) -> Raw:
    press = words(frame, "press")
    if not press:
        raise Refused("unreadable")
    return {"press": press, "message": words(frame, "message", 80)}


def _file(frame: Mapping[str, Any], seat: Seat, is_ours: IsOurs) -> Raw:
    files = frame.get("files")
    if not isinstance(files, list) or not 0 < len(files) <= FILES:
        raise Refused("file")
    if not all(isinstance(file, dict) and is_ours(seat.person, file) for file in files):
        raise Refused("file")
    kept = [{name: file[name] for name in ("name", "mime", "hash", "size", "kind")} for file in files]
    return {"text": words(frame, "text", TEXT_LENGTH), "files": kept, "answers": words(frame, "answers", 80)}


def _contact(frame: Mapping[str, Any], seat: Seat, is_ours: IsOurs) -> Raw:
    return {name: words(frame, name) for name in ("person", "phone", "email")}


def _place(frame: Mapping[str, Any], seat: Seat, is_ours: IsOurs) -> Raw:
    latitude, longitude = frame.get("latitude"), frame.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        raise Refused("unreadable")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused("unreadable")
    return {"latitude": float(latitude), "longitude": float(longitude), "place": words(frame, "place")}


def _hello(frame: Mapping[str, Any], seat: Seat, is_ours: IsOurs) -> Raw:
    return {"start": words(frame, "start", 128)}


_KINDS: dict[str, Callable[[Mapping[str, Any], Seat, IsOurs], Raw]] = {
    "say": _say,
    "edit": _edit,
    "press": _press,
    "file": _file,
    "contact": _contact,
    "place": _place,
    "hello": _hello,
}
