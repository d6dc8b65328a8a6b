# ruff: noqa: E501 -- a rule is one line
"""The friendly short form of a filter, "tier:B industry:auto silent:>30d bought:A<30d", as CEL. Pure.

Words that are no filter are looked for in names, phones, e-mails, tags and places. What is CEL already stays as it is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

LONGEST = 400


class Misread(ValueError):
    """A filter whose value can't be read; the message is the filter as it was typed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the firm's own names are: members, own fields by kind, and who asks."""

    me: str = ""
    members: Collection[str] = ()
    fields: Mapping[str, str] = ()  # type: ignore[assignment]


_KEYS: Mapping[str, str] = {
    alias: key
    for key, aliases in {
        "tags": "tag tags 标签",
        "tier": "tier level 等级 级别 分级",
        "stage": "stage 阶段",
        "step": "step 进度 步骤",
        "owner": "owner by 负责人 归属 跟进人",
        "source": "source from 来源 渠道",
        "industry": "industry 行业",
        "place": "place in city region 地区 城市 地点 区域",
        "language": "language 语言",
        "silent": "silent quiet 沉默 未联系 没联系 未跟进",
        "added": "added created new 新增 创建",
        "value": "value revenue 金额 价值 年额 成交额 年采购额",
        "score": "score 评分 得分",
        "orders": "orders 订单数 订单",
        "bought": "bought ordered 购买 买过",
        "viewed": "viewed saw 浏览 看过",
        "needs": "need needs 需求",
        "prefers": "prefers prefer 偏好",
        "find": "name phone email mobile 名称 电话 手机 邮箱",
        "reachable": "reachable 可联系",
    }.items()
    for alias in aliases.split()
}
STAGES: Mapping[str, str] = {
    alias: stage
    for stage, aliases in {
        "lead": "lead leads 线索",
        "potential": "potential 潜在 潜在客户",
        "new": "new 新 新客户",
        "growth": "growth growing 成长 成长期",
        "warning": "warning churn-warning churn 流失预警 预警",
    }.items()
    for alias in aliases.split()
}
STEPS: Mapping[str, str] = {
    alias: step
    for step, aliases in {
        "need": "need 发现需求 需求",
        "contact": "contact first-contact 初次接触 初步接触",
        "talk": "talk deep-talk 深入沟通 洽谈",
        "deal": "deal 成交",
        "service": "service after-sales 售后",
        "return": "return return-visit 回访",
    }.items()
    for alias in aliases.split()
}
_NONE = {"none", "nobody", "-", "无", "没有", "空"}
_DAYS = {"d": 1, "day": 1, "days": 1, "天": 1, "日": 1, "w": 7, "week": 7, "weeks": 7, "周": 7, "星期": 7}
_DAYS |= {"m": 30, "month": 30, "months": 30, "个月": 30, "月": 30, "y": 365, "year": 365, "years": 365, "年": 365}
_TIMES = {
    "": 1,
    "k": 1_000,
    "千": 1_000,
    "w": 10_000,
    "万": 10_000,
    "m": 1_000_000,
    "百万": 1_000_000,
    "亿": 100_000_000,
}
_TOKEN = re.compile(r'(?:[^\s"“”]|"[^"]*"|“[^”]*”)+')
_FILTER = re.compile(r"(?P<key>[^\W\d][\w-]*?)(?P<op>:|=|(?=[<>]))(?P<value>.+)", re.S)
_COMPARED = re.compile(r"(?P<op>>=|<=|>|<|=|≥|≤)?\s*(?P<number>\d+(?:\.\d+)?)(?P<unit>[^\d\s]*)")
_SINCE = re.compile(r"(?P<what>.*?)(?P<op><|>)(?P<number>\d+)(?P<unit>\D+)")
_CEL = re.compile(r"==|!=|&&|\|\||\bin\s*\[|\"\s+in\s|'\s+in\s|^\s*!|\w\s*\(.*\)|\s[<>]=?\s")
_OR = {"or", "|", "或", "或者"}
_AND = {"and", "&", "且", "并且", "和"}
_NOT = {"not", "非", "不是"}
_EMPTY = {"客户", "的", "customer", "customers", "clients", "所有"}
"""Words that say nothing about which customers are meant."""
_USUAL = {"silent": ">=", "value": ">=", "score": ">=", "orders": ">=", "added": "<="}


def is_cel(text: str) -> bool:
    """Whether it is written as CEL."""
    return bool(_CEL.search(text))


def to_cel(text: str, known: Known) -> str:
    """The condition in CEL; raises Misread."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text and not any(mark.isalnum() for mark in text):
        return f"find({_quoted(text)})"  # "&" alone is no filter, and nobody's name either
    return text if is_cel(text) else _joined(_plain(text, known), known)


def bare(text: str, known: Known) -> str:
    """The words to look up when the text is nothing but such words, else empty: they come in the order of fitness."""
    text = unicodedata.normalize("NFKC", text).strip()
    said = _plain(text, known)
    words = _TOKEN.findall(said)
    if is_cel(text) or any(_filter_of(w, known) or w in _OR | _AND | _NOT or w[0] in "#-" for w in words):
        return ""
    return _unquoted(said)


