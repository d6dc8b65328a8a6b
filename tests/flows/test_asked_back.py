"""Which questions look back, and which corrections name what they correct."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flows.activities.past import _MET, _SOLD
from flows.activities.smalltalk import talk_of
from flows.care.sentences import within
from flows.reminders.moving import is_hour
from flows.spoken.again import _WAS_THEN, _put_right
from flows.steps import Step, answer_and_why
from flows.understanding import Context, read

NOW = Context(now=datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai")), country="CN", language="en")


@pytest.mark.parametrize(
    ("line", "whom", "sold"),
    [
        ("which customers did we meet last month", True, False),
        ("who did I call this week?", True, False),
        ("上个月我们见了哪些客户", True, False),
        ("这周拜访了谁", True, False),
        ("上周跟谁开了会", True, False),
        ("how much did we sell this month?", False, True),
        ("这个月卖了多少", False, True),
        ("上个季度签了几单", False, True),
        ("who did we not talk to for a month?", False, False),
        ("哪些客户一个月没联系了", False, False),
        ("拜访了几家客户", False, False),
        ("what is on tomorrow?", False, False),
    ],
)
def test_what_is_asked_of_the_past(line: str, whom: bool, sold: bool) -> None:
    assert (_MET.search(line) is not None, _SOLD.search(line) is not None) == (whom, sold)


@pytest.mark.parametrize("line", ["who havent we talked to this month", "这个月还没联系的客户", "半年没拜访过的老客户"])
def test_a_question_without_its_marks(line: str) -> None:
    assert read(line, NOW).question


@pytest.mark.parametrize(
    ("line", "corrects"),
    [
        ("the visit to Harbour was yesterday not today", True),
        ("Our meeting with Acme was on Monday.", True),
        ("鼎盛那次拜访是昨天的", True),
        ("跟百味轩的会其实是周一下午开的", True),
        ("the meeting with Acme was great, they want a quote", False),
        ("the visit to Acme was yesterday and they want to see the new pump", False),
        ("鼎盛的电话是 139 0013 9000", False),
        ("鼎盛那次拜访聊得不错", False),
    ],
)
def test_a_log_that_is_named_to_say_when_it_was(line: str, corrects: bool) -> None:
    assert (_WAS_THEN.match(line) is not None) is corrects


def test_actually_corrects_a_day_and_nothing_longer() -> None:
    assert _put_right("actually friday") == "friday"
    assert _put_right("actually call Acme") == ""


def test_an_hour_is_no_day() -> None:
    assert all(map(is_hour, ("4pm", "at 16:30", "四点", "下午四点半")))
    assert not any(map(is_hour, ("Friday 4pm", "周五四点", "tomorrow")))


@pytest.mark.parametrize("line", ["这个怎么用啊", "这是干嘛用的？", "what is this for?"])
def test_somebody_wants_to_be_shown_around(line: str) -> None:
    assert talk_of(line) == "help"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("2 because the engineer was late", "2"),
        ("3, delivery took ages", "3"),
        ("四分吧，就是送货慢了点", "四分吧"),
        ("2分 因为师傅迟到了", "2分"),
        ("5 pumps are broken", None),
        ("1, 2 and 3 are leaking", None),
        ("2, when does the engineer come?", None),
        ("9, too much to say", None),
        ("late, and rude", None),
    ],
)
def test_a_score_and_why(line: str, answer: str | None) -> None:
    found = answer_and_why(Step("score", "csat", {"en": "How was it?"}), line)
    assert (found[0] if found else None) == answer


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Li Wei's wife is called Mei", "note"),
        ("the product is called Blue Harbour", "note"),
        ("Acme called, they want a quote", "call"),
        ("he's called twice today", "call"),
    ],
)
def test_a_name_is_no_call(line: str, kind: str) -> None:
    activity = read(line, NOW).activity
    assert (activity.kind if activity else "note") == kind


@pytest.mark.parametrize(
    ("line", "of"),
    [
        ("called Li Wei, his birthday is 3 May", "his"),
        ("刚给百味轩打了电话，李伟生日是五月三号", "李伟"),
        ("Li Wei's birthday is 3 May", None),
        ("called Acme, they want a quote by 3 May", None),
    ],
)
def test_a_day_told_in_passing(line: str, of: str | None) -> None:
    found = within(line, month_first=False)
    assert (found[0].of if found else None) == of
