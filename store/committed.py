"""Waiting in an event loop for what a thread of ours commits: each wakes the other once for many functions.

A loop that is woken for every function takes the interpreter from the thread that is still telling the others, and a
thread that is woken for the first of many from the loop that still has the others to hand over.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

from store.lanes import Waiting

if TYPE_CHECKING:
    from store.work import Work

T = TypeVar("T")


class Queue(Protocol):
    """Where functions wait for a thread."""

    def put(self, waiting: Waiting, *, wake: bool = True) -> None: ...
    def wake(self) -> None: ...


class _Bell:
    """One loop's: what has ended and was not told there yet, and whom it has given something to do."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ended: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._rung = False
        self._given: list[Queue] = []

    def add(self, waiting: asyncio.Future[Any], result: Any, error: BaseException | None = None) -> None:
        """In whatever thread ended it."""
        self._ended.append((waiting, result, error))
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
            waiting, result, error = self._ended.popleft()
            if waiting.done():
                continue
            if error is not None:
                waiting.set_exception(error)
            else:
                waiting.set_result(result)

    def give(self, queue: Queue, waiting: Waiting) -> None:
        """Its thread is woken when the loop has done what it can do now: others may give something too."""
        queue.put(waiting, wake=False)
        if queue not in self._given:
            self._given.append(queue)
            self._loop.call_soon(self._wake)

    def _wake(self) -> None:
        given, self._given = self._given, []
        for queue in given:
            queue.wake()


class _LoopFuture:
    """What a loop waits for: a Future without what only a waiting thread needs."""

    __slots__ = ("_bell", "_first", "_waiting")

    def __init__(self, bell: _Bell, waiting: asyncio.Future[Any]) -> None:
        self._bell = bell
        self._waiting = waiting
        self._first = threading.Lock()

    def set_running_or_notify_cancel(self) -> bool:
        """False when it was taken back; whoever comes first has it."""
        return self._first.acquire(blocking=False)

    cancel = set_running_or_notify_cancel

    def set_result(self, result: Any) -> None:
        self._bell.add(self._waiting, result)

    def set_exception(self, error: BaseException | None) -> None:
        self._bell.add(self._waiting, None, error)


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


async def committed(queue: Queue, act: Callable[[Work], T], lane: str) -> T:
    """The result of a write; whoever stops waiting takes the write back, if it was not begun."""
    loop = asyncio.get_running_loop()
    bell = _bells.get(loop) or _bells.setdefault(loop, _Bell(loop))
    waiting: asyncio.Future[T] = loop.create_future()
    future = _LoopFuture(bell, waiting)
    bell.give(queue, Waiting(act, future, lane))
    try:
        return await waiting
    except asyncio.CancelledError:
        future.cancel()
        raise
