"""Telegram calls us: the secret is checked before anything is read, and 200 means that we have the update for good."""

from __future__ import annotations

import json
import logging
from hmac import compare_digest
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from adapters.telegram.polling import envelope
from adapters.telegram.presses import press_of, toast
from bot.core.ports import Accept

BODY_BYTES = 1024 * 1024
HEADER = "x-telegram-bot-api-secret-token"
AGAIN_AFTER = "5"

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
        answer = await self._answer(Request(scope, receive)) if scope["type"] == "http" else Response(status_code=404)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST" or not self._is_telegram(request):
            return Response(status_code=404)
        try:
            update = json.loads(await _body(request))
        except TooLarge:
            return Response(status_code=413)
        except (ValueError, RecursionError, ClientDisconnect):
            return Response(status_code=400)
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return Response(status_code=400)
        return await self._taken(update)

    async def _taken(self, update: dict[str, Any]) -> Response:
        """A press is answered in the response itself, which saves a call."""
        try:
            answer = await self._accept(envelope(self._account, update))
        except Exception:
            logger.exception("update not accepted", extra={"action": "not_accepted", "account": self._account})
            return Response(status_code=503, headers={"Retry-After": AGAIN_AFTER})
        press = press_of(update)
        return JSONResponse({"method": "answerCallbackQuery", **toast(press, answer)}) if press else Response()

    def _is_telegram(self, request: Request) -> bool:
        given = request.headers.getlist(HEADER)
        return len(given) == 1 and bool(self._secret) and compare_digest(given[0].encode(), self._secret)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_BYTES:
            raise TooLarge
    return bytes(body)
