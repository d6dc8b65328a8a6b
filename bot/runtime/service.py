"""The running parts of one process: an intake, and for each bot account a lease, a listener and a sender."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from bot.core.errors import Unreachable, WrongCredentials
from bot.core.ports import Adapter
from bot.core.text import Open, veiled
from bot.runtime.intake import Handlers, Intake
from bot.runtime.jobs import Jobs
from bot.runtime.leases import HOLD, Leaseholder, Owned
from bot.runtime.outcomes import Tell
from bot.runtime.sender import REFUSED, AccountSender
from bot.runtime.timers import Timers, Wake
from store.engine import Database
from store.work import Work

logger = logging.getLogger(__name__)

TICK = 0.5
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
PRUNE = 3600.0
WATCH = 60.0
REPLAY = 2.0
"""Seconds between looks for parked updates that somebody wants handled again."""
LEAVING = 12.0
"""Seconds until what still runs is cut off: a little more than a sender takes to leave."""


class Service:
    """Starts and stops everything that happens by itself; `hold` is how many seconds a lease is good."""

    hold = HOLD

    def __init__(
        self,
        database: Database,
        adapters: Mapping[str, Adapter],
        handlers: Handlers,
        *,
        tell: Tell,
        wake: Wake,
        jobs: Jobs | None = None,
        reveal: Open = veiled,
    ) -> None:
        self._adapters = dict(adapters)
        self.intake = Intake(database, self._adapters, handlers)
        self.timers = Timers(database, wake)
        self.jobs = jobs
        self._reveal = reveal
        self._database = database
        self._tell = tell
        self._senders: dict[str, AccountSender] = {}
        self._holders: dict[str, Leaseholder] = {}
        self._listening: set[asyncio.Task[None]] = set()
        self._working: dict[str, asyncio.Task[None]] = {}
        self._clock: asyncio.Task[None] | None = None
        self._scrubbing: set[asyncio.Task[None]] = set()
        self.watch: Callable[[Work], None] = lambda work: None
        """Looks whether something is wrong with the service itself, and tells who can mend it."""
        self.scrubs: Callable[[], None] = lambda: None
        """What is done before the database is written anew without what was erased."""
        self.clears: Callable[[], object] = lambda: None
        """Clears the folder of files when its night has come; it takes its time, in a thread."""

    async def start(self) -> None:
        """Returns at once; everything runs in tasks of this loop."""
        loop = asyncio.get_running_loop()
        self._database.listen(lambda signals: _quietly(loop, self._signalled, signals))
        for adapter in self._adapters.values():
            self._begin(adapter)
        self._clock = asyncio.create_task(self._ticking())

    def add(self, adapter: Adapter) -> None:
        """One more account, from now on."""
        self._adapters[adapter.account] = adapter
        if self._clock:
            self._begin(adapter)

    async def remove(self, account: str) -> None:
        """Ends what is on its way of this account and releases its lease; what waits for it keeps waiting."""
        holder, task = self._holders.pop(account), self._working.pop(account)
        holder.stop()
        if sender := self._senders.get(account):
            await sender.stop()
        await asyncio.wait([task], timeout=LEAVING)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._adapters.pop(account, None)

    def owns(self, account: str) -> bool:
        """Whether this process fetches and sends for the account now."""
        return account in self._senders

    def _begin(self, adapter: Adapter) -> None:
        holder = self._holders[adapter.account] = Leaseholder(self._database, adapter.account, hold=self.hold)
        self._working[adapter.account] = asyncio.create_task(holder.run(partial(self._work, adapter)))

    async def stop(self) -> None:
        """Claims and fetches nothing more, ends what is on its way, releases the leases."""
        if self.jobs:
            await self.jobs.stop()
        for holder in self._holders.values():
            holder.stop()
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*(sender.stop() for sender in self._senders.values()))
        working = self._working.values()
        late = (await asyncio.wait(working, timeout=LEAVING))[1] if working else set()
        await asyncio.gather(*self._scrubbing, return_exceptions=True)
        ending = [*late, *([self._clock] if self._clock else [])]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def _work(self, adapter: Adapter, owned: Owned) -> None:
        """What the owner of an account does: fetch, and send."""
        sender = AccountSender(self._database, adapter, owned, self._tell, self._reveal)
        self._senders[adapter.account] = sender
        listening = asyncio.create_task(self._listen(adapter, owned))
        self._listening.add(listening)
        try:
            await sender.run(took_over=owned.held.epoch > 1)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            self._listening.discard(listening)
            self._senders.pop(adapter.account, None)

    async def _listen(self, adapter: Adapter, owned: Owned) -> None:
        refusals, wait = 0, FIRST_WAIT
        while True:
            try:
                await adapter.listen(self.intake.accept)
                return
            except Unreachable:
                logger.warning("unreachable from here", extra={"action": "unreachable", "account": adapter.account})
                owned.step_aside()
                return
            except WrongCredentials:
                logger.error("token refused", extra={"action": "token_refused", "account": adapter.account})
                wait, refusals = REFUSED[min(refusals, len(REFUSED) - 1)], refusals + 1
            except Exception as error:
                extra = {"action": "listen_failed", "account": adapter.account}
                logger.error("listening failed", extra=extra, exc_info=error)
                wait = min(wait * 2, LONGEST_WAIT)
            await asyncio.sleep(wait)

    async def _ticking(self) -> None:
        """APScheduler only ticks: what is due is in the tables."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None})
        scheduler.add_job(self.timers.tick, "interval", seconds=TICK, max_instances=1)
        if self.jobs:
            scheduler.add_job(self.jobs.start, "interval", seconds=TICK, max_instances=1)
        scheduler.add_job(self._watching, "interval", seconds=WATCH, max_instances=1)
        scheduler.add_job(self.intake.replay, "interval", seconds=REPLAY, max_instances=1)
        scheduler.add_job(self.timers.prune, "interval", seconds=PRUNE, max_instances=1)
        scheduler.add_job(self._clearing, "interval", seconds=PRUNE, max_instances=1)
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    async def _watching(self) -> None:
        """In trouble with the storage itself nothing can be told; the log says so, and /healthz."""
        try:
            await self._database.written(self.watch, lane="watch")
        except Exception as error:
            logger.warning("not watched", extra={"action": "not_watched", "error": type(error).__name__})

    async def _clearing(self) -> None:
        """What was not done this time is done the next."""
        try:
            await asyncio.to_thread(self.clears)
        except Exception as error:
            logger.warning("not cleared", extra={"action": "not_cleared", "error": type(error).__name__})

    def _scrub(self) -> None:
        """Somebody was erased, and it is known outside the database too before their bytes are gone."""
        with suppress(Exception):
            self.scrubs()
            self._database.scrub().result()

    def _signalled(self, signals: frozenset[str]) -> None:
        for signal in signals:
            kind, _colon, name = signal.partition(":")
            if kind == "outbox" and name in self._senders:
                self._senders[name].wake()
            if kind == "scrub":
                task = asyncio.create_task(asyncio.to_thread(self._scrub))
                self._scrubbing.add(task)
                task.add_done_callback(self._scrubbing.discard)
            if kind == "lease" and name in self._holders:
                self._holders[name].wake()


def _quietly(loop: asyncio.AbstractEventLoop, act: Callable[[frozenset[str]], None], signals: frozenset[str]) -> None:
    """Into the loop from the writer's thread; a loop that has just ended needs no news."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(act, signals)
