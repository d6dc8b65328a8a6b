"""Whether a customer asks when we are there."""

from __future__ import annotations

import pytest

from flows.reception.opening import asks_when_open


@pytest.mark.parametrize(
    "said",
    [
        "When are you open?",
        "what time do you close today",
        "what are your opening hours",
        "opening hours please",
        "are you open on Saturday?",
        "Hi, do you work on weekends?",
        "is your shop open tomorrow",
        "你们几点上班",
        "请问你们周末上班吗？",
        "营业时间是几点到几点",
        "明天有人吗",
    ],
)
def test_the_hours_are_asked_for(said: str) -> None:
    assert asks_when_open(said)


@pytest.mark.parametrize(
    "said",
    [
        "when do you open the new shop",
        "when do you start work on my machine",
        "are you open to a discount?",
        "what time will you be here",
        "the door does not open",
        "is the valve open or closed",
        "你们几点到我们这里",
        "机器不工作了",
        "你们上班的师傅把门弄坏了",
        "机器几点开始工作",
    ],
)
def test_something_else_is_asked(said: str) -> None:
    assert not asks_when_open(said)
