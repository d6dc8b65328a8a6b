"""Who owns a bot account: a lease row with an epoch, renewed while we live, released when we stop."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from bot.core.errors import StoreError
from bot.runtime.metrics import LEASES
from store import leases
from store.engine import Database

logger = logging.getLogger(__name__)

HOLD = 15.0
"""Seconds for which a lease is good without being renewed."""
RENEW = 5.0
TRUST = 0.8
"""The holder stops by itself after this share of the time, so that two never send at once."""
ASK = 1.0


def boot_seconds() -> float:
    """Seconds on a clock that also counts while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


class Owned:
    """A lease we hold; `safe` is asked just before each send."""

    def __init__(self, held: leases.Held, *, hold: float = HOLD) -> None:
        self.held = held
        self._hold = hold
        self._until = boot_seconds() + hold * TRUST

    def safe(self) -> bool:
        """True while nobody else can have taken over."""
        return boot_seconds() < self._until

    def renewed(self, asked_at: float) -> None:
        """Good for another while, counted from when we asked."""
        self._until = asked_at + self._hold * TRUST

    def lost(self) -> None:
        """Somebody else has it."""
        self._until = 0.0


class Leaseholder:
    """Takes the lease of an account whenever it is free, and runs `work` while it is held."""

    def __init__(self, database: Database, account: str, *, hold: float = HOLD) -> None:
        self._database = database
        self._account = account
        self._hold = hold
        self._owner = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._stopping = asyncio.Event()

    async def run(self, work: Callable[[Owned], Awaitable[None]]) -> None:
        """Until stopped: ask, work while it is ours, ask again."""
        while not self._stopping.is_set():
            owned = await self._take()
            if owned is None:
                await self._pause(ASK)
                continue
            LEASES.labels(self._account, "taken").inc()
            try:
                await self._while_held(owned, work)
            except Exception as error:
                extra = {"action": "account_failed", "account": self._account}
                logger.error("an account's work failed", extra=extra, exc_info=error)
                await self._pause(ASK)
            LEASES.labels(self._account, "left").inc()

    def stop(self) -> None:
        """Ends after the current work has ended."""
        self._stopping.set()

    async def _while_held(self, owned: Owned, work: Callable[[Owned], Awaitable[None]]) -> None:
        renewing = asyncio.create_task(self._renew(owned))
        try:
            await work(owned)
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
            with suppress(StoreError, Exception):
                await asyncio.wrap_future(self._database.write(lambda w: leases.release(w, owned.held)))

    async def _take(self) -> Owned | None:
        hold = timedelta(seconds=self._hold)
        try:
            held = await asyncio.wrap_future(
                self._database.write(lambda w: leases.take(w, self._account, self._owner, hold=hold))
            )
        except Exception as error:
            logger.warning("no lease", extra={"action": "lease_failed", "error": type(error).__name__})
            return None
        return Owned(held, hold=self._hold) if held else None

    async def _renew(self, owned: Owned) -> None:
        hold = timedelta(seconds=self._hold)
        while True:
            await asyncio.sleep(min(RENEW, self._hold / 3))
            asked = boot_seconds()
            with suppress(Exception):
                kept = await asyncio.wrap_future(self._database.write(lambda w: leases.renew(w, owned.held, hold=hold)))
                if not kept:
                    owned.lost()
                    return
                owned.renewed(asked)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
