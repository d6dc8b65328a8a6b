"""How the people of a storm write: each platform's own order, its retries, and what it hands over twice."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any, NamedTuple

import aiohttp

from tests.wires.slack import Delivery, SlackWire
from tests.wires.slack.delivery import Deliverer
from tests.wires.slack.people import BOT as DIRECT
from tests.wires.telegram import TelegramWire
from tests.wires.telegram.world import Account, Waiting

BOT, SECRET = "staff bot", "secret-of-the-webhook"
AGAIN = 0.05
"""Seconds until a platform tries again here; really it is two seconds at least."""


class Sent(NamedTuple):
    """A message that was accepted."""

    at: float
    chat: str
    text: str
    who: str
    """The process that sent it."""


MARK = re.compile(r"chaos (\d{5})")
"""The number of a note, in what is said and in what is answered."""


class Line(ABC):
    """One platform, reached one way; `port` is where the services listen, all of them on the same."""

    platform = "telegram"
    speaks = "/note Acme "

    def __init__(self) -> None:
        self.port = _free_port()
        self.chance = random.Random(7)

    @abstractmethod
    def arguments(self) -> dict[str, Any]:
        """What a service must know."""

    @abstractmethod
    def people(self, count: int) -> Sequence[tuple[str, str]]:
        """(id, name) of those who write."""

    @abstractmethod
    def says(self, who: int, text: str) -> None:
        """One of them writes to the bot."""

    @abstractmethod
    def again(self) -> None:
        """The platform hands over something from a little while ago once more."""

    @abstractmethod
    def unconfirmed(self) -> set[int]:
        """Numbers of the notes that the platform still has to hand over, as far as it knows."""

    @abstractmethod
    def sent(self) -> list[Sent]:
        """What it accepted."""

    @abstractmethod
    def requests(self) -> list[tuple[float, str]]:
        """(when, chat) of each request that concerns a chat, also of those refused."""

    @abstractmethod
    def origins(self) -> list[tuple[float, str, str]]:
        """(when, which process, method) of each request."""

    @abstractmethod
    def now(self) -> float:
        """The platform's time."""


class Polling(Line):
    """Telegram, asked by whoever owns the bot."""

    secret = ""

    def __init__(self, wire: TelegramWire) -> None:
        super().__init__()
        import_module("aiogram.methods"), import_module("teremok.validation")  # the first call would stop the clock
        self.wire = wire
        self.bot: Account = wire.bot(BOT, username="staff_bot")
        self._people: list[Any] = []

    def arguments(self) -> dict[str, Any]:
        return {"kind": "telegram", "api": self.wire.url, "token": self.bot.token, "secret": self.secret}

    def people(self, count: int) -> Sequence[tuple[str, str]]:
        self._people = [self.wire.user(f"Rep {number}") for number in range(count)]
        return [(str(person.id), str(person.user["first_name"])) for person in self._people]

    def says(self, who: int, text: str) -> None:
        self._people[who].says(BOT, text)

    def again(self) -> None:
        newest = self.bot.next_update
        old = self.chance.randrange(max(newest - 150, 500_000_001), newest)
        found = next((item.update for item in self.bot.waiting if item.update["update_id"] == old), None)
        if found:
            self.bot.waiting.append(Waiting(newest, found, self.now() + 86400))

    def unconfirmed(self) -> set[int]:
        return _numbers(item.update for item in self.bot.waiting)

    def sent(self) -> list[Sent]:
        return [Sent(entry.at, entry.chat, entry.text, entry.who) for entry in self.wire.accepted("sendMessage")]

    def requests(self) -> list[tuple[float, str]]:
        return [(at, chat) for at, _bot, _method, chat in self.wire.requests if chat]

    def origins(self) -> list[tuple[float, str, str]]:
        return self.wire.origins

    def now(self) -> float:
        return self.wire.world.now()


