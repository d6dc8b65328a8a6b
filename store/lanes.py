"""Functions that wait for a thread: those of one lane one at a time in the order given, lanes in turn."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from bot.core.errors import Busy, Closed


@dataclass(slots=True)
class Waiting:
    """A function of somebody who holds the future."""

    act: Callable[..., Any]
    future: Future[Any]
    lane: str | int = ""


class Lanes:
    """A bounded queue of queues; a thread that took a function gives its lane back with `done`."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._closed = False
        self._lanes: dict[str | int, deque[Waiting]] = {}
        self._ready: deque[str | int] = deque()
        self._changed = threading.Condition()

    def put(self, waiting: Waiting) -> None:
        """Raises Busy or Closed. A function without a lane gets one of its own."""
        lane = waiting.lane = waiting.lane or id(waiting)
        with self._changed:
            if self._closed:
                raise Closed("the database is closed")
            if self._count >= self._limit:
                raise Busy("too much is waiting to be written")
            self._count += 1
            if lane in self._lanes:
                self._lanes[lane].append(waiting)
                return
            self._lanes[lane] = deque((waiting,))
            self._ready.append(lane)
            self._changed.notify()

    def take(self) -> Waiting | None:
        """The next one, waiting for it; None when closed and nothing can come any more."""
        with self._changed:
            while not self._ready:
                if self._closed and not self._lanes:
                    return None
                self._changed.wait()
            self._count -= 1
            return self._lanes[self._ready.popleft()].popleft()

    def done(self, waiting: Waiting) -> None:
        """Lets the next of its lane be taken."""
        with self._changed:
            if self._lanes[waiting.lane]:
                self._ready.append(waiting.lane)
            else:
                del self._lanes[waiting.lane]
            if self._closed:
                self._changed.notify_all()
            elif self._ready:
                self._changed.notify()

    @property
    def ready(self) -> bool:
        """Whether something could be taken at this moment."""
        return bool(self._ready)

    def close(self) -> None:
        """Nothing new is taken in; what waits is still given out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
