"""Members' calendars: what a calendar program fetches from a secret address."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from flows.reminders.feed import calendar
from store.engine import Database


class Calendars:
    """`GET /calendar/TOKEN.ics`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def show(self, request: Request) -> Response:
        """The calendar, or nothing at all for an address that is not there any more."""
        content = await asyncio.to_thread(self._read, request.path_params["token"])
        if content is None:
            return Response(status_code=404)
        return Response(content, media_type="text/calendar; charset=utf-8", headers={"cache-control": "private"})

    def _read(self, token: str) -> bytes | None:
        with self._database.read() as work:
            return calendar(work, token)
