"""Whose promise a clause without a subject is, and what is no lunar day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flows.understanding import Context, read

NOW = Context(now=datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai")), country="CN", language="en")


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("They like the price but need to ask the boss", "them"),
        ("Acme like the price but need to ask the boss", "them"),
        ("She likes the price but has to ask the boss by Friday", "them"),
        ("They liked the demo, need to ask the boss", "them"),
        ("They liked the demo, need to send the quote by Friday", "us"),
        ("They love it but we need to send the contract", "us"),
        ("Called Anna, she likes it but need to send a quote", "us"),
        ("We spoke about their offer but need to send the contract by Friday", "us"),
    ],
)
def test_whose_it_is(line: str, by: str) -> None:
    assert [promise.by for promise in read(line, NOW).commitments] == [by]


@pytest.mark.parametrize("line", ["初三学生的家长来电", "最初三天没人"])
def test_no_lunar_day(line: str) -> None:
    assert not [time for time in read(line, NOW).times if time.grain == "day"]
