"""When a reminder rings: recurrence by wall time in a zone, quiet hours, snoozes. Pure; every moment is aware."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

LATE = timedelta(minutes=5)
"""A reminder that rings later than this says so."""


def wall_of(due: datetime, zone: ZoneInfo) -> str:
    """The local wall time of an instant, "2026-03-02T15:00"."""
    return due.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a naive wall time: the first of two when clocks go back, the first valid minute in a gap."""
    local = wall.replace(tzinfo=zone, fold=0)
    there_and_back = local.astimezone(UTC).astimezone(zone)
    if there_and_back.replace(tzinfo=None) == wall:
        return local.astimezone(UTC)
    return _after_gap(wall, zone)


def _after_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The end of the stretch that does not exist, found minute by minute: gaps are at most a day long."""
    minute = wall.replace(second=0, microsecond=0)
    for step in range(1, 24 * 60 + 1):
        candidate = (minute + timedelta(minutes=step)).replace(tzinfo=zone)
        if candidate.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == candidate.replace(tzinfo=None):
            return candidate.astimezone(UTC)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def next_ring(wall: str, rule: str, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The next instant of a series after a moment; None when it is over."""
    start = datetime.fromisoformat(wall)
    local = after.astimezone(zone).replace(tzinfo=None)
    series = rrulestr(rule, dtstart=start)
    upcoming = series.after(local)
    while upcoming is not None:
        due = instant(upcoming, zone)
        if due > after:
            return due
        upcoming = series.after(upcoming)
    return None


def out_of_quiet(due: datetime, zone: ZoneInfo, quiet_from: int, quiet_until: int) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into (minutes after midnight, may span it)."""
    if quiet_from == quiet_until:
        return due
    local = due.astimezone(zone)
    minute = local.hour * 60 + local.minute
    inside = quiet_from <= minute < quiet_until
    if quiet_from > quiet_until:
        inside = minute >= quiet_from or minute < quiet_until
    if not inside:
        return due
    day = local.date() + timedelta(days=1 if minute >= quiet_until else 0)
    return instant(datetime.combine(day, time(quiet_until // 60, quiet_until % 60)), zone)


def tomorrow_at(now: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """That hour of the next day there."""
    local = now.astimezone(zone)
    return instant(datetime.combine(local.date() + timedelta(days=1), time(hour)), zone)
