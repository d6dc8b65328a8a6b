"""What the Bot API refuses: teremok's rules, and ours for what it does not know."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import accumulate
from typing import Any
from urllib.parse import urlsplit

from tests.wires.telegram.world import ApiError, Json

STRUCTURED = {
    "entities",
    "caption_entities",
    "reply_markup",
    "link_preview_options",
    "reply_parameters",
    "allowed_updates",
    "commands",
    "scope",
}
NUMBERS = {"chat_id", "message_id", "message_thread_id", "offset", "limit", "timeout", "user_id"}

_AUTOMATIC = (
    ("url", re.compile(r"(?:https?|ftp|tg|ton)://[^\s\u2060]+", re.IGNORECASE)),
    ("email", re.compile(r"[A-Za-z0-9_.+-]*[A-Za-z0-9_]@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,6}(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}")),
    ("url", re.compile(r"(?<![\w@.-])(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#:][^\s\u2060]*)?")),
    ("url", re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])")),
)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def found_in(text: str) -> list[Json]:
    """Entities that Telegram makes by itself of plain text: links, mentions, commands."""
    entities: list[Json] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= other[0] or start >= other[1] for other in taken):
                taken.append((start, end))
                entities.append({"type": kind, "offset": units(text[:start]), "length": units(text[start:end])})
    return sorted(entities, key=lambda entity: entity["offset"])


def linked(text: str, given: list[Json]) -> list[Json]:
    """The entities of a bot's message: its own, and the automatic ones that do not cross its links and code."""
    firm = [entity for entity in given if entity["type"] in ("text_link", "code", "pre")]

    def crosses(one: Json) -> bool:
        end = one["offset"] + one["length"]
        return any(one["offset"] < other["offset"] + other["length"] and other["offset"] < end for other in firm)

    return given + [entity for entity in found_in(text) if not crosses(entity)]


def check(method: str, arguments: Json, uploaded: bool) -> None:
    """Raises ApiError as Telegram would, and for unknown arguments, which Telegram would silently ignore."""
    _check_text(arguments.get("text"), arguments.get("entities", []), 4096, method, required=True)
    _check_text(arguments.get("caption"), arguments.get("caption_entities", []), 1024, method, required=False)
    if "parse_mode" in arguments:
        raise ApiError(400, "Bad Request: this house never sends mark-up")
    for row in (arguments.get("reply_markup") or {}).get("inline_keyboard", []):
        _check_row(row)
    rows = (arguments.get("reply_markup") or {}).get("inline_keyboard", [])
    if sum(len(row) for row in rows) > 100:
        raise ApiError(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    _check_menu(arguments.get("commands", []))
    _check_with_teremok(method, arguments, uploaded)


def _check_text(text: Any, entities: list[Json], limit: int, method: str, *, required: bool) -> None:
    if text is None:
        return
    if method == "answerCallbackQuery":
        limit, required = 200, False
    if required and not any(unicodedata.category(character)[0] not in "ZC" for character in text):
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > limit:
        raise ApiError(400, "Bad Request: message is too long")
    edges = {0, *accumulate(1 + (ord(character) > 0xFFFF) for character in text)}
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or entity["length"] <= 0 or end > units(text):
            raise ApiError(400, "Bad Request: entity out of text bounds")
        if not {start, end} <= edges:
            raise ApiError(400, "Bad Request: entity begins or ends in the middle of a UTF-16 symbol")
        if entity["type"] == "text_link" and "." not in (urlsplit(entity["url"]).hostname or "."):
            raise ApiError(400, "Bad Request: a link that Telegram would drop")


def _check_row(row: list[Json]) -> None:
    if not 1 <= len(row) <= 8:
        raise ApiError(400, "Bad Request: BUTTON_ROW_INVALID")
    for button in row:
        if not button.get("text", "").strip():
            raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if button.get("style", "primary") not in ("primary", "danger", "success"):
            raise ApiError(400, "Bad Request: BUTTON_STYLE_INVALID")
        parts = urlsplit(button.get("url", "tg://resolve"))
        if parts.scheme not in ("http", "https", "tg") or (parts.scheme != "tg" and "." not in (parts.hostname or "")):
            raise ApiError(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _check_menu(commands: list[Json]) -> None:
    if len(commands) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for item in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", item["command"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(item["description"]) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")


def _check_with_teremok(method: str, arguments: Json, uploaded: bool) -> None:
    import aiogram.methods
    from pydantic import ValidationError
    from teremok.validation import ApiRuleViolation, validate_method

    model = getattr(aiogram.methods, method[:1].upper() + method[1:])
    if unknown := set(arguments) - set(model.model_fields):
        raise ApiError(400, f"Bad Request: {method} has no argument {', '.join(sorted(unknown))}")
    field = method.removeprefix("send").lower()
    try:
        validate_method(_validator(), model.model_validate({**arguments, **({field: "upload"} if uploaded else {})}))
    except ValidationError as error:
        raise ApiError(400, f"Bad Request: {error.errors()[0]['loc']} {error.errors()[0]['msg']}") from error
    except ApiRuleViolation as error:
        raise ApiError(400, error.description) from error


@cache
def _validator() -> Any:
    """Made once: each one reads every certificate of this machine."""
    from aiogram import Bot

    return Bot("1:validation")
