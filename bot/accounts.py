"""The bots that run here: those of the settings from the start, those of the tables as their rows come and go.

Every process does the same; leases decide which one fetches and sends. A token that is offered in chat is looked at by
whichever process is first, and its answer counts once.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

from bot.core.errors import DeliveryError, NeverDeliverable, TryLater, WrongCredentials
from bot.core.messages import Address, Event, Outgoing
from bot.core.ports import ASGI, Accept, Adapter, Call
from bot.platforms import Platform, Secrets
from bot.runtime.service import Service
from flows.accounts import actions, installs
from flows.setup.accounts import Side
from store import connections
from store.engine import Database
from store.models import Account
from store.sealing import Key, Unopenable
from store.work import Work

logger = logging.getLogger(__name__)

T = TypeVar("T")

LOOK = 5.0
"""Seconds between looks at the rows, should a signal be lost."""
WAITS = (5.0, 15.0, 60.0)
"""Seconds until a platform that can't be reached is asked again about a token."""
TELL_AFTER = 2
"""So many times it could not be reached when the owner hears of it."""
AGAIN = 10.0
"""Seconds before a platform that could not be reached is told again what a bot is for."""


class Reporting:
    """An adapter that says so when its platform refuses the token."""

    def __init__(self, adapter: Adapter, refused: Callable[[], None]) -> None:
        self.name, self.account, self.capabilities = adapter.name, adapter.account, adapter.capabilities
        self._adapter = adapter
        self._refused = refused

    def __repr__(self) -> str:
        return repr(self._adapter)

    def parse(self, raw: str) -> Sequence[Event]:
        return self._adapter.parse(raw)

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        return self._adapter.render(to, message)

    async def listen(self, accept: Accept) -> None:
        try:
            await self._adapter.listen(accept)
        except WrongCredentials:
            self._refused()
            raise

    async def send(self, call: Call) -> str:
        try:
            return await self._adapter.send(call)
        except WrongCredentials:
            self._refused()
            raise


@dataclass
class Running:
    """A bot that runs here."""

    adapter: Any
    platform: Platform
    side: Side
    token: str = ""
    """The sealed token of its row; empty for a bot of the settings."""
    introducing: asyncio.Task[None] | None = None


