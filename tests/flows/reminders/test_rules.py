"""When series ring: eight zones at both edges of their summer, each kind of series, by times worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from flows.reminders.rules import counted, instant, next_ring, of_workdays, out_of_quiet, shifted, workdays_on
from flows.reminders.wishes import NoSuchDay, read_wish
from flows.understanding import Context
from flows.understanding.workdays import is_workday


@dataclass(frozen=True)
class Edge:
    """The night on which clocks change: a wall time that is missing or comes twice, with its instant by hand."""

    zone: str
    day: str
    wall: str
    before: str
    that_day: str
    after: str
    country: str


EDGES = (
    Edge("America/New_York", "2026-03-08", "02:30", "07T07:30", "08T07:00", "09T06:30", "US"),
    Edge("America/New_York", "2026-11-01", "01:30", "31T05:30", "01T05:30", "02T06:30", "US"),
    Edge("Europe/Berlin", "2026-03-29", "02:30", "28T01:30", "29T01:00", "30T00:30", "DE"),
    Edge("Europe/Berlin", "2026-10-25", "02:30", "24T00:30", "25T00:30", "26T01:30", "DE"),
    Edge("Europe/London", "2026-03-29", "01:15", "28T01:15", "29T01:00", "30T00:15", "GB"),
    Edge("Europe/London", "2026-10-25", "01:15", "24T00:15", "25T00:15", "26T01:15", "GB"),
    Edge("Australia/Sydney", "2026-10-04", "02:30", "02T16:30", "03T16:00", "04T15:30", "AU"),
    Edge("Australia/Sydney", "2026-04-05", "02:30", "03T15:30", "04T15:30", "05T16:30", "AU"),
    Edge("Pacific/Auckland", "2026-09-27", "02:30", "25T14:30", "26T14:00", "27T13:30", "NZ"),
    Edge("Pacific/Auckland", "2026-04-05", "02:30", "03T13:30", "04T13:30", "05T14:30", "NZ"),
    Edge("America/Santiago", "2026-09-06", "00:30", "05T04:30", "06T04:00", "07T03:30", "CL"),
    Edge("America/Santiago", "2026-04-04", "23:30", "04T02:30", "05T02:30", "06T03:30", "CL"),
    Edge("Australia/Lord_Howe", "2026-10-04", "02:15", "02T15:45", "03T15:30", "04T15:15", "AU"),
    Edge("Australia/Lord_Howe", "2026-04-05", "01:45", "03T14:45", "04T14:45", "05T15:15", "AU"),
    Edge("Africa/Cairo", "2026-04-24", "00:30", "22T22:30", "23T22:00", "24T21:30", "EG"),
    Edge("Africa/Cairo", "2026-10-29", "23:30", "28T20:30", "29T20:30", "30T21:30", "EG"),
)
OFFSETS = {
    "America/New_York": (-5.0, -4.0, "2026-03-08", "2026-11-01"),
    "Europe/Berlin": (1.0, 2.0, "2026-03-29", "2026-10-25"),
    "Europe/London": (0.0, 1.0, "2026-03-29", "2026-10-25"),
    "Australia/Sydney": (10.0, 11.0, "2026-10-04", "2026-04-05"),
    "Pacific/Auckland": (12.0, 13.0, "2026-09-27", "2026-04-05"),
    "America/Santiago": (-4.0, -3.0, "2026-09-06", "2026-04-05"),
    "Australia/Lord_Howe": (10.5, 11.0, "2026-10-04", "2026-04-05"),
    "Africa/Cairo": (2.0, 3.0, "2026-04-24", "2026-10-30"),
}
"""Hours from UTC in winter and summer, and the days of 2026 from which each holds (for hours of the day)."""


def by_hand(zone: str, wall: str) -> datetime:
    """The instant of a wall time by day, from the table above."""
    winter, summer, begins, ends = OFFSETS[zone]
    day = wall[:10]
    warm = begins <= day < ends if begins < ends else not ends <= day < begins
    return datetime.fromisoformat(wall).replace(tzinfo=UTC) - timedelta(hours=summer if warm else winter)


def near(edge: Edge, told: str) -> datetime:
    """The table's "08T07:00" as the instant within three days of the edge."""
    day = date.fromisoformat(edge.day)
    found = [d for step in range(-3, 4) if f"{(d := day + timedelta(step)).day:02}" == told[:2]]
    return datetime.combine(found[0], time.fromisoformat(told[3:]), tzinfo=UTC)


def series(wall: str, rule: str, zone: str, after: datetime, count: int, works: object = None) -> Sequence[datetime]:
    def every() -> object:
        at = after
        while (found := next_ring(wall, rule, ZoneInfo(zone), at, works)) is not None:  # type: ignore[arg-type]
            yield found
            at = found

    return list(islice(every(), count))  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.zone}-{edge.day}")
