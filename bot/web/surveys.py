"""The page of a survey: `/s/TOKEN`, plain HTML that needs no script, one question at a time."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.core.text import plain
from bot.web.pages import page
from flows.surveys import channels
from flows.surveys.page import LABELS, Page, show, take
from flows.words import Language, Words
from store.engine import Database


class Surveys:
    """Looking changes nothing: chats open links to draw a preview of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self, request: Request) -> Response:
        """The open question, or the thanks."""
        token, language = request.path_params["token"], request.query_params.get("lang", "")

        def read() -> Page:
            with self._database.read() as work:
                return show(work, token, language, "")

        return _shown(await asyncio.to_thread(read))

    async def answer(self, request: Request) -> Response:
        """Takes an answer, then leads back to the address, so that loading it again sends nothing again."""
        token, language = request.path_params["token"], request.query_params.get("lang", "")
        form = await request.form()
        filled = {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}
        key = secrets.token_hex(8)
        found = await self._database.written(
            lambda work: take(work, token, filled, language, key), lane=f"survey:{token[:40]}"
        )
        if found.wrong or not found.title:
            return _shown(found)
        query = f"?lang={found.language}" if language else ""
        return RedirectResponse(f"{channels.PATH}/{token}{query}", 303, {"Cache-Control": "no-store"})


def _shown(found: Page) -> HTMLResponse:
    status = 422 if found.wrong else 200 if found.title else 404
    return page("survey.html", found.language, status=status, page=found, firm=found.title, say=_labels(found.language))


def _labels(language: Language) -> dict[str, str]:
    words = Words(language, "UTC", datetime.now(UTC))
    return {name: plain(label.resolve(words)) for name, label in LABELS.items()}
