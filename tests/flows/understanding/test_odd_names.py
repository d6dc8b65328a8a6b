"""Names with figures, marks and two scripts in them, and those that begin with a word such as 上 or with a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.understanding import Known, MemoryNames, Reading, read
from tests.flows.understanding.people import WEDNESDAY

CHINESE = (
    "今天跟{}打了电话，他们要报价",
    "{}的王总明天下午3点来",
    "给{}发了3份样品，5天后跟进",
    "昨天拜访了{}，聊得不错",
    "{}说下周二签合同，20万",
    "下午3点去{}开会",
    "12月1号，{}尾款到期",
)
ENGLISH = (
    "Called {}, wants a quote by Friday",
    "had a call with {} yesterday about 3 pumps",
    "{} wants 20 more units, send offer tomorrow",
    "met someone from {} at 3pm",
    "Sent the contract to {} this morning, 45k",
    "Visited {} on Monday",
)


def named(line: str, *names: str) -> Reading:
    return read(line, WEDNESDAY, MemoryNames(Known("customer", name, name) for name in names))


def facts(reading: Reading) -> tuple[list[object], list[object]]:
    return [(time.text, time.start) for time in reading.times], [money.amount for money in reading.money]


@pytest.mark.parametrize(
    "name",
    [
        *("3M中国", "T-4五金", "58同城", "B站", "7天酒店", "OPPO广东", "A8新能源", "中车E通", "e签宝", "京东JD"),
        *("360安全", "老王4S店", "万科A", "Zoo咖啡", "上海电气", "用友网络", "有赞", "九州通", "七匹狼", "五粮液"),
        *("来伊份", "不二家", "我爱我家", "之江生物", "再生资源", "今天国际", "五月花", "7-Eleven"),
    ],
)
def test_a_chinese_line_knows_them(name: str) -> None:
    for frame in CHINESE:
        reading = named(frame.format(name), name)
        assert [one.id for one in reading.companies if one.id] == [name], frame
        assert facts(reading) == facts(named(frame.format("鼎盛"), "鼎盛")), frame


@pytest.mark.parametrize(
    "name",
    [
        *(
            "7-Eleven",
            "4imprint",
            "1-800 Flowers",
            "20th Century Fox",
            "Big 4 Consulting",
            "Studio 54",
        ),
        *("Ben & Jerry's", "Victoria's Secret", "St. Mary's Hospital", "McDonald's", "Barnes & Noble", "Monday.com"),
        *(
            "Yahoo!",
            "Procter and Gamble Co.",
            "The North Face",
            "Bank of China",
            "University of the West",
            "J.P. Morgan",
        ),
    ],
)
def test_an_english_line_knows_them(name: str) -> None:
    for frame in ENGLISH:
        reading = named(frame.format(name), name)
        assert [one.id for one in reading.companies if one.id] == [name], frame
        assert facts(reading) == facts(named(frame.format("Globex"), "Globex")), frame
    assert [one.id for one in named(f"{name.lower()} called, need the invoice", name).companies if one.id] == [name]


@pytest.mark.parametrize(
    "line", ["Called 3M today", "3M wants a quote", "met 3m", "给3M打了电话", "Visited the 21 Club"]
)
def test_a_sum_and_a_count_are_names_where_one_stands(line: str) -> None:
    assert len(named(line, "3M", "21 Club").companies) == 1


BITS = st.sampled_from(["Nova", "TQL", "K11", "A8", "3D", "24seven", "Kite", "9H"])
CHARACTERS = st.sampled_from(["恒达", "云际", "金诺", "九州", "上川", "一品", "有为", "中车"])


@given(st.one_of(st.tuples(BITS, CHARACTERS), st.tuples(CHARACTERS, BITS), st.tuples(CHARACTERS, BITS, CHARACTERS)))
def test_any_two_scripts_are_one_name(parts: tuple[str, ...]) -> None:
    name = "".join(parts)
    for frame in CHINESE:
        assert [one.id for one in named(frame.format(name), name).companies if one.id] == [name], frame


@pytest.mark.parametrize(
    ("line", "names", "known", "times", "sums"),
    [
        ("The deal with Globex is worth 3M", ("3M", "Globex"), ["Globex"], [], [3_000_000]),
        ("Met Globex 7 days ago", ("7天酒店", "Globex"), ["Globex"], ["7 days ago"], []),
        ("7天后给鼎盛打电话", ("7天酒店", "鼎盛"), ["鼎盛"], ["7天后"], []),
        ("今天国际展会见了鼎盛", ("国际商贸", "鼎盛"), ["鼎盛"], ["今天"], []),
        ("call back tomorrow, next step is the offer", ("Call Back Ltd", "Offer Tomorrow Inc"), [], ["tomorrow"], []),
        ("跟他们有道理可讲", ("有道教育",), [], [], []),
    ],
)
def test_what_only_looks_like_one_stays_what_it_is(
    line: str, names: tuple[str, ...], known: list[str], times: list[str], sums: list[int]
) -> None:
    reading = named(line, *names)
    assert [one.id for one in reading.companies if one.id] == known
    assert ([time.text for time in reading.times], [money.amount for money in reading.money]) == (times, sums)
