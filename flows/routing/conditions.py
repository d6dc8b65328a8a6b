"""Which requests a rule is about: "urgent fault tier:A", 投诉 VIP, or CEL. Pure but for the values."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from flows.dialog import evaluate, problem_in
from flows.segments.short import is_cel
from flows.turn import Turn
from store.models import Conversation, Customer, Ticket

SENIOR = "vip"
"""The tag of customers, and the skill of members, that belong together."""
_PRIORITY = {1: "urgent", 2: "high", 3: "normal", 4: "low"}
NAMES: Mapping[str, Any] = {
    "kind": "",
    "priority": "",
    "tone": "",
    "words": "",
    "source": "",
    "language": "",
    "vip": False,
    "name": "",
    "tier": "",
    "stage": "",
    "step": "",
    "industry": "",
    "place": "",
    "owner": "",
    "tags": [],
    "needs": [],
    "prefers": [],
    "value": 0,
    "score": 0,
    "silent": 0,
    "added": 0,
    "orders": 0,
}
"""What a condition may name, with the kind of value that it has."""
_KEYS: Mapping[str, str] = {
    alias: key
    for key, aliases in {
        "kind": "kind type 类型 类别",
        "priority": "priority 优先级",
        "tier": "tier level 等级 级别 分级",
        "tags": "tag tags 标签",
        "language": "language lang 语言",
        "source": "source from channel 来源 渠道",
        "industry": "industry 行业",
        "place": "place city region 地区 城市",
        "stage": "stage 阶段",
        "words": "words says contains 包含 含 关键词",
        "name": "customer name 客户",
    }.items()
    for alias in aliases.split()
}
_VALUES: Mapping[str, tuple[str, str]] = {
    alias: (key, value)
    for key, value, aliases in (
        ("kind", "question", "question questions 咨询 问题 询问"),
        ("kind", "fault", "fault faults failure failures breakdown breakdowns repair repairs 故障 报修 维修 坏了"),
        ("kind", "complaint", "complaint complaints 投诉 抱怨"),
        ("kind", "request", "request requests 需求 请求 申请"),
        ("priority", "urgent", "urgent critical 紧急 加急 特急"),
        ("priority", "high", "high 高 较急"),
        ("priority", "normal", "normal 普通 一般"),
        ("priority", "low", "low 低 不急"),
        ("tone", "angry", "angry 生气 愤怒"),
        ("language", "zh", "chinese zh 中文 汉语"),
        ("language", "en", "english en 英文 英语"),
    )
    for alias in aliases.split()
}
_TOKEN = re.compile(r'(?:[^\s,，、"“”]|"[^"]*"|“[^”]*”)+')
_PAIR = re.compile(r"(?P<key>[^\W\d][\w-]*?)\s*[:=](?P<value>.+)", re.S)
_TIER = re.compile(r"(?:tier|level)?-?(?P<a>[abc])(?:级|类)?(?:客户)?", re.I)
_EMPTY = {
    *(
        "tickets",
        "ticket",
        "and",
        "the",
        "all",
        "customers",
        "customer",
        "of",
        "for",
        "in",
        "from",
        "class",
        "priority",
    ),
    *("类", "的", "客户", "工单", "所有", "和", "且", "单"),
}
_ABOUT = re.compile(r"(?:包含|含有?|提到|关于|有关)(?P<what>.+?)(?:的|类)?")
_TAIL = re.compile(r"(?:类|的|工单|客户|单|级别)+$")


class Misread(ValueError):
    """A word that is no condition; the message is that word."""


def to_cel(words: str) -> str:
    """The condition in CEL; raises Misread with what can't be read. Nothing is every request."""
    text = unicodedata.normalize("NFKC", words).strip()
    if is_cel(text):
        if wrong(text):
            raise Misread(wrong(text))
        return text
    parts: dict[str, list[str]] = {}
    for token in _tokens(text):
        key, value = _read(token)
        parts.setdefault(key, []).append(value)
    return " && ".join(_any(key, values) for key, values in parts.items())


