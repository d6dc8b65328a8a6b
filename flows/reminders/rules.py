"""When a reminder rings: recurrence by wall time in a zone, quiet hours, snoozes. Pure; every moment is aware."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

LATE = timedelta(minutes=5)
"""A reminder that rings later than this says so."""
MANY = 4
"""So many at one moment are one message."""
_FARTHEST = 800
"""Days of a series that are looked at before it counts as over."""
_LONG_AGO = timedelta(days=40)

Works = Callable[[date], bool]
"""Whether the firm works on a day."""


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


def next_clock(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The instant at which a clock there shows this next: today, or tomorrow where it has passed."""
    local = after.astimezone(zone)
    return instant(datetime.combine(local.date() + timedelta(days=local.time() >= at), at), zone)


def next_ring(wall: str, rule: str, zone: ZoneInfo, after: datetime, works: Works | None = None) -> datetime | None:
    """The next instant of a series after a moment; None when it is over.

    With `works` only days on which the firm works count: a rule of every day then is one of every working day.
    """
    start = datetime.fromisoformat(wall)
    local = after.astimezone(zone).replace(tzinfo=None)
    series = rrulestr(whole(rule, start), dtstart=_near(rule, start, local))
    upcoming = series.after(local)
    for _ in range(_FARTHEST):
        if upcoming is None:
            return None
        due = instant(upcoming, zone)
        if due > after and (works is None or works(upcoming.date())):
            return due
        upcoming = series.after(upcoming)
    return None


def whole(rule: str, start: datetime) -> str:
    """The rule with what it leaves to its first day, and with a day that short months lack moved to their last one.

    So "monthly on the 31st" rings on 30 April, and "every 29 February" on the 28th in other years: nothing is left out.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    often = parts["FREQ"]
    by_day = "BYDAY" in parts or "BYSETPOS" in parts
    if often == "YEARLY" and "BYMONTH" not in parts and not by_day:
        parts["BYMONTH"] = str(start.month)
    if often in ("MONTHLY", "YEARLY") and "BYMONTHDAY" not in parts and not by_day:
        parts["BYMONTHDAY"] = str(start.day)
    day = parts.get("BYMONTHDAY", "")
    if day in ("29", "30", "31") and "BYSETPOS" not in parts:
        parts |= {"BYMONTHDAY": ",".join(str(n) for n in range(28, int(day) + 1)), "BYSETPOS": "-1"}
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _near(rule: str, start: datetime, local: datetime) -> datetime:
    """A later beginning of the same series, so that one from years ago is not counted through."""
    often = rule.partition(";")[0]
    if often not in ("FREQ=DAILY", "FREQ=HOURLY") or "INTERVAL" in rule or "COUNT" in rule or local < start + _LONG_AGO:
        return start
    return datetime.combine(local.date() - timedelta(days=1), start.time())


def of_workdays(rule: str) -> str | None:
    """The rule of every day for a rule of Monday to Friday: which days those are is the firm's calendar's to say."""
    parts = rule.split(";")
    if parts[:1] != ["FREQ=WEEKLY"] or "BYDAY=MO,TU,WE,TH,FR" not in parts or "INTERVAL" in rule:
        return None
    return ";".join(["FREQ=DAILY", *(part for part in parts[1:] if not part.startswith("BYDAY"))])


def shifted(rule: str, due: datetime, zone: ZoneInfo) -> str:
    """The rule of a series that is meant for another time: the hour goes, a single named day becomes the new one."""
    local = due.astimezone(zone)
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    parts.pop("BYHOUR", None)
    parts.pop("BYMINUTE", None)
    if "," not in parts.get("BYDAY", ",") and parts["FREQ"] == "WEEKLY":
        parts["BYDAY"] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[local.weekday()]
    if parts.get("BYMONTHDAY", "-").isdigit():
        parts["BYMONTHDAY"] = str(local.day)
    if "BYMONTH" in parts:
        parts["BYMONTH"] = str(local.month)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def counted(anchor: datetime, days: int, clock: time, zone: ZoneInfo, after: datetime) -> datetime:
    """So many days after a moment, at that hour there; every so many days on for as long as nothing happened.

    Before it (negative `days`) there is one such moment, which may have passed.
    """
    day = anchor.astimezone(zone).date()
    due = instant(datetime.combine(day + timedelta(days=days), clock), zone)
    if days > 0 and due <= after:
        passed = (after.astimezone(zone).date() - day).days // days
        due = instant(datetime.combine(day + timedelta(days=days * passed), clock), zone)
        if due <= after:
            due = instant(datetime.combine(day + timedelta(days=days * (passed + 1)), clock), zone)
    return due


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


def workdays_on(day: date, count: int, works: Works) -> date:
    """The day when so many working days have passed."""
    for _ in range(_FARTHEST):
        if count <= 0:
            break
        day += timedelta(days=1)
        count -= works(day)
    return day
