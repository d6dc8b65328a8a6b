"""A number or a day in a few words, as people answer: hedged, in figures, in numerals, in English or Chinese. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from flows.understanding import Context, read_time
from flows.understanding.numerals import chinese

BRIEF = 24
"""What is longer than this has more in it than a number or a day."""
FIGURES = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = re.compile(rf"-?\d[\d,]*(?:\.\d+)?[万千百]?|[{FIGURES}]+")
_TAILS = ("分", "份", "星", "points", "point", "stars", "star", "颗", "吧", "左右")
_HEDGES = re.compile(
    r"^(?:maybe|perhaps|about|around|probably|roughly|i think|i would say|i(?:'?d|'?ll)? (?:say|give)(?: you| it)?"
    r"|well,?|hmm+,?|um+,?|okay,?|ok[,.]? (?=\w)|it'?s|a solid|only|so,? (?=\w)|a (?=\w)"
    r"|嗯+[,，]?|呃|所以|那就|那|大概|差不多|可能|应该|也就|最多|就|我?[给打]个?|只有)\s*"
    r"|\s*(?:i guess|i think|i suppose|i'?d say|maybe|probably|or so|please|from (?:me|us)|thanks|thank you|thx)$"
    r"|\s*(?:的样子|吧|呢|啊|哦|哈|嘛|了)$"
)
_STARS = re.compile(r"^(?:[⭐★🌟]\ufe0f?\s*)+$")
_KEYCAPS = str.maketrans({"\ufe0f": "", "\u20e3": "", "🔟": "10"})
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾两俩", "一二三四五六七八九十二二")
"""Numerals as they stand on bills, which some keyboards write."""
_WORDS: Mapping[str, int] = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}


def number_of(said: str) -> int | None:
    """A whole number in digits, Chinese numerals or English words, with "分", "星", "I guess" or "/10" around it."""
    if _STARS.match(said.strip()):
        return sum(mark in "⭐★🌟" for mark in said)
    word = unhedged(said).split("/")[0].strip()
    for tail in (*_TAILS, *_TAILS):
        word = word.removesuffix(tail).strip()
    if word.removeprefix("-").isdecimal() and len(word) < 10:
        return int(word)
    if (known := _slip(word)) is not None:
        return known
    return _figures(word.translate(_FORMAL))


def _slip(word: str) -> int | None:
    """A number in English, also with a letter doubled or two changed about: "fourr", "eigth"; "nice" is none."""
    if word in _WORDS or len(word) < 4:
        return _WORDS.get(word)
    plain = _DOUBLED.sub(r"\1", word)
    found = [
        n
        for name, n in _WORDS.items()
        if plain == _DOUBLED.sub(r"\1", name) or (word[0] == name[0] and sorted(word) == sorted(name))
    ]
    return found[0] if found else None


_DOUBLED = re.compile(r"(.)\1+")


def unhedged(said: str) -> str:
    """Without "maybe", "I guess", "大概 … 吧" around it."""
    word, before = normal(said.translate(_KEYCAPS)), None
    while word != before:
        word, before = _HEDGES.sub("", word).strip(), word
    return word


def amount_of(said: str) -> int | float | None:
    """The one number in a few words: "about 30 people", "1,200", "3.5", "三十个"."""
    word = normal(said)
    if (whole := number_of(word)) is not None:
        return whole
    found = _NUMBER.findall(word)
    if len(found) != 1 or len(word) > BRIEF or "?" in word:
        return None
    return _as_number(found[0].replace(",", ""))


def day_of(said: str, today: date | None) -> str | None:
    """The one day in a few words, as it is kept: "next Friday", "3月9日", "2026-03-09"."""
    word = normal(said)
    start = today or datetime.now(UTC).date()
    found = read_time(said, Context(now=datetime.combine(start, time(9), UTC)), "any") if word else None
    if found is None or len(word) > BRIEF or "?" in word or "？" in said:
        return None
    return (found.start.date() if isinstance(found.start, datetime) else found.start).isoformat()


def normal(said: str) -> str:
    """As answers are compared: width, case, spaces and closing punctuation do not count."""
    return " ".join(unicodedata.normalize("NFKC", said).casefold().split()).strip(" .!。！,，")


def _figures(word: str) -> int | None:
    if not word or any(mark not in FIGURES for mark in word):
        return None
    if re.fullmatch("[一二三四五六七八九]{2}", word):
        return None  # "八九" is eight or nine, not 89
    value = chinese(word)
    return int(value) if value is not None and value == int(value) else None


def _as_number(text: str) -> int | float | None:
    value = chinese(text) if text[-1] in FIGURES else float(text)
    return None if value is None else int(value) if value == int(value) else value
