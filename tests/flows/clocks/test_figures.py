"""The desk's figures by hand counts, from what happened and not from how things stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flows.clocks.figures import Answers, First, Phase, answers, by_ticket, path, solved, sparkline, weeks

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_first_answers() -> None:
    firsts = [First(NOW - DAY * n, minutes, minutes <= 30, 1) for n, minutes in ((1, 10), (2, 20), (8, 45), (9, 125))]
    assert answers(firsts) == Answers(4, 32, 50, 50)
    assert answers([]) is None
    assert [one.median if one else None for _start, one in weeks(firsts, NOW, 3)] == [None, 85, 15]


def test_solved_is_counted_where_it_happened() -> None:
    phases = [
        Phase(1, "open", 1, NOW - DAY * 20),
        Phase(1, "solved", 1, NOW - DAY * 19),
        Phase(2, "solved", 1, NOW - DAY * 18),
        Phase(2, "open", 1, NOW - DAY * 12),
        Phase(2, "solved", 1, NOW - DAY * 11),
        Phase(3, "solved", 1, NOW - DAY * 17),
        Phase(3, "open", 1, NOW - DAY * 9),
        Phase(4, "solved", 1, NOW - DAY * 40),
    ]
    assert solved(phases, NOW - DAY * 30, NOW) == {1: True, 2: False, 3: True}


def test_the_way_of_a_ticket() -> None:
    phases = [Phase(1, "open", owner, NOW + DAY * n) for n, owner in enumerate((None, 1, 1, 2, None, 2, 1))]
    assert path(by_ticket(phases)[1]) == [1, 2, 1]


def test_a_line_of_bars() -> None:
    assert sparkline([None, 0, 7, 3]) == "·▁█▄"
    assert sparkline([]) == ""
