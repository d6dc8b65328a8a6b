"""What a Slack message holds beside its words: its author and its files."""

from __future__ import annotations

from typing import Literal

from adapters.slack.incoming import Json, is_own
from adapters.slack.reading import Reading
from bot.core.incoming import clean_name
from bot.core.messages import File, Sender

Kind = Literal["picture", "document", "voice", "video"]


def sender_of(message: Json, reading: Reading) -> Sender:
    """Slack names people only sometimes; other apps speak under the id of their bot."""
    profile = message.get("user_profile") or {}
    bot = message.get("bot_profile") or {}
    name = profile.get("real_name") or profile.get("display_name") or bot.get("name") or message.get("username")
    team = message.get("user_team") or message.get("source_team") or profile.get("team") or message.get("team") or ""
    id, is_bot = str(message.get("user") or message["bot_id"]), bool(message.get("bot_id"))
    return reading.sender(id, clean_name(name or ""), team=team, is_bot=is_bot)


def has_author(message: Json) -> bool:
    """Slack's own notices are nobody's."""
    return bool(message.get("user") or message.get("bot_id"))


def is_own_message(message: Json, reading: Reading) -> bool:
    """Said by ourselves."""
    event = {**message, "type": "message"}
    return is_own({"api_app_id": reading.payload.get("api_app_id"), "event": event}, reading.me)


def files_in(message: Json, prefix: str) -> tuple[File, ...]:
    """Attachments by their id: what their addresses are, and who may read them, is asked when they are fetched."""
    files = [file for file in message.get("files") or () if isinstance(file, dict) and file.get("id")]
    return tuple(_file(file, prefix) for file in files if file.get("mode") not in ("tombstone", "hidden_by_limit"))


def _file(file: Json, prefix: str) -> File:
    mime = file.get("mimetype") or "application/octet-stream"
    return File(
        name=clean_name(file.get("name") or file.get("title") or "") or file["id"],
        mime=mime,
        ref=prefix + file["id"],
        size=file.get("size") or 0,
        kind=_kind(mime, file),
    )


def _kind(mime: str, file: Json) -> Kind:
    if file.get("subtype") == "slack_audio":
        return "voice"
    kinds: dict[str, Kind] = {"image": "picture", "video": "video"}
    return kinds.get(mime.partition("/")[0], "document")
