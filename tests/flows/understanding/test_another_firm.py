"""A firm that shares its first word with a known one is another firm, unless the known one's trade is left open."""

import pytest

from flows.understanding import Known, MemoryNames, read
from tests.flows.understanding.people import WEDNESDAY

FILE = MemoryNames(
    [
        Known("customer", key, name, own=True)
        for key, name in enumerate(("天成物流有限公司", "海尔", "Vega Motors", "Orion Ltd"))
    ]
)


@pytest.mark.parametrize(
    "line",
    [
        "今天拜访了天成机电，想要20台样机",
        "去了趟天成软件",
        "met Zoe from Vega Foods, wants a demo",
        "Vega Logistics called about prices",
    ],
)
def test_another_trade_is_another_firm(line: str) -> None:
    assert not [one.id for one in read(line, WEDNESDAY, FILE).companies if one.id is not None]


@pytest.mark.parametrize(
    ("line", "firm"),
    [
        ("今天拜访了天成物流，想要20台样机", 0),
        ("跟天成通了电话", 0),
        ("天成公司要报价", 0),
        ("拜访了海尔电器", 1),
        ("called Vega Motors about prices", 2),
        ("called Vega about foods", 2),
        ("visited Orion Foods", 3),
    ],
)
def test_the_same_firm_in_other_words(line: str, firm: int) -> None:
    assert [one.id for one in read(line, WEDNESDAY, FILE).companies if one.id is not None] == [firm]
