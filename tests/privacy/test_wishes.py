"""What customers say who want to know, or to have deleted, what is kept of them: pure."""

from __future__ import annotations

import pytest

from flows.privacy.rules import asks_what_is_kept, wants_to_go


@pytest.mark.parametrize(
    "said",
    [
        "What data do you have on me?",
        "which information do you keep about us",
        "what do you know about me",
        "tell me what do you store about me",
        "你们都有我的什么资料",
        "你们存了我哪些信息？",
        "请问你们保存了我的哪些数据",
        "查看我的资料",
    ],
)
def test_what_is_kept_is_asked(said: str) -> None:
    assert asks_what_is_kept(said)


@pytest.mark.parametrize(
    "said",
    [
        "what data sheets do you have for the X200",
        "what do you have in stock",
        "你们有什么资料可以发给我",
        "我的资料寄到了吗",
    ],
)
def test_other_questions_are_for_a_person(said: str) -> None:
    assert not asks_what_is_kept(said)


@pytest.mark.parametrize("said", ["忘记我", "把我忘了吧", "请删除我的资料", "forget me"])
def test_to_be_forgotten(said: str) -> None:
    assert wants_to_go(said)


@pytest.mark.parametrize("said", ["你们忘了我的订单", "忘记我上次说的了吗"])
def test_what_was_forgotten_is_something_else(said: str) -> None:
    assert not wants_to_go(said)
