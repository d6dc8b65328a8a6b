"""A rule shows its condition in the reader's words, whatever language it is kept in."""

from datetime import UTC, datetime

import pytest

from bot.core.text import plain
from flows.automation.conditions import to_cel
from flows.automation.occasions import OF_CUSTOMERS, OF_TICKETS
from flows.conditions import condition_said
from flows.words import Words

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        (
            "kind=complaint and priority=urgent",
            "kind = complaint and priority = urgent",
            "类型 = 投诉 且 优先级 = 紧急",
        ),
        ("words:leak", "what is said with “leak”", "内容包含“leak”"),
        ("#vip", "#vip", "#vip"),
        ("stage=warning", "stage = churn warning", "阶段 = 流失预警"),
        ("value>=10万", "value in a year ≥ 100,000", "年采购额 ≥ 100,000"),
        ("tier:A, place=Graz", "tier = A and place = Graz", "级别 = A 且 地区 = Graz"),
    ],
)
def test_a_condition_is_said(written: str, english: str, chinese: str) -> None:
    condition = to_cel(written, {**OF_CUSTOMERS, **OF_TICKETS})
    shown = condition_said(condition)
    assert plain(shown.resolve(Words("en", "UTC", NOW))) == english
    assert plain(shown.resolve(Words("zh", "UTC", NOW))) == chinese
