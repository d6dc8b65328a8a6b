# ruff: noqa: E501 -- a rule is one line
"""Blanks that stand for commas, as people type Chinese on a phone: 货收到了 少了两箱 让尽快补发."""

import re
from typing import Final

from flows.understanding.lazily import lazy

_BLANK: Final = lazy(
    r"(?<=[a-z\d\u4e00-\u9fff][\u4e00-\u9fff]{2}) (?=[\u4e00-\u9fff]{2}|\d)|(?<=[了吧哈啦呢]) (?=[\u4e00-\u9fffa-z\d])|(?<=[\d%]) (?=月[底初末])|(?<=[a-z]) (?=[我他她]们?(?:说|[今明后下]))|(?<=\d[号日]) (?=[\u4e00-\u9fff]{3})|(?<=[\u4e00-\u9fff][\d一二三四五六七八九十]点) (?=[\u4e00-\u9fff]{3})|(?<=[\u4e00-\u9fff]ok) (?=[\u4e00-\u9fff]{2})"
    r"|(?<=[\d%]) (?![个台套万亿元块点号月日年天周人件箱吨辆份张只片支瓶盒家名位条折次平米组批颗间户车桶袋斤根千百十多左几到至起以折分成楼期日和与或])(?=[\u4e00-\u9fff]{2})"
)
_ONE_TIME: Final = lazy(
    r"(?:[今明后昨前]天|[周期拜][一二三四五六日天末]|[号日月年]|[上下]午|早上|晚上|傍晚|中午|早|晚|每[天周月年]) (?:[上下]午|早|晚|傍晚|中午|凌晨|\d{1,2}(?:[点:号日月]| ?[ap]m)|[一二两三四五六七八九十]{1,3}[点号月]|前|之前|以前|后|之后|周[一二三四五六日天末])"
)
"""下周三 下午3点 is one time."""


def as_commas(low: str) -> str:
    """The line, of the same length, with a comma for each blank between two statements."""
    return _BLANK.sub(_comma, low) if " " in low else low


def _comma(blank: re.Match[str]) -> str:
    place = blank.start()
    return " " if _ONE_TIME.search(blank.string[max(0, place - 4) : place + 6]) else "，"
