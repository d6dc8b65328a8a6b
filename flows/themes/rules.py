"""Which themes a text belongs to: pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

READY: Mapping[str, tuple[str, ...]] = {
    "delivery": (
        *("late", "delay", "deliver", "shipping", "waiting"),
        *("交货", "发货", "送货", "到货", "物流", "迟", "晚到", "延期"),
    ),
    "price": ("price", "expensive", "cost", "discount", "价格", "贵", "费用", "折扣"),
    "quality": ("quality", "broken", "defect", "fault", "leak", "质量", "坏", "故障", "毛病", "漏", "次品"),
    "service": ("service", "support", "rude", "unfriendly", "attitude", "服务", "态度", "售后", "不耐烦"),
    "response": ("reply", "answer", "callback", "respond", "回复", "没人理", "联系不上", "没回", "回电"),
    "product": ("feature", "function", "app", "software", "功能", "软件", "界面", "操作"),
}
"""The themes that a firm starts with."""


def normal(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()


def has(words: str, text: str) -> bool:
    """Latin words where they begin ("deliver" in "delivered"), Chinese ones anywhere."""
    word = normal(words).strip()
    if not word:
        return False
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}", normal(text)) is not None
    return word in normal(text)


def fitting(words: Sequence[str], text: str) -> bool:
    """Whether a text speaks of it."""
    return any(has(word, text) for word in words)
