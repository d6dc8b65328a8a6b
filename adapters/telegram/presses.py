"""Every press is answered, or the button keeps spinning in the person's hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.capabilities import clipped, size
from bot.core.messages import Answer

TOAST = 200


def press_of(update: Mapping[str, Any]) -> str:
    """The id of the press, if the update is one that can be answered."""
    query = update.get("callback_query")
    return str(query.get("id", "")) if isinstance(query, dict) else ""


def toast(press: str, answer: Answer | None) -> dict[str, Any]:
    """The arguments of answerCallbackQuery."""
    text = answer.toast if answer else ""
    if size(text, "utf16") > TOAST:
        text = clipped(text, TOAST // 2)
    return {"callback_query_id": press, **({"text": text} if text else {})}
