"""Figures that belong to the sum before them or to the month behind them: 6万8月底前."""

from dataclasses import replace
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.text import Text

_EITHER: Final = lazy(r"(?<=[0-9一二三四五六七八九十]万)(?P<figure>[1-9一二三四五六七八九])(?=月[底末初])")
_FAR: Final = 5
"""A month this far off is not what 月底 means."""


def thousands_or_month(line: Text, now: int) -> tuple[Text, Text]:
    """The line as times and as sums are read in it: the figure is the month's where that month is near."""
    if not line.has_chinese or (found := _EITHER.search(line.low)) is None:
        return line, line
    figure = found["figure"]
    month = int(figure) if figure.isascii() else "一二三四五六七八九".index(figure) + 1
    without = replace(line, low=line.low[: found.start()] + " " + line.low[found.end() :])
    return (line, without) if (month - now) % 12 < _FAR else (without, line)
