"""Who must say yes to a greeting, when it goes, and how late it may go: pure, no rows and no clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from flows.reminders.rules import instant

LATE = 3
"""Days after the day on which a greeting may still be sent by its owner."""
HOUR = time(9, 30)
QUIET_FROM, QUIET_UNTIL = 21 * 60, 8 * 60
"""Minutes after midnight on the customer's clock."""
STOP_WITHIN = timedelta(seconds=20)
"""How long a member can still stop what goes at once."""
LESS_THAN_HALF, LEAST_USED = 2, 6

When = Literal["before", "today", "late", "over"]


def goes_alone(tier: str, kind: str) -> bool:
    """Only tier C is greeted without anybody's yes, and nobody is written to about money or usage by itself."""
    return tier == "C" and kind not in ("contract", "usage")


def when_is(day: date, today: date) -> When:
    """Where today lies, seen from the day of the greeting."""
    if today < day:
        return "before"
    if today == day:
        return "today"
    return "late" if (today - day).days <= LATE else "over"


def hour_of(day: date, zone: ZoneInfo) -> datetime:
    """When a greeting of that day goes."""
    return instant(datetime.combine(day, HOUR), zone)


def uses_less(late: int, before: int) -> bool:
    """Used clearly, and less than half as much since."""
    return before >= LEAST_USED and late * LESS_THAN_HALF < before
