"""Slack calls us: signature and age are checked over the raw bytes before anything is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_sdk.signature import SignatureVerifier
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

BODY_BYTES = 1024 * 1024
AGAIN_AFTER = "5"
SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"

Dispatch: TypeAlias = Callable[[str, str], Awaitable[tuple[int, str, str]]]
"""Body and its type → status, body and type of the response; ValueError for what is no payload."""


class TooLarge(Exception):
    """A body longer than any payload."""


class Door:
    """The ASGI application under the adapter's path; without a secret it lets nobody in."""

    def __init__(self, secret: str, dispatch: Dispatch) -> None:
        self._verifier = SignatureVerifier(secret) if secret.strip() else None
        self._dispatch = dispatch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(Request(scope, receive)) if scope["type"] == "http" else Response(status_code=404)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(status_code=404)
        try:
            body = await _body(request)
        except TooLarge:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        if not self._is_slack(request.headers, body):
            return Response(status_code=401)
        try:
            status, content, kind = await self._dispatch(body.decode(), request.headers.get("content-type", ""))
        except ValueError:
            return Response(status_code=400)
        again = {"Retry-After": AGAIN_AFTER} if status == 503 else None
        return Response(content, status, again, kind)

    def _is_slack(self, headers: Headers, body: bytes) -> bool:
        """A header that comes twice counts as none: two readers might choose differently."""
        given = [*headers.getlist(TIMESTAMP), *headers.getlist(SIGNATURE)]
        if self._verifier is None or len(given) != 2 or not "".join(given).isascii():
            return False
        try:
            return self._verifier.is_valid(body, *given)
        except ValueError:  # no number, or one without end
            return False


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_BYTES:
            raise TooLarge
    return bytes(body)
