"""One spelling for every text, character for character, so that places found in it are places in the original."""

from typing import Final

from flows.understanding.traditional import SIMPLIFIED

_WIDE: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_KEPT: Final = {ord(mark): mark for mark in "，；：！？（）"}
_TABLE: Final[dict[int, str]] = {
    **SIMPLIFIED,
    **_WIDE,
    **_KEPT,
    ord("："): ":",
    ord("～"): "~",
    **{ord(mark): "-" for mark in "–—−‐‑－ー"},
    **{ord(mark): "'" for mark in "’‘ʼ"},
    **{ord(mark): '"' for mark in "“”"},
    **{ord(mark): " " for mark in "　\u00a0\u202f\u2009"},
    ord("〜"): "~",
    **dict(zip(map(ord, "咗俾畀佢嘅喺唔冇嚟睇哋"), "了给给他的在不没来看们", strict=True)),
    ord("仟"): "千",
    ord("佰"): "百",
}


def fold(text: str) -> str:
    """Full-width to half-width and traditional to simplified, keeping the length."""
    return text.translate(_TABLE)


def lower(text: str) -> str:
    """Lower case without the few letters (İ) that would grow and shift every place after them."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character == "〇"
