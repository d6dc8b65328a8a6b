"""A house is a platform as people live in it: what they do becomes its real updates, what they see is read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.core.messages import Address, Button
from bot.core.ports import Accept, Adapter

STAFF, CUSTOMERS = "staff", "customers"
"""The two sides from which somebody may come in."""


@dataclass
class Person:
    """Somebody on the stage."""

    name: str
    id: str
    account: str
    language: str = "en"
    zone: str = ""
    chat: str = ""
    platform: str = "memory"
    side: str = STAFF
    said: list[str] = field(default_factory=list)
    """Ids of this person's own messages."""

    @property
    def address(self) -> Address:
        return Address(self.platform, self.account, self.chat)


@dataclass(frozen=True, slots=True)
class Room:
    """A room with its people; the first of them is its host, whose platform and bot it has."""

    name: str
    account: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """A bot account, as the table of accounts has it."""

    name: str
    side: Literal["member", "customer", "both"]
    handle: str = ""


class Seen(Protocol):
    """A message of the bot as its reader sees it now."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def buttons(self) -> tuple[Button, ...]: ...
    @property
    def edited(self) -> int: ...
    @property
    def order(self) -> int:
        """Grows with every message and every change."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A `Seen` for houses whose platform has no such value of its own."""

    id: str
    text: str
    buttons: tuple[Button, ...] = ()
    edited: int = 0
    order: int = 0


class Impossible(AssertionError):
    """Nobody can do that on this platform; a transcript that needs it does not apply there."""


class House(Protocol):
    """One platform with our bot accounts on it. Whoever does something gets the toast that the platform showed."""

    platform: str
    sides: tuple[str, ...]
    """Who can be met here."""
    adapters: list[Adapter]
    changes: bool
    """Whether messages change in place; where they can't, a change comes as a new message."""

    @property
    def served(self) -> Sequence[Served]: ...

    words: Mapping[str, str]
    """What a transcript's words for the memory platform are here; see `script.py`."""

    def account(self, side: str) -> str:
        """Where people of that side come in."""

    def meets(self, person: Person) -> None:
        """Gives the person an id and a private chat."""

    def knows(self, person: Person) -> None:
        """The person has written to the bot before the story begins."""

    def listens(self, accept: Accept) -> None:
        """From now on updates are handed over."""

    async def furnishes(self, room: Room) -> None:
        """Makes the room, the bot in it."""

    async def says(self, person: Person, text: str, room: Room | None = None) -> str: ...

    async def replies(self, person: Person, message: Seen, text: str, room: Room | None = None) -> str: ...

    async def edits(self, person: Person, text: str, room: Room | None = None) -> str: ...

    async def deletes(self, person: Person, room: Room | None = None) -> str: ...

    async def presses(self, person: Person, message: Seen, button: Button, room: Room | None = None) -> str: ...

    async def shares(self, person: Person, name: str, phone: str) -> str: ...

    async def sends(self, person: Person, picture: str, text: str) -> str: ...

    async def forwards(self, person: Person, author: str, text: str) -> str: ...

    async def opens(self, person: Person, token: str, room: Room | None = None) -> str: ...

    async def joins(self, person: Person, room: Room) -> str: ...

    async def leaves(self, person: Person, room: Room) -> str: ...

    async def blocks(self, person: Person) -> str: ...

    def shows(self, person: Person, room: Room | None = None) -> Sequence[Seen]:
        """What stands in the chat now, by the bot."""
