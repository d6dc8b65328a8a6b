"""Webhooks as Telegram delivers them: a queue a chat, another for a person's presses, on and on until we say 200."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

from tests.wires.telegram.world import Account, Json, Waiting

if TYPE_CHECKING:
    from tests.wires.telegram.server import TelegramWire

LOOK = 0.01
FIRST_WAIT, LONGEST_WAIT = 0.05, 2.0
"""Telegram begins at once and then waits 2, 4, 8 … 60 seconds; tests have less time."""
PATIENCE = 60.0
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Deliveries:
    """Posts what waits for bots whose webhook begins with `public` to the same path under `to`."""

    def __init__(self, wire: TelegramWire, public: str, to: str) -> None:
        self._wire = wire
        self._public = public
        self._to = to
        self.statuses: list[tuple[str, int]] = []
        """Bot and status of every attempt; 0 when nobody was there."""
        self._lanes: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            try:
                while True:
                    for account in list(self._wire.world.accounts.values()):
                        if account.webhook.startswith(self._public) and not account.revoked:
                            self._begin(session, account)
                    await asyncio.sleep(LOOK)
            finally:
                for task in self._lanes.values():
                    task.cancel()
                await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    def _begin(self, session: aiohttp.ClientSession, account: Account) -> None:
        """The first of each queue that is not on its way yet."""
        for item in list(account.waiting):
            lane = (account.token, _queue(item.update))
            if lane not in self._lanes or self._lanes[lane].done():
                self._lanes[lane] = asyncio.create_task(self._deliver(session, account, item))

    async def _deliver(self, session: aiohttp.ClientSession, account: Account, item: Waiting) -> None:
        wait = 0.0
        while item in account.waiting and account.webhook.startswith(self._public):
            await asyncio.sleep(wait)
            wait = min(max(wait * 2, FIRST_WAIT), LONGEST_WAIT)
            if item.expires < self._wire.world.now():
                break
            status, answer = await self._post(session, account, item.update)
            self.statuses.append((account.name, status))
            if 200 <= status < 300:
                if answer.get("method"):
                    self._wire.answered(account, answer)
                break
        if item in account.waiting:
            account.waiting.remove(item)

    async def _post(self, session: aiohttp.ClientSession, account: Account, update: Json) -> tuple[int, Json]:
        headers = {HEADER: account.secret} if account.secret else {}
        url = self._to + account.webhook.removeprefix(self._public)
        try:
            async with session.post(url, json=update, headers=headers, allow_redirects=False) as response:
                body = await response.read()
                return response.status, (await response.json(content_type=None)) if body.startswith(b"{") else {}
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, {}


def _queue(update: Json) -> str:
    for kind, content in update.items():
        if kind == "callback_query":
            return f"presses of {content['from']['id']}"
        if isinstance(content, dict):
            return str((content.get("chat") or content.get("from") or {}).get("id", kind))
    return ""
