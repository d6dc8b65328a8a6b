"""The API for other programs, under /api/v1: built when it is first asked for, because its library is heavy."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from store.engine import Database

PATH = "/api/v1"


class Api:
    """An ASGI application that waits for its first request before it is made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._app: Any = None
        self._making = asyncio.Lock()

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        async with self._making:
            if self._app is None:
                self._app = await asyncio.to_thread(self._make)
        await self._app(scope, receive, send)

    def _make(self) -> Any:
        from bot.web.api.app import build

        return build(self._database)
