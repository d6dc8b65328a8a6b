"""Waiting in an event loop for what a thread of ours has committed: a whole group wakes the loop once.

A loop that is woken for every function takes the interpreter from the thread that is still telling the others.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class _Bell:
    """One loop's: what has ended and was not told there yet."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ended: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._rung = False

    def add(self, waiting: asyncio.Future[Any], ended: Future[Any]) -> None:
        """In whatever thread ended it."""
        self._ended.append((waiting, ended))
        if (later := getattr(_thread, "later", None)) is None:
            self.ring()
        else:
            later.add(self)

    def ring(self) -> None:
        """Once until the loop has come, which then finds whatever ended meanwhile."""
        if not self._rung:
            self._rung = True
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._rung = False  # before looking, so that what ends after the last look rings again
        while self._ended:
            waiting, ended = self._ended.popleft()
            if waiting.done():
                continue
            if ended.cancelled():
                waiting.cancel()
            elif (error := ended.exception()) is not None:
                waiting.set_exception(error)
            else:
                waiting.set_result(ended.result())


_thread = threading.local()
_bells: WeakKeyDictionary[asyncio.AbstractEventLoop, _Bell] = WeakKeyDictionary()


@contextmanager
def together() -> Iterator[None]:
    """Loops that wait for what this thread ends meanwhile are woken afterwards, each once."""
    _thread.later = set[_Bell]()
    try:
        yield
    finally:
        bells, _thread.later = _thread.later, None
        for bell in bells:
            bell.ring()


async def committed(future: Future[T]) -> T:
    """The result of a write; whoever stops waiting takes the write back, if it was not begun."""
    loop = asyncio.get_running_loop()
    bell = _bells.get(loop) or _bells.setdefault(loop, _Bell(loop))
    waiting: asyncio.Future[T] = loop.create_future()
    future.add_done_callback(lambda ended: bell.add(waiting, ended))
    try:
        return await waiting
    except asyncio.CancelledError:
        future.cancel()
        raise
