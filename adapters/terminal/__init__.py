"""The same chat in a terminal: one person, one private chat, typed lines in and printed lines out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from adapters.terminal.follow import follow
from adapters.terminal.lines import Lines, here
from adapters.terminal.parse import parse
from adapters.terminal.render import render
from adapters.terminal.screen import Screen
from bot.core.capabilities import Capabilities
from bot.core.errors import NeverDeliverable
from bot.core.messages import Address, Event, Outgoing, Update
from bot.core.ports import Accept, Call

__all__ = ["TerminalAdapter", "follow"]


class TerminalAdapter:
    """A person at this machine; printed lines can't be changed, so an edit is printed as a new message."""

    name = "terminal"
    capabilities = Capabilities(text=12_000, buttons=30, caption=12_000, edits=False)

    def __init__(
        self,
        account: str = "terminal",
        *,
        person: str = "terminal",
        known_as: str = "",
        language: str = "",
        commands: Sequence[str] = (),
        ends: Lines | None = None,
    ) -> None:
        self.account = account
        self._person = person
        self._known_as = known_as
        self._language = language
        self._commands = commands
        self._ends = ends
        self._screen: Screen | None = None

    def parse(self, raw: str) -> Sequence[Event]:
        """The update of a typed line as an event."""
        return parse(self.name, self.account, raw)

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        """The message as one print."""
        return render(to, message)

    async def listen(self, accept: Accept) -> None:
        """Until the input ends: one line, one update."""
        ends = self._opened()
        while (line := await ends.read()) is not None:
            if (meant := self._on_screen().meant(line)) is None:
                continue
            update = self._update(meant)
            answer = await accept(update)
            if answer and answer.toast:
                ends.write(answer.toast)

    async def send(self, call: Call) -> str:
        """Prints; the id is ours, because a terminal has none."""
        if call.arguments["chat"] != self._person:
            raise NeverDeliverable("nobody else sits at this terminal")
        message = str(call.arguments.get("edits") or secrets.token_hex(8))
        self._on_screen().show(call.arguments, message)
        return message

    def _update(self, meant: dict[str, str]) -> Update:
        known = {"sender": self._person, "name": self._known_as, "language": self._language}
        raw = {"key": secrets.token_hex(16), "at": datetime.now(UTC).isoformat(), **known, **meant}
        return Update(self.account, raw["key"], json.dumps(raw, ensure_ascii=False))

    def _opened(self) -> Lines:
        self._ends = self._ends or here(self._commands)
        return self._ends

    def _on_screen(self) -> Screen:
        self._screen = self._screen or Screen(self._opened())
        return self._screen
