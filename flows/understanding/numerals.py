"""Numbers written in words, in English and in Chinese figures."""

import math
from typing import Final

from flows.understanding.lazily import lazy

_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
_TEENS: Final = ["sixteen", "seventeen", "eighteen", "nineteen"]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES: Final = {"hundred": 100, "thousand": 1_000, "lakh": 100_000, "million": 10**6, "crore": 10**7, "billion": 10**9}
WORDS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_ONES + _TEENS)},
    **{word: 20 + 10 * place for place, word in enumerate(_TENS)},
    "fourty": 40,
}
_IRREGULAR: Final = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
ORDINALS: Final[dict[str, int]] = {
    **_IRREGULAR,
    **{word + "th": value for word, value in WORDS.items() if 4 <= value < 20 and value not in (5, 8, 9, 12)},
    **{word[:-1] + "ieth": value for word, value in WORDS.items() if value >= 20},
}

DIGITS: Final = {d: i for i, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "幺": 1}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_TWENTY: Final = {"廿": "二十", "卅": "三十"}
NUMERAL: Final = frozenset(DIGITS) | frozenset(_SMALL) | frozenset(_LARGE) | frozenset(_TWENTY)
_DECIMAL: Final = lazy(r"[0-9]+(?:\.[0-9]+)?")


def english(words: list[str]) -> list[tuple[int, int, int]]:
    """The numbers in a run of number words, as (value, first word, past the last); "seven thirty" is two numbers."""
    found: list[tuple[int, int, int]] = []
    place = 0
    while place < len(words):
        value, stop = _one(words, place)
        found.append((value, place, stop))
        place = stop
    return found


def _one(words: list[str], place: int) -> tuple[int, int]:
    total, group, last = 0, 0, 10**12
    start = place
    while place < len(words):
        word = words[place]
        if word == "and":
            if place + 1 >= len(words) or last < 100:
                break
            place += 1
            continue
        if word in SCALES:
            scale = SCALES[word]
            if scale == 100:
                group = max(group, 1) * 100
            else:
                total, group = total + max(group, 1) * scale, 0
            last = scale
        else:
            value = WORDS[word]
            if place > start and not (last >= 100 or (last >= 20 and 0 < value < 10)):
                break
            group, last = group + value, value if value else 1
        place += 1
    return total + group, max(place, start + 1)


_PARTS: Final = {"half": 0.5, "quarter": 0.25, "three quarters": 0.75}
_PART: Final = lazy(r"(?:a )?(three quarters|half|quarter)(?: of)?(?: an?)? (million|billion)")


_SOME: Final = lazy(r"^(?:(?:a )?couple(?: of)?|several|a few) ")


def spelt(words: str) -> float | None:
    """An amount in words, of any length: "a hundred and twenty", "two and a half million", "one point five"."""
    if part := _PART.fullmatch(words):
        return _PARTS[part[1]] * SCALES[part[2]]
    plain = (
        _SOME.sub(lambda some: "two " if "couple" in some[0] else "three ", words).replace("-", " ").replace(",", " ")
    )
    whole, half, rest = plain.partition(" and a half")
    whole, point, decimals = (whole, "", "") if half else whole.partition(" point ")
    scales = [word for word in (rest if half else decimals).split() if word in SCALES]
    value = _whole(whole.split())
    if value is None or not (half or point):
        return value
    digits = [WORDS[word] for word in decimals.split() if word in WORDS]
    fraction = 0.5 if half else float("0." + "".join(map(str, digits))) if digits and max(digits) < 10 else None
    return None if fraction is None else (value + fraction) * math.prod(SCALES[word] for word in scales)


def _whole(words: list[str]) -> float | None:
    if not words:
        return None
    first = float(words[0]) if words[0].isdigit() else None
    if first is not None:
        return first * math.prod(SCALES[word] for word in words[1:]) if set(words[1:]) <= SCALES.keys() else None
    words = ["one" if word in ("a", "an") else word for word in words]
    if not set(words) <= WORDS.keys() | SCALES.keys() | {"and"}:
        return None
    found = english(words)
    return float(found[0][0]) if len(found) == 1 else None


def chinese(figures: str) -> float | None:
    """The value of Chinese figures: positional (二零二六), with units (三百五十, 一百五 = 150) or mixed (3千5)."""
    for short, long in _TWENTY.items():
        figures = figures.replace(short, long)
    if figures and all(mark in DIGITS for mark in figures):
        return float("".join(str(DIGITS[mark]) for mark in figures)) if len(figures) < 13 else None
    return _with_units(figures)


def _with_units(figures: str) -> float | None:
    total, group, digit, last, place = 0.0, 0.0, None, 1.0, 0
    zero = False
    while place < len(figures):
        mark = figures[place]
        number = _DECIMAL.match(figures, place)
        if number:
            digit, place = float(number[0]), number.end()
            continue
        place += 1
        if mark in DIGITS:
            if digit and DIGITS[mark] and not zero:
                return None
            zero = zero or DIGITS[mark] == 0
            digit = float(DIGITS[mark]) if not digit or DIGITS[mark] else digit * 10
        elif mark in _SMALL:
            last = float(_SMALL[mark])
            group, digit, zero = group + (1.0 if digit is None else digit) * last, None, False
        elif mark in _LARGE:
            last = float(_LARGE[mark])
            group += digit or 0.0
            total = total + group * last if group else (total or 1.0) * last
            group, digit, zero = 0.0, None, False
        else:
            return None
    if digit is not None:
        group += digit * (last / 10 if last > 10 and not zero else 1)
    return total + group
