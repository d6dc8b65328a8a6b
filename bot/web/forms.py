"""Where the firm's own website sends what strangers fill in; machines are told the same and reach nobody."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.core.errors import Problem
from bot.core.text import plain
from flows.handle import finish
from flows.turn import Turn
from flows.webform.actions import firm_of, take_lead
from flows.webform.rules import is_spam, read
from flows.words import Words, language_of
from store.engine import Database
from store.work import Work

MOST, WITHIN = 20, 3600.0
"""Forms that one address may send in an hour."""
_THANKS = {"en": "Thank you. We will be in touch.", "zh": "谢谢，我们会尽快与您联系。"}
_PAGE = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><p>{text}</p>'


class Forms:
    """`POST /form/ID`, as a form or as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._since = 0.0
        self._seen: Counter[str] = Counter()

    async def answer(self, request: Request) -> Response:
        """Thanks, or what is missing; spam is thanked too, so that it learns nothing."""
        fields = await _fields(request)
        if fields is None:
            return _say(request, 400, "The form can't be read.")
        if not self._may(request):
            return _say(request, 429, "That was too often. Please try again later.")
        form = request.path_params["form"]
        told = read(fields)
        spam = is_spam(fields)
        try:
            language = await self._database.written(
                lambda work: _take(work, form, told, spam, _site(request)), lane=f"form:{form}"
            )
        except Problem as problem:
            return _say(request, 422, plain(problem.text.resolve(Words("en", "UTC", _now()))))
        return _say(request, 404, "No such form.") if not language else _say(request, 200, _THANKS[language])

    def _may(self, request: Request) -> bool:
        if time.monotonic() - self._since > WITHIN:
            self._since, self._seen = time.monotonic(), Counter()
        address = request.client.host if request.client else ""
        self._seen[address] += 1
        return self._seen[address] <= MOST


def _take(work: Work, form: str, told: Mapping[str, str], spam: bool, site: str) -> str:
    """The firm's language; empty where there is no such form."""
    firm = firm_of(work, form)
    if firm is None:
        return ""
    if not spam:
        turn = Turn(work=work, workspace=firm, key=f"form:{firm.id}:{time.time_ns()}")
        turn.action = "webform"
        person = told.get("name", "")
        name = told.get("company") or person or told.get("email") or told.get("phone", "")
        facts = {n: told.get(n, "") for n in ("phone", "email", "words")}
        take_lead(turn, name, contact=person, source=f"web {site}".strip(), **facts)
        finish(turn)
    return language_of(firm.language)


async def _fields(request: Request) -> dict[str, str] | None:
    try:
        if "json" in request.headers.get("content-type", ""):
            found: Any = json.loads(await request.body())
        else:
            found = dict((await request.form(max_files=0)).items())
        return {str(k)[:80]: str(v)[:5000] for k, v in list(found.items())[:60] if isinstance(v, str | int | float)}
    except Exception:
        return None


def _site(request: Request) -> str:
    return (urlsplit(request.headers.get("origin") or request.headers.get("referer", "")).hostname or "")[:60]


def _say(request: Request, status: int, text: str) -> Response:
    """As the sender wants it: a page for a browser, JSON for a script of any site."""
    if "json" in request.headers.get("content-type", "") or "json" in request.headers.get("accept", ""):
        return JSONResponse({"message": text}, status, {"Access-Control-Allow-Origin": "*"})
    from html import escape

    return HTMLResponse(_PAGE.format(text=escape(text)), status)


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)
