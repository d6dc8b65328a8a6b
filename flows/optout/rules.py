# ruff: noqa: E501 -- a pattern is one line
"""Wishes to be sent no more, or again, of one kind: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.dialog import normal

Kind = Literal["greetings", "offers", "articles"]
KINDS: Mapping[str, Text] = {
    "greetings": _("greetings"),
    "offers": _("offers"),
    "articles": _("articles"),
    "all": _("messages by itself"),
}
AGAIN: Mapping[str, Text] = {
    "greetings": _("start greetings"),
    "offers": _("start offers"),
    "articles": _("start articles"),
    "all": _("start everything"),
}
"""What a customer writes to have it back."""

_THINGS: Mapping[Kind, str] = {
    "greetings": r"greetings?|(?:good |birthday |holiday )?wishes|birthday (?:messages?|cards?)|祝福|问候|贺卡|节日短信|生日短信|祝贺",
    "offers": r"offers?|adverts?|advertising|advertisements?|ads|promotions?|promos?|marketing|campaigns?|event invitations?|广告|推广|营销|促销|优惠|活动邀请|活动信息|活动通知|推销",
    "articles": r"articles?|newsletters?|case stud(?:y|ies)|blog posts?|文章|资讯|案例|行业新闻|行业动态",
}
_NO_EN = r"^(?:please |pls )?(?:no more|stop|unsubscribe(?: me)?(?: from)?|i (?:don'?t|do not) want|(?:i'?m |we'?re |i am |we are )?not interested in|don'?t send|do not send|quit|cancel|end)\b.{0,24}?\b"
_NO_ZH = r"(?:别|不要|不用|不想|停止|停发|退订|取消|拒收|拒绝|勿|少)(?:再|收到|接收|看到|老是|总是|给我们?|发|来|推送?|这些|那些|这种|你们的|什么|任何|节日|生日|新年|春节|中秋|过年){0,5}"
_AGAIN_EN = r"^(?:please )?(?:start|resume|restart|send|i want)\b.{0,16}?\b"
_AGAIN_ZH = r"^(?:恢复|重新|继续|可以|还是)(?:发送?|接收|订阅|给我发?|要){0,2}"
_GENERIC = re.compile(r"^(?:please )?(?:stop|unsubscribe|opt ?out|退订|td|停止)$")
_NEVER = re.compile(r"^(?:start|resume) (?:everything|all)$|^恢复(?:全部|所有)(?:消息)?$")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: of which kind ("" for whatever came last), and whether again instead of no more."""

    kind: str
    again: bool = False


_NOT_THIS = re.compile(
    r"^(?:no,? )?(?:thanks?,? (?:but )?)?(?:i'?m |i am |we'?re |we are )?not interested(?: in (?:it|this|that))?(?:,? (?:thanks?|thank you|sorry))?$"
    r"|^(?:我们?)?(?:暂时|目前)?(?:对这个)?(?:没有?|不感)兴趣[了啊,，谢]*$|^(?:别|不要|不用)(?:再)?(?:给我们?)?(?:发|推|推送)(?:这些|这个|这种)?[了啦吧]*$"
)


def declines(said: str) -> bool:
    """Right behind a message of ours it is a wish; anywhere else it may be about the delivery."""
    return bool(_NOT_THIS.match(normal(said)))


def wish_of(said: str) -> Wish | None:
    """The wish in a customer's words; None when it is none about these kinds."""
    word = normal(said)
    if len(word) > 60 or "\n" in said:
        return None
    if _GENERIC.match(word):
        return Wish("")
    if _NEVER.match(word):
        return Wish("all", again=True)
    for kind, things in _THINGS.items():
        if re.search(
            rf"{_NO_EN}(?:{things})\b|{_NO_ZH}(?:{things})|(?:{things})(?:就|都|也)?(?:不用|别|不要|免)(?:再)?(?:发|了)|对.{{0,6}}(?:{things}).{{0,4}}(?:没有?|不感)兴趣",
            word,
        ):
            return Wish(kind)
        if re.search(rf"{_AGAIN_EN}(?:{things})\b(?: again)?$|{_AGAIN_ZH}(?:{things})(?:吧|了)?$", word):
            return Wish(kind, again=True)
    return None
