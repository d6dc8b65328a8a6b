# ruff: noqa: E501 -- a rule is one line
""" "Every discount above 10% needs Max", 首次回复时间改成15分钟, "turn off the daily report": a setting that is said."""

from __future__ import annotations

import re
from typing import Any

from flows.arguments import colleague
from flows.arrival import refusal
from flows.asking import run
from flows.router import COMMANDS, NOT_MINE
from flows.spoken.giving import the_one
from flows.turn import Turn
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE

_WHOM = r"(?P<whom>@?[\w-]{1,24}?(?: [A-Z][\w-]+)?)(?:['’]s?)?"
_AGREES = r"(?: (?:ok|okay|yes|approval|consent|agreement|sign(?:ature|[- ]?off)))?"
_APPROVAL = tuple(
    lazy(PLEASE + words + r"[.!。！吧 ]*$", re.IGNORECASE)
    for words in (
        rf"(?:every|any|all|each)?\s?(?:(?:quotes?|offers?) with (?:an? )?)?discounts? (?:of )?(?:above|over|more than|beyond|greater than|higher than|exceeding) (?P<off>\d{{1,2}}(?:\.\d)?) ?(?:%|percent) (?:needs?|requires?|must have|goes? (?:to|through)|(?:must|has to|have to|should|is to|are to) (?:be (?:approved|agreed|ok['’]?d|signed off) by|go (?:to|through))) (?:the )?{_WHOM}{_AGREES}",
        rf"(?:every|any|all|each)?\s?(?:quotes?|offers?) (?:of )?(?:above|over|more than|beyond|greater than|higher than|exceeding) (?P<sum>[\d.,]+ ?[km]?) (?:needs?|requires?|must have|goes? (?:to|through)|(?:must|has to|have to|should|is to|are to) (?:be (?:approved|agreed|ok['’]?d|signed off) by|go (?:to|through))) (?:the )?{_WHOM}{_AGREES}",
        r"(?:所有|凡是)?(?:的)?折扣(?:超过|大于|高于|超)(?P<off>\d{1,2}(?:\.\d)?)[%％](?:以上)?(?:的)?(?:报价)?(?:都|就|一律)*(?:要|需要|得|必须|须)(?:由|经|经过|给|找)?(?P<whom>[^，,。 ]{1,6}?)(?:来|先)?(?:批准?|审批|同意|审核|点头|签字)",
        r"(?:所有|凡是)?(?:报价|折扣)?(?:低于|不到|小于)(?P<zhe>[1-9](?:\.\d)?)折(?:的)?(?:报价)?(?:都|就|一律)*(?:要|需要|得|必须|须)(?:由|经|经过|给|找)?(?P<whom>[^，,。 ]{1,6}?)(?:来|先)?(?:批准?|审批|同意|审核|点头|签字)",
        r"(?:from now on,? )?(?P<whom>i)(?:['’]d like to| want to| would like to| must| have to| need to| should| will)? (?:approve|ok|check|sign off) (?:every|any|all)?\s?(?:quotes?|offers?) (?:of )?(?:above|over|more than|beyond) (?P<sum>[\d.,]+ ?[km]?)",
        r"(?:from now on,? )?(?:every|any|all)?\s?(?:quotes?|offers?) (?:of )?(?:above|over|more than|beyond) (?P<sum>[\d.,]+ ?[km]?) (?:come|go|should come|should go|must come|must go) (?:to|through|past|by) (?P<whom>me|@?[\w-]{1,24})(?: first)?",
        r"(?:以后|今后|从现在起)?[，,]?(?:所有|凡是)?(?:超过|大于|高于|超)?(?P<sum>\d[\d.,]*[万千]?)元?(?:以上)?的(?:报价|单子|合同)(?:都|就|一律)*(?:要|需要|得|必须|须)(?:先)?(?:由|经|经过|给|找)?(?P<whom>[^，,。 ]{1,6}?)(?:来|先)?(?:批准?|审批|同意|审核|点头|签字)(?:才行|才能发|一下)?",
        r"(?:所有|凡是)?(?:报价|金额)(?:超过|大于|高于|超)(?P<sum>\d[\d.,]*[万千]?)元?(?:以上)?(?:的)?(?:报价)?(?:都|就|一律)*(?:要|需要|得|必须|须)(?:由|经|经过|给|找)?(?P<whom>[^，,。 ]{1,6}?)(?:来|先)?(?:批准?|审批|同意|审核|点头|签字)",
    )
)
_FIRST_ANSWER = tuple(
    lazy(PLEASE + words + r"[.!。！吧 ]*$", re.IGNORECASE)
    for words in (
        r"(?:set|change|make|put|lower|raise) (?:the |our )?(?:first )?(?:answer|response|reply) times?(?: target| limit)? (?:to|at|be)\s(?P<span>\d.{1,20}|an hour|half an hour)",
        r"(?:首次|第一次|首)?(?:回复|响应|答复|首响)(?:客户)?的?(?:时间|时限|目标)(?:改成|改为|设为|设成|定为|定成|调到|调成|调为)(?P<span>.{2,12})",
    )
)
_NO_REPORTS = tuple(
    lazy(PLEASE + words + r"[.!。！吧 ]*$", re.IGNORECASE)
    for words in (
        r"(?:turn off|switch off|stop|cancel|disable|no more|don['’]?t (?:send|write)(?: me| us)?)(?: the| our| my| any)? (?:daily|evening|end of day|day) (?:reports?|summar(?:y|ies)|digests?)(?: any ?more)?",
        r"turn (?:the |our )?(?:daily|evening|end of day) (?:reports?|summar(?:y|ies)) off",
        r"(?:每天的?|每日的?)?(?:日报|晚报)(?:就|以后|都)?(?:别|不用|不要|不必|停)(?:再)?(?:发|推|写|发送)?了?",
        r"(?:关掉|关闭|停掉|停止|取消|不要再?发|别再?发)(?:每天的?)?(?:日报|晚报)(?:推送)?了?",
    )
)
_PLAIN = tuple(
    (lazy(PLEASE + words + r"[.!。！吧 ]*$", re.IGNORECASE), name, typed)
    for words, name, typed in (
        (
            r"(?:(?:every(?:body|one)|all(?: the)? reps|each rep|reps|sales) (?:should|must|may|can|shall|is to|are to) (?:only )?see (?:only )?(?:their|his|her|his or her) own (?:customers|clients|accounts)(?: only)?)",
            "sight",
            "rep own",
        ),
        (
            r"(?:switch|turn) (?:on (?:the |our )?(?:rankings?|leader ?board)|(?:the |our )?(?:rankings?|leader ?board) on)|(?:打开|开启|启用|开放)(?:业绩|销售)?(?:排名|排行榜?|榜单)(?:功能)?",
            "top",
            "on",
        ),
        (
            r"(?:switch|turn) (?:off (?:the |our )?(?:rankings?|leader ?board)|(?:the |our )?(?:rankings?|leader ?board) off)|(?:关闭|关掉|停用|停掉)(?:业绩|销售)?(?:排名|排行榜?|榜单)(?:功能)?",
            "top",
            "off",
        ),
    )
)
_GOAL = lazy(
    PLEASE
    + r"(?:set|make|define|put) (?:a |the |our |my )?(?:new )?(?:goal|target)(?: of| at| to| is|:)? (?P<goal>\d.{1,40}?)[.! ]*$",
    re.IGNORECASE,
)
_TIER = lazy(
    PLEASE
    + r"(?:mark|rate|classify|set|make|treat) (?P<who>.{2,40}?) (?:as|to) (?:an? )?(?:tier |level |class )?[“\"']?(?P<tier>[ABC])[”\"']?(?:[ -](?:tier|level|customer|client|account))?[.! ]*$"
)
_ME = frozenset({"i", "me", "my", "我", "我来"})


