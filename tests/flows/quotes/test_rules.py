"""Lines of a quote as people write them; sums are exact to the cent."""

from __future__ import annotations

import pytest

from flows.quotes.rules import read_lines, totals


@pytest.mark.parametrize(
    ("words", "lines", "discount", "total"),
    [
        ("1 JD 6120 @ 58500", [("JD 6120", "1", 5_850_000)], 0, 5_850_000),
        ("10 mm bolts 200 @ 3", [("10 mm bolts", "200", 300)], 0, 60_000),
        ("80k -12%", [("", "1", 8_000_000)], 1200, 7_040_000),
        ("50 x pump 1200; training 3k; -5%", [("pump", "50", 120_000), ("training", "1", 300_000)], 500, 5_985_000),
        ("50台水泵 1200；培训 3000；优惠5%", [("水泵", "50", 120_000), ("培训", "1", 300_000)], 500, 5_985_000),
        ("12万 打9折", [("", "1", 12_000_000)], 1000, 10_800_000),
        ("3 x screw 0.335", [("screw", "3", 33)], 0, 99),
        ("pump 2 x 1,250.50", [("pump", "2", 125_050)], 0, 250_100),
        ("2.5 x day 800", [("day", "2.5", 80_000)], 0, 200_000),
        ("95折 1000", [("", "1", 100_000)], 500, 95_000),
    ],
)
def test_lines_in_words(words: str, lines: list[tuple[str, str, int]], discount: int, total: int) -> None:
    found, off, strange = read_lines(words)
    assert strange == []
    assert [(line.what, f"{line.count.normalize():f}", line.price) for line in found] == lines
    assert off == discount
    assert totals(found, off).total == total


def test_what_can_not_be_read_is_named() -> None:
    found, _off, strange = read_lines("50 x pump 1200; something nice")
    assert strange == ["something nice"]
    assert len(found) == 1


@pytest.mark.parametrize(
    "words",
    [
        "-5 x pump 100",
        "5 x pump -100",
        "0 x pump 100",
        "5 x pump 0",
        "-5台水泵 100",
        "99999999 x pump 999999999999",
        "-150%",
    ],
)
def test_nothing_is_offered_below_zero_or_beyond_all_measure(words: str) -> None:
    found, discount, strange = read_lines(words)
    assert (found, discount, strange) == ([], 0, [words])
