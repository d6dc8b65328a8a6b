# ruff: noqa: E501 -- a rule is one line
"""What is asked of how it works: by which way customers, whatever a firm calls them, reach us, and who greets them."""

from __future__ import annotations

import re

from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.arrival import role_of
from flows.router import MANAGERS
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Account

_THEM = r"(?:customers?|clients?|students?|pupils?|parents?|patients?|guests?|famil(?:y|ies)|tenants?|residents?|visitors?|buyers?|shoppers?|subscribers?)"
_ZH_THEM = r"(?:客户|顾客|学员|学生|家长|病人|患者|客人|会员|住户|业主|租客|买家)(?:们)?"
_REACH = lazy(
    rf"\s*(?:so |and |ok(?:ay)?,? )?how (?:do|can|could|should|will|would|does|are) (?:(?:i|we) (?:get|let|have|bring|invite|connect) )?(?:a |an |my |our |the |all )*{_THEM} (?:supposed to |to |able to )*(?:reach|contact|talk|write|message|use|get|find|chat|join|connect|come|text|on|in)\b.{{0,40}}"
    rf"|(?:请问)?(?:我们?)?的?{_ZH_THEM}(?:该|要|应该|是)*(?:怎么样?|如何|从哪儿?里?|在哪儿?里?)(?:才能|才|能|可以|去)*(?:联系|找|用|加|进|关注|使用|打开|写|发消息|扫码|跟|和|给|来)[^，。]{{0,12}}"
    rf"|(?:怎么样?|如何)(?:才能|能|可以)?(?:让|叫|请|拉|邀请){_ZH_THEM}(?:进来|加入|联系|用|写|找|使用|进)[^，。]{{0,12}}",
    re.IGNORECASE,
)
_GREETED = lazy(
    rf"\s*(?:please |can you |could you )?(?:send|do you send|will you send|congratulate|greet|wish)\b.{{0,30}}{_THEM}?.{{0,20}}\b(?:automatically|by itself|on (?:their|his|her|its) birthdays?)\b.{{0,20}}"
    rf"|(?:在)?(?:每个)?(?:{_ZH_THEM})?(?:过)?生日(?:当天|那天|的时候|时)?[，, ]*(?:会|能|可以|要|请|帮我|系统)*(?:自动)?(?:给(?:他们?|她们?|客户))?(?:发|送)(?:个|条|一?[个条])?(?:生日)?(?:祝福|问候|短信|祝贺|贺卡)[^，。]{{0,6}}",
    re.IGNORECASE,
)


def told(turn: Turn, words: str) -> Text | None:
    """The answer; None where neither is asked."""
    line = words.strip()
    if len(line) > 90:
        return None
    if _REACH.fullmatch(line):
        return reached(turn)
    return greeted() if _GREETED.fullmatch(line) else None


def reached(turn: Turn) -> Text:
    """Each way that is there, and who opens one where none is."""
    accounts = [one for one in turn.work.find(Account, state="active") if one.side in ("customer", "both")]
    bots = [f"https://t.me/{one.handle}" for one in accounts if one.platform == "telegram" and one.handle]
    boss = role_of(turn) in MANAGERS
    return lines(
        bold(_("How customers reach us")),
        *(text("• ", code(bot), " · ", _("for everybody: on the door, the website, an invoice")) for bot in bots),
        text("• ", code(_("/invite Acme")), " · ", _("a personal link to paste to one customer"))
        if accounts
        else _("There is no bot for customers yet. An owner sets one up: see “Telegram” in the README."),
        text("• ", code("/webform"), " · ", _("a form for your website")) if boss else None,
        _("What they write stands in their file, and whoever looks after them is told."),
    )


def greeted() -> Text:
    """By whom, and where the days and the words come from."""
    return lines(
        bold(_("Birthday greetings")),
        _("On the day tier C is greeted by itself; for the others whoever looks after them says yes to a draft."),
        _("Tell me the days: {example}", example=code(_("Li Wei's birthday is 5 May"))),
        text("• ", code("/care"), " · ", _("which days come")),
        text("• ", code("/wording"), " · ", _("your own words for them")),
    )
