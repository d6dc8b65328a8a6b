"""Working hours, spans and targets as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from flows.clocks.reading import Misread, hours_in, minutes_in
from flows.clocks.targets import targets_in

TODAY = date(2026, 3, 2)
NINE, NOON, ONE, FIVE, SIX = 540, 720, 780, 1020, 1080
LUNCH = ((NINE, NOON), (ONE, SIX))


@pytest.mark.parametrize(
    ("said", "day", "blocks"),
    [
        ("Mon-Fri 9-12 13-18", "1", LUNCH),
        ("Mon to Fri from 9am to 6pm", "5", ((NINE, SIX),)),
        ("9-12 1-6", "3", LUNCH),
        ("Mon-Fri 9-6", "2", ((NINE, SIX),)),
        ("weekdays 9am-12 1-5pm, sat off", "6", ()),
        ("周一到周五 9:00-12:00 13:00-18:00", "4", LUNCH),
        ("周一至五 9点到12点 下午1点到6点，周六 10-14", "6", ((600, 840),)),
        ("工作日 9点半到18点半", "1", ((570, 1110),)),
        ("周六日休息", "7", ()),
        ("24/7", "7", ((0, 1440),)),
        ("Mon-Sun 22-6", "1", ((1320, 1800),)),
        ("24 Dec off", "2026-12-24", ()),
        ("10月1日到10月7日 休息", "2026-10-05", ()),
        ("2026-12-31 9-12", "2026-12-31", ((NINE, NOON),)),
        ("1月2日 休息", "2027-01-02", ()),
    ],
)
def test_hours(said: str, day: str, blocks: object) -> None:
    assert hours_in(said, TODAY)[day] == blocks


@pytest.mark.parametrize("said", ["soon", "Mon", "9-25", "31 Feb off", "Mon-Fri", "早上好", "9", ""])
def test_what_is_no_hours_is_said_so(said: str) -> None:
    with pytest.raises(Misread):
        hours_in(said, TODAY)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("30m", 30), ("4 h", 240), ("1 hour 30 min", 90), ("2d", 960), ("半小时", 30), ("4个小时", 240), ("soon", None)],
)
def test_spans(said: str, minutes: int | None) -> None:
    found = minutes_in(said)
    assert (found[0] if found else None) == minutes


@pytest.mark.parametrize(
    ("said", "condition", "minutes"),
    [
        ("first 30m", "", {"first": 30}),
        ("15m", "", {"first": 15}),
        ("urgent first 10m solve 4h", 'priority == "urgent"', {"first": 10, "solve": 240}),
        ("tier:A complaint first response 15 min", 'tier == "A" && kind == "complaint"', {"first": 15}),
        ("紧急 首响10分钟 解决4小时", 'priority == "urgent"', {"first": 10, "solve": 240}),
        ("solve off", "", {"solve": None}),
        ("vip 5m", "vip", {"first": 5}),
    ],
)
def test_targets(said: str, condition: str, minutes: dict[str, int | None]) -> None:
    found = targets_in(said)
    assert found is not None
    assert (found.condition, dict(found.minutes)) == (condition, minutes)
