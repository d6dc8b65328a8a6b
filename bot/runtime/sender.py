"""Outbox → adapter. One sender owns an account: it claims a few messages, sends them, and notes how each one ended.

At most W messages are claimed at once, so a crash repeats at most W; every finish is fenced by the lease's epoch.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.core.capabilities import fit
from bot.core.errors import DeliveryError, Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.messages import Address, Outgoing
from bot.core.ports import Adapter
from bot.core.text import Open, opened, veiled
from bot.runtime.leases import Owned
from bot.runtime.limiter import Limiter
from bot.runtime.metrics import LIMITED as WAITED
from bot.runtime.metrics import PAUSES
from bot.runtime.outcomes import Claimed, End, Outcomes, Tell
from store import leases
from store.engine import Database
from store.models import Outbox
from store.outbox import LIMITED
from store.trouble import is_passing
from store.work import Work

logger = logging.getLogger(__name__)

T = TypeVar("T")

LONGEST_WAIT = 300.0
FEW = 8
"""Messages on their way at once where the platform names no rate."""
IDLE = 0.2
"""Seconds between looks at the outbox when nothing woke us: other processes write into it too."""
TROUBLE = 1.0
"""Seconds until the next look after the storage failed."""
LEAVING = 10.0
"""Seconds that messages on their way get when the service stops."""
REFUSED = (60.0, 300.0, 3600.0)
"""Seconds without a request after the platform refused our token once, twice, more often."""
TOO_LATE = "it was too late"
UNWRITABLE = "it could not be written for this platform"
UNSAID = "the platform did not say whether it arrived"


class AccountSender:
    """Sends what waits for one bot account while this process owns it."""

    def __init__(self, database: Database, adapter: Adapter, owned: Owned, tell: Tell, reveal: Open = veiled) -> None:
        self._database = database
        self._adapter = adapter
        self._owned = owned
        self._reveal = reveal
        self._limiter = Limiter(adapter.capabilities)
        self._outcomes = Outcomes(database, owned, tell)
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._on_the_way: set[asyncio.Task[None]] = set()
        self._refusals = 0
        self.window = math.ceil(adapter.capabilities.rate * adapter.capabilities.latency) or FEW

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self, *, took_over: bool) -> None:
        """Until stopped or until the lease is lost; what is on its way then still ends."""
        if took_over and self._adapter.capabilities.rate:
            self._limiter.start_late()
        await self._take_over()
        while not self._stopping.is_set() and self._owned.safe():
            if not await self._step():
                await self._rest()
        await self.drain()

    async def stop(self) -> None:
        """Claims no more, waits up to ten seconds for what is on its way, lets the rest go back."""
        self._stopping.set()
        self._wake.set()
        await self.drain(LEAVING)

    async def drain(self, patience: float | None = None) -> None:
        """Waits for what is on its way, for so many seconds or for as long as it takes."""
        if self._on_the_way:
            await asyncio.wait(self._on_the_way, timeout=patience)

    async def flush(self) -> int:
        """Sends everything that may leave now and returns how much it was; for tests and for shutting down."""
        count = 0
        await self._take_over()
        while not self._limiter.paused_for():
            rows = await self._write(lambda work: self._claim(work, self.window, self._limiter.resting()))
            if not rows:
                break
            count += len(rows)
            for claimed in rows:
                await self._deliver(claimed)
        return count

    # claiming

    async def _take_over(self) -> None:
        """Settles what an earlier owner left, and obeys the pauses it was told."""
        while not self._stopping.is_set() and self._owned.safe():
            try:
                await self._outcomes.left_behind()
                await self._write(self._inherit)
                return
            except Exception as error:
                await self._troubled(error)

    def _inherit(self, work: Work) -> None:
        held, limiter = self._owned.held, self._limiter
        work.outbox.recover(held.name, epoch=held.epoch)
        if held.paused_for:
            limiter.pause("", held.paused_for)
        for chat, until in work.outbox.limited(held.name):
            limiter.pause(chat, _seconds(until, work))

    async def _step(self) -> bool:
        """False when there is nothing to do until something wakes us: what woke us until now has been heard."""
        self._wake.clear()
        free = self.window - len(self._on_the_way)
        if not free or self._limiter.paused_for():
            return False
        resting = self._limiter.resting()
        try:
            rows = await self._write(lambda work: self._claim(work, free, resting))
        except Exception as error:
            await self._troubled(error)
            return False
        for claimed in rows:
            task = asyncio.create_task(self._deliver(claimed))
            self._on_the_way.add(task)
            task.add_done_callback(self._over)
        return bool(rows)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._on_the_way.discard(task)
        self._wake.set()

    async def _rest(self) -> None:
        wait = self._limiter.paused_for() or self._limiter.next_ready()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), min(wait, IDLE))

    async def _troubled(self, error: Exception) -> None:
        extra = {"action": "sender_troubled", "account": self._owned.held.name, "error": type(error).__name__}
        if is_passing(error):
            logger.warning("the outbox can't be reached", extra=extra)
        else:
            logger.error("the outbox can't be read", extra=extra, exc_info=error)
        await self._unless_stopping(TROUBLE)

    def _claim(self, work: Work, limit: int, resting: Sequence[str]) -> list[Claimed]:
        held = self._owned.held
        if not leases.still_held(work, held):
            self._owned.lost()
            return []
        rows = work.outbox.claim(held.name, epoch=held.epoch, limit=limit, resting=resting)
        return [self._prepared(work, row) for row in rows]

    def _prepared(self, work: Work, row: Outbox) -> Claimed:
        """The calls for a message; one that is too old or can't be rendered gets its end here and blocks nobody."""
        work.workspace = row.workspace
        if row.expires < work.now:
            return Claimed(row, end=("dead", TOO_LATE))
        shown = work.cards.message(row.card, row.chat) if row.card else ""
        root = work.cards.message(row.under, row.chat) if row.under and not shown else ""
        try:
            message = replace(Outgoing.from_json(row.payload), edits=shown, answers=root, key=row.key)
            if not self._adapter.capabilities.keeps:
                message = replace(message, text=opened(message.text, self._reveal))
            fitted, to = fit(message, self._adapter.capabilities), Address.of(row.chat)
            calls = tuple(call for piece in fitted.messages for call in self._adapter.render(to, piece))
        except Exception as error:
            logger.error("can't render", extra={"action": "render_failed", "outbox": row.id}, exc_info=error)
            return Claimed(row, end=("failed", UNWRITABLE))
        return Claimed(row, calls, fitted.choices, edits=bool(shown))

    # sending

    async def _deliver(self, claimed: Claimed) -> None:
        row = claimed.row
        if claimed.end is not None:
            state, error = claimed.end
            await self._outcomes.end(claimed, End(state, error=error))
            return
        try:
            message = await self._send(claimed)
        except DeliveryError as error:
            await self._failed(claimed, error)
        except Exception as error:
            logger.error("adapter failed", extra={"action": "send_failed", "outbox": row.id}, exc_info=error)
            await self._outcomes.end(claimed, End("failed", error=type(error).__name__))
        else:
            if message is None:
                await self._outcomes.back(row, 0)
            else:
                await self._outcomes.end(claimed, End("sent", message))

    async def _send(self, claimed: Claimed) -> str | None:
        """The id of the last message; None when we have to leave before all of it was sent."""
        row, message = claimed.row, ""
        for number, call in enumerate(claimed.calls):
            if number < row.part:
                continue
            left = await self._slot(row)
            if left is None:
                return None
            try:
                message = await self._adapter.send(call)
            finally:
                self._limiter.answered(left)
            self._refusals = 0
            if number + 1 < len(claimed.calls):
                await self._outcomes.part(row, number + 1)
        return message

    async def _slot(self, row: Outbox) -> float | None:
        """When this message leaves, as soon as it may; None when the service stops or others may own the account."""
        room, began = bool(row.payload.get("room")), time.monotonic()
        while (wait := self._limiter.ready_in(row.chat, room=room)) > 0 and self._owned.safe():
            if await self._unless_stopping(min(wait, 1.0)):
                break
        if self._stopping.is_set() or not self._owned.safe():
            return None
        WAITED.labels(row.account).observe(time.monotonic() - began)
        return self._limiter.take(row.chat, room=room)

    async def _unless_stopping(self, seconds: float) -> bool:
        """Sleeps; True when the service stops."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()

    async def _failed(self, claimed: Claimed, error: DeliveryError) -> None:
        row, outcomes = claimed.row, self._outcomes
        match error:
            case TryLater():
                await self._later(row, error)
            case Unsure() if row.again:
                await outcomes.back(row, _backoff(row.attempts), counted=True, error="unsure")
            case Unsure():
                await outcomes.end(claimed, End("unknown", error=UNSAID))
            case Moved(address=address) if address.key != row.chat:
                await outcomes.moved(row, address)
            case NeverDeliverable() if claimed.edits and not error.unreachable:
                await outcomes.anew(row)
            case NeverDeliverable():
                await outcomes.end(claimed, End("failed", error=error.reason, unreachable=error.unreachable))
            case WrongCredentials():
                await self._unknown_here(row)
            case _:
                await outcomes.end(claimed, End("failed", error=type(error).__name__))

    async def _later(self, row: Outbox, error: TryLater) -> None:
        if not error.limited:
            wait = max(error.seconds, _backoff(row.attempts))
            await self._outcomes.back(row, wait, counted=True, error=str(error))
            return
        PAUSES.labels(row.account).inc()
        if self._limiter.refused(row.chat, error.seconds, whole_account=error.whole_account):
            await self._outcomes.paused(self._limiter.paused_for())
        await self._outcomes.back(row, error.seconds, error=LIMITED)

    async def _unknown_here(self, row: Outbox) -> None:
        """The account waits for a new token, which comes with a new process: so the pause is kept in this one only."""
        if not self._limiter.paused_for():
            self._refusals += 1
            self._limiter.pause("", REFUSED[min(self._refusals, len(REFUSED)) - 1])
            logger.error("token refused", extra={"action": "token_refused", "account": self._owned.held.name})
        await self._outcomes.back(row, 0, error=WrongCredentials.__name__)

    async def _write(self, act: Callable[[Work], T]) -> T:
        return await self._database.written(act, lane=f"sender:{self._owned.held.name}")


def _backoff(attempts: int) -> float:
    return random.uniform(0.5, 1.0) * min(LONGEST_WAIT, 2.0 ** min(attempts, 10))  # noqa: S311 - spreading, no secret


def _seconds(until: datetime, work: Work) -> float:
    return (until - work.now).total_seconds()
