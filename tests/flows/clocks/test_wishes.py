"""Working hours told in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from flows.clocks.reading import Misread
from flows.clocks.wishes import asked, days_told, told

TODAY = date(2026, 3, 2)
NINE, TEN, NOON, ONE, TWO, FIVE, SIX = 540, 600, 720, 780, 840, 1020, 1080
USUAL = ((NINE, SIX),)
WEEK = {**dict.fromkeys("12345", USUAL), "6": (), "7": ()}


def _dated(words: str) -> str:
    return words.replace("tomorrow", "2026-03-03").replace("明天", "2026-03-03")


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("we open at 10 on weekdays", dict.fromkeys("12345", ((TEN, SIX),))),
        ("we open at 10 on saturdays", {"6": ((TEN, SIX),)}),
        ("we close at 5 on fridays", {"5": ((NINE, FIVE),)}),
        ("closed on wednesdays", {"3": ()}),
        ("we don't work on fridays", {"5": ()}),
        ("we are closed tomorrow", {"2026-03-03": ()}),
        ("we are closed 24 december because of the holidays", {"2026-12-24": ()}),
        ("we're on holiday from 5 to 6 oct", {"2026-10-05": (), "2026-10-06": ()}),
        ("we are open on saturday 10 to 2", {"6": ((TEN, TWO),)}),
        ("lunch break from 12 to 1", dict.fromkeys("12345", ((NINE, NOON), (ONE, SIX)))),
        ("周末不上班", {}),
        ("周六也上班，10点到下午2点", {"6": ((TEN, TWO),)}),
        ("我们早上10点上班，晚上6点下班", dict.fromkeys("12345", ((TEN, SIX),))),
        ("我们周五5点下班", {"5": ((NINE, FIVE),)}),
        ("中午12点到1点休息", dict.fromkeys("12345", ((NINE, NOON), (ONE, SIX)))),
        ("明天放假", {"2026-03-03": ()}),
        ("closed for 2 days starting tomorrow", {"2026-03-03": (), "2026-03-04": ()}),
        ("明天起放假2天", {"2026-03-03": (), "2026-03-04": ()}),
        ("国庆10月1号到2号休息", {"2026-10-01": (), "2026-10-02": ()}),
    ],
)
def test_what_a_sentence_changes(said: str, changed: object) -> None:
    assert told(said)

    found = days_told(said, TODAY, WEEK, _dated)

    assert {day: blocks for day, blocks in found.items() if WEEK.get(day) != blocks} == changed


def test_a_whole_week_names_every_day_that_is_worked() -> None:
    assert set(days_told("we work monday to thursday", TODAY, WEEK, _dated)) == {"1", "2", "3", "4"}


@pytest.mark.parametrize(
    "said", ["we are open to suggestions", "we work with Acme on mondays", "明天他们休息", "we are closed, tell Acme"]
)
def test_a_sentence_about_something_else_is_not_read(said: str) -> None:
    if told(said):
        with pytest.raises(Misread):
            days_told(said, TODAY, WEEK, _dated)


@pytest.mark.parametrize(
    "said", ["closed the deal with Acme", "closed", "Acme is closed on Monday", "called Acme at 9"]
)
def test_whose_hours_are_not_ours(said: str) -> None:
    assert not told(said)


@pytest.mark.parametrize("said", ["when are we open?", "what are our hours", "我们几点上班", "are we open tomorrow?"])
def test_who_asks_about_the_hours(said: str) -> None:
    assert asked(said)
    assert not asked("when do we meet Acme?")
