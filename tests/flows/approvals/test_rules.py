"""Conditions as people write them, and who may decide."""

from __future__ import annotations

import pytest

from flows.approvals.rules import Rule, as_cel, digest, may_decide, needed, wrong


@pytest.mark.parametrize(
    ("said", "cel"),
    [
        ("discount > 10%", "discount > 10.0"),
        ("discount>10% and amount > 100k", "discount > 10.0 && amount > 100000.0"),
        ("折扣 > 10% 且 金额 > 5万", "discount > 10.0 && amount > 50000.0"),
        ("amount >= 1.5m or tier = C", 'amount >= 1500000.0 || tier == "C"'),
        ("折扣≥12.5%", "discount >=12.5"),
    ],
)
def test_conditions_in_words(said: str, cel: str) -> None:
    assert as_cel(said).replace(" ", "") == cel.replace(" ", "")
    assert wrong(as_cel(said)) == ""


@pytest.mark.parametrize("said", ["discount >", "colour > 3", "amount", "discount > 'a'"])
def test_a_condition_that_says_nothing_is_refused(said: str) -> None:
    assert wrong(as_cel(said))


def test_of_several_that_hold_the_last_counts() -> None:
    rules = [Rule("discount > 5.0", approver=1), Rule("discount > 20.0", approver=2)]
    assert needed(rules, {"discount": 4.0}) is None
    assert needed(rules, {"discount": 10.0}) == rules[0]
    assert needed(rules, {"discount": 30.0}) == rules[1]


@pytest.mark.parametrize(
    ("member", "role", "approver", "stand_in", "late", "may"),
    [
        (1, "owner", None, None, False, False),
        (2, "manager", None, None, False, True),
        (2, "manager", 3, None, False, False),
        (2, "manager", 3, None, True, True),
        (3, "rep", 3, None, False, True),
        (4, "rep", 3, 4, False, True),
        (5, "rep", None, None, True, False),
        (6, "owner", 3, None, False, True),
    ],
)
def test_who_may_decide(
    member: int, role: str, approver: int | None, stand_in: int | None, late: bool, may: bool
) -> None:
    assert may_decide(member, role, by=1, approver=approver, stand_in=stand_in, open_to_all=late) is may


def test_an_approval_counts_for_exactly_its_content() -> None:
    assert digest({"a": 1, "b": "中"}) == digest({"b": "中", "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