_COMPLAINS = r"(?:someone|somebody|anyone|anybody|a customer|customers?|any customer|a client|clients?|people)(?: ever)? complains?"
_AT_ONCE = r"(?: (?:at once|immediately|right away|first|asap))?"
_COMPLAINTS = lazy(
    PLEASE
    + rf"(?:(?:if|when(?:ever)?|as soon as|every time) (?:{_COMPLAINS}|(?:there is|we get|i get) (?:a|any|another) complaint),? (?:please )?(?:(?:tell|notify|alert|ping|warn|message) me|let me know|i want to know){_AT_ONCE}|(?:(?:tell|notify|alert|ping|warn|message) me|let me know){_AT_ONCE} (?:if|when(?:ever)?|as soon as|every time) (?:{_COMPLAINS}|(?:there is|we get) (?:a|any|another) complaint|of (?:all|every|any) complaints?))[.! ]*$",
    re.IGNORECASE,
)


def settled_in_words(turn: Turn, words: str) -> Any:
    """The command for the setting; NOT_MINE where the words set nothing."""
    if len(words) > 120 or "\n" in words:
        return NOT_MINE
    for pattern in _APPROVAL:
        if (match := pattern.match(words)) and (rule := _rule(turn, match)):
            return _run(turn, "approval", rule)
    for pattern in _FIRST_ANSWER:
        if match := pattern.match(words):
            return _run(turn, "sla", f"first {match['span']}")
    for pattern, name, typed in _PLAIN:
        if pattern.match(words):
            return _run(turn, name, typed)
    if match := _GOAL.match(words):
        return _run(turn, "goal", match["goal"])
    if (match := _TIER.match(words)) and (customer := the_one(turn, match["who"])):
        return _run(turn, "tier", f"{customer.name} {match['tier']}")
    if _COMPLAINTS.match(words):
        return _run(turn, "rule", f"when new complaint then notify @{turn.me().name}")
    if any(pattern.match(words) for pattern in _NO_REPORTS):
        return _run(turn, "evening", "off")
    return NOT_MINE


def _rule(turn: Turn, match: re.Match[str]) -> str:
    """The rule as its command reads it; empty where nobody of that name is here."""
    said, whom = match.groupdict(), match["whom"].strip()
    approver = turn.me() if whom.casefold() in _ME else colleague(turn, whom)
    if approver is None:
        return ""
    if total := said.get("sum"):
        return f"amount > {total.strip()} -> @{approver.name}"
    off = said.get("off") or f"{100 - float(said.get('zhe') or 0) * 10:g}"
    return f"discount > {off}% -> @{approver.name}"


def _run(turn: Turn, name: str, typed: str) -> Any:
    return refusal(turn, COMMANDS[name]) or run(turn, COMMANDS[name], typed)
