"""Long polling that confirms an update only after we have it for good, and that nothing Telegram sends can wedge."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Mapping, Sequence
from time import monotonic, time
from typing import TYPE_CHECKING, Any

from adapters.telegram.outcome import Lost, Refused
from adapters.telegram.parse import KINDS, Me
from adapters.telegram.presses import press_of, toast
from bot.core.errors import Unreachable, WrongCredentials
from bot.core.messages import Answer, Update
from bot.core.ports import Accept

if TYPE_CHECKING:
    from adapters.telegram.wire import Wire

HOLD = 30
"""Seconds that Telegram keeps an empty request open."""
LONGEST_PAUSE = 30.0
SILENCE = 10.0
"""Seconds between the first and the last of several questions that nobody answered, when we say so."""
BATCH = 100

logger = logging.getLogger(__name__)


class Poller:
    """Asks, hands over, confirms; order is kept within a chat, different chats go side by side."""

    def __init__(self, wire: Wire, account: str, accept: Accept, first_pause: float) -> None:
        self._wire = wire
        self._account = account
        self._accept = accept
        self._first_pause = first_pause
        self._offset = 0
        self._silent_since: float | None = None
        self._answers: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled, or until Telegram no longer knows the token, or can't be reached."""
        failures = 0
        try:
            while True:
                failures = 0 if await self._round() else failures + 1
                await asyncio.sleep(pause(self._first_pause, failures))
        finally:
            for answer in self._answers:
                answer.cancel()

    async def _round(self) -> bool:
        """One batch; False when something went wrong and a pause is due, also when it held what we had confirmed."""
        try:
            updates = await self._ask()
        except (Refused, Lost) as error:
            await self._complain(error)
            self._heard(nothing=isinstance(error, Lost))
            return False
        self._heard(nothing=False)
        readable = [update for update in updates if self._is_readable(update)]
        if updates and not readable:
            return False
        if not await self._hand_over(readable):
            return False
        before, self._offset = self._offset, max((one["update_id"] + 1 for one in readable), default=self._offset)
        return not readable or before != self._offset

    def _heard(self, *, nothing: bool) -> None:
        if not nothing:
            self._silent_since = None
        elif self._silent_since is None:
            self._silent_since = monotonic()
        elif monotonic() - self._silent_since > SILENCE:
            raise Unreachable("Telegram can't be reached")

    async def _ask(self) -> Sequence[Any]:
        query = {"offset": self._offset, "limit": BATCH, "timeout": HOLD, "allowed_updates": list(KINDS)}
        updates = await self._wire.call("getUpdates", query)
        if not isinstance(updates, list):
            raise Lost(sent=True)
        return updates

    def _is_readable(self, update: Any) -> bool:
        """Without an update_id there is nothing to confirm: such a thing can only be passed over."""
        if isinstance(update, dict) and type(update.get("update_id")) is int:
            return True
        logger.warning("update skipped", extra={"action": "update_skipped", "account": self._account})
        return False

    async def _hand_over(self, updates: Sequence[dict[str, Any]]) -> bool:
        lanes: dict[str, list[dict[str, Any]]] = {}
        for update in updates:
            lanes.setdefault(lane_of(update), []).append(update)
        return all(await asyncio.gather(*(self._in_order(lane) for lane in lanes.values())))

    async def _in_order(self, lane: Sequence[dict[str, Any]]) -> bool:
        for update in lane:
            try:
                answer = await self._accept(envelope(self._account, update))
            except Exception:
                logger.exception("update not accepted", extra={"action": "not_accepted", "account": self._account})
                return False
            self._acknowledge(update, answer)
        return True

    def _acknowledge(self, update: Mapping[str, Any], answer: Answer | None) -> None:
        """Beside the polling, so that a slow answer holds nobody up."""
        if press := press_of(update):
            task = asyncio.create_task(self._stop_spinner(toast(press, answer)))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _stop_spinner(self, arguments: Mapping[str, Any]) -> None:
        try:
            await self._wire.call("answerCallbackQuery", arguments)
        except (Refused, Lost) as error:
            logger.info("press not answered: %s", error, extra={"action": "press_late", "account": self._account})

    async def _complain(self, error: Refused | Lost) -> None:
        """Also takes a forgotten webhook away, which would keep us from polling for ever."""
        if isinstance(error, Refused):
            if error.code in (401, 404):
                raise WrongCredentials(str(error)) from error
            if error.code == 409 and error.says("webhook"):
                await _quietly(self._wire, "deleteWebhook")
        logger.warning("polling failed: %s", error, extra={"action": "polling_failed", "account": self._account})
        if isinstance(error, Refused) and error.retry_after:
            await asyncio.sleep(error.retry_after)


async def identity(wire: Wire, first_pause: float) -> Me:
    """Who the bot is, asked until Telegram says so."""
    failures = 0
    while True:
        try:
            user = await wire.call("getMe", {})
            return Me(str(user["id"]), user.get("username", ""))
        except Refused as error:
            if error.code in (401, 404):
                raise WrongCredentials(str(error)) from error
            await asyncio.sleep(error.retry_after)
        except (Lost, TypeError, KeyError):
            logger.warning("getMe failed", extra={"action": "identity_unknown"})
        failures += 1
        await asyncio.sleep(pause(first_pause, failures))


def envelope(account: str, update: Mapping[str, Any]) -> Update:
    """The raw update with the time we got it, which a press has nowhere else."""
    raw = json.dumps({**update, "received": round(time(), 3)})
    return Update(account, str(update["update_id"]), raw, lane_of(update))


def lane_of(update: Mapping[str, Any]) -> str:
    """The chat an update belongs to, as far as it can be told of a kind we may not know."""
    for value in update.values():
        if isinstance(value, dict):
            inner = value.get("message")
            chat = value.get("chat") or (inner.get("chat") if isinstance(inner, dict) else None)
            chat = chat or value.get("from") or value.get("user")
            return str(chat.get("id", "")) if isinstance(chat, dict) else ""
    return ""


def pause(first: float, failures: int) -> float:
    """Doubling, with a random part, so that two processes do not meet again and again."""
    if not failures:
        return 0.0
    return min(LONGEST_PAUSE, first * 2.0 ** min(failures - 1, 10)) * random.uniform(0.5, 1.0)  # noqa: S311


async def _quietly(wire: Wire, method: str) -> None:
    try:
        await wire.call(method, {})
    except (Refused, Lost) as error:
        logger.warning("%s failed: %s", method, error, extra={"action": "webhook_kept"})
