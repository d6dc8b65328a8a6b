"""The fake platform: what was shown where, refusing whatever a real one would refuse."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from adapters.memory.parse import parse
from bot.core.capabilities import Capabilities, size
from bot.core.errors import NeverDeliverable
from bot.core.messages import Address, Button, Event, File, Outgoing
from bot.core.ports import Accept, Call
from bot.core.text import plain

CAPABILITIES = Capabilities(text=4096, buttons=30, label=64, caption=1024, private_first=False)
_PRESS = 64


@dataclass(slots=True)
class Message:
    """A message as people see it now."""

    id: str
    chat: str
    text: str
    buttons: tuple[Button, ...] = ()
    file: File | None = None
    edited: int = 0
    styles: tuple[tuple[str, str], ...] = ()
    answers: str = ""
    """The message that this one hangs under."""
    order: int = 0
    """Grows with every message and every edit."""


@dataclass(slots=True)
class MemoryAdapter:
    """One bot account of the fake platform."""

    account: str
    name: str = "memory"
    capabilities: Capabilities = CAPABILITIES
    opened: set[str] = field(default_factory=set)
    """Chats whose person wrote first: only there the bot may write."""
    blocked: set[str] = field(default_factory=set)
    messages: dict[str, Message] = field(default_factory=dict)
    refuse: Callable[[Call], None] | None = None
    """Raises a DeliveryError where a test wants one."""
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def parse(self, raw: str) -> Sequence[Event]:
        return parse(raw)

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        if not to.chat and message.file is not None:
            return (Call("fetch", {}, message.file),)
        method = "clear" if message.clears else "edit" if message.edits else "send"
        body: Mapping[str, Any] = {
            "chat": to.key,
            "text": plain(message.text),
            "styles": [[run.style, run.url] for run in message.text],
            "buttons": [asdict(button) for button in message.buttons],
            "message": message.edits,
            "answers": message.answers,
            "key": message.key,
        }
        return (Call(method, body, message.file),)

    async def listen(self, accept: Accept) -> None:
        """People's messages come through the tests' own calls of `accept`."""
        import asyncio

        await asyncio.Event().wait()

    async def send(self, call: Call) -> str:
        if self.refuse is not None:
            self.refuse(call)
        to = call.arguments
        if call.method == "fetch":
            return f"hash-{call.file.ref}" if call.file else ""
        self._check(call)
        if call.method == "send":
            order = next(self._ids)
            shown = Message(str(order), to["chat"], to["text"], file=call.file, answers=to["answers"], order=order)
            self.messages[shown.id] = shown
        elif (known := self.messages.get(to["message"])) is not None:
            shown = known
            if call.method == "clear":
                del self.messages[shown.id]
                return shown.id
            shown.text, shown.edited, shown.order = to["text"], shown.edited + 1, next(self._ids)
        else:
            raise NeverDeliverable("message to edit not found")
        shown.buttons = tuple(Button(**button) for button in to["buttons"])
        shown.styles = tuple((style, url) for style, url in to["styles"])
        return shown.id

    def seen(self, chat: str) -> list[Message]:
        """The chat's messages by the bot, oldest first."""
        return [message for message in self.messages.values() if message.chat == chat]

    def _check(self, call: Call) -> None:
        chat, text = call.arguments["chat"], call.arguments["text"]
        if chat in self.blocked:
            raise NeverDeliverable("the person has blocked the bot", unreachable=True)
        if not self.capabilities.private_first and chat not in self.opened:
            raise NeverDeliverable("the bot can't write first", unreachable=True)
        if size(text, self.capabilities.unit) > self.capabilities.text or not (
            text or call.file or call.method == "clear"
        ):
            raise NeverDeliverable(f"a text of {len(text)} characters")
        for button in call.arguments["buttons"]:
            if len(button["press"].encode()) > _PRESS or not button["label"] or not (button["press"] or button["url"]):
                raise NeverDeliverable(f"a bad button {button['label']!r}")
