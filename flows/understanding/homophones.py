# ruff: noqa: E501 -- a rule is one line
"""Characters that sound alike, and that typing by pinyin mixes up: 名天 is 明天, 年后在说 is 年后再说."""

import re
from typing import Final

from flows.understanding.lazily import lazy

_MEANT: Final = {
    "名天": "明天", "名早": "明早", "名晚": "明晚", "名年": "明年", "以经": "已经", "因该": "应该", "觉的": "觉得", "已后": "以后", "星其": "星期",
    "合通": "合同", "报加": "报价", "付宽": "付款", "尾宽": "尾款", "样平": "样品", "拜仿": "拜访", "回防": "回访", "方按": "方案", "客护": "客户",
    "电活": "电话", "发漂": "发票", "跟近": "跟进", "题醒": "提醒", "定单": "订单", "签定": "签订", "按装": "安装", "意象": "意向", "需球": "需求",
    "竟品": "竞品", "竟争": "竞争", "竟标": "竞标", "讯价": "询价", "交或": "交货", "发或": "发货", "到帐": "到账", "帐期": "账期", "结帐": "结账",
    "对帐": "对账", "帐单": "账单", "转帐": "转账", "帐号": "账号", "入帐": "入账",
}  # fmt: skip
_WORDS: Final = lazy("|".join(sorted(_MEANT, key=len, reverse=True)))
_AGAIN: Final = lazy(
    r"在(?=便宜|优惠|低[点些]|考虑(?:考虑|一?下)|等等|等(?:几|两)天|想想|说(?=$|[，。, 吧]))|(?<=[后周月年天号日季度节\d])(?<!这周)(?<!本周)(?<!今天)(?<!今年)(?<!本月)(?<!这个月)在(?=说|谈(?!判)|联系|约|聊|打(?!样)|看(?!货|样)|议|定|问|跟进)"
)
"""再, typed as 在."""
_DEGREE: Final = lazy(
    r"(?<=[聊谈吃喝玩])的(?=很|挺|不错|还|非常|差不多|太)|(?<=^记)的|(?<=[，。, ]记)的(?=[给发带打提叫跟周明下])"
)
"""得, typed as 的."""
_WEEK: Final = lazy(r"(?<=[下上这])州(?=[一二三四五六日末])")


def as_meant(low: str) -> str:
    """The line, of the same length, with the characters that were meant."""
    if low.isascii():
        return low
    low = _WORDS.sub(_right, low)
    low = _DEGREE.sub("得", _AGAIN.sub("再", low))
    return _WEEK.sub("周", low) if "州" in low else low


def _right(found: re.Match[str]) -> str:
    return _MEANT[found[0]]
