"""Days of the year in both calendars, leap months and leap days, against dates printed in almanacs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.care.days import NoSuchDay, Told, coming, in_year, next_day, read_day, tell_on, years_on
from flows.care.sentences import asks, read
from flows.care.slowing import rests_until
from tests.engines import NOON


def lunar(month: int, day: int, *, year: int = 0, leap: bool = False) -> Told:
    return Told(month, day, year, "lunar", leap)


@pytest.mark.parametrize(
    ("told", "year", "day"),
    [
        (lunar(1, 1), 2023, date(2023, 1, 22)),
        (lunar(1, 1), 2024, date(2024, 2, 10)),
        (lunar(1, 1), 2025, date(2025, 1, 29)),
        (lunar(1, 1), 2026, date(2026, 2, 17)),
        (lunar(1, 1), 2027, date(2027, 2, 6)),
        (lunar(1, 15), 2026, date(2026, 3, 3)),
        (lunar(5, 5), 2023, date(2023, 6, 22)),
        (lunar(5, 5), 2024, date(2024, 6, 10)),
        (lunar(5, 5), 2025, date(2025, 5, 31)),
        (lunar(5, 5), 2026, date(2026, 6, 19)),
        (lunar(8, 15), 2020, date(2020, 10, 1)),
        (lunar(8, 15), 2023, date(2023, 9, 29)),
        (lunar(8, 15), 2024, date(2024, 9, 17)),
        (lunar(8, 15), 2025, date(2025, 10, 6)),
        (lunar(8, 15), 2026, date(2026, 9, 25)),
        (lunar(9, 9), 2025, date(2025, 10, 29)),
        (lunar(12, 8), 2025, date(2026, 1, 26)),
    ],
)
def test_lunar_days_as_almanacs_print_them(told: Told, year: int, day: date) -> None:
    assert in_year(told, year) == day


@pytest.mark.parametrize(
    ("told", "year", "ordinary", "of_the_leap_month"),
    [
        (lunar(4, 10, leap=True), 2020, date(2020, 5, 2), date(2020, 6, 1)),
        (lunar(2, 2, leap=True), 2023, date(2023, 2, 21), date(2023, 3, 23)),
        (lunar(6, 1, leap=True), 2025, date(2025, 6, 25), date(2025, 7, 25)),
        (lunar(6, 1, leap=True), 2017, date(2017, 6, 24), date(2017, 7, 23)),
        (lunar(5, 5, leap=True), 2028, date(2028, 5, 28), date(2028, 6, 27)),
    ],
)
def test_a_day_of_a_leap_month_is_kept_in_the_ordinary_month(
    told: Told, year: int, ordinary: date, of_the_leap_month: date
) -> None:
    """Once a year, also in years that have the leap month."""
    assert in_year(told, year) == ordinary
    assert next_day(told, date(year, 3, 1) if ordinary.month > 2 else date(year, 1, 25)) == ordinary
    following = next_day(told, ordinary + timedelta(days=1))
    assert following != of_the_leap_month
    assert following is not None
    assert following.year == year + 1


def test_a_year_without_the_leap_month_has_the_day_too() -> None:
    assert in_year(lunar(6, 3, leap=True), 2026) == date(2026, 7, 16)


def test_the_thirtieth_of_a_short_month_is_its_last_day() -> None:
    assert in_year(lunar(12, 30), 2025) == date(2026, 2, 16)
    assert in_year(lunar(12, 30), 2023) == date(2024, 2, 9)


def test_29_february_is_kept_on_the_28th_in_other_years() -> None:
    told = Told(2, 29, 2000)
    assert [in_year(told, year) for year in (2026, 2027, 2028)] == [
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]
    assert next_day(told, date(2026, 3, 1)) == date(2027, 2, 28)
    assert years_on(told, date(2027, 2, 28)) == 27


@given(month=st.integers(1, 12), day=st.integers(1, 30), start=st.dates(date(1990, 1, 1), date(2095, 1, 1)))
def test_every_lunar_day_comes_about_once_a_year(month: int, day: int, start: date) -> None:
    first = next_day(lunar(month, day), start)
    assert first is not None
    second = next_day(lunar(month, day), first + timedelta(days=1))
    assert second is not None
    assert start <= first < start + timedelta(days=386)
    assert 353 <= (second - first).days <= 385


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("5 May", Told(5, 5)),
        ("the 5th of May 1985", Told(5, 5, 1985)),
        ("May 5th, 1985", Told(5, 5, 1985)),
        ("1985-05-07", Told(5, 7, 1985)),
        ("5月7日", Told(5, 7)),
        ("1985年5月7号", Told(5, 7, 1985)),
        ("农历八月十五", lunar(8, 15)),
        ("阴历1985年八月初三", lunar(8, 3, year=1985)),
        ("腊月二十三", lunar(12, 23)),
        ("正月初一", lunar(1, 1)),
        ("冬月廿一", lunar(11, 21)),
        ("农历闰六月初三", lunar(6, 3, leap=True)),
        ("lunar 8/15", lunar(8, 15)),
        ("day 15 of the 8th lunar month", lunar(8, 15)),
        ("十二月三十一日", Told(12, 31)),
        ("29 Feb", Told(2, 29)),
    ],
)
def test_days_in_words(words: str, told: Told) -> None:
    found = read_day(words, month_first=True)
    assert found is not None
    assert found.told == told


@pytest.mark.parametrize("words", ["31 April", "30 Feb", "2月30日", "13月1日", "农历八月三十一", "2025-02-29"])
def test_days_that_no_year_has(words: str) -> None:
    with pytest.raises(NoSuchDay):
        read_day(words, month_first=True)


def test_a_bare_pair_of_numbers_is_read_as_the_country_does() -> None:
    assert read_day("3/4", month_first=True).told == Told(3, 4)  # type: ignore[union-attr]
    assert read_day("3/4", month_first=False).told == Told(4, 3)  # type: ignore[union-attr]
    assert read_day("25/4", month_first=True).told == Told(4, 25)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "of", "kind"),
    [
        ("Li Wei's birthday is 5 May", "Li Wei", "birthday"),
        ("The birthday of Li Wei is on 5 May.", "Li Wei", "birthday"),
        ("Li Wei was born on 5 May 1985", "Li Wei", "birthday"),
        ("Li Wei has her birthday on 5 May", "Li Wei", "birthday"),
        ("Acme's anniversary is 3 June 2019", "Acme", "anniversary"),
        ("Acme's founding day is 18 June", "Acme", "day"),
        ("李伟农历八月十五生日", "李伟", "birthday"),
        ("李伟的生日是农历闰六月初三", "李伟", "birthday"),
        ("李伟 生日 5月5日", "李伟", "birthday"),
        ("张总生日：8月15日", "张总", "birthday"),
        ("李伟5月5日过生日", "李伟", "birthday"),
        ("华为会员日是6月18日", "华为", "membership"),
        ("华为的店庆是6月1日", "华为", "day"),
    ],
)
def test_sentences_that_tell_a_day(said: str, of: str, kind: str) -> None:
    found = read(said, month_first=True)
    assert found is not None
    assert (found.of, found.kind) == (of, kind)


@pytest.mark.parametrize(
    "said",
    [
        "Met Li Wei on 5 May",
        "Called Acme, wants a quote by 5 May",
        "Acme's birthday party is 5 May",
        "李伟生日是下周三",
        "5月5日拜访华为",
        "what is Li Wei's birthday?",
    ],
)
def test_sentences_that_tell_something_else(said: str) -> None:
    assert read(said, month_first=True) is None


def test_a_day_can_be_asked_for() -> None:
    assert asks("When is Li Wei's birthday?") == ("Li Wei", "birthday")
    assert asks("李伟的生日是哪天？") == ("李伟", "birthday")


def test_the_owner_is_told_on_the_last_working_day_before() -> None:
    weekdays = [date(2026, 3, 2) + timedelta(days=n) for n in range(28) if n % 7 < 5]
    works = weekdays.__contains__
    assert tell_on(date(2026, 3, 11), works) == date(2026, 3, 10)
    assert tell_on(date(2026, 3, 9), works) == date(2026, 3, 6)
    assert list(coming(date(2026, 3, 6), works)) == [date(2026, 3, d) for d in (6, 7, 8, 9)]


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.sets(st.integers(0, 6), min_size=1))
def test_every_day_is_told_of_before_it_comes(day: date, working: set[int]) -> None:
    """Whatever days a firm works: on the day when it is told of, it is among those that are told."""

    def works(one: date) -> bool:
        return one.weekday() in working

    told = tell_on(day, works)
    assert told < day
    assert day in list(coming(told, works))


def test_who_does_not_answer_is_left_in_peace_for_longer_and_longer() -> None:
    assert rests_until(2, NOON) is None
    assert rests_until(3, NOON) == NOON + timedelta(days=30)
    assert rests_until(6, NOON) == NOON + timedelta(days=90)
    assert rests_until(20, NOON) == NOON + timedelta(days=180)
