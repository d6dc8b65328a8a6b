# ruff: noqa: E501 -- a rule is one line
"""What a quote costs, and how its lines are read: pure; sums are exact, in hundredths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_EACH = {"": 1, "k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, "m": 1_000_000}
_MONEY = (
    r"[¥$€£￥]?\s*(?P<price>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[kmw千万])?\s*(?:元|块|rmb|cny|usd|eur|each|apiece|/\s*\w+)?"
)
_PIECES = "套台个件箱吨把只条根卷米瓶包袋双对块片支盒辆张份桶本"
_UNITS = rf"(?:[{_PIECES}]|平米|公斤|千克|kg|年|月|次|人天|pcs|units?|sets?|days?|hours?|years?|months?)?"
_MEASURES = r"(?:mm|cm|m|inch|in|ft|kw|kva|hp|v|w|t|l|ml|g|kg|bar)\b"
_EACH_ONE = rf"(?:钱)?\s*(?:[每一/][{_PIECES}])?"
_LINES = (
    re.compile(
        rf"^(?P<n>\d+(?:\.\d+)?)\s*{_UNITS}\s*(?:x|×|\*)\s*(?P<what>.+?)\s*(?:@|at|a|,|，|:|：|单价)?\s*{_MONEY}$", re.I
    ),
    re.compile(
        rf"^(?P<n>\d{{1,3}})\s*{_UNITS}\s+(?!{_MEASURES})(?P<what>[^\W\d].*?\s\S*\d)\s*(?:@|at)\s*{_MONEY}$", re.I
    ),
    re.compile(rf"^(?P<what>.+?)\s*(?P<n>\d+(?:\.\d+)?)\s*{_UNITS}\s*(?:x|×|\*|@|at|单价)\s*{_MONEY}$", re.I),
    re.compile(rf"^(?P<n>\d+(?:\.\d+)?)\s*{_UNITS}\s+(?P<what>[^\d].+?)\s*(?:@|at|each|单价)\s*{_MONEY}$", re.I),
    re.compile(rf"^(?P<n>\d+(?:\.\d+)?)[{_PIECES}](?P<what>[^\d].*?)\s*(?:每.|单价)?\s*{_MONEY}{_EACH_ONE}$", re.I),
    re.compile(
        rf"^(?P<what>[^\d].*?)[ ,，]*(?P<n>\d+(?:\.\d+)?)[{_PIECES}][ ,，]*(?:[每一][{_PIECES}]|单价)?\s*{_MONEY}{_EACH_ONE}$",
        re.I,
    ),
    re.compile(rf"^(?P<n>\d+(?:\.\d+)?)[{_PIECES}][ ,，]*(?:[每一/][{_PIECES}]|单价)\s*{_MONEY}$", re.I),
    re.compile(rf"^(?P<what>.*?[^\d\s].*?)\s+{_MONEY}$", re.I),
    re.compile(rf"^{_MONEY}$", re.I),
)
_OFF = re.compile(
    r"(?:-|−|–|minus|less|discount|折扣|优惠|减)\s*(?P<off>\d{1,2}(?:\.\d{1,2})?)\s*[%％]|(?P<off2>\d{1,2}(?:\.\d{1,2})?)\s*[%％]\s*(?:off|discount|折扣|优惠)",
    re.I,
)
_TENTHS = re.compile(r"(\d)块(\d)(?!\d)")
"""12块4 is 12.4."""
_ONLY_UNIT = re.compile(r"(?:pcs|pieces?|units?|sets?)\.?", re.I)
"""What is counted was not said."""
_ZH_OFF = re.compile(r"(?:打)?\s*(?P<zhe>\d(?:\.\d|\d)?)\s*折")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what, how many, and the price of one in hundredths."""

    what: str
    count: Decimal
    price: int

    @property
    def sum(self) -> int:
        """In hundredths, rounded once."""
        return int((self.count * self.price).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def as_json(self) -> list[object]:
        return [self.what, str(self.count.normalize()), self.price]


@dataclass(frozen=True, slots=True)
class Totals:
    """In hundredths of the currency."""

    whole: int
    off: int
    total: int


def totals(lines: Sequence[Line], discount: int) -> Totals:
    """The sum, what the discount (hundredths of a percent) takes off, and what is left."""
    whole = sum(line.sum for line in lines)
    off = int((Decimal(whole) * discount / 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Totals(whole, off, whole - off)


def read_lines(words: str) -> tuple[list[Line], int, list[str]]:
    """Lines, the discount in hundredths of a percent, and what could not be read."""
    words, discount = _discount(_TENTHS.sub(r"\1.\2", words))
    found: list[Line] = []
    strange: list[str] = []
    for piece in re.split(r"[;；\n]+|[,，](?=\s*\d+\s*(?:x|×|\*|套|台|个|件))", words):
        piece = piece.strip(" ,，。.")
        if not piece:
            continue
        line = _line(piece)
        if line is None:
            strange.append(piece)
        else:
            found.append(line)
    return found, discount, strange


def _discount(words: str) -> tuple[str, int]:
    if match := _OFF.search(words):
        off = Decimal(match["off"] or match["off2"])
        return words[: match.start()] + " " + words[match.end() :], int(off * 100)
    if match := _ZH_OFF.search(words):
        kept = Decimal(match["zhe"]) * (10 if "." in match["zhe"] or len(match["zhe"]) == 1 else 1)
        return words[: match.start()] + " " + words[match.end() :], int((100 - kept) * 100)
    return words, 0


_BELOW = re.compile(r"(?:^|\s|[x×*@])[-−–]\s*[¥$€£￥]?\d")
"""Nothing is offered less than none of, or for less than nothing."""
_COUNTED = re.compile(rf"\d+(?:\.\d+)?\s*(?:x|×|\*|{_UNITS[3:-2]})", re.I)


def _line(piece: str) -> Line | None:
    if _BELOW.search(piece):
        return None
    for pattern in _LINES:
        if match := pattern.match(piece):
            parts = match.groupdict()
            try:
                price = Decimal(parts["price"].replace(",", "")) * _EACH[(parts["unit"] or "").lower()] * 100
                count = Decimal(parts.get("n") or 1)
            except InvalidOperation:
                continue
            if "n" not in parts and _COUNTED.match(parts.get("what") or ""):
                return None
            if 0 < price < 10**14 and 0 < count < 10**7:
                what = (parts.get("what") or "").strip(" ,，:：@")[:120]
                return Line("" if _ONLY_UNIT.fullmatch(what) else what, count, int(price))
    return None


def lines_of(kept: Sequence[Sequence[object]]) -> list[Line]:
    """The lines as the row keeps them."""
    return [Line(str(what), Decimal(str(count)), int(str(price))) for what, count, price in kept]
