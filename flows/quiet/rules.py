"""How much is too much: limits a day, and when the rest is told. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.reminders.rules import instant

PERSON, ROOM = 7, 20
"""Unasked messages a day, the digest among them."""
IGNORED = 5
"""So many without a sign of life, and the next one offers to stop."""
AWAKE = timedelta(hours=1)
"""Whoever was heard within this time, to the hour, is told at once in quiet hours, too."""
JOINED = 8
"""Messages of one minute that are joined in one; more wait for the digest."""
EVENING = 17 * 60
"""Minutes after midnight: the last moment of the working day at which a digest is welcome."""


def day_began(now: datetime, zone: ZoneInfo) -> datetime:
    """The last local midnight."""
    return instant(datetime.combine(now.astimezone(zone).date(), time()), zone)


def digest_at(now: datetime, zone: ZoneInfo, morning: int) -> datetime:
    """This afternoon, or after it the next morning, at the person's own hour."""
    local = now.astimezone(zone)
    evening = instant(datetime.combine(local.date(), time(EVENING // 60, EVENING % 60)), zone)
    if now < evening:
        return evening
    tomorrow = local.date() + timedelta(days=1)
    return instant(datetime.combine(tomorrow, time(morning // 60 % 24, morning % 60)), zone)


def must_wait(sent: int, limit: int) -> bool:
    """One place of the day is kept for the digest."""
    return sent >= limit - 1
