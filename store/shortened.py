# ruff: noqa: SIM905, E501 -- lists of words read better as words
"""How people shorten a name: a given name, a firm's first word, a Chinese firm without what it makes or is."""

from __future__ import annotations

from typing import Final

from store.pinyin import is_chinese

FIRM_TAILS: Final = tuple(
    "有限责任公司 股份有限公司 技术有限公司 科技有限公司 有限公司 集团公司 公司 集团 科技 技术 银行 电子 机械 物流 医疗 软件 食品 网络 信息 信息技术 "
    "实业 制造 汽车 电器 通讯 通信 重工 能源 建筑 地产 传媒 教育 生物 制药 保险 证券 医院 大学 学院 酒店 智能 数据 材料 化工 服饰 贸易 投资".split()
)
LATIN_TAILS: Final = frozenset(
    "inc inc. corp corp. corporation co co. ltd ltd. llc plc gmbh ag sa company group holdings industries enterprises systems technologies "
    "technology tech labs solutions logistics health healthcare foods traders robotics financial dental partners bank software consulting "
    "services international global media digital energy motors pharma insurance capital studio studios works networks".split()
)


def shortened(name: str, *, person: bool) -> tuple[str, ...]:
    """The short forms of a normalised name; none is the name itself."""
    if any(map(is_chinese, name)):
        return () if person else _chinese(name)
    words = name.split(" ")
    if person:
        return (words[0],) if len(words) > 1 and len(words[0]) > 1 else ()
    if len(words) > 1 and words[-1].strip(",") in LATIN_TAILS and len(words[0]) > 2:
        stem = " ".join(words[:-1])
        return (stem,) if len(words) == 2 else (stem, words[0])
    long = len(words[0]) > 3 or (len(words[0]) == 3 and words[0][1] == "&")
    return (words[0],) if len(words) > 1 and long else ()


def _chinese(name: str) -> tuple[str, ...]:
    for tail in FIRM_TAILS:
        stem = name.removesuffix(tail)
        if stem != name and len(stem) >= 2:
            return (stem, *_chinese(stem)) if len(stem) > 3 else (stem,)
    return ()
