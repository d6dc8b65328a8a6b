# ruff: noqa: E501 -- an example is one line
"""No text makes the parser fail, and none makes it slow."""

import json
import time
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.understanding import Context, as_json, read, read_money, read_phone, read_recurrence, read_time, why
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY

WORDS = [
    "next",
    "last",
    "every",
    "friday",
    "3pm",
    "25",
    "by",
    "to",
    "from",
    "until",
    "Q1",
    "may",
    "30",
    "$",
    "5k",
    "13812345678",
    "remind",
    "me",
    "下周",
    "三",
    "点",
    "前",
    "后",
    "号",
    "月",
    "年",
    "每",
    "第",
    "个",
    "万",
    "亿",
    "周末",
    "明天",
    "之前",
    "提前",
    "两天",
    "到",
    "改到",
    "2月30日",
    "25点",
    "13月",
    "99",
    "/",
    "-",
    ":",
    "，",
    "。",
    "#a",
    "@",
    "农历",
    "正月",
    "初",
    "廿",
    "上",
    "半",
    "in",
    "999999",
    "years",
    "ago",
    "4pm-3pm",
    "0",
    "00",
    "000",
    "before",
    "after",
]


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    reading = read(text, WEDNESDAY, CUSTOMERS)
    json.dumps(as_json(reading))
    why(reading)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=14),
    st.sampled_from(["", " "]),
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),
)
def test_any_mixture_of_our_own_words_is_read_on_any_day(words: list[str], gap: str, day: datetime) -> None:
    context = Context(day.replace(tzinfo=timezone(timedelta(hours=8))))
    text = gap.join(words)
    reading = read(text, context, CUSTOMERS)
    assert all(text[one.place.start : one.place.end] == one.text for one in reading.times)
    for reader in (read_time, read_money, read_phone, read_recurrence):
        reader(text, context)


PASTES = [
    "a", "1", "一", "的", " ", "\n", "(", "#a ", "1 ", "1,", "1-", "1/", "十百千万", "3月5日", "下周", "next friday ", "in 2 days ", "twenty ", "5 minutes to ", "$1 ",
    "1万", "王总，", "李伟", "Li Wei ", "I will send ", "给客户发报价", "什么？", "3pm-4pm ", "2026-12-05 ", "每周", "😀", "a@b.", "+86 138 ", "between 3 and ", "from ", "12 , ", "send a, ", "a、", "王总说，",
]  # fmt: skip


@pytest.mark.parametrize("paste", PASTES)
def test_a_long_paste_costs_no_more_than_its_length(paste: str) -> None:
    text = (paste * 4000)[:4000]
    read(text, WEDNESDAY, CUSTOMERS)
    assert _seconds(text) < 10 * max(_seconds(text[:1000]), 0.004)


def _seconds(text: str) -> float:
    """The best of three, in the time of this thread, as the machine may be busy."""
    spent = []
    for _ in range(3):
        before = time.thread_time()
        read(text, WEDNESDAY, CUSTOMERS)
        spent.append(time.thread_time() - before)
    return min(spent)
