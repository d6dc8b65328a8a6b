"""The two ends of a terminal: lines in, lines out; a prompt where a person sits, plain pipes elsewhere."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Sequence
from typing import Protocol, TextIO


class Lines(Protocol):
    """Where lines come from and go to."""

    colours: bool

    async def read(self) -> str | None:
        """The next line; None at the end."""

    def write(self, text: str) -> None:
        """Prints a line above what is being typed."""


class Pipe:
    """Standard input and output without a person: lines are read on a thread of their own, so that nothing waits."""

    colours = False

    def __init__(self, source: TextIO | None = None, target: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._target = target or sys.stdout
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._started = False

    async def read(self) -> str | None:
        if not self._started:
            self._started = True
            arguments = (asyncio.get_running_loop(),)
            threading.Thread(target=self._pump, args=arguments, daemon=True).start()
        return await self._queue.get()

    def write(self, text: str) -> None:
        self._target.write(f"{text}\n")
        self._target.flush()

    def _pump(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            for line in self._source:
                loop.call_soon_threadsafe(self._queue.put_nowait, line.rstrip("\n"))
            loop.call_soon_threadsafe(self._queue.put_nowait, None)
        except RuntimeError:
            return  # the loop was closed before the input


class Prompt:
    """A person at a terminal: history, completion of commands, messages printed above the line being typed."""

    colours = True

    def __init__(self, commands: Sequence[str] = ()) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import WordCompleter

        words = [f"/{name.removeprefix('/')}" for name in commands]
        completer = WordCompleter(words, sentence=True, match_middle=False)
        self._session: PromptSession[str] = PromptSession(completer=completer, complete_while_typing=True)

    async def read(self) -> str | None:
        from prompt_toolkit.patch_stdout import patch_stdout

        try:
            with patch_stdout(raw=True):
                return await self._session.prompt_async("› ")
        except (EOFError, KeyboardInterrupt):
            return None

    def write(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def here(commands: Sequence[str] = ()) -> Lines:
    """The prompt where there is a terminal on both ends, else plain pipes."""
    return Prompt(commands) if sys.stdin.isatty() and sys.stdout.isatty() else Pipe()
