"""The wires on which every transcript is played: one entry each, and why some stories can't happen there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.ports import Clock
from store.engine import Database
from tests.transcripts.stages import browser, memory, slack, telegram, terminal
from tests.transcripts.stages.house import House

Open = Callable[[Database, Clock, Path], AbstractAsyncContextManager[House]]

PLATFORMS: Mapping[str, Open] = {
    "memory": memory.memory,
    "telegram": telegram.polling,
    "slack": slack.http,
    "browser": browser.browser,
    "terminal": terminal.terminal,
}
"""What may stand behind a person's role."""


@dataclass(frozen=True, slots=True)
class Wire:
    """The houses in which a story is played; people live in the first that takes their side."""

    name: str
    title: str
    opens: Sequence[Open]
    lacks: Mapping[str, str] = field(default_factory=dict)
    """What a story needs (`needs.py`) → why it can't happen there."""
    not_there: Mapping[str, str] = field(default_factory=dict)
    """Transcript → why its story can't happen there, for reasons that no rule finds."""
    owes: Mapping[str, str] = field(default_factory=dict)
    """Transcript → what we have not done yet; a strict expected failure."""

    @asynccontextmanager
    async def houses(self, database: Database, clock: Clock, folder: Path) -> AsyncIterator[list[House]]:
        """All of them, for one performance."""
        async with AsyncExitStack() as stack:
            yield [await stack.enter_async_context(open_(database, clock, folder)) for open_ in self.opens]


_NAMED = {"own platforms": "its people name their own platforms"}
_MEMORY_ALONE = {
    "sheets": "the contents of sheets are given on the memory platform",
    "another database": "a firm moves with the people of the memory platform: this one keeps its database",
}
_NO_DELETIONS = {"deletions": "nobody is told there that a message was deleted"}
_SLACK = {
    "contact cards": "Slack has no contact cards",
    "a customer's deletion": "the customers of these stories write to Telegram, which does not tell of deletions",
}
_OLD_BUTTONS = (
    *("apikey_zh", "asides_zh", "duplicates", "find_zh", "just_now"),
    *("log_unknown_customer", "log_which_one", "question_waits", "sight", "upkeep"),
)
_OLD_BUTTON = "a button of an earlier message is pressed: only the last choice has numbers in a terminal"
WIRES: Sequence[Wire] = (
    Wire("memory", "memory", (memory.memory,), _NAMED),
    Wire("telegram", "Telegram, polling", (telegram.polling,), _NAMED | _MEMORY_ALONE | _NO_DELETIONS),
    Wire("telegram-webhook", "Telegram, webhook", (telegram.webhook,), _NAMED | _MEMORY_ALONE | _NO_DELETIONS),
    Wire(
        "browser",
        "browser",
        (browser.browser,),
        _NAMED
        | _MEMORY_ALONE
        | _NO_DELETIONS
        | {
            "strangers for the members": "a stranger is a visitor on the page, who is on the customers' side",
            "outsiders in a room": "only members are let into the rooms of the page",
            "a customer's room": "customers have no rooms on the page",
            "blocking": "nobody can block the page",
            "forwarding": "nothing is forwarded into the page",
        },
    ),
    Wire(
        "terminal",
        "terminal",
        (terminal.terminal,),
        _NAMED
        | _MEMORY_ALONE
        | _NO_DELETIONS
        | {
            "customers": "no customer sits at our terminal",
            "rooms": "a terminal has no rooms",
            "edits": "what was typed in a terminal can't be edited",
            "replies": "nothing is replied to in a terminal",
            "pictures": "a terminal takes no pictures",
            "contact cards": "a terminal has no contact cards",
            "forwarding": "nothing is forwarded into a terminal",
        },
        dict.fromkeys(_OLD_BUTTONS, _OLD_BUTTON),
    ),
    Wire(
        "slack-http",
        "Slack, HTTP",
        (slack.http, telegram.webhook),
        _NAMED | _MEMORY_ALONE | _SLACK,
    ),
    Wire(
        "slack-socket",
        "Slack, Socket Mode",
        (slack.by_socket, telegram.webhook),
        _NAMED | _MEMORY_ALONE | _SLACK,
    ),
    Wire(
        "mixed",
        "mixed: each where they like",
        tuple(PLATFORMS[name] for name in ("telegram", "slack", "browser")),
        _MEMORY_ALONE | {"one platform": "its people name no platforms"},
    ),
)
