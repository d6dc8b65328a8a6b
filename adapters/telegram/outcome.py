"""What Telegram, or the way to it, did to a call; one meaning for both libraries' errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.errors import DeliveryError, Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
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

_UNREACHABLE = ("chat not found", "user not found", "peer_id_invalid", "chat was deactivated", "rights to send")
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


def is_done(refused: Refused) -> bool:
    """A refusal that says things already are as we want them."""
    return refused.code == 400 and refused.says(*_DONE)


def meaning(error: Refused | Lost, method: str, where: Address) -> DeliveryError:
    """The error for the sender; limits are told per chat, because Telegram never says that one is global."""
    if isinstance(error, Lost):
        return TryLater() if not error.sent or method in REPEATABLE else Unsure("no answer from Telegram")
    if error.retry_after:
        return TryLater(error.retry_after, limited=True)
    if error.moved_to:
        return Moved(replace(where, chat=error.moved_to))
    if error.code in (401, 404):
        return WrongCredentials(str(error))
    if error.code >= 500:
        return TryLater() if method in REPEATABLE else Unsure(str(error))
    if error.code in (409, 429):
        return TryLater()
    return NeverDeliverable(error.description, unreachable=_is_unreachable(error))


def address_of(account: str, arguments: Mapping[str, Any]) -> Address:
    """Where a call goes, for `Moved`; a supergroup that was a group has no topics yet."""
    return Address("telegram", account, str(arguments.get("chat_id", "")))


def _is_unreachable(error: Refused) -> bool:
    return error.code == 403 or error.says(*_UNREACHABLE)
