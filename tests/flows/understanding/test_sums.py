"""Sums, counts and telephone numbers in the many ways in which people say them."""

import pytest

from flows.understanding import as_json, money, read
from tests.flows.understanding.test_rules import WEDNESDAY, sums

SUMS = [
    ("two thousand five hundred pounds", ["2500 GBP"]),
    ("a quarter of a million euros", ["250000 EUR"]),
    ("three and a half million dollars", ["3500000 USD"]),
    ("one point two million dollars", ["1200000 USD"]),
    ("three hundred and fifty-two thousand four hundred dollars", ["352400 USD"]),
    ("eight to ten thousand dollars", ["8000-10000 USD"]),
    ("80 pence a unit", ["0.8 GBP"]),
    ("一百零五万", ["1050000 CNY"]),
    ("两千零四十万", ["20400000 CNY"]),
    ("报价八千五", ["8500 CNY"]),
    ("总共三千二百五十", ["3250 CNY"]),
    ("报价三百台", []),
    ("三块五一斤", ["3.5 CNY"]),
    ("三十块五一结清", ["30 CNY"]),
    ("谈到四万二千", ["42000 CNY"]),
    ("一亿三千万", ["130000000 CNY"]),
    ("十万零五百", ["100500 CNY"]),
    ("十三万六千五", ["136500 CNY"]),
    ("七八十万", ["700000-800000 CNY"]),
    ("人民币三万元整", ["30000 CNY"]),
    ("美金五万", ["50000 USD"]),
    ("首付20万5月付清", ["200000 CNY"]),
    ("三十万一年", ["300000 CNY"]),
    ("三万五千台", []),
    ("押金六千", ["6000 CNY"]),
    ("a 10k run", []),
    ("budget: EUR 70-80k", ["70000-80000 EUR"]),
    ("₹ 4,20,000", ["420000 INR"]),
    ("$12 and 40 cents", ["12.4 USD"]),
    ("a couple thousand dollars", ["2000 USD"]),
    ("五千六一套", ["5600 CNY"]),
    ("一万七一台", ["17000 CNY"]),
    ("十九块九包邮", ["19.9 CNY"]),
    ("2.5个亿", ["250000000 CNY"]),
    ("报4千5", ["4500 CNY"]),
    ("七万欧", ["70000 EUR"]),
    ("RMB 6万", ["60000 CNY"]),
    ("十块样板", []),
    ("1万5到2万", ["15000-20000 CNY"]),
    ("about three hundred thousand dollars", ["300000 USD"]),
    ("八毛钱一个", ["0.8 CNY"]),
    ("一毛不拔", []),
]
COUNTS = [
    ("half a dozen pallets", (6, "pallet")),
    ("三百零六台", (306, "台")),
    ("两三台", (3, "台")),
    ("a hundred and fifty desks", (150, "desk")),
    ("预付四成", (40, "%")),
    ("十几台", (13, "台")),
    ("三百多台", (300, "台")),
    ("三万五千台", (35000, "台")),
    ("八十来个人", (80, "个人")),
]


@pytest.mark.parametrize(("said", "meant"), SUMS)
def test_what_sum_is_meant(said: str, meant: list[str]) -> None:
    assert [amount for _, amount in sums(said, money.RULES)] == meant


@pytest.mark.parametrize(("said", "meant"), COUNTS)
def test_how_many_are_meant(said: str, meant: tuple[float, str]) -> None:
    counted = as_json(read(said, WEDNESDAY))["quantities"]
    assert [(one["value"], one["unit"]) for one in counted] == [meant]


def test_a_free_number_of_north_america_is_a_telephone_number() -> None:
    assert [one["text"] for one in as_json(read("1-800-555-0142", WEDNESDAY))["phones"]] == ["1-800-555-0142"]