@dataclass
class Accounts:
    """Keeps what runs in step with the rows; `hooks` is where platforms find the bots that they call."""

    database: Database
    service: Service
    key: Key
    platforms: Mapping[str, Platform]
    hooks: MutableMapping[str, ASGI]
    running: dict[str, Running] = field(default_factory=dict)
    _tries: dict[str, tuple[int, float]] = field(default_factory=dict)
    _broken: set[str] = field(default_factory=set)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _refusals: set[asyncio.Task[None]] = field(default_factory=set)

    def reporting(self, adapter: Adapter) -> Reporting:
        """The adapter as the service shall have it."""
        return Reporting(adapter, partial(self._refused, adapter.name, adapter.account))

    def given(self, adapter: Adapter, side: Side) -> None:
        """A bot of the settings, which the service has already."""
        self.running[adapter.account] = Running(self._watched(adapter), self.platforms[adapter.name], side)

    def sharing(self, platform: str) -> list[Any]:
        """The bots of a platform that are called at one door for all, and at none of their own."""
        found = (one.adapter for one in self.running.values())
        return [adapter for adapter in found if adapter.name == platform and not adapter.path]

    def _watched(self, adapter: Any) -> Any:
        """One that hears of its own end tells it here."""
        if hasattr(adapter, "ended"):
            name, account = adapter.name, adapter.account
            adapter.ended = lambda: self._write(lambda work: installs.ended(work, name, account))
        return adapter

    async def run(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        self.database.listen(partial(self._heard, loop))
        for one in self.running.values():
            self._introduce(one)
        while True:
            self._changed.clear()
            try:
                await self.step()
            except Exception as error:
                logger.error("accounts can't be read", extra={"action": "accounts_failed"}, exc_info=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), LOOK)

    async def close(self) -> None:
        """Lets go of every connection; the service has stopped."""
        tasks = [one.introducing for one in self.running.values() if one.introducing] + list(self._refusals)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for one in self.running.values():
            await _closed(one.adapter)

    async def step(self) -> None:
        """Looks at every row once."""
        rows = await self._read(connections.connected)
        wanted = {row.name: row for row in rows if row.token and row.state == "active"}
        for name, one in list(self.running.items()):
            if one.token and (name not in wanted or wanted[name].token != one.token):
                await self._stop(name, left=name not in wanted)
        for name, row in wanted.items():
            if name not in self.running:
                self._start(row)
        for row in rows:
            if row.offered:
                await self._look(row)
        await self._show_menus()

    # tokens that were offered

    async def _look(self, row: Account) -> None:
        tried, not_before = self._tries.get(row.offered, (0, 0.0))
        now = asyncio.get_running_loop().time()
        if now < not_before:
            return
        secrets, found = self._opened(row, row.offered), actions.Found("refused")
        if secrets is not None:
            found = await self.platforms[row.platform].look(secrets)
        if found.outcome == "unreachable":
            self._tries[row.offered] = (tried + 1, now + WAITS[min(tried, len(WAITS) - 1)])
            if tried + 1 < TELL_AFTER:
                return
        await self._write(lambda work: actions.looked_at(work, row.id, row.offered, found))

    def _opened(self, row: Account, sealed: str) -> Secrets | None:
        """None, and a line in the log, when it was sealed with another key."""
        try:
            parts: dict[str, str] = json.loads(sealed)
            return {kind: self.key.open(part, subject=actions.subject(row.name, kind)) for kind, part in parts.items()}
        except (Unopenable, ValueError):
            if sealed not in self._broken:
                self._broken.add(sealed)
                logger.error("a token can't be opened", extra={"action": "token_unopenable", "account": row.name})
            return None

    # starting and stopping

    def _start(self, row: Account) -> None:
        secrets = self._opened(row, row.token)
        platform = self.platforms.get(row.platform)
        if secrets is None or platform is None:
            return
        side = cast("Side", row.side)
        adapter: Any = self._watched(platform.build(row.name, side, secrets))
        one = self.running[row.name] = Running(adapter, platform, side, row.token)
        self.service.add(self.reporting(adapter))
        if platform.is_called(secrets):
            self.hooks[adapter.path] = adapter.mount(self.service.intake.accept)
        self._introduce(one)
        logger.info("bot started", extra={"action": "account_started", "account": row.name})

    async def _stop(self, name: str, *, left: bool) -> None:
        """The platform stops calling us when the bot is ours no more; a new token only changes how we are called."""
        one = self.running.pop(name)
        self.hooks.pop(getattr(one.adapter, "path", ""), None)
        if one.introducing:
            one.introducing.cancel()
            await asyncio.gather(one.introducing, return_exceptions=True)
        await self.service.remove(name)
        if left:
            with suppress(DeliveryError):
                await one.platform.leave(one.adapter)
        await _closed(one.adapter)
        logger.info("bot stopped", extra={"action": "account_stopped", "account": name})

    def _introduce(self, one: Running) -> None:
        one.introducing = asyncio.create_task(self._introduced(one))

    async def _introduced(self, one: Running) -> None:
        """Until the platform has taken it, or says that it never will."""
        adapter = one.adapter
        while True:
            try:
                if who := getattr(adapter, "who", None):
                    me = await who()
                    known = partial(actions.known_as, platform=adapter.name, name=adapter.account)
                    await self._write(lambda work: known(work, handle=me.username, bot=me.id))  # noqa: B023
                await one.platform.introduce(adapter, one.side)
                return
            except WrongCredentials:
                self._refused(adapter.name, adapter.account)
                return
            except NeverDeliverable as error:
                extra = {"action": "introduction_refused", "account": adapter.account}
                logger.error("refused", extra=extra, exc_info=error)
                return
            except DeliveryError as error:
                wait = max(AGAIN, error.seconds if isinstance(error, TryLater) else 0.0)
            await asyncio.sleep(wait)

    async def _show_menus(self) -> None:
        """Each member's private chat shows the commands of their role; a chat that cannot is left alone."""
        for name, one in list(self.running.items()):
            if not hasattr(one.adapter, "greet_in") or not self.service.owns(name):
                continue
            for chat in await self._read(lambda work: connections.menus(work, name)):  # noqa: B023
                wanted = f"{chat.role}:{chat.language}" if chat.role else ""
                if chat.shows == wanted:
                    continue
                try:
                    where = Address.of(chat.address).chat
                    await one.platform.show_menu(one.adapter, where, chat.role, chat.language)
                except NeverDeliverable:
                    logger.info("no menu there", extra={"action": "menu_refused", "account": name})
                except DeliveryError:
                    break
                await self._write(partial(connections.set_menu, address=chat.address, menu=wanted))

    # the rest

    def _refused(self, platform: str, account: str) -> None:
        """The owners hear it; the row, once it says so, stops the bot here and in every other process."""
        task = asyncio.get_running_loop().create_task(
            self._write(lambda work: actions.refused(work, platform, account))
        )
        self._refusals.add(task)
        task.add_done_callback(self._refusals.discard)

    def _heard(self, loop: asyncio.AbstractEventLoop, signals: frozenset[str]) -> None:
        if actions.SIGNAL in signals:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._changed.set)

    async def _read(self, ask: Callable[[Work], T]) -> T:
        def asked() -> T:
            with self.database.read() as work:
                return ask(work)

        return await asyncio.to_thread(asked)

    async def _write(self, act: Callable[[Work], T]) -> T:
        return await self.database.written(act, lane="accounts")


async def _closed(adapter: Any) -> None:
    if close := getattr(adapter, "close", None):
        await close()
