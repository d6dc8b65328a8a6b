"""What an erased person was called, and how it is found and struck out in other people's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from store.search_keys import digits_of

STRUCK = "***"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LEAST_DIGITS, _TELLING_DIGITS = 7, 9
_BETWEEN = r"[\s().\-/]*"


def telling(name: str, *, least: int = 4) -> bool:
    """Whether a name means one person or firm: "Li" and "王" are anybody's."""
    name = name.strip()
    if _CHINESE.search(name):
        return len(_CHINESE.findall(name)) >= 2
    return (" " in name and len(name) >= 5) or len(name) >= least


def likes(needles: Iterable[str]) -> list[str]:
    """Patterns of SQL that every text with one of them fits; some fit that have none."""
    found = []
    for needle in needles:
        digits = digits_of(needle)
        wanted = digits[-4:] if _is_number(needle) else needle
        found.append("%" + re.sub(r"([\\%_])", r"\\\1", wanted) + "%")
    return sorted(set(found))


def pattern(needles: Iterable[str]) -> re.Pattern[str]:
    """Any of them, as a whole word; a number however it is spaced."""
    parts = [_number(needle) if _is_number(needle) else _word(needle) for needle in needles if needle]
    return re.compile("|".join(sorted(parts, key=len, reverse=True)) or r"(?!)")


def struck(value: Any, found: re.Pattern[str]) -> Any:
    """The value without them, inside lists and dictionaries too."""
    if isinstance(value, str):
        return found.sub(STRUCK, value)
    if isinstance(value, dict):
        return {struck(name, found): struck(item, found) for name, item in value.items()}
    if isinstance(value, Sequence):
        return [struck(item, found) for item in value]
    return value


def _is_number(needle: str) -> bool:
    digits = digits_of(needle)
    return len(digits) >= _LEAST_DIGITS and len(digits) >= len(re.sub(r"[\s+().\-/]", "", needle))


def _number(needle: str) -> str:
    digits = digits_of(needle)[-_TELLING_DIGITS:]
    return rf"(?:\+?\d[\d().\-/ ]{{0,8}})?{_BETWEEN.join(digits)}(?!\d)"


def _word(needle: str) -> str:
    text = re.escape(needle)
    before = r"(?<!\w)" if needle[0].isascii() and needle[0].isalnum() else ""
    after = r"(?!\w)" if needle[-1].isascii() and needle[-1].isalnum() else ""
    return f"(?i:{before}{text}{after})" if " " in needle or "@" in needle else f"{before}{text}{after}"
