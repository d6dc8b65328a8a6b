# ruff: noqa: E501 -- Chinese letters are wide
"""Pictures can be drawn in both languages, and where no font has the characters that is said, not drawn as boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.pictures import fonts
from flows.pictures.charts import Chart, Series, png
from flows.pictures.fitting import columns, fitted
from flows.pictures.paper import Sheet, pdf

SHEET = Sheet(
    "q.pdf", "报价单 1", "北辰工具", "华为", "3月2日", ("项目", "数量", "单价", "小计"), (("水泵", "50", "¥1,200", "¥60,000"),),
    (("合计", "¥60,000"),),
)  # fmt: skip


def test_a_chart_and_a_sheet_in_chinese() -> None:
    try:
        fonts.font_for(["水泵"])
    except fonts.NoFont:
        pytest.skip("no Chinese font on this machine")
    chart = Chart("funnel", "漏斗", ("线索", "赢单"), (Series("", (2, 1), ("2", "1 · 50%")),), "瓶颈")
    assert png(Chart.from_json(chart.as_json())).startswith(b"\x89PNG")
    assert pdf(SHEET).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Bob", "Bob"),
        ("初步接触与需求调研", "初步接触与需求\n调研"),
        ("A very long member name indeed", "A very long\nmember name…"),
        ("中国移动通信集团广东有限公司", "中国移动通信集\n团广东有限公司"),
        ("中国移动通信集团广东有限公司深圳", "中国移动通信集\n团广东有限公司…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschif\nffahrtsgesells…"),
        ("王芳🎉", "王芳"),
        ("", ""),
    ],
)
def test_a_label_has_room(words: str, expected: str) -> None:
    assert fitted(words, 15) == expected
    assert all(columns(line) <= 15 for line in fitted(words, 15).splitlines())


def test_without_a_font_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "PLACES", (str(tmp_path),))
    fonts._files.cache_clear()
    try:
        with pytest.raises(fonts.NoFont):
            pdf(SHEET)
    finally:
        fonts._files.cache_clear()
