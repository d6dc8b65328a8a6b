"""Telegram: the fake Bot API on loopback, our two bots on their own libraries, updates fetched or posted to us."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from adapters.telegram.customers import CustomerBot
from adapters.telegram.spans import JOINER
from adapters.telegram.staff import StaffBot
from adapters.telegram.wire import TelegramBot
from bot.core.messages import Button
from bot.core.ports import Accept, Adapter, Clock
from bot.files import Shelf
from store.engine import Database
from tests.transcripts.stages.house import CUSTOMERS, STAFF, Impossible, Person, Room, Seen, Served, Shown
from tests.wires.telegram import Account, Group, TelegramWire
from tests.wires.telegram import Person as User
from tests.wires.telegram import Seen as Message

NAMES = {STAFF: "telegram-staff", CUSTOMERS: "telegram-customers"}
SECRET = "secret-of-the-webhook"
PATIENCE = 30.0


class TelegramHouse:
    """Both bots, fetching their updates by long polling."""

    platform = "telegram"
    sides = (STAFF, CUSTOMERS)
    changes = True

    def __init__(self, wire: TelegramWire, files: Shelf, *, secret: str = "") -> None:
        self.wire = wire
        self.words: Mapping[str, str] = {"Memory": "Telegram", "memory": "telegram"}
        self._accounts = {
            name: wire.bot(name, username=name.replace("-", "_") + "_bot", reads_all=True) for name in NAMES.values()
        }
        self._bots: dict[str, TelegramBot] = {
            name: kind(
                token=self._accounts[name].token,
                account=name,
                files=files,
                api_url=wire.url,
                webhook_secret=secret,
                first_pause=0.01,
            )
            for name, kind in ((NAMES[STAFF], StaffBot), (NAMES[CUSTOMERS], CustomerBot))
        }
        self.adapters: list[Adapter] = list(self._bots.values())
        self._groups: dict[str, Group] = {}
        self._orders: dict[int, int] = {}
        self._read = 0
        self._listening: list[asyncio.Task[None]] = []

    @property
    def served(self) -> Sequence[Served]:
        return [
            Served(name, "member" if name == NAMES[STAFF] else "customer", account.username)
            for name, account in self._accounts.items()
        ]

    def account(self, side: str) -> str:
        return NAMES[side]

    def meets(self, person: Person) -> None:
        person.id = person.chat = str(self._user(person).id)

    def knows(self, person: Person) -> None:
        self.wire.private(self._user(person), person.account).started = True

    def listens(self, accept: Accept) -> None:
        self._listening = [asyncio.create_task(bot.listen(accept)) for bot in self._bots.values()]

    async def closes(self) -> None:
        """Ends the polling and lets go of the connections."""
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)
        for bot in self._bots.values():
            await bot.close()

    async def furnishes(self, room: Room) -> None:
        """The host brings the bot, which hears of it."""
        self._groups[room.name] = self.wire.group(room.name, [*map(self._user, room.people), room.account])
        await self._delivered()

    async def says(self, person: Person, text: str, room: Room | None = None) -> str:
        if room:
            text = re.sub("@rapport", f"@{self._accounts[room.account].username}", text, flags=re.I)
        self._user(person).says(self._place(person, room), text)
        return await self._delivered()

    async def replies(self, person: Person, message: Seen, text: str, room: Room | None = None) -> str:
        self._user(person).says(self._place(person, room), text, answers=int(message.id))
        return await self._delivered()

    async def edits(self, person: Person, text: str, room: Room | None = None) -> str:
        self._user(person).edits(self._place(person, room), text)
        return await self._delivered()

    async def deletes(self, person: Person, room: Room | None = None) -> str:
        raise Impossible("bots are not told of deletions")

    async def presses(self, person: Person, message: Seen, button: Button, room: Room | None = None) -> str:
        press = self._user(person).presses(button.label, where=self._place(person, room), message=int(message.id))
        await self._delivered()
        return await press.toast()

    async def shares(self, person: Person, name: str, phone: str) -> str:
        first, _, last = name.partition(" ")
        card = {"phone_number": phone, "first_name": first, **({"last_name": last} if last else {})}
        self._user(person).sends(person.account, {"contact": card})
        return await self._delivered()

    async def sends(self, person: Person, picture: str, text: str) -> str:
        """Telegram takes a photo's name away; the transcript's name for it stands for the one it gets here."""
        content = picture.encode()
        number = self._user(person).sends_photo(person.account, content, text)
        named = {f"hash-ref-{picture}": hashlib.sha256(content).hexdigest(), picture: f"photo-{number}.jpg"}
        self.words = {**self.words, **named}
        return await self._delivered()

    async def forwards(self, person: Person, author: str, text: str) -> str:
        origin = {"type": "hidden_user", "sender_user_name": author, "date": int(self.wire.world.now())}
        self._user(person).says(person.account, text, extra={"forward_origin": origin})
        return await self._delivered()

    async def opens(self, person: Person, token: str, room: Room | None = None) -> str:
        command = f"/start@{self._accounts[room.account].username}" if room else "/start"
        self._user(person).says(self._place(person, room), f"{command} {token}")
        return await self._delivered()

    async def joins(self, person: Person, room: Room) -> str:
        self._groups[room.name].add(self._user(person), by=self._user(person))
        return await self._delivered()

    async def leaves(self, person: Person, room: Room) -> str:
        self._groups[room.name].remove(self._user(person))
        return await self._delivered()

    async def blocks(self, person: Person) -> str:
        self._user(person).blocks(person.account)
        return await self._delivered()

    def shows(self, person: Person, room: Room | None = None) -> Sequence[Seen]:
        account = self._accounts[room.account if room else person.account]
        chat = self._groups[room.name].chat if room else self.wire.private(self._user(person), account.name)
        orders = self._ordered()
        return [_shown(seen, orders[seen.id]) for seen in chat.visible() if seen.sender["id"] == account.id]

    def _user(self, person: Person) -> User:
        return self.wire.user(person.name, language=person.language)

    def _place(self, person: Person, room: Room | None) -> str | Group:
        return self._groups[room.name] if room else person.account

    def _ordered(self) -> Mapping[int, int]:
        """Message → when the platform last showed or changed it, by its own log."""
        for entry in self.wire.world.log[self._read :]:
            self._read += 1
            if entry.message:
                self._orders[entry.message] = self._read
        return self._orders

    async def _delivered(self) -> str:
        """Returns when the bots have confirmed everything."""
        async with asyncio.timeout(PATIENCE):
            while any(account.waiting for account in self._accounts.values()):
                for task in self._listening:
                    if task.done():
                        task.result()
                await asyncio.sleep(0.001)
        return ""


class CalledHouse(TelegramHouse):
    """The same with webhooks: Telegram posts each update to us, with the secret, until we say 200."""

    def __init__(self, wire: TelegramWire, files: Shelf) -> None:
        super().__init__(wire, files, secret=SECRET)
        self._clients: dict[str, httpx.AsyncClient] = {}

    def listens(self, accept: Accept) -> None:
        super().listens(accept)
        for name, bot in self._bots.items():
            transport = httpx.ASGITransport(bot.mount(accept))
            headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            self._clients[name] = httpx.AsyncClient(transport=transport, base_url="http://ours", headers=headers)

    async def closes(self) -> None:
        await super().closes()
        for client in self._clients.values():
            await client.aclose()

    async def presses(self, person: Person, message: Seen, button: Button, room: Room | None = None) -> str:
        self._user(person).presses(button.label, where=self._place(person, room), message=int(message.id))
        return await self._delivered()

    async def _delivered(self) -> str:
        toast = ""
        for name, account in self._accounts.items():
            while account.waiting:
                toast = await self._posted(name, account) or toast
        return toast

    async def _posted(self, name: str, account: Account) -> str:
        bot = self._bots[name]
        while not bot.me.username:  # noqa: ASYNC110 - the platform tells it at a time of its own
            await asyncio.sleep(0.001)
        answer = await self._clients[name].post(bot.path, json=account.waiting[0].update)
        assert answer.status_code == 200, answer.status_code
        account.waiting.popleft()
        said: dict[str, Any] = answer.json() if answer.content else {}
        return str(said.get("text", ""))


def _shown(seen: Message, order: int) -> Shown:
    """Without the word joiners that keep people's words from becoming links and mentions."""
    buttons = (button for row in seen.buttons for button in row)
    shown = tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in buttons)
    return Shown(str(seen.id), seen.text.replace(JOINER, ""), shown, seen.edits, order)


@asynccontextmanager
async def polling(database: Database, clock: Clock, folder: Path) -> AsyncIterator[TelegramHouse]:
    """The house for one performance, by long polling."""
    async with TelegramWire() as wire:
        house = TelegramHouse(wire, Shelf(folder))
        try:
            yield house
        finally:
            await house.closes()


@asynccontextmanager
async def webhook(database: Database, clock: Clock, folder: Path) -> AsyncIterator[TelegramHouse]:
    """The house for one performance, by webhooks."""
    async with TelegramWire() as wire:
        house = CalledHouse(wire, Shelf(folder))
        try:
            yield house
        finally:
            await house.closes()
