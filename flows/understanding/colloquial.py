# ruff: noqa: E501 -- a rule is one line
"""What Chinese speakers put around an order, and say for plainer words: 麻烦帮我看下宝钢的订单呗 is 看宝钢的订单."""

from __future__ import annotations

import re

from flows.understanding.lazily import lazy

_OPENS = lazy(
    r"(?:(?:那个|嗯+|诶|欸|哎|哦|对了|顺便|那么?|你好|您好|亲|hi|ok|好的?)[，,。 ]*"
    r"|请(?!(?:[一两二三四五六七八九十半\d]+天|了?[病事年]?假))|麻烦(?:你|您)?|拜托(?:你|您)?|劳驾|有劳|帮(?:我|忙|个忙|下忙)(?:一下)?|替我|给我(?!们)|能不能|可不可以|能否|[你您]?(?:可以|能)(?!力|做|干|源)(?:不能)?|我(?:想要?|要|需要)(?=看|查|找|导|加|录|问|知道|给)|我(?:想)?(?:知道|了解)(?:一下)?|想(?:看|查)(?:看|一?下)?|[，, ])+",
    re.IGNORECASE,
)
_ENDS = lazy(
    r"(?:[。！!？?~～，, ]|谢谢[你您啦了]?|多谢|谢了|拜托了?|麻烦了|(?:行|可以|好)(?:吗|不|么|不行|不好)|别忘了?|[呗吧哈啊呀哦噢啦嘛哇呐哟]"
    r"|(?:发|给|推|传)(?:给)?我(?:看看?|看?一?下|瞧瞧|一?[份个])?|(?:让|叫)我看看?(?:一?下)?|(?:拿|调|拉)(?:出来|来)(?:看看?)?|看看|看一?下|瞅瞅|瞧瞧|(?<!等)(?<!几)一下)+$"
)
_PLAIN = (("咋样", "怎么样"), ("咋", "怎么"), ("啥子", "什么"), ("啥", "什么"), ("有没(?!有)", "有没有"), ("木有", "没有"), ("干嘛", "做什么"), ("干什么", "做什么"))  # fmt: skip


def plain(words: str) -> str:
    """The order alone, in plain words; nothing is left of a line that is only a courtesy."""
    line = words.strip()
    if (opens := _OPENS.match(line)) is not None:
        line = line[opens.end() :]
    for spoken, written in _PLAIN:
        line = re.sub(spoken, written, line)
    return _ENDS.sub("", line).strip()


_NUMERALS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CLOCK = lazy(
    r"(?P<half>早上|上午|凌晨|中午|下午|傍晚|晚上|晚)?(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[点时:：](?P<minute>半|一刻|三刻|\d{1,2}|[一二三四五]?十[一二三四五六七八九]?)?分?)"
)
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}


def clocks(words: str) -> str:
    """Times of day as a clock shows them: 早上八点半到下午五点 is 8:30到17:00."""
    return _CLOCK.sub(_shown, words)


def _shown(said: re.Match[str]) -> str:
    hour, minute = _number(said["hour"]), said["minute"] or "0"
    later = said["half"] in ("下午", "傍晚", "晚上", "晚") or (said["half"] == "中午" and hour < 3)
    return f"{hour + 12 if later and hour < 12 else hour}:{_QUARTERS.get(minute) or _number(minute):02}"


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
