"""Who gets a request, how long somebody is away, and what a rule is about."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.routing.away import Away, away_in, nothing_else, says_away, says_back
from flows.routing.conditions import Misread, to_cel
from flows.routing.rules import Choice, Person, Wish, choose
from flows.understanding import Context, Time, read_time

NOW = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
ZH = frozenset({"zh"})


def read(words: str) -> Time | None:
    return read_time(words, Context(now=NOW, country="CN", language="en"))


@pytest.mark.parametrize(
    ("wish", "people", "expected"),
    [
        (Wish(), [], None),
        (Wish(), [Person(1, here=False)], None),
        (Wish(), [Person(1, load=2, limit=2)], None),
        (Wish(), [Person(1, load=2), Person(2, load=1)], Choice(2, "load")),
        (Wish(), [Person(1, last=5), Person(2, last=4)], Choice(2, "load")),
        (Wish(), [Person(1, role="manager")], Choice(1, "load")),
        (Wish(), [Person(1, role="manager"), Person(2, here=False)], None),
        (Wish(owner=1), [Person(1, load=9), Person(2)], Choice(1, "owner")),
        (Wish(owner=1, deputy=2), [Person(1, here=False), Person(2, load=5), Person(3)], Choice(2, "deputy")),
        (Wish(owner=1, ruled=(2, 3)), [Person(1), Person(2, load=1), Person(3)], Choice(3, "rule")),
        (Wish(owner=1, ruled=(2,)), [Person(1), Person(2, here=False)], Choice(1, "owner")),
        (Wish(needs=ZH), [Person(1), Person(2, load=4, skills=ZH)], Choice(2, "skill")),
        (Wish(vip=True, owner=1), [Person(1), Person(2, senior=True)], Choice(2, "vip")),
        (Wish(vip=True, owner=1), [Person(1), Person(2, role="manager")], Choice(1, "owner")),
        (Wish(vip=True), [Person(1), Person(2, role="manager")], Choice(2, "vip")),
    ],
)
def test_who_gets_it(wish: Wish, people: list[Person], expected: Choice | None) -> None:
    assert choose(wish, {person.id: person for person in people}) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("until Friday", Away(None, date(2026, 3, 6))),
        ("到周五", Away(None, date(2026, 3, 7))),
        ("today", Away(None, date(2026, 3, 3))),
        ("tomorrow", Away(date(2026, 3, 3), date(2026, 3, 4))),
        ("from Wed to Fri", Away(date(2026, 3, 4), date(2026, 3, 7))),
        ("下周", Away(date(2026, 3, 9), date(2026, 3, 16))),
        ("for 2 days", Away(None, date(2026, 3, 4))),
        ("2 hours", Away(None, datetime(2026, 3, 2, 12, tzinfo=NOW.tzinfo))),
        ("back on Monday", Away(None, date(2026, 3, 9))),
        ("", None),
        ("yesterday 9:00", None),
        ("whenever", None),
    ],
)
def test_how_long_somebody_is_away(said: str, expected: Away | None) -> None:
    assert away_in(said, NOW, read) == expected


@pytest.mark.parametrize(
    ("said", "away"),
    [
        ("I'm off until Friday", True),
        ("I am sick today", True),
        ("我今天请假", True),
        ("明天到周五请假", True),
        ("我不在，下午回来", True),
        ("I am off to see Acme tomorrow", False),
        ("I'm out of milk", False),
        ("客户请假了", False),
        ("今天下午外出拜访华为", False),
        ("I'm away from the plan", False),
    ],
)
def test_leave_is_told_from_other_sentences(said: str, *, away: bool) -> None:
    rest = says_away(said)
    assert (rest is not None and nothing_else(rest, read)) is away


def test_back_again() -> None:
    assert all(says_back(said) for said in ("I'm back", "back", "我回来了", "销假"))
    assert not any(says_back(said) for said in ("back to Acme", "我回来再说", "call back"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("faults", 'kind == "fault"'),
        ("故障类", 'kind == "fault"'),
        ("urgent fault tier A", 'priority == "urgent" && kind == "fault" && tier == "A"'),
        ("投诉 VIP", 'kind == "complaint" && vip'),
        ("urgent, high", 'priority in ["urgent", "high"]'),
        ("含发票", 'words.contains("发票")'),
        ("#auto", '"auto" in tags'),
        ('kind == "fault" && value > 1000', 'kind == "fault" && value > 1000'),
    ],
)
def test_conditions(said: str, expected: str) -> None:
    assert to_cel(said) == expected


@pytest.mark.parametrize("said", ["zork", 'kind == "fault" && zork > 1', "kind =="])
def test_what_is_no_condition(said: str) -> None:
    with pytest.raises(Misread):
        to_cel(said)
