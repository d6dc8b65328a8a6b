"""What a week of promises looks like, and how well they are kept: pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise as far as counting needs it."""

    due: datetime | None
    state: str
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """What must be delivered in a week already, and how much of all that is open is late."""

    due: int
    late: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Of those whose day has come: kept by it, kept after it, broken."""

    kept: int
    late: int
    broken: int

    @property
    def rate(self) -> int | None:
        """Kept in time, in percent; None while nothing was due."""
        whole = self.kept + self.late + self.broken
        return round(100 * self.kept / whole) if whole else None


def load(owed: Sequence[Owed], start: datetime, end: datetime, now: datetime) -> Load:
    """Open promises due in [start, end), and open ones whose moment has passed."""
    still = [one for one in owed if one.state == "open" and one.due is not None]
    return Load(sum(start <= one.due < end for one in still if one.due), sum(one.due < now for one in still if one.due))


def kept(owed: Sequence[Owed], since: datetime, now: datetime) -> Kept:
    """Promises that fell due in [since, now): one that is still open then counts as broken until it is kept."""
    fell = [one for one in owed if one.due is not None and since <= one.due < now and one.state != "withdrawn"]
    done = [one for one in fell if one.state == "kept"]
    in_time = sum(one.closed is None or one.due is None or one.closed <= one.due for one in done)
    return Kept(in_time, len(done) - in_time, len(fell) - len(done))


_TIES = re.compile(
    r"^(?:to |that we |that |we will |we'll |will |the |会|要|将|我们|给他们|给对方|给(?=\d))+"
    r"|\s*(?:by|before|until|till|on|于|在|之前|以前|前)$",
    re.IGNORECASE,
)


def bare(what: str) -> str:
    """What was promised without the small words that tied it to its customer and its day."""
    words = " ".join(what.split()).strip(" ,，。.;；:：")
    while (shorter := _TIES.sub("", words).strip(" ,，。.;；:：")) != words:
        words = shorter
    return words
