# ruff: noqa: E501 -- an example is one line
"""The readers that commands use, and the batch that the command line runs."""

import json
import subprocess
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.understanding import Context, read_money, read_phone, read_recurrence, read_time
from flows.understanding.batch import run
from tests.flows.understanding.people import WEDNESDAY


def test_a_time_and_what_is_left_of_the_words() -> None:
    words = "Acme next Tue 3pm ask about the renewal"
    time = read_time(words, WEDNESDAY)
    assert time is not None
    assert time.start == datetime(2026, 11, 24, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert words[: time.span[0]] + words[time.span[1] :] == "Acme  ask about the renewal"


def test_what_is_expected_decides_a_bare_weekday() -> None:
    assert [read_time("Monday", WEDNESDAY, expect).start for expect in ("future", "past")] == [
        date(2026, 11, 23),
        date(2026, 11, 16),
    ]


def test_the_other_readers() -> None:
    money, phone, rule = (
        read_money("华为 120万 报价", WEDNESDAY),
        read_phone("打 138 1234 5678", WEDNESDAY),
        read_recurrence("每周五下午3点", WEDNESDAY),
    )
    assert (money.amount, phone.value, rule.rrule) == (
        1_200_000,
        "+8613812345678",
        "FREQ=WEEKLY;BYDAY=FR;BYHOUR=15;BYMINUTE=0",
    )
    assert read_time("nothing here", WEDNESDAY) is None


@pytest.mark.parametrize(("country", "expected"), [("US", date(2026, 12, 5)), ("GB", date(2027, 5, 12))])
def test_the_order_of_day_and_month_is_the_countrys(country: str, expected: date) -> None:
    assert read_time("12/5", Context(WEDNESDAY.now, country)).start == expected


def test_working_days_keep_the_holidays_and_the_working_weekends() -> None:
    before_the_national_day = Context(datetime(2025, 9, 26, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert read_time("3个工作日内", before_the_national_day).start == date(2025, 9, 30)
    assert read_time("5个工作日内", before_the_national_day).start == date(2025, 10, 10)


def test_a_firms_own_days_count() -> None:
    context = Context(WEDNESDAY.now, days_off=(date(2026, 11, 19),))
    assert read_time("in 1 working day", context).start == date(2026, 11, 20)


def test_hours_follow_the_firms_settings() -> None:
    late = Context(WEDNESDAY.now, working_hours=(12, 21), part_hours=(("morning", (11, 0)),))
    assert read_time("tomorrow at 8", late).start.hour == 20
    assert read_time("tomorrow morning", late).at == "11:00"


def test_now_must_know_its_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        Context(datetime(2026, 11, 18))


def test_a_bad_line_is_said_and_the_rest_goes_on() -> None:
    good = json.dumps({"text": "call Bob tomorrow", "now": "2026-11-18T10:30:00", "zone": "+08:00"})
    lines = [
        good,
        "not json",
        '{"no": "text"}',
        '{"text": "a", "zone": "Mars/Olympus"}',
        '{"text": "a", "now": "soon"}',
        "",
        good,
    ]
    answers = [json.loads(line) for line in run(lines)]
    assert [answer.get("line") for answer in answers] == [None, 2, 3, 4, 5, None]
    assert answers[-1]["times"][0]["start"] == "2026-11-19"


def test_the_batch_says_why() -> None:
    (line,) = run(['{"text": "call Bob tomorrow"}'], why=True)
    assert any(reason["words"] == "tomorrow" for reason in json.loads(line)["why"])


def test_importing_loads_no_heavy_library() -> None:
    heavy = "import sys, flows.understanding; print([m for m in ('pypinyin', 'holidays', 'phonenumbers', 'lunardate') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
