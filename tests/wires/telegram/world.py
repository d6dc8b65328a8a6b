"""What exists on the fake platform: bots, people, chats and their messages, and the updates that wait for each bot."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

PRESS_SECONDS = 150
MESSAGE_SECONDS = 86400

Json = dict[str, Any]


class ApiError(Exception):
    """The Bot API's refusal, as it goes over the line."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Waiting:
    """An update on its way to a bot, dropped when it got too old."""

    number: int
    update: Json
    expires: float


@dataclass(eq=False)
class Account:
    """One bot of the platform."""

    token: str
    name: str
    username: str
    reads_all: bool = False
    revoked: bool = False
    next_update: int = 500_000_001
    waiting: deque[Waiting] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    polls: int = 0
    webhook: str = ""
    secret: str = ""
    menus: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])

    def as_user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass
class Seen:
    """A message as people see it now."""

    id: int
    sender: Json
    at: float
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    buttons: list[list[Json]] = field(default_factory=list)
    thread: int = 0
    answers: int = 0
    file: str = ""
    content: Json = field(default_factory=dict)
    edits: int = 0
    deleted: bool = False

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]

    @property
    def by_bot(self) -> bool:
        return bool(self.sender.get("is_bot"))


@dataclass(eq=False)
class Chat:
    """A private chat of one person with one bot, or a group."""

    id: int
    kind: str
    title: str = ""
    person: Json = field(default_factory=dict)
    people: dict[int, Json] = field(default_factory=dict)
    bots: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)
    is_forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Seen] = field(default_factory=dict)
    moved_to: int = 0
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_json(self) -> Json:
        if self.kind == "private":
            names = {name: self.person[name] for name in ("first_name", "username") if name in self.person}
            return {"id": self.id, "type": "private", **names}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.kind, "title": self.title, **forum}

    def visible(self) -> list[Seen]:
        return [seen for _, seen in sorted(self.messages.items()) if not seen.deleted]


@dataclass
class Accepted:
    """A call that the platform carried out, whatever the caller was told."""

    at: float
    bot: str
    method: str
    chat: str
    arguments: Json
    message: int = 0
    who: str = ""
    """Of a call under /by/WHO."""

    @property
    def text(self) -> str:
        return str(self.arguments.get("text", self.arguments.get("caption", "")))


class World:
    """Everything that exists, and the clock, which tests may move."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.private: dict[tuple[str, int], Chat] = {}
        self.groups: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, bytes, int]] = {}
        self.presses: dict[str, tuple[float, Json]] = {}
        self.log: list[Accepted] = []
        self.shift = 0.0
        self._numbers = 0

    def now(self) -> float:
        return time.time() + self.shift

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    def keep_file(self, content: bytes, name: str, size: int = 0) -> str:
        """Its file_id; `size` pretends that it is larger than it is."""
        reference = f"FILE{self.number():08d}"
        self.files[reference] = (f"documents/file_{len(self.files)}.{name.rpartition('.')[2]}", content, size)
        return reference

    def chat_of(self, bot: Account, chat_id: Any) -> Chat:
        """The chat as this bot may write to it; refusals read like Telegram's own."""
        try:
            number = int(chat_id)
        except (TypeError, ValueError):
            raise ApiError(400, "Bad Request: chat not found") from None
        chat = self.private.get((bot.token, number)) if number > 0 else self.groups.get(number)
        if number > 0:
            return self._private(chat, number)
        if chat is None or (bot.token not in chat.bots | chat.former):
            raise ApiError(400, "Bad Request: chat not found")
        if bot.token not in chat.bots:
            raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
        if chat.moved_to:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, text, migrate_to_chat_id=chat.moved_to)
        return chat

    def _private(self, chat: Chat | None, number: int) -> Chat:
        if chat is None:
            known = any(person == number for _, person in self.private)
            if not known and not any(number in group.people for group in self.groups.values()):
                raise ApiError(400, "Bad Request: chat not found")
        if chat is None or not chat.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        if chat.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def queue(self, bot: Account, kind: str, content: Json, *, seconds: float = MESSAGE_SECONDS) -> int:
        """An update for the bot; returns its number."""
        number, bot.next_update = bot.next_update, bot.next_update + 1
        update = {"update_id": number, kind: content}
        bot.waiting.append(Waiting(number, update, self.now() + seconds))
        bot.arrived.set()
        return number

    def pending(self, bot: Account, offset: int, limit: int) -> list[Json]:
        """What getUpdates returns; everything below the offset is confirmed, and so forgotten."""
        if offset < 0:
            offset = bot.next_update + offset
        now = self.now()
        bot.waiting = deque(item for item in bot.waiting if item.number >= offset and item.expires > now)
        return [item.update for item in list(bot.waiting)[:limit]]
