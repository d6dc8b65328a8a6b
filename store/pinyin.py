"""Names in pinyin without tones: word by word, and with a surname's own reading where it differs."""

from __future__ import annotations

import re
from functools import lru_cache

_PAIRS = (
    "单shan 仇qiu 曾zeng 解xie 查zha 朴piao 区ou 盖ge 乐yue 翟zhai 员yun 缪miao 覃qin 召shao 种chong 繁po 秘bi 折she "
    "黑he 祭zhai 隗wei 郇xun 阚kan 佴nai 洗xian 卜bu 薄bo 句gou 会gui 能nai 藏zang 都du 适kuo 颉xie 蔚yu 乜nie 么yao "
    "粘nian 重chong 参shen 贠yun 长chang"
)
SURNAMES = {pair[0]: pair[1:] for pair in _PAIRS.split()}
"""Where the character alone is read in another way (单 is shan as a surname, dan elsewhere)."""

_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+|[^\W\d_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PERSON = range(2, 5)
"""Characters of a Chinese person's name."""


def is_chinese(text: str) -> bool:
    """Whether it has a Chinese character."""
    return _CHINESE.search(text) is not None


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a normalised name; a second time with the surname's reading where that may be meant."""
    usual = _syllables(name)
    if len(name) in _PERSON and (surname := SURNAMES.get(name[0])) and usual and usual[0] != surname:
        return usual, (surname, *usual[1:])
    return (usual,)


@lru_cache(maxsize=4096)
def _syllables(name: str) -> tuple[str, ...]:
    words = _WORD.findall(name)
    if not is_chinese(name):
        return tuple(words)
    from pypinyin.contrib.mmseg import seg

    out: list[str] = []
    for word in words:
        if is_chinese(word):
            for part in seg.cut(word):
                out += _read(part)
        else:
            out.append(word)
    return tuple(out)


@lru_cache(maxsize=65_536)
def _read(part: str) -> tuple[str, ...]:
    """A word that is read as a whole; names are made of few of them, so that each is looked up once."""
    from pypinyin import lazy_pinyin

    return tuple(syllable for syllable in lazy_pinyin(part) if syllable)
