"""Outbox → adapter. One sender owns an account: it claims a few messages, sends them, and notes how each one ended.

At most W messages are claimed at once, so a crash repeats at most W; every finish is fenced by the lease's epoch.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Literal, TypeVar

from bot.core.capabilities import fit
from bot.core.errors import DeliveryError, Moved, NeverDeliverable, StoreError, TryLater, Unsure, WrongCredentials
from bot.core.messages import Address, Answered, Event, Outgoing, Sender, Urgency
from bot.core.ports import Adapter, Call
from bot.runtime.leases import Owned
from bot.runtime.limiter import Limiter
from bot.runtime.metrics import SENT, WAIT
from store import leases
from store.engine import Database
from store.models import Outbox
from store.work import Work

logger = logging.getLogger(__name__)

T = TypeVar("T")
State = Literal["sent", "failed", "unknown"]

HOLD = timedelta(seconds=60)
LONGEST_WAIT = 300.0
FEW = 8
"""Messages on their way at once where the platform names no rate."""
IDLE = 0.2
"""Seconds between looks at the outbox when nothing woke us: other processes write into it too."""

Tell = Callable[[Work, int, Event], None]
"""What the flows do with an Answered event: (work, workspace, event)."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message being sent, with the card's message to edit and the calls that are still to make."""

    row: Outbox
    calls: tuple[Call, ...]
    choices: tuple[str, ...] = ()
    edits: bool = False