def test_a_wall_time_that_is_missing_or_comes_twice_rings_once(edge: Edge) -> None:
    wall, zone = f"{edge.day}T{edge.wall}", ZoneInfo(edge.zone)
    day = date.fromisoformat(edge.day)
    start = f"{day - timedelta(days=1)}T{edge.wall}"
    expected = [near(edge, edge.before), near(edge, edge.that_day), near(edge, edge.after)]
    assert instant(datetime.fromisoformat(wall), zone) == expected[1]
    assert series(start, "FREQ=DAILY", edge.zone, expected[0] - timedelta(hours=1), 3) == expected
    weekly = series(f"{day - timedelta(days=7)}T{edge.wall}", "FREQ=WEEKLY", edge.zone, expected[0], 1)
    assert weekly == [expected[1]]


@pytest.mark.parametrize("zone", OFFSETS)
def test_every_kind_keeps_its_wall_time_over_a_whole_year(zone: str) -> None:
    start = by_hand(zone, "2026-01-02T09:00") - timedelta(minutes=1)

    def walls(rule: str, count: int) -> list[str]:
        found = series("2026-01-02T09:00", rule, zone, start, count)
        return [at.astimezone(ZoneInfo(zone)).strftime("%m-%dT%H:%M") for at in found]

    ends = ("01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31")
    fridays = (
        "01-30", "02-27", "03-27", "04-24", "05-29", "06-26", "07-31", "08-28", "09-25", "10-30", "11-27", "12-25",
    )  # fmt: skip
    assert walls("FREQ=MONTHLY;BYMONTHDAY=31", 12) == [f"{day}T09:00" for day in ends]
    assert walls("FREQ=MONTHLY;BYDAY=-1FR", 12) == [f"{day}T09:00" for day in fridays]
    assert series("2026-01-02T09:00", "FREQ=MONTHLY;BYMONTHDAY=31", zone, start, 12) == [
        by_hand(zone, f"2026-{day}T09:00") for day in ends
    ]
    assert series("2026-01-02T09:00", "FREQ=MONTHLY;BYDAY=-1FR", zone, start, 12) == [
        by_hand(zone, f"2026-{day}T09:00") for day in fridays
    ]
    leap = series("2024-02-29T09:00", "FREQ=YEARLY", zone, start, 3)
    assert [at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") for at in leap] == [
        "2026-02-28T09:00", "2027-02-28T09:00", "2028-02-29T09:00",
    ]  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.zone}-{edge.day}")
def test_working_days_and_days_since_a_contact_keep_the_hour_over_the_edge(edge: Edge) -> None:
    zone, day = ZoneInfo(edge.zone), date.fromisoformat(edge.day)
    context = Context(now=datetime(2026, 1, 1, tzinfo=UTC), country=edge.country)
    around = [day + timedelta(days=step) for step in range(-3, 9)]
    working = [by_hand(edge.zone, f"{d}T12:00") for d in around if is_workday(d, context)]
    found = series(
        f"{around[0]}T12:00",
        "FREQ=DAILY",
        edge.zone,
        by_hand(edge.zone, f"{around[0]}T11:00"),
        len(working),
        lambda d: is_workday(d, context),
    )
    assert found == working
    contact = by_hand(edge.zone, f"{day - timedelta(days=5)}T17:20")
    for after, expected in ((-4, 5), (5, 15), (14, 15), (15, 25)):
        now = by_hand(edge.zone, f"{day + timedelta(days=after)}T12:00")
        due = by_hand(edge.zone, f"{day + timedelta(days=expected)}T12:00")
        assert counted(contact, 10, time(12), zone, now) == due


def test_the_firm_s_own_calendar_says_what_a_working_day_is() -> None:
    china = Context(now=datetime(2026, 1, 1, tzinfo=UTC), country="CN")
    found = series(
        "2026-09-28T09:00", "FREQ=DAILY", "Asia/Shanghai", datetime(2026, 9, 27, tzinfo=UTC), 6,
        lambda day: is_workday(day, china),
    )  # fmt: skip
    assert [at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%m-%d") for at in found] == [
        "09-28", "09-29", "09-30", "10-08", "10-09", "10-10",
    ]  # fmt: skip


def test_a_series_from_years_ago_is_found_at_once() -> None:
    after = datetime(2046, 5, 1, tzinfo=UTC)
    assert next_ring("2016-01-01T09:00", "FREQ=DAILY", ZoneInfo("UTC"), after) == datetime(2046, 5, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "due", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30", "2026-03-05T16:00", "FREQ=WEEKLY;BYDAY=TH"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9", "2026-03-05T16:00", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "2026-03-05T16:00", "FREQ=DAILY"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-03-05T16:00", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ],
)
def test_a_series_may_be_meant_for_another_time(rule: str, due: str, expected: str) -> None:
    assert shifted(rule, datetime.fromisoformat(due).replace(tzinfo=UTC), ZoneInfo("UTC")) == expected


def test_monday_to_friday_means_working_days() -> None:
    assert of_workdays("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8") == "FREQ=DAILY;BYHOUR=8"
    assert of_workdays("FREQ=WEEKLY;BYDAY=MO,TU") is None
    assert workdays_on(date(2026, 3, 6), 2, lambda day: day.weekday() < 5) == date(2026, 3, 10)


