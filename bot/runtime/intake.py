"""Update → turn → commit → acknowledged. What we have already is answered as before; what fails is parked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.core.messages import Answer, Event, Update
from bot.core.ports import Adapter
from bot.runtime.metrics import TURNS
from store.engine import Database
from store.trouble import is_passing
from store.work import Work

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the flows do; the runtime only calls them."""

    handle: Callable[[Work, Event], Answer | None]
    refused: Callable[[BaseException, Work, Event], Answer | None] | None = None
    """Says why a turn that was rolled back refused; None for errors that are no refusals."""
    is_refusal: Callable[[BaseException], bool] = lambda error: False
    apologise: Callable[[Work, Event], None] = lambda work, event: None


class Intake:
    """Takes the updates of every adapter."""

    def __init__(self, database: Database, adapters: Mapping[str, Adapter], handlers: Handlers) -> None:
        self._database = database
        self._adapters = adapters
        self._handlers = handlers

    async def accept(self, update: Update) -> Answer | None:
        """Returns when the update is committed, whole or parked; raises when it could not be kept at all."""
        try:
            answer = await self._write(update, partial(self._turn, update))
            TURNS.labels("done").inc()
            return answer
        except Exception as error:
            if is_passing(error):
                raise
            return await self._second(update, error)

    def _turn(self, update: Update, work: Work) -> Answer | None:
        if not work.updates.take(update):
            TURNS.labels("again").inc()
            return work.updates.answer(update)
        answer = None
        for event in self._adapters[update.account].parse(update.raw):
            answer = self._handlers.handle(work, event) or answer
        if answer is not None:
            work.updates.answered(update, answer)
        return answer

    async def _second(self, update: Update, error: Exception) -> Answer | None:
        """The turn was rolled back: only its refusal is said, or it is parked with an apology."""
        if self._handlers.is_refusal(error):
            return await self._write(update, partial(self._refuse, update, error))
        TURNS.labels("parked").inc()
        extra = {"action": "update_parked", "account": update.account, "update": update.key}
        logger.error("a turn failed", extra=extra, exc_info=error)
        await self._write(update, partial(self._park, update, f"{type(error).__name__}"))
        return None

    def _refuse(self, update: Update, error: Exception, work: Work) -> Answer | None:
        if not work.updates.take(update) or self._handlers.refused is None:
            return work.updates.answer(update)
        answer = None
        for event in self._adapters[update.account].parse(update.raw):
            answer = self._handlers.refused(error, work, event) or answer
        if answer is not None:
            work.updates.answered(update, answer)
        return answer

    def _park(self, update: Update, error: str, work: Work) -> None:
        if not work.updates.take(update, error=error):
            return
        try:
            events = self._adapters[update.account].parse(update.raw)
        except Exception:
            logger.info("unreadable", extra={"action": "update_unreadable", "update": update.key})
            return
        for event in events:
            self._handlers.apologise(work, event)

    async def _write(self, update: Update, act: Callable[[Work], Answer | None]) -> Answer | None:
        future = self._database.write(act, lane=update.lane or update.account)
        return await asyncio.wrap_future(future)
