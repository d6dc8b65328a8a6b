"""What every answer and every request of ours must obey: strict headers, small bodies."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 1024 * 1024

_POLICY = "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; object-src 'none'; form-action 'self'"
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_FRAMED = (b"content-security-policy", f"{_POLICY}; frame-ancestors *".encode())
_ALONE = (b"content-security-policy", f"{_POLICY}; frame-ancestors 'none'".encode())


class Guard:
    """Adds what is missing to an answer's headers and refuses a body that is too long.

    `uploads` are paths that count for themselves (a file may be larger); `framed` may stand on somebody else's page.
    """

    def __init__(self, app: ASGIApp, *, uploads: frozenset[str], framed: frozenset[str]) -> None:
        self._app = app
        self._uploads = uploads
        self._framed = framed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        answer = _dressed(send, path in self._framed)
        if path in self._uploads:
            await self._app(scope, receive, answer)
        elif _declared(scope) > BODY_BYTES:
            await _refuse(answer)
        else:
            body = _Counted(receive)
            await self._app(scope, body.receive, _told(answer, body))


def _dressed(send: Send, framed: bool) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            given = {name.lower() for name, _value in headers}
            ours = (*_ALWAYS, _FRAMED if framed else _ALONE)
            message = {**message, "headers": [*headers, *(pair for pair in ours if pair[0] not in given)]}
        await send(message)

    return dressed


def _declared(scope: Scope) -> int:
    found = next((value for name, value in scope["headers"] if name.lower() == b"content-length"), b"0")
    return int(found) if found.isdigit() else 0


class _Counted:
    """A body without a declared length: what is too long is cut off as if the client had gone."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    @property
    def is_too_long(self) -> bool:
        return self._seen > BODY_BYTES

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_too_long else message


def _told(send: Send, body: _Counted) -> Send:
    """Whatever was answered to a part of a body: what was wrong is its length."""

    async def told(message: Message) -> None:
        wrong = message["type"] == "http.response.start" and body.is_too_long
        await send({**message, "status": 413} if wrong else message)

    return told


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
