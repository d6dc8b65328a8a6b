"""Which scores call for whom, and how soon: pure, no rows and no clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from flows.reminders.rules import instant
from flows.tickets.reading import sounds_bad

Band = Literal["low scores", "so-so scores", ""]
LOW: Band = "low scores"
SERVICE = "service"
"""What a room may want besides: the customers' requests, each with a thread of its own."""
SO_SO: Band = "so-so scores"

OPENS, CLOSES = time(9), time(18)
SOON = timedelta(hours=2)
"""Working time within which a claimed customer is called."""
_FARTHEST = 400

Workday = Callable[[date], bool]


def band_of(score: int, kind: str = "csat") -> Band:
    """Dissatisfied, so-so, or neither; who would not recommend us is one person's task, as a so-so answer is."""
    if kind == "nps":
        return SO_SO if score <= 6 else ""
    if kind == "ces":
        return SO_SO if score <= 3 else ""
    if kind != "csat":
        return ""
    return LOW if score <= 2 else SO_SO if score == 3 else ""


def complains(score: int | None, kind: str, words: str) -> bool:
    """A good score whose words are none: "4 but your driver was rude"."""
    return score is not None and kind in ("csat", "nps", "ces") and not band_of(score, kind) and sounds_bad(words)


def working(now: datetime, span: timedelta, zone: ZoneInfo, workday: Workday) -> datetime:
    """The moment when so much working time has passed."""
    local = now.astimezone(zone)
    day, left = local.date(), span
    for _ in range(_FARTHEST):
        opens, closes = instant(datetime.combine(day, OPENS), zone), instant(datetime.combine(day, CLOSES), zone)
        start = max(opens, now)
        if workday(day) and start < closes:
            if start + left <= closes:
                return start + left
            left -= closes - start
        day += timedelta(days=1)
    return now + span


def next_morning(now: datetime, zone: ZoneInfo, workday: Workday) -> datetime:
    """Nine on the next working day."""
    day = now.astimezone(zone).date()
    for _ in range(_FARTHEST):
        day += timedelta(days=1)
        if workday(day):
            break
    return instant(datetime.combine(day, OPENS), zone)


def a_working_day_later(now: datetime, zone: ZoneInfo, workday: Workday) -> datetime:
    """The same hour of the next working day there."""
    morning = next_morning(now, zone, workday).astimezone(zone)
    return instant(datetime.combine(morning.date(), now.astimezone(zone).time()), zone)


def when_called(due: datetime, now: datetime, zone: ZoneInfo) -> Literal["today", "tomorrow", "later"]:
    """The day of the call as the customer would say it."""
    days = (due.astimezone(zone).date() - now.astimezone(zone).date()).days
    return "today" if days <= 0 else "tomorrow" if days == 1 else "later"
