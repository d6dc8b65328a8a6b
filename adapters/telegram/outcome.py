"""What Telegram, or the way to it, did to a call; read from the answer itself, so that both libraries mean the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.errors import LONGEST, DeliveryError, Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.messages import Address

REPEATABLE = frozenset(
    {
        "editMessageText",
        "editMessageCaption",
        "deleteMessage",
        "answerCallbackQuery",
        "setMyCommands",
        "deleteMyCommands",
        "setWebhook",
        "getMe",
        "getFile",
        "getUpdates",
        "deleteWebhook",
        "fetch",
    }
)
"""Calls that may run twice without anybody seeing it, so an unknown outcome is simply tried again."""

PAUSE = 5.0
"""Seconds of a limit that does not say how long it lasts."""

_UNREACHABLE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat was deactivated",
    "user is deactivated",
    "blocked by the user",
    "chat_write_forbidden",
    "rights to send a message",
    "rights to send text",
)
_DONE = ("message is not modified", "message to delete not found")


class Refused(Exception):
    """Telegram answered no."""

    def __init__(self, code: int, description: str, *, retry_after: float = 0.0, moved_to: str = "") -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to

    def says(self, *words: str) -> bool:
        """Whether the description has one of these in it; the libraries differ in capitals and prefixes."""
        return any(word in self.description.lower() for word in words)


class Lost(Exception):
    """No answer that could be read; `sent` is False when the request surely never left."""

    def __init__(self, *, sent: bool) -> None:
        super().__init__("no answer" if sent else "no connection")
        self.sent = sent


def refusal(status: int, body: bytes, wait: str | None = None) -> Refused | Lost | None:
    """None for an answer that carries a result. What Telegram writes goes before the status of HTTP; what is not
    Telegram's was written by something on the way, which stopped the request unless it says that it failed at it."""
    answer = _object(body)
    if answer.get("ok") is True:
        return None
    asked = answer.get("parameters")
    asked = asked if isinstance(asked, dict) else {}
    retry = _seconds(asked.get("retry_after")) or _seconds(wait)
    if "ok" in answer:
        code = answer.get("error_code")
        code = code if type(code) is int else status if status >= 400 else 400
        moved = asked.get("migrate_to_chat_id")
        return Refused(code, str(answer.get("description", "")), retry_after=retry, moved_to=str(moved or ""))
    if status in (400, 401, 404, 413, 429) or status >= 500:
        return Refused(status, f"HTTP {status}", retry_after=retry if status == 429 else 0.0)
    return Lost(sent=status < 300)


def is_done(refused: Refused) -> bool:
    """A refusal that says things already are as we want them."""
    return refused.code == 400 and refused.says(*_DONE)


def meaning(error: Refused | Lost, method: str, where: Address) -> DeliveryError:
    """The error for the sender; limits are told per chat, because Telegram never says that one is global."""
    if isinstance(error, Lost):
        return TryLater() if not error.sent or method in REPEATABLE else Unsure("no answer from Telegram")
    if error.retry_after or error.code == 429:
        return TryLater(error.retry_after or PAUSE, limited=True)
    if error.moved_to:
        return Moved(replace(where, chat=error.moved_to))
    if error.code in (401, 404):
        return WrongCredentials(str(error))
    if error.code >= 500:
        return TryLater() if method in REPEATABLE else Unsure(str(error))
    if error.code == 409:
        return TryLater()
    return NeverDeliverable(error.description, unreachable=_is_unreachable(error))


def address_of(account: str, arguments: Mapping[str, Any]) -> Address:
    """Where a call goes, for `Moved`; a supergroup that was a group has no topics yet."""
    return Address("telegram", account, str(arguments.get("chat_id", "")))


def _is_unreachable(error: Refused) -> bool:
    return error.code == 403 or error.says(*_UNREACHABLE)


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _seconds(value: Any) -> float:
    """Of a number however it is written; 0 for what is none, and for one without end."""
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        return 0.0
    return seconds if 0 < seconds <= LONGEST else 0.0
