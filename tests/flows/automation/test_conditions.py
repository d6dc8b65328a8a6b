"""Conditions of rules as people write them, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from flows.automation.commands import occasion_meant
from flows.automation.conditions import Misread, holds, to_cel
from flows.automation.occasions import OF_CUSTOMERS, OF_TICKETS

NAMES: dict[str, Any] = {**OF_CUSTOMERS, **OF_TICKETS, "amount": 0}


@pytest.mark.parametrize(
    ("words", "cel"),
    [
        ("", ""),
        ("kind=complaint", 'kind == "complaint"'),
        ("类型是投诉 且 等级:a", 'kind == "complaint" && tier == "A"'),
        ("priority: urgent and tier != C", 'priority == "urgent" && tier != "C"'),
        ("amount > 10万", "amount > 100000"),
        ("金额>=1.5k，#vip", 'amount >= 1500 && "vip" in tags'),
        ("tag:east", '"east" in tags'),
        ("words: refund", 'words.contains("refund")'),
        ('kind == "fault" || tier == "A"', 'kind == "fault" || tier == "A"'),
    ],
)
def test_a_condition_is_read(words: str, cel: str) -> None:
    assert to_cel(words, NAMES) == cel


@pytest.mark.parametrize(
    "words", ["colour=red", "kind", "amount > much", "given <= 2", "kind == ", "1 + 1 == 2.0 +", '"x']
)
def test_what_can_not_be_read_is_named(words: str) -> None:
    with pytest.raises(Misread):
        to_cel(words, NAMES)


def test_a_condition_holds_or_not() -> None:
    condition = to_cel("kind=complaint and tier=A", NAMES)
    assert holds(condition, {**NAMES, "kind": "complaint", "tier": "A"})
    assert not holds(condition, {**NAMES, "kind": "complaint", "tier": "B"})
    assert holds("", NAMES)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("an answer late", "ticket.late"),
        ("an angry customer", "ticket.opened"),
        ("a visit", "contact.logged"),
        ("a visit comes in", "contact.logged"),
        ("score is given", "score.given"),
        ("有投诉的时候", "ticket.opened"),
    ],
)
def test_an_occasion_is_told_with_or_without_its_article(words: str, name: str) -> None:
    assert occasion_meant(words)[0].name == name
