"""Files of the chat page: kept by their hash, handed out only by links that we signed for one person and one chat."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.browser.people import by_cookie, known
from adapters.browser.refusals import Code, sentence
from bot.core.incoming import clean_name
from bot.core.ports import Doors, Files

FILE_BYTES = 10 * 1024 * 1024
LINK_SECONDS = 24 * 3600

ALLOWANCE_BYTES, ALLOWANCE_SECONDS = 60 * 1024 * 1024, 600.0
"""What one address may hand in within ten minutes: visitors need no account, the disk has an end."""

_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/ogg", "video/mp4"})
"""What a browser may show in place; everything else is only ever saved."""
_LOCKED = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


class Seal:
    """Signs what we hand to a client and want back unchanged."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, *parts: str) -> str:
        """The seal of these parts in this order."""
        return hmac.new(self._key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()[:32]

    def fits(self, seal: object, *parts: str) -> bool:
        """Compared in constant time."""
        return isinstance(seal, str) and seal.isascii() and hmac.compare_digest(seal, self.of(*parts))


class Allowance:
    """Counts the bytes that each address handed in lately."""

    def __init__(self) -> None:
        self._since = 0.0
        self._bytes: Counter[str] = Counter()

    def takes(self, address: str, size: int) -> bool:
        """False once the address has had its share."""
        if time.monotonic() - self._since > ALLOWANCE_SECONDS:
            self._since, self._bytes = time.monotonic(), Counter()
        self._bytes[address] += size
        return self._bytes[address] <= ALLOWANCE_BYTES


class FileShelf:
    """Upload and download for the chat page."""

    def __init__(self, files: Files, doors: Doors, seal: Seal, origins: frozenset[str]) -> None:
        self._files = files
        self._doors = doors
        self._seal = seal
        self._origins = origins
        self._allowance = Allowance()

    def is_ours(self, person: str, file: Mapping[str, Any]) -> bool:
        """Whether this person uploaded it here: a hash alone proves nothing."""
        return self._seal.fits(file.get("seal"), "uploaded", person, *_facts(file))

    def linked(self, entry: Mapping[str, Any], person: str, chat: str) -> dict[str, Any]:
        """The entry with links to its files that work for this person for a day."""
        files = [{**file, "href": self._link(file, person, chat)} for file in entry.get("files", ())]
        return {**entry, "files": files} if files else dict(entry)

    async def upload(self, request: Request) -> Response:
        """Keeps the request's body; the answer is what a `file` frame then carries."""
        language = request.query_params.get("language", "")
        person = _person(request, self._origins)
        if not person:
            return _refusal("who", language, 403)
        content = await _body(request)
        if not content:
            return _refusal("empty" if content == b"" else "big", language, 400 if content == b"" else 413)
        if not self._allowance.takes(request.client.host if request.client else "", len(content)):
            return _refusal("slow", language, 429)
        file = _described(request, content) | {"hash": await asyncio.to_thread(self._files.keep, content)}
        return JSONResponse({"file": file | {"seal": self._seal.of("uploaded", person, *_facts(file))}})

    async def download(self, request: Request) -> Response:
        """The file behind a link of ours, if its person may still open the chat."""
        asked, hash = request.query_params, request.path_params["hash"]
        person, chat, until = asked.get("person", ""), asked.get("chat", ""), asked.get("until", "")
        name, mime = asked.get("name", ""), asked.get("mime", "")
        fits = self._seal.fits(asked.get("seal"), "link", hash, person, chat, until, name, mime)
        if not fits or float(until) < time.time() or not await self._may_open(person, chat):
            return _refusal("gone", asked.get("language", ""), 404)
        try:
            content = await asyncio.to_thread(self._files.read, hash)
        except FileNotFoundError:
            return _refusal("gone", asked.get("language", ""), 404)
        return Response(
            content, media_type=mime if mime in _SHOWN else "application/octet-stream", headers=_as(request)
        )

    async def _may_open(self, person: str, chat: str) -> bool:
        return any(door.chat == chat for door in await self._doors.of(person))

    def _link(self, file: Mapping[str, Any], person: str, chat: str) -> str:
        until = str(int((time.time() + LINK_SECONDS) // 3600 * 3600))
        name, mime = file["name"], file["mime"]
        seal = self._seal.of("link", file["hash"], person, chat, until, name, mime)
        asked = {"person": person, "chat": chat, "until": until, "name": name, "mime": mime, "seal": seal}
        return f"file/{quote(file['hash'])}?{urlencode(asked)}"


def _facts(file: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(file.get(name, "")) for name in ("hash", "name", "mime", "size", "kind"))


def _person(request: Request, origins: frozenset[str]) -> str:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return known(secret) if scheme == "Bearer" else by_cookie(request.cookies, request.headers, origins)


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than we take."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > FILE_BYTES:
            return None
    return bytes(content)


def _described(request: Request, content: bytes) -> dict[str, Any]:
    name = request.query_params.get("name", "").replace("\\", "/").rpartition("/")[2]
    printable = clean_name(name)[:120]
    mime = request.headers.get("content-type", "").partition(";")[0].strip().lower() or "application/octet-stream"
    return {"name": printable or "file", "mime": mime[:100], "size": len(content), "kind": _kind(mime)}


def _kind(mime: str) -> Literal["picture", "document", "voice", "video"]:
    if mime in _SHOWN and mime.startswith("image/"):
        return "picture"
    return "voice" if mime.startswith("audio/") else "video" if mime.startswith("video/") else "document"


def _as(request: Request) -> dict[str, str]:
    place = "inline" if request.query_params.get("mime") in _SHOWN else "attachment"
    name = quote(request.query_params.get("name", "file"), safe="")
    return _LOCKED | {
        "Content-Disposition": f"{place}; filename*=UTF-8''{name}",
        "Cache-Control": "private, max-age=3600",
    }


def _refusal(code: Code, language: str, status: int) -> Response:
    return JSONResponse({"error": {"code": code, "text": sentence(code, language)}}, status)
