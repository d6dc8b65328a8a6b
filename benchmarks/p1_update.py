"""P1: a Telegram text update fully handled (parsed, understood, customer found among many, committed, reply queued).

The peers dispatch the same update to an empty handler and store nothing. Both sides run in one process and are
measured in CPU seconds, because a fully durable commit waits for the disk while a dispatcher never does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.telegram.staff import StaffBot
from benchmarks import Target, rounds
from bot.app import HANDLERS
from bot.core.messages import Address, Update
from bot.runtime.intake import Intake
from flows import load
from flows.setup.actions import found_firm
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Account, Conversation, Customer, Identity, Member, SearchKey
from store.search_keys import keys_of
from store.work import Work

TALKS = 32
SHARE = 0.6
"""Of the peer's rate, for free text that is handled whole."""
TOKEN = "123456:" + "A" * 35
_numbers = itertools.count(1)
_SYLLABLES = ["ka", "lo", "mi", "ren", "tor", "vex", "dan", "sil", "qua", "bor", "nex", "pol", "tra", "zin", "gal"]


def now() -> datetime:
    return datetime.now(UTC)


def update(text: str, talk: int) -> dict[str, Any]:
    """What Telegram sends for a private text message."""
    number = next(_numbers)
    person = {"id": 1000 + talk, "is_bot": False, "first_name": f"Rep {talk}", "language_code": "en"}
    chat = {"id": 1000 + talk, "type": "private", "first_name": f"Rep {talk}"}
    message: dict[str, Any] = {
        "message_id": number,
        "date": int(time.time()),
        "from": person,
        "chat": chat,
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return {"update_id": number, "message": message}


def firm(database: Database, customers: int) -> list[str]:
    """A firm with members who have a chat, and many customers; returns some customers' names."""

    def people(work: Work) -> None:
        found_firm(work, name="Bench", country="CN", language="en", zone="Asia/Shanghai")
        work.add(Account(platform="telegram", name="staff", side="member"))
        for talk in range(TALKS):
            home = Address("telegram", "staff", str(1000 + talk)).key
            member = work.add(Member(name=f"Rep {talk}", home=home, joined=work.now))
            work.add(Identity(platform="telegram", account="staff", person=str(1000 + talk), member=member.id))
            chat = {"platform": "telegram", "account": "staff", "side": "member", "member": member.id}
            work.add(Conversation(address=home, seen=work.now, language="en", **chat))
        work.for_good()

    database.write(people).result()
    dice = random.Random(7)
    names = [" ".join("".join(dice.choices(_SYLLABLES, k=3)).capitalize() for _ in "ab") for _ in range(customers)]
    for start in range(0, customers, 5000):
        database.write(lambda work, part=names[start : start + 5000]: _fill(work, part)).result()
    return dice.sample(names, min(20_000, len(names)))


def _fill(work: Work, names: Sequence[str]) -> None:
    work.workspace = 1
    for name in names:
        customer = work.add(Customer(name=name, owner=1, created=work.now))
        for kind, key in set(keys_of(name)):
            work.insert(SearchKey(workspace=1, kind=kind, key=key, customer=customer.id))
    work.for_good()


def text_of(names: Sequence[str], dice: random.Random) -> Callable[[], str]:
    """A note as people write it, each time on somebody else."""
    return lambda: f"Called {dice.choice(names)}, wants a quote for 50 seats by Friday, follow up next Tue 3pm #hot"


def command() -> str:
    """A plain one."""
    return "/today"


async def ours(intake: Intake, texts: Callable[[], str], count: int) -> float:
    """Updates a CPU second through the real intake, 32 conversations at once."""

    async def talk(number: int) -> None:
        for _ in range(count // TALKS):
            raw = update(texts(), number)
            await intake.accept(Update("staff", str(raw["update_id"]), json.dumps(raw), str(1000 + number)))

    started = time.process_time()
    await asyncio.gather(*(talk(number) for number in range(TALKS)))
    return count // TALKS * TALKS / (time.process_time() - started)


async def per_second(dispatch: Callable[[dict[str, Any]], Awaitable[object]], text: str, count: int) -> float:
    """Updates a CPU second through somebody's dispatcher."""
    updates = [update(text, number % TALKS) for number in range(count)]
    started = time.process_time()
    for raw in updates:
        await dispatch(raw)
    return count / (time.process_time() - started)


def aiogram() -> Callable[[dict[str, Any]], Awaitable[object]]:
    from aiogram import Bot, Dispatcher
    from aiogram.types import Message

    dispatcher, bot = Dispatcher(), Bot(TOKEN)

    @dispatcher.message()
    async def hear(message: Message) -> None:
        return None

    async def dispatch(raw: dict[str, Any]) -> object:
        return await dispatcher.feed_raw_update(bot, raw)

    return dispatch


def python_telegram_bot() -> Callable[[dict[str, Any]], Awaitable[object]]:
    from telegram import Bot
    from telegram import Update as Theirs
    from telegram.ext import ApplicationBuilder, MessageHandler, filters

    application = ApplicationBuilder().token(TOKEN).updater(None).job_queue(None).build()
    application._initialized = True

    async def hear(_update: object, _context: object) -> None:
        return None

    application.add_handler(MessageHandler(filters.ALL, hear))
    bot: Bot = application.bot

    async def dispatch(raw: dict[str, Any]) -> object:
        await application.process_update(Theirs.de_json(raw, bot))
        return None

    return dispatch


def slack_bolt() -> Callable[[dict[str, Any]], Awaitable[object]]:
    """Hears of the same text as Slack would send it: the event stands in an envelope of its own."""
    from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
    from slack_bolt.authorization import AuthorizeResult

    async def authorize(**_known: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token=TOKEN, bot_id="B1", bot_user_id="U0")

    app = AsyncApp(signing_secret=TOKEN, authorize=authorize, request_verification_enabled=False)

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        return None

    async def dispatch(raw: dict[str, Any]) -> object:
        person, time = f"U{raw['message']['from']['id']}", f"{raw['message']['date']}.{raw['update_id']:06}"
        event = {"type": "message", "user": person, "text": raw["message"]["text"], "ts": time, "event_ts": time}
        body = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": f"Ev{raw['update_id']}"}
        body |= {"event": event | {"channel": f"D{person}", "channel_type": "im"}}  # type: ignore[dict-item]
        headers = {"content-type": ["application/json"]}
        return await app.async_dispatch(AsyncBoltRequest(body=json.dumps(body), headers=headers))

    return dispatch


def measure(quick: bool) -> Sequence[Target]:
    """Free text and a plain command, each beside aiogram with an empty handler."""
    return asyncio.run(_measure(quick))


async def _measure(quick: bool) -> list[Target]:
    customers, count = (3_000, 320) if quick else (100_000, 6_400)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'p1.db'}"
        migrate(url)
        database = open_database(url, now)
        load()
        names = firm(database, customers)
        bot = StaffBot(token=TOKEN, account="staff", files=None)  # type: ignore[arg-type]
        intake = Intake(database, {"staff": bot}, HANDLERS)
        text = text_of(names, random.Random(11))
        peers = {"aiogram": aiogram(), "python-telegram-bot": python_telegram_bot(), "slack-bolt": slack_bolt()}
        sides: dict[str, list[float]] = {name: [] for name in ("text", "command", *peers)}
        await ours(intake, text, 320)
        for _ in range(rounds(quick)):
            sides["text"].append(await ours(intake, text, count))
            sides["command"].append(await ours(intake, command, count))
            for name, dispatch in peers.items():
                sides[name].append(await per_second(dispatch, text(), count))
        database.close()
    return [
        _line("text update handled whole", sides, "text", "aiogram", SHARE),
        _line("plain command handled whole", sides, "command", "aiogram", 1.0),
        _line("text update handled whole", sides, "text", "python-telegram-bot", 0.0),
        _line("text update handled whole", sides, "text", "slack-bolt", 0.0),
    ]


def _line(what: str, sides: dict[str, list[float]], mine: str, peer: str, target: float) -> Target:
    from statistics import median

    ratios = [one / other for one, other in zip(sides[mine], sides[peer], strict=True)]
    return Target(
        id="P1",
        what=what,
        ours=median(sides[mine]),
        peer=median(sides[peer]),
        ratio=median(ratios),
        target=target,
        unit="updates/CPU s",
        rounds=len(ratios),
        peers=f"{peer} with an empty handler",
    )
