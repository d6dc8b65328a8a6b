"""P2: the updates of P1 through the HTTP webhook with its secret checked, beside aiogram's own with an empty handler.

Ours answers when the update is committed for good; aiogram's answers first and handles afterwards.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from adapters.telegram.staff import StaffBot
from benchmarks import Target, rounds
from benchmarks.clients import Load, posted
from benchmarks.p1_update import TALKS, TOKEN, command, firm, now, text_of, update
from bot.app import HANDLERS
from bot.runtime.intake import Intake
from flows import load
from store.engine import open_database
from store.migrations import migrate

SECRET = "word-of-the-webhook"  # noqa: S105 - nobody else is there
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
PATIENCE = 100.0
"""Milliseconds within which 99 of 100 are answered at half the load."""
STEADY, STEADY_PATIENCE = 200.0, 300.0
"""Updates a second, and the milliseconds within which 99 of 100 are answered; platforms wait for three seconds."""


@dataclass
class Side:
    """A server that is running."""

    port: int
    path: str

    async def rate(self, texts: Callable[[], str], count: int) -> float:
        """Updates a second by 32 clients."""
        return count / (await posted(Load(self.port, self.path, HEADERS, _bodies(texts, count))))[0]

    async def p99(self, texts: Callable[[], str], count: int, rate: float) -> float:
        """Milliseconds, at this many updates a second."""
        return (await posted(Load(self.port, self.path, HEADERS, _bodies(texts, count), rate=rate)))[1]


def _bodies(texts: Callable[[], str], count: int) -> list[str]:
    return [json.dumps(update(texts(), number % TALKS)) for number in range(count)]


@asynccontextmanager
async def ours(intake: Intake, bot: StaffBot) -> AsyncIterator[Side]:
    """As the service mounts it."""
    import uvicorn

    door = _door()
    config = uvicorn.Config(bot.mount(intake.accept), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    server.capture_signals = nullcontext  # type: ignore[method-assign]
    task = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield Side(door.getsockname()[1], "/")
    server.should_exit = True
    await task


@asynccontextmanager
async def aiogram() -> AsyncIterator[Side]:
    from aiogram import Bot, Dispatcher
    from aiogram.types import Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    dispatcher, application = Dispatcher(), web.Application()

    @dispatcher.message()
    async def hear(message: Message) -> None:
        return None

    SimpleRequestHandler(dispatcher, Bot(TOKEN), secret_token=SECRET).register(application, path="/hook")
    runner, door = web.AppRunner(application, access_log=None), _door()
    await runner.setup()
    await web.SockSite(runner, door).start()
    yield Side(door.getsockname()[1], "/hook")
    await runner.cleanup()


def _door() -> socket.socket:
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    return door


def measure(quick: bool) -> Sequence[Target]:
    return asyncio.run(_measure(quick))


async def _measure(quick: bool) -> list[Target]:
    customers, count = (2_000, 192) if quick else (100_000, 3_200)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'p2.db'}"
        migrate(url)
        database = open_database(url, now)
        load()
        names = firm(database, customers)
        bot: Any = StaffBot(token=TOKEN, account="staff", files=None, webhook_secret=SECRET)  # type: ignore[arg-type]
        intake = Intake(database, {"staff": bot}, HANDLERS)
        text = text_of(names, random.Random(11))
        sides: dict[str, list[float]] = {"text": [], "command": [], "peer": [], "p99": [], "steady": []}
        async with ours(intake, bot) as mine, aiogram() as theirs:
            await mine.rate(text, 64)
            await theirs.rate(text, 64)
            for _ in range(rounds(quick)):
                sides["text"].append(await mine.rate(text, count))
                sides["command"].append(await mine.rate(command, count))
                sides["peer"].append(await theirs.rate(text, count))
                if not quick or not sides["p99"]:
                    sides["p99"].append(await mine.p99(text, count, sides["text"][-1] / 2))
                    sides["steady"].append(await mine.p99(text, count, STEADY))
        database.close()
    return [
        _against(sides, "text"),
        _against(sides, "command"),
        _patience("p99 of a text at half that load", sides["p99"], PATIENCE),
        _patience(f"p99 of a text at {STEADY:.0f} updates a second", sides["steady"], STEADY_PATIENCE),
    ]


def _against(sides: dict[str, list[float]], mine: str) -> Target:
    ratios = [one / other for one, other in zip(sides[mine], sides["peer"], strict=True)]
    return Target(
        id="P2",
        what=f"{mine} through the webhook, handled whole, 32 clients",
        ours=median(sides[mine]),
        peer=median(sides["peer"]),
        ratio=median(ratios),
        target=1.0,
        unit="updates/s",
        rounds=len(ratios),
        peers="aiogram's webhook, empty handler",
    )


def _patience(what: str, p99: list[float], limit: float) -> Target:
    return Target(
        id="P2",
        what=what,
        ours=median(p99),
        peer=limit,
        ratio=median(p99) / limit,
        target=1.0,
        unit="ms",
        better="less",
        rounds=len(p99),
        peers="the limit",
    )