class AccountSender:
    """Sends what waits for one bot account while this process owns it."""

    def __init__(self, database: Database, adapter: Adapter, owned: Owned, tell: Tell) -> None:
        self._database = database
        self._adapter = adapter
        self._owned = owned
        self._tell = tell
        self._limiter = Limiter(adapter.capabilities)
        self._wake = asyncio.Event()
        self._on_the_way: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.window = max(1, math.ceil(adapter.capabilities.rate * adapter.capabilities.latency)) or FEW
        if not adapter.capabilities.rate:
            self.window = FEW

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self, *, took_over: bool) -> None:
        """Until stopped or until the lease is lost; what is on its way then still ends."""
        if took_over and self._adapter.capabilities.rate:
            self._limiter.start_late()
        await self._write(self._recover)
        while not self._stopping and self._owned.safe():
            sent = await self._step()
            if not sent and not self._stopping:
                await self._rest()
        await self.drain()

    async def _step(self) -> bool:
        free = self.window - len(self._on_the_way)
        if free <= 0:
            await asyncio.wait(self._on_the_way, return_when=asyncio.FIRST_COMPLETED)
            return True
        if self._limiter.paused_for() > 0:
            return False
        self._wake.clear()
        resting = self._limiter.resting()
        try:
            rows = await self._write(lambda work: self._claim(work, free, resting))
        except StoreError:
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
        paused = self._limiter.paused_for()
        wait = paused or min(IDLE, self._limiter.next_ready())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), min(wait, IDLE))

    async def stop(self) -> None:
        """Claims no more, waits up to ten seconds for what is on its way, lets the rest go back."""
        self._stopping = True
        self._wake.set()
        await self.drain(10)

    async def drain(self, patience: float | None = None) -> None:
        """Waits for what is on its way, for so many seconds or for as long as it takes."""
        if self._on_the_way:
            await asyncio.wait(self._on_the_way, timeout=patience)

    async def flush(self) -> int:
        """Sends everything that may leave now and returns how much it was; for tests and for shutting down."""
        count = 0
        await self._write(self._recover)
        while rows := await self._write(lambda work: self._claim(work, self.window, self._limiter.resting())):
            count += len(rows)
            for claimed in rows:
                await self._deliver(claimed)
        return count

    # claiming

    def _recover(self, work: Work) -> None:
        held = self._owned.held
        for row in work.outbox.recover(held.name, epoch=held.epoch):
            self._answered(work, row, "unknown", error="the service stopped while it was being sent")

    def _claim(self, work: Work, limit: int, resting: Sequence[str]) -> list[Claimed]:
        held = self._owned.held
        if not leases.still_held(work, held):
            self._owned.lost()
            return []
        for id, workspace, tell in work.outbox.expire(held.name):
            self._expired(work, id, workspace, tell)
        rows = work.outbox.claim(held.name, epoch=held.epoch, limit=limit, resting=resting, hold=HOLD)
        return [claimed for row in rows if (claimed := self._prepared(work, row)) is not None]

    def _prepared(self, work: Work, row: Outbox) -> Claimed | None:
        """The calls for a message; one that can't be rendered is failed here and blocks nobody."""
        work.workspace = row.workspace
        to = Address.of(row.chat)
        try:
            shown = work.cards.message(row.card, row.chat) if row.card else ""
            message = replace(Outgoing.from_json(row.payload), edits=shown, key=row.key)
            fitted = fit(message, self._adapter.capabilities)
            calls = [call for piece in fitted.messages for call in self._adapter.render(to, piece)]
        except Exception as error:
            logger.error("can't render", extra={"action": "render_failed", "outbox": row.id}, exc_info=error)
            work.outbox.finish(row.id, epoch=self._owned.held.epoch, state="failed", error=type(error).__name__)
            self._answered(work, row, "failed", error="it could not be written for this platform")
            return None
        return Claimed(row, tuple(calls), fitted.choices, edits=bool(shown))

    def _expired(self, work: Work, id: int, workspace: int, tell: str) -> None:
        if tell:
            body = Answered(tell, "failed", error="it was too late")
            self._tell(work, workspace, self._event(work, f"out:{id}:dead", "", body))

    # sending

    async def _deliver(self, claimed: Claimed) -> None:
        row = claimed.row
        message = ""
        try:
            for number, call in enumerate(claimed.calls):
                if number < row.part:
                    continue
                await self._slot(row)
                if not self._owned.safe():
                    return
                message = await self._adapter.send(call)
                if number + 1 < len(claimed.calls):
                    await self._write(partial(self._sent_part, row.id, number + 1))
            await self._end(claimed, "sent", message)
        except DeliveryError as error:
            await self._failed(claimed, error)
        except StoreError:
            logger.warning("not noted", extra={"action": "finish_failed", "outbox": row.id})
        except Exception as error:
            logger.error("adapter failed", extra={"action": "send_failed", "outbox": row.id}, exc_info=error)
            await self._end(claimed, "failed", error=type(error).__name__)

    def _sent_part(self, row: int, part: int, work: Work) -> None:
        work.outbox.sent_part(row, epoch=self._epoch, part=part)

    async def _slot(self, row: Outbox) -> None:
        room = bool(row.payload.get("room"))
        while (wait := self._limiter.ready_in(row.chat, room=room)) > 0:
            await asyncio.sleep(min(wait, 1.0))
            if not self._owned.safe():
                return
        self._limiter.take(row.chat, room=room, campaign=row.lane >= Urgency.CAMPAIGN)

    async def _failed(self, claimed: Claimed, error: DeliveryError) -> None:
        row = claimed.row
        match error:
            case TryLater():
                await self._later(row, error)
            case Unsure() if row.again:
                await self._back(row, self._backoff(row.attempts), error="unsure")
            case Unsure():
                await self._end(claimed, "unknown", error="the platform did not say whether it arrived")
            case Moved(address=address):
                await self._write(lambda work: self._moved(work, row, address))
            case NeverDeliverable() if claimed.edits and not error.unreachable:
                await self._write(lambda work: self._shown_anew(work, row))
            case NeverDeliverable():
                await self._end(claimed, "failed", error=error.reason, unreachable=error.unreachable)
            case _:
                await self._credentials(row, error)

    async def _later(self, row: Outbox, error: TryLater) -> None:
        if not error.limited:
            await self._back(row, max(error.seconds, self._backoff(row.attempts)), error=str(error))
            return
        self._limiter.refused(row.chat, error.seconds, whole_account=error.whole_account)
        if error.whole_account:
            await self._pause(error.seconds)
        await self._back(row, error.seconds, counted=False, error=str(error))

    async def _credentials(self, row: Outbox, error: DeliveryError) -> None:
        """The account waits for a new token; nothing is lost meanwhile."""
        kind = type(error).__name__
        if isinstance(error, WrongCredentials):
            logger.error("token refused", extra={"action": "token_refused", "account": self._owned.held.name})
            self._limiter.refused(row.chat, 60, whole_account=True)
            await self._pause(60)
        await self._back(row, 60, counted=False, error=kind)

    async def _pause(self, seconds: float) -> None:
        name = self._owned.held.name
        await self._write(lambda work: leases.pause(work, name, work.now + timedelta(seconds=seconds)))

    async def _back(self, row: Outbox, seconds: float, *, counted: bool = True, error: str = "") -> None:
        wait = timedelta(seconds=seconds)
        SENT.labels(self._owned.held.name, "again").inc()
        await self._write(
            lambda work: work.outbox.put_back(
                row.id, epoch=self._epoch, at=work.now + wait, counted=counted, error=error
            )
        )

    def _backoff(self, attempts: int) -> float:
        return random.uniform(0.5, 1.0) * min(LONGEST_WAIT, 2.0 ** min(attempts, 10))  # noqa: S311 - spreading, no secret

    async def _end(
        self, claimed: Claimed, state: State, message: str = "", *, error: str = "", unreachable: bool = False
    ) -> None:
        await self._write(lambda work: self._note(work, claimed, state, message, error, unreachable))

    def _note(self, work: Work, claimed: Claimed, state: State, message: str, error: str, unreachable: bool) -> None:
        row = claimed.row
        work.workspace = row.workspace
        if not work.outbox.finish(row.id, epoch=self._epoch, state=state, message=message, error=error):
            logger.warning("lease lost", extra={"action": "finish_fenced", "outbox": row.id})
            return
        SENT.labels(self._owned.held.name, state).inc()
        WAIT.observe(max(0.0, (work.now - row.after).total_seconds()))
        if state == "sent" and row.card:
            work.cards.shown(row.card, row.chat, message)
        if claimed.choices:
            work.people.set_choices(row.chat, list(claimed.choices))
        if unreachable:
            work.people.set_reachable(row.chat, False)
        self._answered(work, row, state, message=message, error=error)

    def _answered(self, work: Work, row: Outbox, state: State, *, message: str = "", error: str = "") -> None:
        if row.tell:
            body = Answered(row.tell, state, message, error)
            self._tell(work, row.workspace, self._event(work, f"out:{row.id}:{state}", row.chat, body))

    def _moved(self, work: Work, row: Outbox, address: Address) -> None:
        work.workspace = row.workspace
        work.people.moved(Address.of(row.chat), address, work.now)
        work.outbox.move(row.account, row.chat, address.key)
        work.outbox.put_back(row.id, epoch=self._epoch, at=work.now, counted=False)

    def _shown_anew(self, work: Work, row: Outbox) -> None:
        """The message to edit is gone: the card is shown as a new one."""
        work.workspace = row.workspace
        work.cards.shown(row.card, row.chat, "")
        work.outbox.put_back(row.id, epoch=self._epoch, at=work.now, counted=True)

    def _event(self, work: Work, key: str, chat: str, body: Answered) -> Event:
        where = Address.of(chat) if chat else Address(self._adapter.name, self._adapter.account, "")
        return Event(key=key, at=work.now, where=where, sender=Sender(""), body=body)

    @property
    def _epoch(self) -> int:
        return self._owned.held.epoch

    async def _write(self, act: Callable[[Work], T]) -> T:
        return await asyncio.wrap_future(self._database.write(act, lane=f"sender:{self._owned.held.name}"))
