"""How a message ended: noted under the lease that claimed it, told to whom it concerns, and never taken back."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Literal, TypeVar

from bot.core.errors import Changed, Closed
from bot.core.messages import Address, Answered, Event, Sender
from bot.core.ports import Call
from bot.runtime.leases import Owned
from bot.runtime.metrics import SENT, WAIT
from store import leases
from store.engine import Database
from store.models import Outbox
from store.trouble import is_passing
from store.work import Work

logger = logging.getLogger(__name__)

T = TypeVar("T")
State = Literal["sent", "failed", "unknown", "dead"]

PATIENCE = 10.0
"""Seconds for which a note is tried after the lease is gone; then the next owner decides."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
MEETINGS = 6
"""How often a note is begun because a row had moved on meanwhile; what meets itself every time has failed."""

Tell = Callable[[Work, int, Event], None]
"""What the flows do with an Answered event: (work, workspace, event)."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message being sent, with the calls that are still to make; or with the end it has without any."""

    row: Outbox
    calls: tuple[Call, ...] = ()
    choices: tuple[str, ...] = ()
    edits: bool = False
    end: tuple[State, str] | None = None


@dataclass(frozen=True, slots=True)
class End:
    """What to note."""

    state: State
    message: str = ""
    error: str = ""
    unreachable: bool = False


class Outcomes:
    """Notes ends for one owner of an account; all that a note changes is one transaction."""

    def __init__(self, database: Database, owned: Owned, tell: Tell) -> None:
        self._database = database
        self._owned = owned
        self._tell = tell

    async def end(self, claimed: Claimed, end: End) -> None:
        """Also when the flows fail at the news: what was sent stays sent, and the log says that nobody was told."""
        row = claimed.row
        whole, quiet = (partial(self._end, claimed, end, tell=tell) for tell in (True, False))
        for act in (whole, quiet, partial(self._finished, row, end)):
            try:
                if await self._surely(act, row):
                    SENT.labels(self._name, end.state).inc()
                return
            except Exception as error:
                logger.error("nobody told", extra={"action": "outcome_failed", "outbox": row.id}, exc_info=error)

    async def back(self, row: Outbox, seconds: float, *, counted: bool = False, error: str = "") -> None:
        """It waits again; `counted` when this was an attempt."""
        SENT.labels(self._name, "again").inc()
        wait = timedelta(seconds=seconds)

        def act(work: Work) -> None:
            work.outbox.put_back(row.id, epoch=self._epoch, at=work.now + wait, counted=counted, error=error)

        await self._surely(act, row)

    async def part(self, row: Outbox, part: int) -> None:
        """So many of its calls are out, and are not made again."""
        await self._surely(lambda work: work.outbox.sent_part(row.id, epoch=self._epoch, part=part), row)

    async def moved(self, row: Outbox, address: Address) -> None:
        """The conversation lives elsewhere: everything that waits for it goes there, this message first."""
        await self._surely(partial(self._moved, row, address), row)

    async def anew(self, row: Outbox) -> None:
        """The message to edit is gone: the card is shown as a new one."""
        await self._surely(partial(self._anew, row), row)

    async def paused(self, seconds: float) -> None:
        """The whole account rests, whoever owns it next."""
        span = timedelta(seconds=seconds)
        await self._surely(lambda work: leases.pause(work, self._name, span))

    async def left_behind(self) -> None:
        """What an earlier owner may or may not have sent, and must not be sent twice, is unknown from now on."""
        rows = await self._surely(lambda work: work.outbox.unsure(self._name, epoch=self._epoch))
        end = End("unknown", error="the service stopped while it was being sent")
        for row in rows or ():
            await self.end(Claimed(row), end)

    # transactions

    def _end(self, claimed: Claimed, end: End, work: Work, *, tell: bool) -> bool:
        row = claimed.row
        work.workspace = row.workspace
        if not self._finished(row, end, work):
            return False
        if end.state == "sent" and row.card:
            work.cards.shown(row.card, row.chat, "" if row.payload.get("clears") else end.message)
        if end.state == "sent" and claimed.choices:
            work.people.set_choices(row.chat, list(claimed.choices))
        if end.unreachable:
            work.people.set_reachable(row.chat, False)
        if row.tell and tell:
            self._tell(work, row.workspace, _answered(row, end, work))
        return True

    def _finished(self, row: Outbox, end: End, work: Work) -> bool:
        """False when somebody else has decided meanwhile. A row left behind is ended under the lease it was left by."""
        epoch = row.lease if row.state == "claimed" else self._epoch
        if not work.outbox.finish(row.id, epoch=epoch, state=end.state, message=end.message, error=end.error):
            logger.warning("lease lost", extra={"action": "finish_fenced", "outbox": row.id})
            return False
        WAIT.observe(max(0.0, (work.now - row.after).total_seconds()))
        return True

    def _moved(self, row: Outbox, address: Address, work: Work) -> None:
        work.workspace = row.workspace
        if work.outbox.put_back(row.id, epoch=self._epoch, at=work.now, counted=False):
            work.people.moved(Address.of(row.chat), address, work.now)
            work.outbox.move(row.account, row.chat, address.key)

    def _anew(self, row: Outbox, work: Work) -> None:
        work.workspace = row.workspace
        if work.outbox.put_back(row.id, epoch=self._epoch, at=work.now, counted=True):
            work.cards.shown(row.card, row.chat, "")

    # the door

    async def _surely(self, act: Callable[[Work], T], row: Outbox | None = None) -> T | None:
        """Through a storage that fails for a while; None when it does not come back before others take over."""
        pause, patience, met = FIRST_PAUSE, time.monotonic() + PATIENCE, 0
        while True:
            try:
                return await self._database.written(act, lane=self._lane(row))
            except Exception as error:
                met += isinstance(error, Changed)
                if not is_passing(error) or met == MEETINGS:
                    raise
                if isinstance(error, Closed) or (not self._owned.safe() and time.monotonic() > patience):
                    logger.error("not noted", extra={"action": "not_noted", "outbox": row.id if row else 0})
                    return None
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _lane(self, row: Outbox | None) -> str:
        return f"sender:{self._name}:{row.chat if row else ''}"

    @property
    def _name(self) -> str:
        return self._owned.held.name

    @property
    def _epoch(self) -> int:
        return self._owned.held.epoch


def _answered(row: Outbox, end: End, work: Work) -> Event:
    outcome: Literal["sent", "failed", "unknown"] = "failed" if end.state == "dead" else end.state
    body = Answered(row.tell, outcome, end.message, end.error)
    where = Address.of(row.chat)
    return Event(key=f"out:{row.id}:{end.state}", at=work.now, where=where, sender=Sender(""), body=body)
