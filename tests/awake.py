"""A clock for promises like "within a second": it stands still while the process, or the whole machine, does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable

LOOK, LONGEST = 0.01, 0.05
"""Seconds between two looks, and what counts of them at most: who sleeps longer was not let run."""


class Awake:
    """Seconds in which this process could run, counted beside its loop: work that blocks the loop does count."""

    def __init__(self) -> None:
        self._seconds, self._over = 0.0, threading.Event()
        self.stood: list[tuple[float, float]] = []
        """From when to when it did stand still, by the clock on the wall."""
        self._looking = threading.Thread(target=self._look, name="awake", daemon=True)

    def __enter__(self) -> Awake:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looking.join()

    def __call__(self) -> float:
        return self._seconds

    def _look(self) -> None:
        last = time.monotonic()
        while not self._over.wait(LOOK):
            now = time.monotonic()
            if now - last > LONGEST:
                self.stood.append((time.time() - (now - last), time.time()))
            self._seconds, last = self._seconds + min(now - last, LONGEST), now


def before(at: float, seconds: float, stood: Iterable[tuple[float, float]]) -> float:
    """The moment after which there were so many seconds until `at` without those in which we stood still."""
    for begin, end in sorted(stood, reverse=True):
        if begin < at and at - end < seconds:
            seconds += min(end, at) - begin
    return at - seconds
