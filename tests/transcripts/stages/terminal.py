"""Terminals, one a member: lines typed in, printed sheets out; nothing printed can be changed any more."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.terminal import TerminalAdapter
from bot.core.messages import Button
from bot.core.ports import Accept, Adapter, Call, Clock
from store.engine import Database
from tests.transcripts.stages.house import STAFF, Impossible, Person, Room, Seen, Served, Shown

PATIENCE = 30.0
_CHOICE = re.compile(r"  (\d+)\) (.*)")
_LINK = re.compile(r"  → (.*?): (\S*)")


class Paper:
    """Both ends of a terminal: what is typed waits in a queue, what is printed lies in sheets."""

    colours = False

    def __init__(self) -> None:
        self.typed: asyncio.Queue[str] = asyncio.Queue()
        self.free = asyncio.Event()
        self.sheets: list[tuple[int, list[str]]] = []
        self.loose: list[str] = []
        self.printing = False

    async def read(self) -> str | None:
        self.free.set()
        return await self.typed.get()

    def write(self, text: str) -> None:
        (self.sheets[-1][1] if self.printing else self.loose).append(text)


class PaperTerminal(TerminalAdapter):
    """Starts a new sheet for each message, where a reader would only see the next lines."""

    def __init__(self, account: str, person: Person, house: TerminalHouse) -> None:
        self.paper = Paper()
        self._house = house
        super().__init__(account, person=account, known_as=person.name, language=person.language, ends=self.paper)

    async def send(self, call: Call) -> str:
        self.paper.sheets.append((self._house.next_order(), []))
        self.paper.printing = True
        try:
            return await super().send(call)
        finally:
            self.paper.printing = False


class TerminalHouse:
    """Members, each at a terminal of their own."""

    platform = "terminal"
    sides = (STAFF,)
    changes = False
    words: Mapping[str, str] = {"Memory": "Terminal", "memory": "terminal"}

    def __init__(self) -> None:
        self.adapters: list[Adapter] = []
        self._terminals: dict[str, PaperTerminal] = {}
        self._listening: list[asyncio.Task[None]] = []
        self._accept: Accept
        self._order = 0

    @property
    def served(self) -> Sequence[Served]:
        return [Served(account, "member") for account in self._terminals]

    def account(self, side: str) -> str:
        return f"terminal-{len(self._terminals) + 1}"

    def meets(self, person: Person) -> None:
        person.id = person.chat = person.account
        terminal = self._terminals[person.account] = PaperTerminal(person.account, person, self)
        self.adapters.append(terminal)
        self._listening.append(asyncio.create_task(terminal.listen(self._accept)))

    def knows(self, person: Person) -> None:
        """Nothing: whoever sits there can be written to."""

    def listens(self, accept: Accept) -> None:
        self._accept = accept

    async def closes(self) -> None:
        """Nobody types any more."""
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)

    async def furnishes(self, room: Room) -> None:
        raise Impossible("a terminal has no rooms")

    async def says(self, person: Person, text: str, room: Room | None = None) -> str:
        return await self._types(person, text)

    async def replies(self, person: Person, message: Seen, text: str, room: Room | None = None) -> str:
        raise Impossible("nothing is replied to in a terminal")

    async def edits(self, person: Person, text: str, room: Room | None = None) -> str:
        raise Impossible("what was typed in a terminal can't be edited")

    async def deletes(self, person: Person, room: Room | None = None) -> str:
        raise Impossible("what was typed in a terminal can't be deleted")

    async def presses(self, person: Person, message: Seen, button: Button, room: Room | None = None) -> str:
        """Only the newest choice has numbers that mean something."""
        offers = [seen for seen in self.shows(person) if any(b.press for b in seen.buttons)]
        if not offers or offers[-1].id != message.id:
            raise Impossible("only the last choice can be pressed in a terminal")
        return await self._types(person, button.press)

    async def shares(self, person: Person, name: str, phone: str) -> str:
        raise Impossible("a terminal has no contact cards")

    async def sends(self, person: Person, picture: str, text: str) -> str:
        raise Impossible("a terminal takes no pictures")

    async def forwards(self, person: Person, author: str, text: str) -> str:
        raise Impossible("nothing is forwarded into a terminal")

    async def opens(self, person: Person, token: str, room: Room | None = None) -> str:
        return await self._types(person, f"/start {token}")

    async def joins(self, person: Person, room: Room) -> str:
        raise Impossible("a terminal has no rooms")

    async def leaves(self, person: Person, room: Room) -> str:
        raise Impossible("a terminal has no rooms")

    async def blocks(self, person: Person) -> str:
        raise Impossible("nobody can block a terminal")

    def shows(self, person: Person, room: Room | None = None) -> Sequence[Seen]:
        return [_shown(order, lines) for order, lines in self._terminals[person.account].paper.sheets if lines]

    def next_order(self) -> int:
        """Grows with every sheet, whoever's."""
        self._order += 1
        return self._order

    async def _types(self, person: Person, line: str) -> str:
        """Returns when the next line may be typed; what was printed besides messages is a toast."""
        paper = self._terminals[person.account].paper
        async with asyncio.timeout(PATIENCE):
            await paper.free.wait()
            paper.free.clear()
            paper.typed.put_nowait(line)
            await paper.free.wait()
        toast, paper.loose = "\n".join(paper.loose), []
        return toast


def _shown(order: int, lines: Sequence[str]) -> Shown:
    """Without the bar in front of what is quoted."""
    text, buttons = [], []
    for line in lines:
        if choice := _CHOICE.fullmatch(line):
            buttons.append(Button(choice[2], press=choice[1]))
        elif link := _LINK.fullmatch(line):
            buttons.append(Button(link[1], url=link[2]))
        else:
            text.append(line.replace("│ ", ""))
    return Shown(str(order), "\n".join(text), tuple(buttons), 0, order)


@asynccontextmanager
async def terminal(database: Database, clock: Clock, folder: Path) -> AsyncIterator[TerminalHouse]:
    """The house for one performance."""
    house = TerminalHouse()
    try:
        yield house
    finally:
        await house.closes()
