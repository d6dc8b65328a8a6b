"""Lines whose card was once wrong in a way that costs trust: each must stay right."""

import pytest

from flows.activities.rules import plan
from flows.activities.sums import the_sum
from flows.understanding import Known, MemoryNames, read
from tests.flows.understanding.cards import card
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY

CARDS = {
    "跑了趟蓝海物流，聊得不错": "visit; lanhai",
    "去拜访了蓝海物流有限公司的孙丽": "visit; lanhai",
    "拜访了凌云的赵敏": "visit; new 凌云",
    "acme -5000 EUR credit": "note; acme",
    "acme 退款-5000元": "note; acme",
    "call acme 31 Dec 9999": "call planned; acme",
    "remind me 5 march 3000 to call acme": "note; acme",
    "3000年1月1日给腾讯打电话": "call planned; tencent",
    "david lee cancelled tomorrow's meeting": "note; wayne",
    "told him id find out by lunch, Globex": "note; globex; us 11-18 12:00",
}


@pytest.mark.parametrize("line", CARDS)
def test_the_card_is_right(line: str) -> None:
    assert card(line) == CARDS[line]


@pytest.mark.parametrize(
    "line",
    [
        "Acme paid 5k, total 20k",
        "20k total, 5k deposit paid, Acme",
        "Acme: 20k total 5k deposit",
        "Acme paid a deposit of 5k. Total 20k",
        "deposit 5k from acme, 20k in total",
        "Acme 5k now, in total it's 20k",
        "Acme paid 5k, all in all 20k",
        "Acme ordered 4 pumps at 5k each, 20k all in",
        "Acme 4 pumps, 5k each, total of 20k",
        "Acme买了4台每台5000，合计2万",
        "Acme付了5000，合计2万",
        "Acme定了，2万总价，先付5000",
    ],
)
def test_the_sum_is_the_total_on_whichever_side_its_word_stands(line: str) -> None:
    sum = the_sum(read(line, WEDNESDAY, CUSTOMERS))
    assert sum is not None
    assert sum.amount == 20_000


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("Remind me on Thursday at noon to chase him", "chase him"),
        ("提醒我周四中午催一下王强", "催一下王强"),
    ],
)
def test_a_reminder_says_only_what_it_is_about(line: str, about: str) -> None:
    assert [one.text for one in plan(read(line, WEDNESDAY, CUSTOMERS), WEDNESDAY.now).reminders] == [about]


def test_a_customer_of_one_letter_is_no_article() -> None:
    names = MemoryNames([Known("customer", 1, "a", own=True)])
    for line in ("A great call with them today", "a new lead", "met a buyer about prices"):
        assert read(line, WEDNESDAY, names).companies == ()
