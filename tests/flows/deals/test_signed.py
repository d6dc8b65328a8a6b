"""Which lines say that a customer has signed, and which only speak of it."""

from __future__ import annotations

import pytest

from flows.activities.questions import asked
from flows.deals.offering import is_signed


@pytest.mark.parametrize(
    "line",
    [
        "Acme signed! 45k",
        "Good news: Globex signed the contract this morning",
        "Closed the Acme deal, 120k",
        "We won the tender at Globex",
        "contract signed with Acme",
        "They did not like the price at first, but they signed",
        "鼎盛签了，45万",
        "鼎盛的合同签下来了",
        "终于把鼎盛拿下了",
        "和鼎盛签约成功",
        "之前没谈拢，今天签了",
    ],
)
def test_signed(line: str) -> None:
    assert is_signed(line)


@pytest.mark.parametrize(
    "line",
    [
        "Acme has not signed yet",
        "Acme hasn't signed",
        "Call Acme once they have signed",
        "The contract is to be signed on Friday",
        "Acme wants the contract signed by Friday",
        "Acme signed with another supplier",
        "Acme signed for the parcel",
        "鼎盛还没签",
        "鼎盛没签了合同",
        "鼎盛如果签了就发货",
        "鼎盛跟别人签了",
        "等鼎盛签了再说",
        "下周二去鼎盛签合同",
        "鼎盛签收了样品",
    ],
)
def test_only_spoken_of(line: str) -> None:
    assert not is_signed(line)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("what did Acme buy last month?", "bought"),
        ("how much did Acme spend?", "bought"),
        ("百味轩采购了什么？", "bought"),
        ("百味轩采购什么时候？", "bought"),
        ("百味轩什么时候采购的？", "bought"),
        ("which phone number for Acme's orders?", "phone"),
        ("what is Acme's next order date?", "next"),
        ("next order date of Acme?", "next"),
    ],
)
def test_questions_about_orders(words: str, kind: str) -> None:
    assert asked(words) == kind
