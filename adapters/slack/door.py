"""Slack calls us: signature and age are checked over the raw bytes before anything is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, TypeAlias

from slack_sdk.signature import SignatureVerifier

BODY_BYTES = 1024 * 1024
AGAIN_AFTER = "5"
SIGNATURE, TIMESTAMP = b"x-slack-signature", b"x-slack-request-timestamp"

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Any]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
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
        if scope["type"] != "http":
            return
        status, body, kind = await self._answer(scope, receive)
        content = body.encode()
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(content)).encode())]
        if status == 503:
            headers.append((b"retry-after", AGAIN_AFTER.encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, str, str]:
        headers = _once(scope["headers"])
        if scope["method"] != "POST":
            return 404, "", "text/plain"
        try:
            body = await _body(receive, headers)
        except TooLarge:
            return 413, "", "text/plain"
        except ConnectionError:
            return 400, "", "text/plain"
        if not self._is_slack(headers, body):
            return 401, "", "text/plain"
        try:
            return await self._dispatch(body.decode(), headers.get(b"content-type", b"").decode("latin-1"))
        except ValueError:
            return 400, "", "text/plain"

    def _is_slack(self, headers: Mapping[bytes, bytes], body: bytes) -> bool:
        if self._verifier is None:
            return False
        try:
            stamp, signature = headers[TIMESTAMP].decode("ascii"), headers[SIGNATURE].decode("ascii")
            return stamp.isdigit() and self._verifier.is_valid(body, stamp, signature)
        except (KeyError, ValueError):
            return False


def _once(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """A header that comes twice counts as none: two readers might choose differently."""
    names = [name.lower() for name, _ in headers]
    return {name.lower(): value for name, value in headers if names.count(name.lower()) == 1}


async def _body(receive: Receive, headers: Mapping[bytes, bytes]) -> bytes:
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced[:20]) > BODY_BYTES:
        raise TooLarge
    body, more = bytearray(), True
    while more:
        part = await receive()
        if part["type"] != "http.request":
            raise ConnectionError("the connection was closed")
        body += part.get("body", b"")
        more = part.get("more_body", False)
        if len(body) > BODY_BYTES:
            raise TooLarge
    return bytes(body)
