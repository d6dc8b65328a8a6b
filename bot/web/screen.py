"""The browser's screen on our tables: an entry is committed before it is shown, and whoever looks is woken by it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from bot.core.text import Open, Run, opened, veiled
from store import shown
from store.engine import Database

_SIGNAL = "shown:"
OPEN_FOR = timedelta(hours=1)
"""A secret is seen on the page for so long; afterwards only that there was one."""


class StoredScreen:
    """`Screen` for the chats that this firm's pages show."""

    def __init__(self, database: Database, reveal: Open = veiled) -> None:
        self._database = database
        self._reveal = reveal
        self._looking: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def start(self) -> None:
        """From now on commits wake those who look; called in the loop that serves the pages."""
        loop = asyncio.get_running_loop()

        def heard(signals: frozenset[str]) -> None:
            chats = [signal.removeprefix(_SIGNAL) for signal in signals if signal.startswith(_SIGNAL)]
            if chats:
                with suppress(RuntimeError):  # the loop has just ended
                    loop.call_soon_threadsafe(self._wake, chats)

        self._database.listen(heard)

    async def show(self, chat: str, entry: Mapping[str, Any], *, key: str, edits: int = 0) -> int:
        """Committed when it returns; the lane keeps one chat's entries in the order given."""
        return await self._database.written(
            lambda work: shown.show(work, chat, entry, key=key, edits=edits), lane=f"{_SIGNAL}{chat}"
        )

    async def since(self, chat: str, version: int, *, limit: int = 200) -> Sequence[Mapping[str, Any]]:
        """Read beside the writer, on a thread, so that a long look holds nobody up."""
        return await asyncio.to_thread(self.look, chat, version, limit)

    async def changed(self, chat: str) -> None:
        """Returns after the next commit that touched the chat."""
        news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._looking[chat].add(news)
        try:
            await news
        finally:
            self._looking[chat].discard(news)
            if not self._looking[chat]:
                del self._looking[chat]

    def look(self, chat: str, version: int, limit: int) -> Sequence[Mapping[str, Any]]:
        """As `since`, in this thread."""
        with self._database.read() as work:
            found, since = shown.since(work, chat, version, limit), work.now - OPEN_FOR
        return [_opened(entry, self._reveal, since) for entry in found]

    def _wake(self, chats: Sequence[str]) -> None:
        for chat in chats:
            for news in self._looking.get(chat, ()):
                if not news.done():
                    news.set_result(None)


def _opened(entry: Mapping[str, Any], reveal: Open, since: datetime) -> Mapping[str, Any]:
    if not any(style == "sealed" for _text, style, _url in entry.get("text", ())):
        return entry
    is_new = datetime.fromisoformat(entry["at"]) > since
    runs = opened(tuple(Run(*run) for run in entry["text"]), reveal if is_new else veiled)
    return {**entry, "text": [[run.text, run.style, run.url] for run in runs]}