def test_quiet_hours_may_span_midnight() -> None:
    zone = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 3, 28, 23, tzinfo=zone)
    assert out_of_quiet(night, zone, 21 * 60, 8 * 60) == datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert out_of_quiet(night, zone, 600, 600) == night


@pytest.mark.parametrize(
    ("words", "due", "rule", "anchor", "away", "rest"),
    [
        ("tomorrow 9:00 call", "03-03T09:00", "", "", 0, "call"),
        ("every last Friday of the month call", "03-27T09:00", "FREQ=MONTHLY;BYDAY=-1FR", "", 0, "call"),
        ("every workday 8:30 mail", "03-03T08:30", "FREQ=DAILY;BYHOUR=8;BYMINUTE=30", "", 0, "mail"),
        ("every 31st pay", "03-31T09:00", "FREQ=MONTHLY;BYMONTHDAY=31", "", 0, "pay"),
        ("每31号 对账", "03-31T09:00", "FREQ=MONTHLY;BYMONTHDAY=31", "", 0, "对账"),
        ("every 3 months review", "06-02T09:00", "FREQ=MONTHLY;INTERVAL=3", "", 0, "review"),
        ("每月31号 对账", "03-31T09:00", "FREQ=MONTHLY;BYMONTHDAY=31", "", 0, "对账"),
        ("every 14 days since last contact with Acme", "03-02T09:00", "", "touch", 14, "Acme"),
        ("2 days before the contract ends call Acme", "03-02T09:00", "", "contract", -2, "call Acme"),
        ("a month before the contract ends at 10:30 renew", "03-02T10:30", "", "contract", -30, "renew"),
        ("合同到期前两天联系华为", "03-02T09:00", "", "contract", -2, "联系华为"),
        ("华为两周没联系", "03-02T09:00", "", "touch", 14, "华为"),
        ("上次联系后十四天 回访", "03-02T09:00", "", "touch", 14, "回访"),
    ],
)
def test_wishes_in_words(words: str, due: str, rule: str, anchor: str, away: int, rest: str) -> None:
    now = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    wish = read_wish(words, Context(now=now, country="CN", language="en"))
    assert wish is not None
    assert wish.due.astimezone(now.tzinfo).strftime("%m-%dT%H:%M") == due
    assert (wish.rule, wish.anchor, wish.away, wish.rest) == (rule, anchor, away, rest)


@pytest.mark.parametrize("words", ["31 February pay", "pay on June 31st", "2月30日交税", "0 May call", "13月5日 开会"])
def test_a_day_that_does_not_exist_is_no_other_day(words: str) -> None:
    with pytest.raises(NoSuchDay):
        read_wish(words, Context(now=datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Asia/Shanghai")), country="CN"))


@pytest.mark.parametrize(
    ("words", "due", "rest"),
    [
        ("before may day holiday call Acme", "2026-04-30 09:00", "call Acme"),
        ("after national day visit Globex", "2026-10-08 09:00", "visit Globex"),
        ("五一放假前给鼎盛发报价", "2026-04-30 09:00", "给鼎盛发报价"),
        ("五一放假前一天给鼎盛发报价", "2026-04-30 09:00", "给鼎盛发报价"),
        ("清明前发样品", "2026-04-03 09:00", "发样品"),
        ("国庆后第一天拜访华为", "2026-10-08 09:00", "拜访华为"),
        ("节后第一天拜访华为", "2026-04-07 09:00", "拜访华为"),
        ("节后第一天上午拜访华为", "2026-04-07 10:00", "拜访华为"),
        ("清明节后第一天10点拜访华为", "2026-04-07 10:00", "拜访华为"),
        ("节前给鼎盛发样品", "2026-04-03 09:00", "给鼎盛发样品"),
        ("after the holidays call Acme", "2026-04-07 09:00", "call Acme"),
        ("过完五一联系3M中国", "2026-05-06 09:00", "联系3M中国"),
        ("过完年联系3M中国", "2027-02-12 09:00", "联系3M中国"),
        ("年前给鼎盛送礼", "2027-02-04 09:00", "给鼎盛送礼"),
        ("last working day of march chase Acme", "2026-03-31 09:00", "chase Acme"),
        ("first working day of april chase Acme", "2026-04-01 09:00", "chase Acme"),
        ("三月最后一个工作日催款", "2026-03-31 09:00", "催款"),
        ("tomorrow 10 send Globex samples", "2026-03-03 10:00", "send Globex samples"),
        ("tmr 11 check Delta payment", "2026-03-03 11:00", "check Delta payment"),
        ("in an hour and a half call Acme", "2026-03-02 11:30", "call Acme"),
        ("tmr morn call Acme", "2026-03-03 09:00", "call Acme"),
    ],
)
def test_times_as_people_say_them_in_passing(words: str, due: str, rest: str) -> None:
    now = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    wish = read_wish(words, Context(now=now, country="CN"))
    assert wish is not None
    assert (wish.due.astimezone(now.tzinfo).strftime("%Y-%m-%d %H:%M"), wish.rest) == (due, rest)
