"""Telegram calls us: the secret is checked before anything is read, and 200 means that we have the update for good."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from hmac import compare_digest
from typing import Any

from adapters.telegram.polling import envelope
from adapters.telegram.presses import press_of, toast
from bot.core.ports import Accept

BODY_BYTES = 1024 * 1024
HEADER = b"x-telegram-bot-api-secret-token"
AGAIN_AFTER = "5"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)


class TooLarge(Exception):
    """A body longer than any update."""


class Webhook:
    """The ASGI application under the adapter's path; without a secret it lets nobody in."""

    def __init__(self, account: str, secret: str, accept: Accept) -> None:
        self._account = account
        self._secret = secret.encode()
        self._accept = accept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, body = await self._answer(scope, receive) if scope["type"] == "http" else (404, b"")
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        if status == 503:
            headers.append((b"retry-after", AGAIN_AFTER.encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        if scope["method"] != "POST" or not self._is_telegram(scope):
            return 404, b""
        try:
            update = json.loads(await _body(receive))
        except TooLarge:
            return 413, b""
        except (ValueError, RecursionError):
            return 400, b""
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return 400, b""
        return await self._taken(update)

    async def _taken(self, update: dict[str, Any]) -> tuple[int, bytes]:
        """A press is answered in the response itself, which saves a call."""
        try:
            answer = await self._accept(envelope(self._account, update))
        except Exception:
            logger.exception("update not accepted", extra={"action": "not_accepted", "account": self._account})
            return 503, b""
        press = press_of(update)
        return 200, json.dumps({"method": "answerCallbackQuery", **toast(press, answer)}).encode() if press else b""

    def _is_telegram(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name.lower() == HEADER]
        return len(given) == 1 and bool(self._secret) and compare_digest(given[0], self._secret)


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        part = await receive()
        if part["type"] != "http.request":
            raise ValueError("the connection was closed")
        body += part.get("body", b"")
        more = part.get("more_body", False)
        if len(body) > BODY_BYTES:
            raise TooLarge
    return bytes(body)
