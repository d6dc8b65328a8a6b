"""Functions that wait for a thread: those of one lane in the order given, lanes in turn, and shares before lanes.

A lane is named "share:rest". Who put a thousand functions in waits behind who put one, and can't fill the queue alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from bot.core.errors import Busy, Closed

T = TypeVar("T")

SHARE = 0.5
"""Of all places, what one share may take."""


class FutureLike(Protocol):
    """What somebody waits for: in a thread a Future, in a loop less."""

    def set_running_or_notify_cancel(self) -> bool: ...
    def set_result(self, result: Any, /) -> None: ...
    def set_exception(self, error: BaseException | None, /) -> None: ...


@dataclass(slots=True)
class Waiting:
    """A function of somebody who holds the future."""

    act: Callable[..., Any]
    future: FutureLike
    lane: str | int = ""
    begun: bool | None = None
    """False when nobody wanted it any more once its turn had come; None before."""

    @property
    def share(self) -> str:
        """Whom it counts for: a bot account, the senders, the timers of a workspace."""
        return self.lane.partition(":")[0] if isinstance(self.lane, str) else ""


class Turns(Generic[T]):
    """Queues that are asked in turn."""

    def __init__(self) -> None:
        self._queues: OrderedDict[str, deque[T]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._queues)

    def add(self, share: str, item: T) -> None:
        """Behind what waits in this share."""
        found = self._queues.get(share)
        if found is None:
            self._queues[share] = deque((item,))
        else:
            found.append(item)

    def back(self, share: str, item: T) -> None:
        """Before what waits in this share: it was taken and not begun."""
        self._queues.setdefault(share, deque()).appendleft(item)

    def next(self) -> T:
        """The first of the share whose turn it is."""
        share = next(iter(self._queues))
        found = self._queues[share]
        item = found.popleft()
        if found:
            self._queues.move_to_end(share)
        else:
            del self._queues[share]
        return item


class Places:
    """How many wait, altogether and of each share."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._shares: dict[str, int] = {}

    def take(self, share: str) -> None:
        """One more; raises Busy when the queue is full, or full of this share."""
        mine = self._shares.get(share, 0)
        if self._count >= self._limit or mine >= self._limit * SHARE:
            raise Busy("too much is waiting to be written")
        self._count += 1
        self._shares[share] = mine + 1

    def back(self, share: str) -> None:
        """One that was here already: there is always room for it."""
        self._count += 1
        self._shares[share] = self._shares.get(share, 0) + 1

    def leave(self, share: str) -> None:
        """One less."""
        self._count -= 1
        self._shares[share] -= 1
        if not self._shares[share]:
            del self._shares[share]


class Groups:
    """For one thread, which takes many at once."""

    def __init__(self, limit: int) -> None:
        self._places = Places(limit)
        self._turns = Turns[Waiting]()
        self._closed = False
        self._changed = threading.Condition()

    def put(self, waiting: Waiting, *, wake: bool = True) -> None:
        """Raises Busy or Closed."""
        with self._changed:
            if self._closed:
                raise Closed("the database is closed")
            self._places.take(waiting.share)
            self._turns.add(waiting.share, waiting)
            if wake:
                self._changed.notify()

    def wake(self) -> None:
        """For what was put in without."""
        with self._changed:
            self._changed.notify()

    def take(self, most: int) -> list[Waiting]:
        """So many at most of what waits, waiting for it; empty when closed and nothing can come any more."""
        with self._changed:
            while not self._turns and not self._closed:
                self._changed.wait()
            found: list[Waiting] = []
            while self._turns and len(found) < most:
                found.append(waiting := self._turns.next())
                self._places.leave(waiting.share)
            return found

    def back(self, rest: list[Waiting]) -> None:
        """These were taken and not begun: each waits again, before the others of its share."""
        with self._changed:
            for waiting in reversed(rest):
                self._places.back(waiting.share)
                self._turns.back(waiting.share, waiting)

    def close(self) -> bool:
        """Nothing new is taken in, what waits is still given out; False when it was closed already."""
        with self._changed:
            was, self._closed = self._closed, True
            self._changed.notify_all()
            return not was


class Lanes:
    """For several threads; one that took a function gives its lane back with `done`."""

    def __init__(self, limit: int) -> None:
        self._places = Places(limit)
        self._closed = False
        self._lanes: dict[str | int, deque[Waiting]] = {}
        self._ready = Turns[str | int]()
        self._changed = threading.Condition()

    def put(self, waiting: Waiting, *, wake: bool = True) -> None:
        """Raises Busy or Closed. A function without a lane gets one of its own."""
        share, lane = waiting.share, waiting.lane or id(waiting)
        waiting.lane = lane
        with self._changed:
            if self._closed:
                raise Closed("the database is closed")
            self._places.take(share)
            if lane in self._lanes:
                self._lanes[lane].append(waiting)
                return
            self._lanes[lane] = deque((waiting,))
            self._ready.add(share, lane)
            if wake:
                self._changed.notify()

    def wake(self) -> None:
        """For what was put in without: one thread, which wakes the next when there is more."""
        with self._changed:
            self._changed.notify()

    def take(self) -> Waiting | None:
        """The next one, waiting for it; None when closed and nothing can come any more."""
        with self._changed:
            while not self._ready:
                if self._closed and not self._lanes:
                    return None
                self._changed.wait()
            waiting = self._lanes[self._ready.next()].popleft()
            self._places.leave(waiting.share)
            if self._ready:
                self._changed.notify()
            return waiting

    def done(self, waiting: Waiting) -> None:
        """Lets the next of its lane be taken."""
        with self._changed:
            if self._lanes[waiting.lane]:
                self._ready.add(waiting.share, waiting.lane)
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
