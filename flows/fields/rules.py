"""What fits into a field of which kind: pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

KINDS = {
    alias: kind
    for kind, aliases in {
        "text": "text words string 文本 文字",
        "number": "number int 数字 数值",
        "date": "date day 日期",
        "choice": "choice select 选项 单选",
        "money": "money sum amount 金额",
    }.items()
    for alias in aliases.split()
}
_NAME = re.compile(r"[a-z\u3400-\u9fff][\w\u3400-\u9fff]*")
_TIMES = {"": 1, "k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, "m": 1_000_000, "百万": 1_000_000, "亿": 10**8}
_NUMBER = re.compile(
    r"(?:[¥$€]|rmb|usd|eur|cny)?\s*(-?\d[\d,]*(?:\.\d{1,4})?)\s*(k|千|w|万|m|百万|亿)?\s*(?:元|块|rmb|usd|eur|cny)?",
    re.I,
)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
FINE = 10_000
LARGEST = 10**14


@dataclass(frozen=True, slots=True)
class Kept:
    """A value as it is shown, and as it is compared."""

    words: str
    number: int | None = None


def field_name(said: str) -> str | None:
    """The name as filters write it: "Machine model" becomes machine_model; None when nothing is left."""
    folded = unicodedata.normalize("NFKC", said).strip().casefold()
    name = re.sub(r"[^\w\u3400-\u9fff]+", "_", folded).strip("_")[:40]
    return name if _NAME.fullmatch(name) else None


def read_value(kind: str, choices: Sequence[str], said: str) -> Kept | None:
    """The value; None when it does not fit."""
    said = unicodedata.normalize("NFKC", said).strip()
    if not said:
        return None
    if kind == "text":
        return Kept(said[:300])
    if kind == "choice":
        same = [choice for choice in choices if choice.casefold() == said.casefold()]
        begun = [choice for choice in choices if choice.casefold().startswith(said.casefold())]
        found = same or (begun if len(begun) == 1 else [])
        return Kept(found[0]) if found else None
    if kind == "date":
        return _date(said)
    return _number(said)


def _date(said: str) -> Kept | None:
    match = _DATE.fullmatch(said)
    try:
        return Kept(date(*(int(part) for part in match.groups())).isoformat()) if match else None
    except ValueError:
        return None


def _number(said: str) -> Kept | None:
    match = _NUMBER.fullmatch(said)
    if match is None:
        return None
    fine = round(float(match[1].replace(",", "")) * _TIMES[(match[2] or "").lower()] * FINE)
    if abs(fine) > LARGEST:
        return None
    value = fine / FINE
    return Kept(f"{value:,.4f}".rstrip("0").rstrip("."), fine)
