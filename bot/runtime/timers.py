"""Due rows → turns. A tick only reads and writes rows: a missed one is harmless, two at once meet the row's state."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.runtime.metrics import LATE, TIMERS
from store.engine import Database
from store.models import Timer
from store.trouble import is_passing
from store.work import Work

logger = logging.getLogger(__name__)

BATCH = 500
KEPT = timedelta(days=7)
"""How long handled updates, sent messages and past timers are kept; every platform's repeats come sooner."""

Wake = Callable[[Work, Timer], None]


class Timers:
    """Handles what is due."""

    def __init__(self, database: Database, wake: Wake) -> None:
        self._database = database
        self._wake = wake

    async def tick(self) -> int:
        """Handles everything that is due now and returns how many there were."""
        count = 0
        while True:
            due = await asyncio.wrap_future(self._database.write(lambda work: work.timers.due(limit=BATCH)))
            await asyncio.gather(*(self._one(timer) for timer in due))
            count += len(due)
            if len(due) < BATCH:
                return count

    async def prune(self) -> None:
        """Deletes what nobody asks for any more."""
        await asyncio.wrap_future(self._database.write(_prune))

    async def _one(self, timer: Timer) -> None:
        try:
            await asyncio.wrap_future(
                self._database.write(partial(self._handle, timer), lane=f"{timer.kind}:{timer.subject}")
            )
        except Exception as error:
            if is_passing(error):
                return
            TIMERS.labels("failed").inc()
            extra = {"action": "timer_failed", "timer": timer.id, "kind": timer.kind}
            logger.error("a timer failed", extra=extra, exc_info=error)
            name = type(error).__name__
            await asyncio.wrap_future(self._database.write(lambda work: work.timers.end(timer, error=name)))

    def _handle(self, timer: Timer, work: Work) -> None:
        if work.timers.end(timer):
            LATE.observe(max(0.0, (work.now - timer.due).total_seconds()))
            TIMERS.labels("done").inc()
            self._wake(work, timer)


def _prune(work: Work) -> None:
    before = work.now - KEPT
    work.updates.prune(before)
    work.outbox.prune(before)
    work.timers.prune(before)
    work.pushes.prune(before)