class Webhook(Polling):
    """Telegram, calling: one update of a chat after the other, different chats at once, again until it hears 2xx."""

    secret = SECRET

    def __init__(self, wire: TelegramWire) -> None:
        super().__init__(wire)
        self._queues: dict[str, deque[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def unconfirmed(self) -> set[int]:
        return super().unconfirmed() | _numbers(update for queue in self._queues.values() for update in queue)

    @asynccontextmanager
    async def posting(self) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            giving = asyncio.create_task(self._give_out(session))
            try:
                yield
            finally:
                for task in (giving, *self._tasks):
                    task.cancel()
                await asyncio.gather(giving, *self._tasks, return_exceptions=True)

    async def _give_out(self, session: aiohttp.ClientSession) -> None:
        while True:
            while self.bot.waiting:
                update = self.bot.waiting.popleft().update
                chat = str(update["message"]["chat"]["id"])
                if queue := self._queues.get(chat):
                    queue.append(update)
                    continue
                self._queues[chat] = deque((update,))
                task = asyncio.create_task(self._post(session, self._queues[chat]))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            await asyncio.sleep(0.02)

    async def _post(self, session: aiohttp.ClientSession, queue: deque[dict[str, Any]]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret, "Content-Type": "application/json"}
        url = f"http://127.0.0.1:{self.port}/hooks/telegram/telegram-staff"
        while queue:
            try:
                async with session.post(url, data=json.dumps(queue[0]), headers=headers) as answer:
                    done = answer.status == 200
            except (aiohttp.ClientError, ConnectionError):
                done = False
            if done:
                queue.popleft()
            else:
                await asyncio.sleep(AGAIN)


class _InOrder(Deliverer):
    """A person writes the next message of a conversation when the last one is through; and Slack's patience is long."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.retries = (AGAIN,) * 2000
        self.answer_seconds = 1.0
        self._queues: dict[str, deque[tuple[Delivery, Callable[[Delivery], None]]]] = {}

    def send(self, delivery: Delivery, answered: Callable[[Delivery], None]) -> Delivery:
        self.log.append(delivery)
        channel = str(delivery.payload["event"]["channel"])
        if queue := self._queues.get(channel):
            queue.append((delivery, answered))
            return delivery
        self._queues[channel] = deque(((delivery, answered),))
        task = asyncio.create_task(self._one_by_one(self._queues[channel]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def _one_by_one(self, queue: deque[tuple[Delivery, Callable[[Delivery], None]]]) -> None:
        while queue:
            await self._deliver(*queue[0])
            queue.popleft()


class SlackHttp(Line):
    """Slack, calling: signed events, again until it hears 2xx."""

    platform = "slack"
    speaks = "note Acme "
    socket = False

    def __init__(self, wire: SlackWire) -> None:
        super().__init__()
        self.wire = wire
        wire.deliverer = _InOrder(wire.secret, wire.world.now)
        if not self.socket:
            wire.calls(f"http://127.0.0.1:{self.port}/hooks/slack")
        self._people: list[Any] = []

    def arguments(self) -> dict[str, Any]:
        app = self.wire.app_token if self.socket else ""
        told = {"token": self.wire.home.token, "secret": self.wire.secret, "app_token": app}
        return {"kind": "slack", "api": self.wire.url, **told}

    def people(self, count: int) -> Sequence[tuple[str, str]]:
        self._people = [self.wire.user(f"Rep {number}") for number in range(count)]
        return [(person.id, person.user.name) for person in self._people]

    def says(self, who: int, text: str) -> None:
        self._people[who].says(DIRECT, text)

    def again(self) -> None:
        old = self.chance.choice(self.wire.deliverer.log[-150:])
        self.wire.delivers(Delivery(old.kind, old.payload))

    def unconfirmed(self) -> set[int]:
        waiting = (one.payload for one in self.wire.deliverer.log if not one.statuses or one.statuses[-1] // 100 != 2)
        return {int(mark[1]) for payload in waiting for mark in MARK.finditer(json.dumps(payload))}

    def sent(self) -> list[Sent]:
        return [Sent(entry.at, entry.chat, entry.text, entry.who) for entry in self.wire.accepted("chat.postMessage")]

    def requests(self) -> list[tuple[float, str]]:
        return []

    def origins(self) -> list[tuple[float, str, str]]:
        return self.wire.origins

    def now(self) -> float:
        return self.wire.world.now()


class SlackSocket(SlackHttp):
    """Slack, over the WebSocket that the owner of the account opens."""

    socket = True


@asynccontextmanager
async def line(name: str) -> AsyncIterator[Line]:
    """polling, webhook, slack or socket, with its fake running."""
    if name in ("polling", "webhook"):
        async with TelegramWire() as telegram:
            if name == "polling":
                yield Polling(telegram)
                return
            hooked = Webhook(telegram)
            async with hooked.posting():
                yield hooked
        return
    async with SlackWire() as slack:
        yield SlackSocket(slack) if name == "socket" else SlackHttp(slack)


def _numbers(updates: Iterable[dict[str, Any]]) -> set[int]:
    texts = (str(update.get("message", {}).get("text", "")) for update in updates)
    return {int(mark[1]) for text in texts if (mark := MARK.search(text))}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
