"""Where a webhook goes, as the rows say at the moment it is sent."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from flows.webhooks.actions import subject
from store import connections
from store.engine import Database
from store.sealing import Key, Unopenable

if TYPE_CHECKING:
    from adapters.webhook.wire import Endpoint

logger = logging.getLogger(__name__)


class Endpoints:
    """Finds an endpoint by its id; its secret is opened for this one sending."""

    def __init__(self, database: Database, key: Key) -> None:
        self._database = database
        self._key = key

    async def find(self, id: str) -> Endpoint | None:
        """None when it is off or gone, or when its secret was sealed with another key."""
        return await asyncio.to_thread(self._find, int(id))

    def _find(self, id: int) -> Endpoint | None:
        from adapters.webhook.wire import Endpoint

        with self._database.read() as work:
            row = connections.endpoint(work, id)
        if row is None:
            return None
        try:
            return Endpoint(row.url, self._key.open(row.secret, subject=subject(row.workspace)))
        except Unopenable:
            logger.error("a secret can't be opened", extra={"action": "secret_unopenable"})
            return None
