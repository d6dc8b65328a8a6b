"""The pages that people open: the chat, the three chats of the demo, a personal link, the widget, and the door."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.core.errors import Problem, TooLate
from bot.core.messages import Address
from bot.core.text import gettext as _
from bot.core.text import plain
from bot.web.doors import PLATFORM, Known, who
from flows import handle
from flows.demo import INTRO, panes
from flows.router import COMMANDS, CUSTOMERS
from flows.setup.entrance import FIRST_LINE, PAGES, arrival, joined, peek, sign_in
from flows.words import Language, Words, language_of
from store.engine import Database
from store.models import Pass
from store.work import Work

HERE = Path(__file__).parent
COOKIE_DAYS = 60
NAME_LENGTH = 60

PersonOf = Callable[[str], str]
T = TypeVar("T")


@dataclass
class Pages:
    """What the pages need to know of the browser's bot account; `person_of` gives the person of a cookie's secret."""

    database: Database
    account: str
    cookie: str
    person_of: PersonOf
    secure: bool = False
    origins: frozenset[str] = field(default_factory=frozenset)

    async def home(self, request: Request) -> Response:
        """To the chat or the demo, or the door for whoever is not known."""
        known = await self._known(request)
        if known is None or known.member is None:
            return self._page("door.html", language_asked(request))
        return _to("/demo" if panes(known.firm, known.member, "en") else "/chat", request)

    async def chat(self, request: Request) -> Response:
        """A member's own chat and rooms."""
        known = await self._known(request)
        if known is None or known.member is None:
            return _to("/", request)
        language = language_of(known.member.language, language_asked(request))
        return self._page("chat.html", language, title=known.firm.name, hint=_say(FIRST_LINE, language))

    async def demo(self, request: Request) -> Response:
        """A rep, a customer and a team's room side by side, in one language."""
        known, language = await self._known(request), language_asked(request)
        shown = panes(known.firm, known.member, language) if known and known.member else ()
        if not shown:
            return _to("/", request)
        return self._page("demo.html", language, panes=shown, intro=INTRO[language])

    async def visitor(self, request: Request) -> Response:
        """A customer's personal link: the rest is said in the chat, whose first message carries the code."""
        known = await self._known(request)
        title = known.firm.name if known else ""
        return self._page("visitor.html", language_asked(request), title=title, start=request.path_params["token"])

    async def widget(self, request: Request) -> Response:
        """The frame that the widget's script opens on somebody's website."""
        known = await self._known(request)
        title = request.query_params.get("title", "")[:80] or (known.firm.name if known else "")
        return self._page("widget.html", language_asked(request), title=title)

    async def commands(self, request: Request) -> Response:
        """What can be typed after a slash: a member's commands for members, a customer's for everybody else."""
        known, words = await self._known(request), Words(_asked_language(request, "language"), "UTC", _now())
        role = known.member.role if known and known.member else next(iter(CUSTOMERS))
        shown = [route for route in COMMANDS.values() if route.listed and role in route.for_]
        return JSONResponse(
            [
                {
                    "name": route.name,
                    "help": plain(route.help.resolve(words)),
                    "example": plain(route.example.resolve(words)),
                }
                for route in shown
            ]
        )

    async def enter(self, request: Request) -> Response:
        """A one-time link: asks before it is used up, because chats open links to draw previews of them."""
        known, token = await self._known(request), request.path_params["token"]
        entry = await self._read(lambda work: self._peeked(work, token))
        if known and known.member and not (entry and entry.member not in (None, known.member.id)):
            return _to("/", request)
        if entry is None:
            return self._closed(request)
        if entry.purpose == "customer":
            return _to(f"/c/{token}", request)
        if entry.purpose == "demo":
            return await self._come_in(request, token, entry)
        asks_name = entry.purpose == "member" and entry.member is None
        firm = known.firm.name if known else ""
        return self._page("enter.html", language_asked(request), firm=firm, asks_name=asks_name)

    async def come_in(self, request: Request) -> Response:
        """The button on that page."""
        if not self._from_us(request):
            return self._closed(request)
        token = request.path_params["token"]
        entry = await self._read(lambda work: self._peeked(work, token))
        return await self._come_in(request, token, entry) if entry else self._closed(request)

    async def _come_in(self, request: Request, token: str, entry: Pass) -> Response:
        """Each sign-in is a new browser person: an old cookie, whoever set it, opens nothing new."""
        secret, language = secrets.token_urlsafe(24), language_asked(request)
        at = Address(PLATFORM, self.account, self.person_of(secret))
        name = " ".join(str((await request.form()).get("name", "")).split())[:NAME_LENGTH] if _is_post(request) else ""

        def act(work: Work) -> None:
            who(work, self.account, at.chat)
            if entry.purpose in PAGES:
                sign_in(work, token, at)
                return
            handle.handle(work, arrival(work, token, at, name or "Member", language))
            if joined(work, at) is None:
                raise TooLate(_("That link is wrong, used or too old."))

        try:
            await self.database.written(act, lane=at.key)
        except (Problem, handle.Rewind):
            return self._closed(request)
        answer = _to("/", request)
        answer.set_cookie(
            self.cookie,
            secret,
            max_age=COOKIE_DAYS * 86400,
            httponly=True,
            samesite="lax",
            secure=self.secure,
        )
        return answer

    def _closed(self, request: Request) -> Response:
        return self._page("door.html", language_asked(request), status=410, expired=True)

    def _from_us(self, request: Request) -> bool:
        origin = request.headers.get("origin", "")
        return not origin or origin in self.origins or urlsplit(origin).netloc == request.headers.get("host")

    async def _known(self, request: Request) -> Known | None:
        secret = request.cookies.get(self.cookie, "")
        person = self.person_of(secret) if secret else ""
        return await self._read(lambda work: who(work, self.account, person))

    def _peeked(self, work: Work, token: str) -> Pass | None:
        return peek(work, token) if who(work, self.account, "") else None

    async def _read(self, ask: Callable[[Work], T]) -> T:
        def read() -> T:
            with self.database.read() as work:
                return ask(work)

        return await asyncio.to_thread(read)

    def _page(self, name: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        return page(name, language, status=status, **values)


def page(name: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """One of our templates, as an answer that nobody keeps."""
    content = _templates().get_template(name).render(language=language, **values)
    return HTMLResponse(content, status, {"Cache-Control": "no-store"})


@cache
def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)


def _say(text: Any, language: Language) -> str:
    return plain(text.resolve(Words(language, "UTC", _now())))


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _is_post(request: Request) -> bool:
    return request.method == "POST"


def _to(path: str, request: Request) -> RedirectResponse:
    """Keeps the language that was asked for."""
    asked = request.query_params.get("lang", "")
    query = f"?lang={language_of(asked)}" if asked else ""
    return RedirectResponse(path + query, 303, {"Cache-Control": "no-store"})


def language_asked(request: Request) -> Language:
    """What the address asks for, else what the browser does."""
    return _asked_language(request, "lang")


def _asked_language(request: Request, name: str) -> Language:
    """What was asked for, else the first of the browser's languages that is one of ours."""
    wanted = [request.query_params.get(name, ""), *_accepted(request.headers)]
    return next((found for code in wanted if (found := _ours(code))), "en")


def _ours(code: str) -> Language | None:
    head = code.strip().lower()[:2]
    return "zh" if head == "zh" else "en" if head == "en" else None


def _accepted(headers: Mapping[str, str]) -> list[str]:
    return [part.partition(";")[0] for part in headers.get("accept-language", "").split(",")[:10]]
