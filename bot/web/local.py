"""For the command line on this machine: what it would write itself, written by the process that has the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from hmac import compare_digest
from ipaddress import ip_address
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.core.errors import Problem
from bot.core.text import plain
from flows.setup import console
from flows.words import Words
from store.copies import Uncopied
from store.engine import Database
from store.work import Work

logger = logging.getLogger(__name__)


class Local:
    """`POST /local` with the token of this start; nobody else's machine is answered at all."""

    def __init__(self, database: Database, token: str, more: Mapping[str, Callable[..., Any]] | None = None) -> None:
        """`more` is what takes its time and is no transaction of ours: it runs on a thread, beside the writer."""
        self._database = database
        self._token = token
        self._more = more or {}

    async def answer(self, request: Request) -> Response:
        """The result as JSON, or a problem as one sentence."""
        if not self._is_ours(request):
            return Response(status_code=404)
        asked = await request.json()
        try:
            if beside := self._more.get(asked["do"]):
                return JSONResponse({"result": await asyncio.to_thread(beside, **asked.get("with", {}))})
            return JSONResponse({"result": await run(self._database, asked["do"], asked.get("with", {}))})
        except Problem as problem:
            return JSONResponse({"problem": sentence(problem)}, 409)
        except Uncopied as problem:
            return JSONResponse({"problem": str(problem)}, 409)

    def _is_ours(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return is_near(request) and bool(self._token) and compare_digest(given.encode(), self._token.encode())


async def run(database: Database, name: str, arguments: dict[str, Any]) -> Any:
    """One of the console's acts, in a transaction; raises Problem."""
    act: Callable[[Work], Any] = partial(console.do, name=name, arguments=arguments)
    return await database.written(act, lane="console")


def sentence(problem: Problem) -> str:
    """What the console prints: English, like the rest of it."""
    from datetime import UTC, datetime

    return plain(problem.text.resolve(Words("en", "UTC", datetime.now(UTC))))


def is_near(request: Request) -> bool:
    """Whether it comes from this machine and is meant for it: a proxy on it speaks for others, and so does a browser
    that was led here under somebody else's name.
    """
    passed_on = any(name in _PASSED_ON or name.startswith("x-forwarded-") for name in request.headers)
    return not passed_on and _is_loopback(request.url.hostname) and _is_loopback(request.client and request.client.host)


_PASSED_ON = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"})


def _is_loopback(host: str | None) -> bool:
    if not host or host == "localhost":
        return bool(host)
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
