"""Colleagues who write among themselves and to a customer in any order, and what of it may reach the customer.

What may reach them is counted by hand from what the players see: a text that stood on the card whose Send button was
pressed, and that nobody stopped, changed or deleted within its twenty seconds.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.core.messages import Button
from store.models import Outbox
from store.work import Work
from tests.transcripts.stage import Person, Room, Stage
from tests.transcripts.stages.house import Impossible, Seen

STAFF = ("Ann", "Bob", "Max")
ROOM = "#service"
CUSTOMER = "Li Wei"
SENDS = re.compile(r"(Send to|Correct it for|Try again|Send & wait)")
TOKEN = re.compile(r"tok\d+")
OUTWARD = ("reply: {}", "> {}", "回复：{}", "Answer: {}", "＞{}")
INWARD = ("{}", "FYI {}", "do not > send {}", "He said reply {}", "to customer {}?", "回复了 {}")
PATIENCE = timedelta(seconds=20)


@dataclass
class Game:
    """One play; the dice decide who does what."""

    stage: Stage
    dice: random.Random
    refuses_deletion: bool = False
    counted: int = 0
    due: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Token of a confirmed text → when it was confirmed, and the exact text."""
    expected: list[str] = field(default_factory=list)
    last: dict[str, tuple[str, Room | None]] = field(default_factory=dict)
    """Who → the token in the message that they wrote last, and where."""

    async def open(self) -> None:
        """A firm, a room that wants requests, a customer with one."""
        stage = self.stage
        stage.found("Northwind", "CN", "en", "Asia/Shanghai")
        for name, role in zip(STAFF, ("owner", "rep", "manager"), strict=True):
            stage.member(name, role, "en", "")

        def act(work: Work) -> tuple[int, int]:
            customer = work.customers.add("Acme", owner=2)
            return customer.id, work.customers.add_contact(customer, CUSTOMER).id

        stage.customer(CUSTOMER, *stage.write(act), "en", "")
        stage.rooms[ROOM] = STAFF
        await stage.furnish()
        await self._does(self._person("Ann"), "says", "/alerts service", self._room())
        await self._does(self._person(CUSTOMER), "says", "The machine stopped")

    async def play(self, steps: int) -> None:
        """So many deeds, and then enough time for everything to leave."""
        for _step in range(steps):
            await self._step()
        await self._wait(60)

    def sent(self) -> list[str]:
        """Every text with somebody's words in it that was ever queued for the customer."""
        chat = self._person(CUSTOMER).address.key
        rows = self.stage.write(lambda work: work.find(Outbox, chat=chat))
        texts = ["".join(run[0] for run in row.payload["text"]) for row in rows]
        return sorted(text for text in texts if TOKEN.search(text))

    # deeds

    async def _step(self) -> None:
        deed = self.dice.choices(
            (
                self._presses,
                self._answers,
                self._replies,
                self._talks,
                self._edits,
                self._deletes,
                self._asks,
                self._waits,
            ),
            (40, 12, 20, 8, 6, 3, 4, 10),
        )[0]
        await deed()

    async def _presses(self) -> None:
        """Any button that stands anywhere; those that matter here more often than the others."""
        who, room = self._somebody()
        offers = [(m, b) for m in self.stage.messages(who, ROOM if room else "") for b in m.buttons if b.press]
        if not offers:
            return
        weights = [
            25 if SENDS.match(b.label) else 6 if b.label in ("Stop", "Change the text") else 1 for _m, b in offers
        ]
        await self._press(who, room, *self.dice.choices(offers, weights)[0])

    async def _press(self, who: Person, room: Room | None, message: Seen, button: Button) -> None:
        said = await self._does(who, "presses", message, button, room)
        if SENDS.match(button.label) and "20 s" in said:
            self._confirmed(message)
        if button.label == "Stop" and "Stopped" in said:
            self._undone(message.text)

    async def _answers(self) -> None:
        """Presses Answer, or Answer too, and writes."""
        who, room = self._somebody()
        offers = [(m, b) for m in self.stage.messages(who, ROOM if room else "") for b in m.buttons]
        asked = [(m, b) for m, b in offers if b.label.startswith("Answer")]
        if asked:
            await self._press(who, room, *self.dice.choice(asked))
            await self._writes(
                who, "says", self.dice.choice(("{}", "> {}", "Today {}")).format(self._token(who, room)), room
            )

    def _confirmed(self, message: Seen) -> None:
        exact = re.search(r"(\w+:\n(?:[^\n]*?)(tok\d+)[^\n]*)", message.text)
        assert exact, message.text
        self.due[exact[2]] = (self.stage.clock(), exact[1])

    def _undone(self, text: str) -> None:
        for token in TOKEN.findall(text):
            self.due.pop(token, None)

    async def _replies(self) -> None:
        who, room = self._somebody()
        messages = list(self.stage.messages(who, ROOM if room else ""))
        about = [m for m in messages if "T-10" in m.text]
        if about:
            form = self.dice.choice((*OUTWARD, *INWARD, *INWARD))
            await self._writes(who, "replies", self.dice.choice(about), form.format(self._token(who, room)), room)

    async def _talks(self) -> None:
        """In the room without addressing anybody, or in private to the bot."""
        who, room = self._somebody()
        form = self.dice.choice(("{}", "/answer 101 {}", "/answer {}", "reply 101: {}", "> {}", "/note Acme {}"))
        await self._writes(who, "says", form.format(self._token(who, room)), room)

    async def _edits(self) -> None:
        who = self._person(self.dice.choice(STAFF))
        if who.name in self.last:
            before, room = self.last[who.name]
            self._undone(before)
            await self._writes(who, "edits", self.dice.choice(("{}", "reply: {}")).format(self._token(who, room)), room)

    async def _deletes(self) -> None:
        who = self._person(self.dice.choice(STAFF))
        if who.name in self.last and not self.refuses_deletion:
            before, room = self.last.pop(who.name)
            self._undone(before)
            await self._writes(who, "deletes", room)

    async def _asks(self) -> None:
        await self._does(self._person(CUSTOMER), "says", self.dice.choice(("And now?", "Hello?", "It is urgent")))

    async def _waits(self) -> None:
        await self._wait(self.dice.choice((3, 19, 21, 25)))

    async def _wait(self, seconds: int) -> None:
        await self.stage.until(self.stage.clock() + timedelta(seconds=seconds))
        self._settle()

    def _settle(self) -> None:
        """What was not stopped in time has gone."""
        for token, (since, text) in list(self.due.items()):
            if self.stage.clock() - since >= PATIENCE:
                self.expected.append(text)
                del self.due[token]

    # people and places

    async def _writes(self, who: Person, deed: str, *arguments: Any) -> None:
        try:
            await self._does(who, deed, *arguments)
        except (Impossible, IndexError, KeyError, LookupError):
            return

    async def _does(self, who: Person, deed: str, *arguments: Any) -> str:
        said: str = await getattr(self.stage.house(who), deed)(who, *arguments)
        await self.stage.settle()
        return said

    def _token(self, who: Person, room: Room | None) -> str:
        self.counted += 1
        self.last[who.name] = f"tok{self.counted}", room
        return f"tok{self.counted}"

    def _somebody(self) -> tuple[Person, Room | None]:
        return self._person(self.dice.choice(STAFF)), self._room() if self.dice.random() < 0.6 else None

    def _person(self, name: str) -> Person:
        return self.stage.people[name]

    def _room(self) -> Room:
        room = self.stage.room(ROOM)
        assert room is not None
        return room
