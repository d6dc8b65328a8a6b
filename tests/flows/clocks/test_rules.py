"""Open minutes against a reference that looks at the wall once a minute: holidays, lunch, nights, DST."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from flows.clocks import rules
from flows.clocks.rules import Block, Blocks, Calendar, between, due, is_open, next_open, week_of
from flows.understanding import Context
from flows.understanding.workdays import DayKind, kind_of_day

MINUTE = timedelta(minutes=1)
ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Kathmandu",
    "America/Nuuk",
)
CHANGES = ((2026, 3, 8), (2026, 3, 29), (2026, 10, 25), (2026, 11, 1), (2026, 4, 5), (2026, 4, 24), (2026, 9, 6))
"""Days on which clocks change somewhere of these."""


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def office(zone: str = "Europe/Berlin", blocks: Blocks = ((540, 1020),), country: str = "DE") -> Calendar:
    context = Context(now=datetime(2026, 1, 1, tzinfo=UTC), country=country)
    week = {day: blocks for day in range(1, 6)}
    return Calendar(ZoneInfo(zone), week_of(week, {}, lambda day: kind_of_day(day, context)))


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-03-06T16:30", 60, "2026-03-09T09:30"),
        ("2026-03-06T16:00", 60, "2026-03-06T17:00"),
        ("2026-03-07T12:00", 30, "2026-03-09T09:30"),
        ("2026-04-02T16:50", 30, "2026-04-07T09:20"),
        ("2026-12-24T16:50", 20, "2026-12-28T09:10"),
        ("2026-03-27T16:30", 60, "2026-03-30T09:30"),
    ],
)
def test_due_by_hand(start: str, minutes: int, expected: str) -> None:
    assert due(office(), at(start), timedelta(minutes=minutes)) == at(expected)


def test_lunch_is_no_open_time() -> None:
    lunch = office(blocks=((540, 720), (780, 1080)))
    assert due(lunch, at("2026-03-06T11:50"), timedelta(minutes=30)) == at("2026-03-06T13:20")
    assert between(lunch, at("2026-03-06T11:00"), at("2026-03-06T14:00")) == timedelta(hours=2)
    assert not is_open(lunch, at("2026-03-06T12:30"))
    assert next_open(lunch, at("2026-03-06T12:30")) == at("2026-03-06T13:00")


def test_a_weekend_that_is_worked_in_china() -> None:
    china = office("Asia/Shanghai", country="CN")
    assert is_open(china, at("2026-02-28T10:00", "Asia/Shanghai"))
    assert not is_open(china, at("2026-02-23T10:00", "Asia/Shanghai"))
    assert not is_open(china, at("2026-03-07T10:00", "Asia/Shanghai"))


def test_a_skipped_hour_is_not_counted_and_a_doubled_one_twice() -> None:
    night = Calendar(ZoneInfo("Europe/Berlin"), lambda _day: ((60, 240),))
    spring, autumn = at("2026-03-29T00:00"), at("2026-10-25T00:00")
    assert between(night, spring, spring + timedelta(hours=12)) == timedelta(hours=2)
    assert between(night, autumn, autumn + timedelta(hours=12)) == timedelta(hours=4)


def test_a_day_before_a_skipped_midnight_is_whole() -> None:
    always = Calendar(ZoneInfo("America/Santiago"), lambda _day: ((0, 1440),))
    eve = at("2026-09-05T12:00", "America/Santiago")
    assert between(always, eve, eve + timedelta(hours=24)) == timedelta(hours=24)


def test_where_nobody_ever_opens_time_is_time() -> None:
    never = Calendar(ZoneInfo("UTC"), lambda _day: ())
    start = at("2026-03-06T10:00")
    assert due(never, start, timedelta(hours=2)) == start + timedelta(hours=2)
    assert next_open(never, start) is None


# the reference


class Wall:
    """Another way to the same answers: every minute by itself, by what a clock on the wall shows."""

    def __init__(
        self, zone: ZoneInfo, week: Mapping[int, Blocks], dated: Mapping[date, Blocks], holidays: set[date]
    ) -> None:
        self.zone, self.week, self.dated, self.holidays = zone, week, dated, holidays

    def open(self, moment: datetime) -> bool:
        wall = moment.astimezone(self.zone)
        day, minute = wall.date(), wall.hour * 60 + wall.minute
        blocks = self.dated.get(day, () if day in self.holidays else self.week.get(day.isoweekday(), ()))
        return any(start <= minute < end for start, end in blocks)

    def minutes(self, start: datetime) -> Iterator[datetime]:
        while True:
            if self.open(start):
                yield start
            start += MINUTE


def _blocks(random: Random) -> Blocks:
    marks = sorted(random.sample(range(0, 1441, 15), 2 * random.choice((0, 1, 1, 2, 2, 3))))
    found: list[Block] = [(marks[n], marks[n + 1]) for n in range(0, len(marks), 2)]
    return tuple(found)


def _random(random: Random) -> tuple[Calendar, Wall, datetime]:
    zone = ZoneInfo(random.choice(ZONES))
    around = date(*random.choice(CHANGES)) + timedelta(days=random.randint(-3, 1))
    week = {day: _blocks(random) for day in range(1, 8)}
    week[random.randint(1, 7)] = ((0, 1440),)
    some = [around + timedelta(days=n) for n in range(12)]
    dated = {day: _blocks(random) for day in random.sample(some, 2)}
    holidays = set(random.sample(some, 2))
    kinds: dict[date, DayKind] = dict.fromkeys(holidays, "holiday")
    calendar = Calendar(zone, week_of(week, dated, lambda day: kinds.get(day, "work")))
    start = datetime(around.year, around.month, around.day, tzinfo=UTC) + MINUTE * random.randint(0, 1440)
    return calendar, Wall(zone, week, dated, holidays), start


def check(random: Random) -> None:
    """A history of a clock: it runs, waits, runs again; then due, passed and open, both ways."""
    calendar, wall, start = _random(random)
    target, left, now = random.randint(1, 900), 0, start
    left = target
    for _pause in range(random.randint(0, 2)):
        until = now + MINUTE * random.randint(1, 500)
        ran = sum(wall.open(now + MINUTE * n) for n in range(int((until - now) / MINUTE)))
        assert between(calendar, now, until) == MINUTE * ran
        left -= ran
        now = until + MINUTE * random.randint(0, 300)
    if left > 0:
        passed = wall.minutes(now)
        expected = [next(passed) for _ in range(left)][-1] + MINUTE
        assert due(calendar, now, MINUTE * left) == expected
        assert between(calendar, now, expected) == MINUTE * left
        assert between(calendar, expected, now) == -MINUTE * left
        since = due(calendar, expected, -MINUTE * left)
        assert between(calendar, since, expected) == MINUTE * left
        assert since >= now
    else:
        since = due(calendar, now, MINUTE * left)
        assert since <= now
        assert between(calendar, since, now) == -MINUTE * left
    assert is_open(calendar, now) == wall.open(now)
    assert next_open(calendar, now) == next(wall.minutes(now))


@pytest.mark.parametrize("seed", range(3))
def test_random_calendars_and_histories(seed: int) -> None:
    _check_many(Random(seed))


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        (
            "_offsets",
            lambda zone, day: (*2 * (zone.utcoffset(datetime(day.year, 1, 1)),), datetime(9999, 1, 1, tzinfo=UTC)),
        ),
        ("pieces", lambda calendar, day, whole=rules.pieces: whole(calendar, day)[:1]),
    ],
    ids=["clocks that never change", "nobody comes back from lunch"],
)
def test_a_mistake_is_seen(name: str, mistake: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, name, mistake)
    random = Random(1)
    with pytest.raises(AssertionError):
        _check_many(random)


def _check_many(random: Random) -> None:
    for _ in range(100):
        check(random)


@pytest.mark.slow
def test_ten_thousand_random_calendars_and_histories() -> None:
    random = Random(7)
    for _ in range(10_000):
        check(random)
