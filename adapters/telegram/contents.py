"""What a Telegram message holds: its words, its files, and the cards and places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from bot.core.incoming import clean_name, clean_text
from bot.core.messages import File, Shared

Json = Mapping[str, Any]
Kind = Literal["picture", "document", "voice", "video"]

_MEDIA: Mapping[str, tuple[Kind, str, str]] = {
    "voice": ("voice", "audio/ogg", "ogg"),
    "video": ("video", "video/mp4", "mp4"),
    "video_note": ("video", "video/mp4", "mp4"),
    "audio": ("document", "audio/mpeg", "mp3"),
    "document": ("document", "application/octet-stream", "bin"),
}
"""Field of the message → our kind, and the type and ending where Telegram leaves them out."""

_EMAIL = re.compile(r"^EMAIL[^:\n]*:(\S+@\S+)\s*$", re.MULTILINE | re.IGNORECASE)


def words_in(message: Json) -> tuple[str, tuple[tuple[int, int, Json], ...]]:
    """The text, caption or sticker's emoji, and its entities as positions in Python's counting, not UTF-16's."""
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or ()
    if not text:
        emoji = (message.get("sticker") or message.get("dice") or {}).get("emoji", "")
        return emoji, ()
    return text, tuple(_positions(text, entities)) if entities else ()


def _positions(text: str, entities: list[Json]) -> Iterator[tuple[int, int, Json]]:
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in entities:
        start, length = entity["offset"], entity["length"]
        before = units[: 2 * start].decode("utf-16-le", "replace")
        inside = units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
        yield len(before), len(before) + len(inside), entity


def files_in(message: Json) -> tuple[File, ...]:
    """The attachment, still by Telegram's reference; of a photo's sizes the largest."""
    number = message["message_id"]
    if photos := message.get("photo"):
        photo = max(photos, key=lambda size: size["width"] * size["height"])
        return (_file(photo, f"photo-{number}.jpg", "image/jpeg", "picture"),)
    for field, (kind, mime, ending) in _MEDIA.items():
        if media := message.get(field):
            return (_file(media, f"{field.replace('_', '-')}-{number}.{ending}", mime, kind),)
    return ()


def _file(media: Json, name: str, mime: str, kind: Kind) -> File:
    return File(
        name=clean_name(media.get("file_name") or "") or name,
        mime=media.get("mime_type") or mime,
        ref=media["file_id"],
        size=media.get("file_size", 0),
        kind=kind,
    )


def shared_in(message: Json) -> Shared | None:
    """A contact card or a place; a card whose user is the sender proves the number, Telegram itself fills it in."""
    number = str(message["message_id"])
    if contact := message.get("contact"):
        return _contact(contact, number, message.get("from", {}).get("id"))
    venue = message.get("venue") or {}
    if location := venue.get("location") or message.get("location"):
        name = clean_text(", ".join(part for part in (venue.get("title", ""), venue.get("address", "")) if part))
        latitude, longitude = float(location["latitude"]), float(location["longitude"])
        return Shared("place", name, latitude=latitude, longitude=longitude, message=number)
    return None


def _contact(contact: Json, number: str, sender: int | None) -> Shared:
    own = sender is not None and contact.get("user_id") == sender
    phone = str(contact["phone_number"])
    email = _EMAIL.search(contact.get("vcard") or "")
    return Shared(
        "contact",
        name=clean_name(f"{contact.get('first_name', '')} {contact.get('last_name', '')}"),
        phone=f"+{phone}" if own and phone.isdigit() else clean_text(phone),
        email=email[1] if email else "",
        own=own,
        message=number,
    )
