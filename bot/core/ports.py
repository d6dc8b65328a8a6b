"""What the parts expect of one another: the adapter contract, and what the application hands to adapters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.core.capabilities import Capabilities
from bot.core.messages import Address, Answer, Event, File, Outgoing, Update

Accept = Callable[[Update], Awaitable[Answer | None]]
"""Takes an update into the tables; when it returns, the platform may be told that we have it. Raises when not."""

Clock = Callable[[], datetime]
"""The time now, aware, in UTC."""

ASGI = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Any]], Callable[[MutableMapping[str, Any]], Awaitable[None]]],
    Awaitable[None],
]


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a platform: JSON arguments, and the file that goes with it."""

    method: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    file: File | None = None


class Adapter(Protocol):
    """How messages travel on one platform, for one bot account."""

    name: str
    """The platform: first part of its addresses."""
    account: str
    """Second part of its addresses; unique in this service."""
    capabilities: Capabilities

    def parse(self, raw: str) -> Sequence[Event]:
        """Events of one update; empty for kinds we don't know. Pure; may raise on rubbish (the update is parked)."""

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        """The platform's calls for a message that `fit` has already made small enough. Pure."""

    async def listen(self, accept: Accept) -> None:
        """Runs until cancelled; fetches updates where the platform wants to be asked, else just waits.

        Reads an update's key without parsing it, awaits `accept`, and only then confirms.
        """

    async def send(self, call: Call) -> str:
        """Makes the call and returns the message's id on the platform.

        Raises only TryLater, Unsure, NeverDeliverable, Moved or WrongCredentials.
        """


class Files(Protocol):
    """Contents by hash, so that the same file is kept once."""

    def read(self, hash: str) -> bytes:
        """Raises FileNotFoundError."""

    def keep(self, content: bytes) -> str:
        """The hash under which it can be read from now on."""

    def remove(self, hash: str) -> None:
        """It can be read no more; nothing happens when it is not there."""

    def hashes(self, older: float = 0.0) -> Iterable[str]:
        """What is kept since more than so many seconds."""


class Screen(Protocol):
    """What a chat without a server of its own (browser, terminal) has shown: kept by us, so a reload loses nothing."""

    async def show(self, chat: str, entry: Mapping[str, Any], *, key: str, edits: int = 0) -> int:
        """Keeps the entry under its key once and returns its id; with `edits` replaces that entry instead."""

    async def since(self, chat: str, version: int, *, limit: int = 200) -> Sequence[Mapping[str, Any]]:
        """Entries newer than the version, each with "id" and "version"; version 0 gives the last `limit`."""

    async def changed(self, chat: str) -> None:
        """Returns when the chat may have something new."""


@dataclass(frozen=True, slots=True)
class Door:
    """A chat that a person of the browser may open: their own (private) or a room they are in."""

    chat: str
    title: str
    private: bool = True
    you: str = ""
    """What the person is called there; empty: what they call themselves."""


class Doors(Protocol):
    """Who may open which chat of the browser, by our tables."""

    async def of(self, person: str) -> Sequence[Door]:
        """The chats of this person; a stranger has just their own private one, whose `chat` is the person's id."""