def _joined(text: str, known: Known) -> str:
    alternatives: list[list[str]] = [[]]
    words: list[str] = []
    negate = False

    def flush() -> None:
        if words:
            alternatives[-1].append(f"find({_quoted(' '.join(words))})")
            words.clear()

    for token in _TOKEN.findall(text):
        if token in _OR:
            flush()
            alternatives.append([])
        elif token in _AND:
            flush()
        elif token in _NOT:
            flush()
            negate = not negate
        else:
            opposite = negate
            if token[0] in "-!" and len(token) > 1:
                token, opposite = token[1:], not negate
            part = _part(token, known)
            negate = False
            if part is None and not opposite:
                words.append(_unquoted(token))
                continue
            flush()
            part = part or f"find({_quoted(_unquoted(token))})"
            alternatives[-1].append(f"!({part})" if opposite else part)
    flush()
    whole = [" && ".join(parts) for parts in alternatives if parts]
    return " || ".join(f"({part})" for part in whole) if len(whole) > 1 else "".join(whole)


def _part(token: str, known: Known) -> str | None:
    """One filter as CEL; None for a plain word."""
    if token[0] == "#" and len(token) > 1:
        return f"{_quoted(token[1:])} in tags"
    found = _filter_of(token, known)
    if found is None:
        return None
    key, op, value = found
    if not value:
        raise Misread(token)
    if key in ("silent", "added"):
        return _number(token, key, op + value if op in "<>" else value, _DAYS, "d")
    if key in ("value", "score", "orders") or known_kind(known, key) in ("number", "money"):
        return _number(token, key, value, _TIMES, "")
    if key in ("bought", "viewed"):
        return " || ".join(_done(key, _unquoted(one), token) for one in _several(value))
    if key == "reachable":
        return "!reachable" if value in {"no", "false", "否", *_NONE} else "reachable"
    return _one_of(key, op, [_unquoted(one) for one in _several(value)], known)


def known_kind(known: Known, key: str) -> str:
    """The kind of one of the firm's own fields; empty for any other name."""
    return dict(known.fields).get(key, "")


def _filter_of(token: str, known: Known) -> tuple[str, str, str] | None:
    match = _FILTER.fullmatch(token)
    if match is None:
        return None
    name = match["key"].casefold()
    own = {field.casefold(): field for field in dict(known.fields)}
    key = own.get(name) or _KEYS.get(name)
    return (key, match["op"], match["value"].strip()) if key else None


def _one_of(key: str, op: str, values: list[str], known: Known) -> str:
    """Any of the values."""
    return _any(_equal(key, op, value, known) for value in values)


def _equal(key: str, op: str, value: str, known: Known) -> str:
    none = value.casefold() in _NONE
    if key in ("tags", "needs", "prefers"):
        return f"size({key}) == 0" if none else f"{_quoted(value.lstrip('#'))} in {key}"
    if key == "find":
        return f"find({_quoted(value)})"
    if none:
        return f'{key} == ""'
    if key == "tier":
        return f"tier == {_quoted(value.upper())}"
    if key == "stage":
        return f"stage == {_quoted(STAGES.get(value.casefold(), value))}"
    if key == "step":
        return f"step == {_quoted(STEPS.get(value.casefold(), value))}"
    if key == "owner":
        return f"owner == {_quoted(_member(value, known))}"
    kind = known_kind(known, key)
    if kind == "date":
        return _day(key, value)
    return f"{key} == {_quoted(value)}" if op == "=" else f"like({key}, {_quoted(value)})"


def _member(value: str, known: Known) -> str:
    wanted = value.removeprefix("@").casefold()
    if wanted in ("me", "mine", "我", "我的"):
        return known.me
    exact = [name for name in known.members if name.casefold() == wanted]
    near = [name for name in known.members if name.casefold().startswith(wanted)]
    return (exact or near or [value.removeprefix("@")])[0]


def _day(key: str, value: str) -> str:
    match = re.fullmatch(r"(>=|<=|>|<|=)?(\d{4}-\d{2}(?:-\d{2})?)", value)
    if match is None:
        raise Misread(f"{key}:{value}")
    op = match[1] or "=="
    return f"{key} {'==' if op == '=' else op} {_quoted(match[2])}"


def _number(token: str, key: str, value: str, units: Mapping[str, int], usual: str) -> str:
    if ".." in value:
        low, _, high = value.partition("..")
        return f"{_number(token, key, '>=' + low, units, usual)} && {_number(token, key, '<=' + high, units, usual)}"
    match = _COMPARED.fullmatch(value.replace(",", ""))
    unit = (match["unit"] or usual).casefold() if match else ""
    if match is None or unit not in units:
        raise Misread(token)
    op = {"=": "==", "≥": ">=", "≤": "<=", None: _USUAL.get(key, "==")}.get(match["op"], match["op"])
    number = float(match["number"]) * units[unit]
    return f"{key} {op} {int(number) if number == int(number) else number}"


