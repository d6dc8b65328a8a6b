"""Who may give, change or end whose membership."""

from __future__ import annotations

import pytest

from flows.teams.rules import may_change, may_give, role_of_word


@pytest.mark.parametrize(
    ("giver", "role", "expected"),
    [
        ("owner", "owner", True),
        ("manager", "owner", False),
        ("manager", "manager", True),
        ("manager", "viewer", True),
        ("rep", "viewer", False),
        ("viewer", "viewer", False),
    ],
)
def test_who_may_give_which_role(giver: str, role: str, expected: bool) -> None:
    assert may_give(giver, role) is expected


@pytest.mark.parametrize(
    ("by", "of", "expected"),
    [
        ("owner", "owner", True),
        ("manager", "owner", False),
        ("manager", "manager", False),
        ("manager", "rep", True),
        ("rep", "viewer", False),
    ],
)
def test_whose_membership_may_be_changed(by: str, of: str, expected: bool) -> None:
    assert may_change(by, of) is expected


@pytest.mark.parametrize(
    ("said", "role"), [("Manager", "manager"), ("经理", "manager"), ("ｒｅｐ", "rep"), ("销售", "rep"), ("king", None)]
)
def test_roles_are_understood_in_both_languages(said: str, role: str | None) -> None:
    assert role_of_word(said) == role
