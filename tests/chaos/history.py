"""What happened, a line an entry, written while it happens and read afterwards by one who knows nothing else.

The reader is a list of promises; `test_history.py` plants a breach of each into a good history and sees it found.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tests.awake import before

What = Literal["acked", "stored", "gone", "looked", "effect", "killed", "sent", "asked", "paused", "stood"]

ON_THE_WAY = 0.5
"""Seconds for which a request that was begun before may still arrive."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`acked`: the platform heard that we have this note. `stored`, `gone`: the tables have it, or no more, as of the
    next `looked`. `effect`: what it led to. `sent`: a message accepted. `asked`: any request for a chat. `paused`: no
    request wanted until. `stood`: until then the platform itself took no notice of anything.
    """

    what: What
    at: float = 0.0
    number: int = 0
    chat: str = ""
    until: float = 0.0
    who: str = ""
    """The process that sent it, or that was killed."""


@dataclass(frozen=True, slots=True)
class Promised:
    """What the storm was told: how many may be on their way, and how fast an account and a room may be written to."""

    window: int = 8
    rate: float = 0.0
    room_rate: float = 0.0


class History:
    """Appends to a file, so that what is checked outlives whoever wrote it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, entries: Iterable[Entry]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(entry)) + "\n" for entry in entries)

    def read(self) -> list[Entry]:
        if not self.path.exists():
            return []
        return [Entry(**json.loads(line)) for line in self.path.read_text(encoding="utf-8").splitlines()]


def breaches(entries: Sequence[Entry], promised: Promised) -> list[str]:
    """Every promise that the history shows broken, in words."""
    return [
        *_lost(entries),
        *_twice(entries),
        *_disorder(entries),
        *_repeats(entries, promised.window),
        *_too_fast(entries, promised),
        *_disobeyed(entries),
    ]


def _lost(entries: Sequence[Entry]) -> Iterator[str]:
    """At every look, what was acknowledged before is there."""
    acked, stored = set[int](), set[int]()
    for entry in entries:
        if entry.what == "acked":
            acked.add(entry.number)
        elif entry.what == "stored":
            stored.add(entry.number)
        elif entry.what == "gone":
            stored.discard(entry.number)
        elif entry.what == "looked" and (gone := acked - stored):
            yield f"lost: {sorted(gone)[:5]} acknowledged and not there"


def _twice(entries: Sequence[Entry]) -> Iterator[str]:
    counts = Counter(entry.number for entry in entries if entry.what == "effect")
    if double := [number for number, count in counts.items() if count > 1]:
        yield f"doubled: {double[:5]} acted more than once"


def _disorder(entries: Sequence[Entry]) -> Iterator[str]:
    """A message after a later one of its chat; the repeat of the one directly before is no disorder."""
    last = dict[str, int]()
    for entry in _by_time(entries, "sent"):
        if entry.number < last.get(entry.chat, -1):
            yield f"order: {entry.number} after {last[entry.chat]} in {entry.chat}"
        last[entry.chat] = max(entry.number, last.get(entry.chat, -1))


def _repeats(entries: Sequence[Entry], window: int) -> Iterator[str]:
    """A process that was killed leaves at most a window to be repeated, by the next or by those after it; one that
    was not leaves nothing. Of those that sent a message, each but the one that lived longest has left it, whosever
    request arrived first.
    """
    killed = {entry.who: place for place, entry in enumerate(_by_time(entries, "killed"))}
    senders, again = defaultdict[int, list[str]](list), Counter[str]()
    for entry in _by_time(entries, "sent"):
        senders[entry.number].append(entry.who)
    for those in senders.values():
        again.update(sorted(those, key=lambda who: killed.get(who, len(killed)))[:-1])
    for who, count in again.items():
        if count > window * (who in killed):
            yield f"repeats: {count} of process {who}"


def _too_fast(entries: Sequence[Entry], promised: Promised) -> Iterator[str]:
    sent = _by_time(entries, "sent")
    if promised.rate and (most := busiest([entry.at for entry in sent], 1.0)) > promised.rate:
        yield f"rate: {most} in a second"
    rooms = defaultdict[str, list[float]](list)
    for entry in sent:
        rooms[entry.chat].append(entry.at)
    for room, times in rooms.items():
        if promised.room_rate and room.startswith("-") and (most := busiest(times, 60.0)) > promised.room_rate:
            yield f"rate: {most} in a minute in {room}"


def _disobeyed(entries: Sequence[Entry]) -> Iterator[str]:
    pauses = [entry for entry in entries if entry.what == "paused"]
    stood = [(entry.at, entry.until) for entry in entries if entry.what == "stood"]
    for asked in (entry for entry in entries if entry.what == "asked"):
        left = before(asked.at, ON_THE_WAY, stood) if pauses else 0.0
        for pause in pauses:
            if pause.chat in ("", asked.chat) and pause.at < left and asked.at < pause.until:
                yield f"pause: a request to {asked.chat} {pause.until - asked.at:.2f} s too early"


def busiest(times: Sequence[float], window: float) -> int:
    """The most in any window of that many seconds, by two hands that walk along."""
    first = most = 0
    for last, at in enumerate(times):
        while at - times[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


def _by_time(entries: Sequence[Entry], what: What) -> list[Entry]:
    return sorted((entry for entry in entries if entry.what == what), key=lambda entry: entry.at)
