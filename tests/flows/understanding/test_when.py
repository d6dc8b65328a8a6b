# ruff: noqa: E501 -- a case is one line
"""When something is meant, in the many ways in which people say it; read on Wednesday 18 November 2026, 10:30 in Shanghai."""

import pytest

from flows.understanding.moods import Moods
from flows.understanding.text import prepare
from flows.understanding.times.reading import read_all
from tests.flows.understanding.test_rules import WEDNESDAY, shown

SEASONS = [
    ("we met them last summer", ["2026-06-01/2026-09-01"]),
    ("opening in the winter", ["2026-12-01/2027-03-01"]),
    ("frozen until fall 2027", ["2027-09-01/2027-12-01"]),
    ("call again in late spring", ["2027-05-01"]),
    ("sales fall in the north", []),
    ("the deal will fall through", []),
    ("the spring catalogue is out", []),
    ("50 springs and 20 bolts", []),
    ("前年秋天签的", ["2024-09-01/2024-12-01"]),
    ("今年夏天装的", ["2026-06-01/2026-09-01"]),
    ("2027年夏季上线", ["2027-06-01/2027-09-01"]),
    ("秋季新品发布", []),
    ("春秋航空", []),
    ("上世纪八十年代的厂", ["1980-01-01/1990-01-01"]),
]


@pytest.mark.parametrize(("said", "meant"), SEASONS)
def test_what_time_is_meant(said: str, meant: list[str]) -> None:
    text = prepare(said)
    assert [shown(one.placed) for one in read_all(text, WEDNESDAY, Moods(text))] == meant
