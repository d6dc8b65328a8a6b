"""Update → turn → commit → acknowledged. What we have already is answered as before; what fails is parked."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.core.errors import Changed
from bot.core.messages import Answer, Event, Update
from bot.core.ports import Adapter
from bot.runtime.metrics import LAG, TURNS
from store.engine import Database
from store.secrecy import any_secret
from store.trouble import is_passing, is_storage
from store.work import Work

logger = logging.getLogger(__name__)

Taken = tuple[str, Answer | None]
"""How an update ended (done, again, parked), and what the platform is told."""
_Step = Callable[[Update, Exception, Work], Taken]

MEETINGS = 6
"""How often a turn is begun because a row had moved on meanwhile."""


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
            outcome, answer = await self._patiently(update, partial(self._turn, update))
        except Exception as error:
            if is_storage(error):
                raise
            outcome, answer = await self._second(update, error)
        TURNS.labels(outcome).inc()
        return answer

    async def replay(self) -> int:
        """Handles parked updates that somebody wants handled again, and returns how many went well."""
        found = await self._database.written(lambda work: work.updates.wanted())
        done = [await self._once_more(update) for update in found if update.account in self._adapters]
        return sum(done)

    async def _once_more(self, update: Update) -> bool:
        """False when it can't be now, or failed again and stays parked."""
        error = await self._resumed(update, self._handlers.handle)
        if error is not None and self._handlers.is_refusal(error) and self._handlers.refused:
            error = await self._resumed(update, partial(self._handlers.refused, error))
        if error is None or is_passing(error):
            return error is None
        self._log(update, error)
        name = type(error).__name__
        await self._database.written(lambda work: work.updates.stays(update, name))
        return False

    async def _resumed(self, update: Update, act: Callable[[Work, Event], Answer | None]) -> Exception | None:
        try:
            await self._patiently(update, partial(self._resume, update, act))
        except Exception as error:
            return error
        return None

    def _resume(self, update: Update, act: Callable[[Work, Event], Answer | None], work: Work) -> Taken:
        """Under another key: the apology that was sent when it was parked has the first one."""
        if not work.updates.resume(update):
            return "again", None
        for event in self._adapters[update.account].parse(update.raw):
            act(work, replace(event, key=f"{event.key}:again"))
        return "done", None

    async def _patiently(self, update: Update, act: Callable[[Work], Taken]) -> Taken:
        """Turns that met one another on a row are run again; one that meets itself every time has failed."""
        for left in reversed(range(MEETINGS)):
            try:
                return await self._write(update, act)
            except Changed:
                if not left:
                    raise
            await asyncio.sleep(random.uniform(0.01, 0.05) * (MEETINGS - left))  # noqa: S311 - only spreads them out
        raise AssertionError("a turn returns or raises")

    async def _second(self, update: Update, error: Exception) -> Taken:
        """The turn was rolled back: only its refusal is said, or it is parked with an apology, or without one."""
        steps: tuple[_Step, ...] = (self._park, self._keep)
        if self._handlers.is_refusal(error):
            steps = (self._refuse, *steps)
        else:
            self._log(update, error)
        for step in steps:
            try:
                return await self._patiently(update, partial(step, update, error))
            except Exception as another:
                if is_storage(another):
                    raise
                self._log(update, another)
                error = another
        raise error

    def _turn(self, update: Update, work: Work) -> Taken:
        if not work.updates.take(update):
            return "again", work.updates.answer(update)
        return "done", self._each(update, work, self._handlers.handle)

    def _refuse(self, update: Update, error: Exception, work: Work) -> Taken:
        refused = self._handlers.refused
        if not work.updates.take(update) or refused is None:
            return "again", work.updates.answer(update)
        return "done", self._each(update, work, partial(refused, error))

    def _each(self, update: Update, work: Work, act: Callable[[Work, Event], Answer | None]) -> Answer | None:
        answer = None
        for event in self._adapters[update.account].parse(update.raw):
            LAG.labels(update.account).observe(max(0.0, (work.now - event.at).total_seconds()))
            answer = act(work, event) or answer
        if answer is not None:
            work.updates.answered(update, answer)
        return answer

    def _park(self, update: Update, error: Exception, work: Work) -> Taken:
        if self._kept(update, error, work):
            for event in self._readable(update):
                self._handlers.apologise(work, event)
        return "parked", None

    def _keep(self, update: Update, error: Exception, work: Work) -> Taken:
        """Without a word: even the apology failed."""
        self._kept(update, error, work)
        return "parked", None

    def _kept(self, update: Update, error: Exception, work: Work) -> bool:
        said = [(event.where.key, getattr(event.body, "press", "")) for event in self._readable(update)]
        return work.updates.take(update, error=type(error).__name__, secret=any_secret(work, said))

    def _readable(self, update: Update) -> Sequence[Event]:
        try:
            return self._adapters[update.account].parse(update.raw)
        except Exception:
            logger.info("unreadable", extra={"action": "update_unreadable", "update": update.key})
            return ()

    def _log(self, update: Update, error: Exception) -> None:
        extra = {"action": "turn_failed", "account": update.account, "update": update.key}
        logger.error("a turn failed", extra=extra, exc_info=error)

    async def _write(self, update: Update, act: Callable[[Work], Taken]) -> Taken:
        return await self._database.written(act, lane=f"{update.account}:{update.lane}")