def _tokens(text: str) -> list[str]:
    joined = re.sub(r"\b(tier|level)\s+([abc])\b", r"tier:\2", text, flags=re.I)
    joined = re.sub(r"\s*:\s*", ":", joined)
    return [token for token in _TOKEN.findall(joined) if token.casefold() not in _EMPTY]


def _read(token: str) -> tuple[str, str]:
    if (pair := _PAIR.fullmatch(token)) and (key := _KEYS.get(pair["key"].casefold())):
        value = pair["value"].strip('"“”')
        plain = _VALUES.get(value.casefold(), (key, value))
        value = plain[1] if plain[0] == key else value
        return key, value.upper()[:1] if key == "tier" else value.lower() if key in ("kind", "priority") else value
    word = token.casefold()
    for said in (word, _TAIL.sub("", word)):
        if said in (SENIOR, "vips", "大客户", "贵宾"):
            return "vip", ""
        if said in _VALUES:
            return _VALUES[said]
        if tier := _TIER.fullmatch(said):
            return "tier", tier["a"].upper()
    if about := _ABOUT.fullmatch(token):
        return "words", about["what"]
    if token.startswith("#") and len(token) > 1:
        return "tags", token[1:]
    raise Misread(token)


def _any(key: str, values: list[str]) -> str:
    if key == "vip":
        return "vip"
    said = [json.dumps(value, ensure_ascii=False) for value in dict.fromkeys(values)]
    if key == "tags":
        return _either([f"{value} in tags" for value in said])
    if key in ("words", "name"):
        return _either([f"{key}.contains({value})" for value in said])
    return f"{key} == {said[0]}" if len(said) == 1 else f"{key} in [{', '.join(said)}]"


def _either(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"


def wrong(condition: str) -> str:
    """Why a condition can't be used; empty when it can."""
    if problem_in(condition):
        return condition  # the words; what the parser says of them is for nobody who writes a rule
    if isinstance(evaluate(condition, NAMES), bool) and not (unknown := _unknown(condition)):
        return ""
    return ", ".join(sorted(unknown)) if (unknown := _unknown(condition)) else condition


def _unknown(condition: str) -> set[str]:
    bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", condition)
    words = re.findall(r"(?<![\w.])[A-Za-z_]\w*(?!\s*\()", bare)
    return set(words) - set(NAMES) - {"true", "false", "in", "null"}


def holds(condition: str, names: Mapping[str, Any]) -> bool:
    """Whether a request is one of those."""
    return not condition or evaluate(condition, names) is True


def names_of(turn: Turn, ticket: Ticket) -> Mapping[str, Any]:
    """The values of all names for a ticket."""
    customer = turn.work.customers.get(ticket.customer)
    found = dict(NAMES)
    for _id, facts in turn.work.segments.facts([ticket.customer]):
        found |= facts
    tags = [str(tag).casefold() for tag in found.get("tags") or ()]
    return found | {
        "kind": ticket.kind,
        "priority": _PRIORITY.get(ticket.priority, "normal"),
        "tone": ticket.tone,
        "words": ticket.title,
        "source": ticket.source or found.get("source", ""),
        "language": language_of(turn, ticket, customer),
        "vip": SENIOR in tags,
    }


def language_of(turn: Turn, ticket: Ticket, customer: Customer | None) -> str:
    """The language of the request: of its chat, of the customer, or that in which it is written."""
    chat = turn.work.get(Conversation, ticket.conversation) if ticket.conversation else None
    told = (chat.language if chat else "") or (customer.language if customer else "")
    return told or ("zh" if re.search(r"[\u4e00-\u9fff]", ticket.title) else "en")


SKILLS = frozenset({SENIOR, *(value for key, value in _VALUES.values() if key in ("kind", "language"))})
"""What somebody may be good at, beside the firm's tags."""


def skill_of(word: str) -> str:
    """A skill as it is kept: the kind or language that the word means, else the word as a tag."""
    plain = unicodedata.normalize("NFKC", word).casefold().lstrip("#")
    for said in (plain, _TAIL.sub("", plain)):
        if said in (SENIOR, "vips", "大客户", "贵宾"):
            return SENIOR
        if said in _VALUES and _VALUES[said][0] in ("kind", "language"):
            return _VALUES[said][1]
    return plain
