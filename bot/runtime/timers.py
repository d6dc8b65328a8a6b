"""Due rows → turns. A tick only reads and writes rows: a missed one is harmless, two at once meet the row's state."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial

from bot.core.errors import Changed
from bot.runtime.metrics import LATE, TIMERS
from store import api
from store.engine import Database
from store.models import Timer
from store.trouble import is_passing
from store.wellbeing import KEPT
from store.work import Work

logger = logging.getLogger(__name__)

BATCH = 500
GROUP = 25
"""So many share a commit, which costs as much as ringing several, when more than `MANY` are due."""
MANY = 50
MEETINGS = 8
"""How often a turn is begun because a row had moved on meanwhile."""
DAY = timedelta(hours=24)
"""How long the answer to a program's request is repeated when it asks again."""

Wake = Callable[[Work, Timer], None]


class Timers:
    """Handles what is due."""

    def __init__(self, database: Database, wake: Wake) -> None:
        self._database = database
        self._wake = wake

    async def tick(self) -> int:
        """Handles everything that is due now and returns how many there were; in passing trouble the next tick does."""
        count = 0
        while True:
            due = await self._database.written(lambda work: work.timers.due(limit=BATCH))
            size = GROUP if len(due) > MANY else 1
            groups = [due[start : start + size] for start in range(0, len(due), size)]
            settled = await asyncio.gather(*map(self._several, groups))
            count += sum(settled)
            if len(due) < BATCH or sum(settled) < len(due):
                return count

    async def prune(self) -> None:
        """Deletes what nobody asks for any more."""
        await self._database.written(_prune)

    async def _several(self, timers: Sequence[Timer]) -> int:
        """How many of them are handled: in one commit, and where that fails each by itself."""
        if len(timers) > 1:
            with suppress(Exception):
                await self._write(timers[0], partial(self._handle, timers))
                return len(timers)
        return sum([await self._one(timer) for timer in timers])

    async def _one(self, timer: Timer) -> bool:
        """False when it must be tried again; one that meets itself on a row every time has failed."""
        for left in reversed(range(MEETINGS)):
            try:
                await self._write(timer, partial(self._handle, [timer]))
            except Exception as error:
                if isinstance(error, Changed) and left:
                    await asyncio.sleep(random.uniform(0.01, 0.05) * (MEETINGS - left))  # noqa: S311 - only spreads them out
                    continue
                return await self._fail(timer, error) if isinstance(error, Changed) or not is_passing(error) else False
            break
        return True

    async def _fail(self, timer: Timer, error: Exception) -> bool:
        """It does not come again; the log and its row say why."""
        extra = {"action": "timer_failed", "timer": timer.id, "kind": timer.kind}
        logger.error("a timer failed", extra=extra, exc_info=error)
        TIMERS.labels("failed").inc()
        name = type(error).__name__
        with suppress(Exception):
            await self._write(timer, lambda work: work.timers.end(timer, error=name))
            return True
        return False

    async def _write(self, timer: Timer, act: Callable[[Work], object]) -> None:
        lane = f"timers of {timer.workspace}:{timer.kind}:{timer.subject}"
        await self._database.written(act, lane=lane)

    def _handle(self, timers: Sequence[Timer], work: Work) -> None:
        for timer in work.timers.end(*timers):
            if not work.timers.is_cancelled(timer):
                LATE.observe(max(0.0, (work.now - timer.due).total_seconds()))
                TIMERS.labels("done").inc()
                self._wake(work, timer)


def _prune(work: Work) -> None:
    before = work.now - KEPT
    work.updates.prune(before)
    work.outbox.prune(before)
    work.timers.prune(before)
    work.pushes.prune(before)
    api.prune(work, work.now - DAY)