def _done(key: str, value: str, token: str) -> str:
    what, op, days = value, "", 0
    if match := _SINCE.fullmatch(value):
        if match["unit"].strip() not in _DAYS:
            raise Misread(token)
        what, op, days = match["what"], match["op"], int(match["number"]) * _DAYS[match["unit"].strip()]
    what = "" if what in ("*", "any", "任何") else what
    if op == ">":
        return f"({key}({_quoted(what)}) && !{key}({_quoted(what)}, {days}))"
    return f"{key}({_quoted(what)}, {days})" if op else f"{key}({_quoted(what)})"


def _several(value: str) -> list[str]:
    if value[0] in '"“':
        return [value]
    return [one for one in re.split(r"[,，、]", value) if one]


def _any(parts: Iterator[str]) -> str:
    found = list(parts)
    return f"({' || '.join(found)})" if len(found) > 1 else found[0]


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _unquoted(value: str) -> str:
    return re.sub(r'["“”]', "", value).strip()


# whole phrases, as people say them

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (
            r"(?:超过)?\s*(\d+)\s*(天|周|个月)(?:以上)?都?(?:没有?|未)(?:联系|跟进|沟通|动静|互动)过?的?",
            r" silent:>\1\2 ",
        ),
        (
            r"(?:silent|not contacted|no contact)(?: for| in)?(?: more than| over)? (\d+) ?(days?|weeks?|months?)\b",
            r" silent:>\1\2 ",
        ),
        (r"\b(?:tier ([ABC])|([ABC])[- ](?:tier|customers?))\b", r" tier:\1\2 "),
        (r"([ABC])\s*[级类](?:的)?(?:客户)?", r" tier:\1 "),
        (r"(?:没有|无)负责人(?:的)?(?:客户)?|\bwithout (?:an )?owner\b|\bunowned\b", " owner:none "),
        (r"我的客户|\bmy customers\b", " owner:me "),
        (r"(流失预警|潜在|成长期|新)(?:阶段)?的?客户", r" stage:\1 "),
        (r"\bin the (potential|new|growth|warning) stage\b", r" stage:\1 "),
        (
            r"\b(?:(?:with|have|has) an? )?(?:worth|value) (?:of )?(?:over|above|more than) ([\d.,]+ ?[kKmM]?)\b",
            r" value:>\1 ",
        ),
        (
            r"\b(?:(?:who|that|which) )?(?:buy(?:s|ing)?|spend(?:s|ing)?|order(?:s|ing)?) (?:for )?(?:over|above|more than) [£$€¥]?([\d.,]+ ?[kKmM]?)(?: (?:a|per) year| yearly)?(?![\w-])",
            r" value:>\1 ",
        ),
        (
            r"(?:年?(?:成交|采购|购买|消费|销售|订单|订货)?总?(?:金额|额|价值)|年成交)(?:超过|大于|高于|多于)\s*([\d.,]+\s*[万千亿]?)元?",
            r" value:>\1 ",
        ),
        (
            r"(?:年?(?:成交|采购|购买|消费|销售|订单|订货)?总?(?:金额|额|价值)|年成交)(?:低于|小于|少于|不到|不足)\s*([\d.,]+\s*[万千亿]?)元?",
            r" value:<\1 ",
        ),
        (r"\bvip customers?\b|vip\s*客户", " #vip "),
        (r"\b(?:owned by|looked after by) @?(\w+)\b", r" owner:\1 "),
        (
            r"^(?:all |every |the |our |my )*(?:customers?|clients?|accounts?|firms|companies|people)"
            r"(?: (?:that|which|who|do|we|have|got|are|is|live|sit))*(?: (?:based|located|living))?"
            r" (?:in|from|around|near) (?!the\b)([^\W\d_][\w-]+(?: [^\W\d_][\w-]+)?)[?. ]*$",
            r' place:"\1" ',
        ),
        (r"\bcustomers? in ([A-Z]\w+)\b", r" place:\1 "),
        (
            r"^(?:all |every )?(?:customers?|clients?)(?: (?:who|that|which)\b)?(?: (?:are|is|we have))?\s+(?=\S)|^(?:所有|全部)的?(?:客户)?",
            " ",
        ),
    )
)


def _plain(text: str, known: Known) -> str:
    for pattern, form in _PHRASES:
        text = pattern.sub(form, text)
    for name in sorted(known.members, key=len, reverse=True):
        called = "|".join(re.escape(one) for one in (name, name.split()[0]))
        theirs = rf"(?:{called})(?:名?下?的?有?(?:哪些|什么|多少)?客户|['’]s customers)"
        text = re.sub(theirs, f' owner:"{name}" ', text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=[\u3400-\u9fff\s])的(?:客户)?(?=\s|$)", " ", text)
    return " ".join(word for word in text.split() if word.casefold() not in _EMPTY)


def reserved(name: str) -> bool:
    """Whether a filter of that name means something already."""
    return name in _KEYS or name in _OR | _AND | _NOT or name in _RESERVED


_RESERVED = {"true", "false", "null", "like", "did"} | set(_KEYS.values())
