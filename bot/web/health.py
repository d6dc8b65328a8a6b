"""For machines: is it well, and what does it count."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.local import is_near
from store.engine import Database

PATIENCE = 3.0
"""Seconds in which the writer must answer; a turn takes milliseconds."""
LEAST_FREE = 0.05


class Health:
    """Red when nothing could be written, or soon can't be."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        measure: Callable[[Database], None] = lambda database: None,
        token: str = "",
    ) -> None:
        """`measure` brings the gauges up to date; without a token, only this machine is told what they show."""
        self._database = database
        self._folder = folder
        self._measure = measure
        self._token = token

    async def health(self, request: Request) -> Response:
        """200 or 503, with what is wrong."""
        problems = [problem for problem in (await self._writer(), self._disk()) if problem]
        return JSONResponse({"ok": not problems, "problems": problems}, 503 if problems else 200)

    async def metrics(self, request: Request) -> Response:
        """In the text format of Prometheus; names of bots and counts are nobody else's business."""
        if not self._may_ask(request):
            return Response(status_code=404)
        with suppress(Exception):
            await asyncio.to_thread(self._measure, self._database)
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    def _may_ask(self, request: Request) -> bool:
        if self._token:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            return compare_digest(given.encode(), self._token.encode())
        return is_near(request)

    async def _writer(self) -> str:
        try:
            future = self._database.written(lambda work: None)
            await asyncio.wait_for(future, PATIENCE)
        except TimeoutError:
            return "the database does not answer"
        except Exception as error:
            return f"the database refuses to write: {type(error).__name__}"
        return ""

    def _disk(self) -> str:
        free = free_share(self._folder)
        return f"the disk is nearly full: {free:.0%} free" if free < LEAST_FREE else ""


def free_share(folder: Path) -> float:
    """How much of the disk under a folder is free, 0 to 1."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total
