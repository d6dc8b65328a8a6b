"""The two pages on the way of our app into somebody's Slack: off they go, and here they come back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from hmac import compare_digest
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from bot.core.errors import DeliveryError
from bot.web.pages import language_asked, page
from flows.accounts.installs import LIFETIME, Granted, asked, installed
from store.engine import Database

COOKIE = "rapport_install"
PATH = "/hooks/slack"
LONGEST = 500

Said = Literal["good", "taken", "late", "refused", "stopped", "unreachable"]
STATUS: dict[Said, int] = {"good": 200, "taken": 409, "late": 410, "refused": 400, "stopped": 200, "unreachable": 502}


class Installs:
    """Only who began in a browser ends there: a cookie says so, and whoever sent somebody else our link has no use."""

    def __init__(
        self,
        database: Database,
        address: Callable[[str], str],
        granted: Callable[[str], Awaitable[Granted | None]],
        home: Any,
        secure: bool,
    ) -> None:
        self._database = database
        self._address = address
        self._granted = granted
        self._home = home
        self._secure = secure

    async def begin(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Uses nothing up, because chats open links to draw previews of them."""
        request = Request(scope)
        state = request.query_params.get("ask", "")[:LONGEST]
        answer: Response = self._closed(request, "late")
        if request.method == "GET" and await self._is_open(state):
            answer = RedirectResponse(self._address(state), 303, {"Cache-Control": "no-store"})
            answer.set_cookie(
                COOKIE,
                state,
                max_age=int(LIFETIME.total_seconds()),
                path=PATH,
                httponly=True,
                samesite="lax",
                secure=self._secure,
            )
        await answer(scope, receive, send)

    async def end(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Slack sends people back with a code, or with the reason why not."""
        request = Request(scope)
        answer = self._closed(request, await self._ended(request))
        if answer.status_code == STATUS["good"]:
            answer.delete_cookie(COOKIE, path=PATH)
        await answer(scope, receive, send)

    async def _ended(self, request: Request) -> Said:
        state, code, error = (request.query_params.get(name, "")[:LONGEST] for name in ("state", "code", "error"))
        ours = request.cookies.get(COOKIE, "")
        if request.method != "GET" or not state or not compare_digest(state.encode(), ours.encode()):
            return "late"
        if not await self._is_open(state):
            return "late"
        if error or not code:
            return "stopped"
        try:
            granted = await self._granted(code)
        except DeliveryError:
            return "unreachable"
        if granted is None:
            return "refused"
        team = granted.found.bot.partition("/")[0]
        known = self._home is not None and self._home.team == team
        act = partial(installed, state=state, granted=granted, ours=known)
        return await self._database.written(act, lane="accounts")

    def _closed(self, request: Request, said: Said) -> Response:
        return page("installed.html", language_asked(request), status=STATUS[said], said=said)

    async def _is_open(self, state: str) -> bool:
        def read() -> bool:
            with self._database.read() as work:
                return asked(work, state) is not None

        return await asyncio.to_thread(read)
