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
from functools import cache
from hashlib import blake2b
from pathlib import Path

from bot.runtime.metrics import LEASES
from store import leases
from store.engine import Database
from store.work import Work

logger = logging.getLogger(__name__)

HOLD, RENEWALS = 15.0, 3
"""Seconds for which a lease is good without being renewed; it is renewed so many times as often."""
TRUST = 0.8
"""The holder stops by itself after this share of the time, so that two never send at once."""
ASK = 1.0
ASIDE, LONGEST_ASIDE = 3.0, 60.0
"""Seconds for which a process that can't reach the platform lets the others try, doubling while nobody can."""


def boot_seconds() -> float:
    """Seconds on a clock that also counts while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


class Owned:
    """A lease we hold; `safe` is asked just before each send."""

    def __init__(self, held: leases.Held, *, hold: float = HOLD, asked_at: float | None = None) -> None:
        self.held = held
        self._hold = hold
        self.aside = False
        self.renewed(boot_seconds() if asked_at is None else asked_at)

    def safe(self) -> bool:
        """True while nobody else can have taken over."""
        return boot_seconds() < self._until

    def renewed(self, asked_at: float) -> None:
        """Good for another while, counted from when we asked."""
        if not self.aside:
            self._until = asked_at + self._hold * TRUST

    def lost(self) -> None:
        """Somebody else has it."""
        self._until = 0.0

    def step_aside(self) -> None:
        """It is ours and of no use here: what is on its way ends, then another process may have it."""
        self.aside = True
        self.lost()


class Leaseholder:
    """Takes the lease of an account whenever it is free, and runs `work` while it is held."""

    def __init__(self, database: Database, account: str, *, hold: float = HOLD) -> None:
        self._database = database
        self._account = account
        self._hold = hold
        self._owner = f"{machine()}-{os.getpid()}-{_born(os.getpid())}-{secrets.token_hex(6)}"
        self._stopping = asyncio.Event()
        self._free = asyncio.Event()

    async def run(self, work: Callable[[Owned], Awaitable[None]]) -> None:
        """Until stopped: ask, work while it is ours, ask again; work that fails is logged and begun anew."""
        useless = 0
        while not self._stopping.is_set():
            owned = await self._take()
            if owned is None:
                await self._rest()
                continue
            LEASES.labels(self._account, "taken").inc()
            try:
                await self._while_held(owned, work)
            except Exception as error:
                extra = {"action": "account_failed", "account": self._account}
                logger.error("an account's work failed", extra=extra, exc_info=error)
                await self._pause(ASK)
            LEASES.labels(self._account, "left").inc()
            useless = useless + 1 if owned.aside else 0
            if useless:
                await self._pause(min(LONGEST_ASIDE, ASIDE * 2 ** (useless - 1)))

    def wake(self) -> None:
        """Somebody may have left the lease: ask at once."""
        self._free.set()

    def stop(self) -> None:
        """Ends after the current work has ended."""
        self._stopping.set()
        self._free.set()

    async def _while_held(self, owned: Owned, work: Callable[[Owned], Awaitable[None]]) -> None:
        renewing = asyncio.create_task(self._renew(owned))
        try:
            if not self._stopping.is_set():
                await work(owned)
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            with suppress(Exception):
                await self._database.written(lambda w: leases.release(w, owned.held))

    async def _take(self) -> Owned | None:
        asked = boot_seconds()
        try:
            held = await self._database.written(self._ask)
        except Exception as error:
            logger.warning("no lease", extra={"action": "lease_failed", "error": type(error).__name__})
            return None
        return Owned(held, hold=self._hold, asked_at=asked) if held else None

    def _ask(self, work: Work) -> leases.Held | None:
        """One that has died on this machine need not be waited for."""
        last = leases.holder(work, self._account)
        if last is not None and has_died(last.owner):
            leases.release(work, last)
        return leases.take(work, self._account, self._owner, hold=timedelta(seconds=self._hold))

    async def _renew(self, owned: Owned) -> None:
        hold = timedelta(seconds=self._hold)
        while True:
            await asyncio.sleep(self._hold / RENEWALS)
            asked = boot_seconds()
            with suppress(Exception):
                kept = await self._database.written(lambda w: leases.renew(w, owned.held, hold=hold))
                if not kept:
                    owned.lost()
                    return
                owned.renewed(asked)

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._free.wait(), ASK)
        self._free.clear()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)


def has_died(owner: str) -> bool:
    """Whether the process that named itself so was here and has ended; False where that can't be told."""
    match owner.split("-"):
        case [where, process, born, _own] if born:
            return where == machine() and _born(int(process)) != born
    return False


@cache
def machine() -> str:
    """This start of this machine, and who sees the same processes as we do: containers do not; empty without /proc."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return blake2b(f"{boot} {Path('/proc/self/ns/pid').readlink()}".encode(), digest_size=6).hexdigest()
    except OSError:
        return ""


def _born(process: int) -> str:
    """When a living process of this machine started; empty when there is none, or no /proc to ask."""
    try:
        state, *rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state in "ZX" else rest[18]
