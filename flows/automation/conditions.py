"""Conditions of rules as people write them ("kind=complaint and tier:A", "金额>10万") as CEL. Pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from flows.dialog import evaluate, problem_in

_KEYS: Mapping[str, str] = {
    alias: key
    for key, aliases in {
        "kind": "kind type 类型 类别",
        "priority": "priority 优先级",
        "tone": "tone 语气",
        "tier": "tier level 等级 级别",
        "stage": "stage 阶段",
        "tags": "tag tags 标签",
        "industry": "industry 行业",
        "place": "place city region 地区 城市",
        "source": "source channel from 来源 渠道",
        "owner": "owner 负责人",
        "name": "customer name 客户",
        "words": "words text says contains 内容 包含",
        "amount": "amount sum 金额",
        "value": "value 年采购额",
        "given": "score given 评分 分数",
        "survey": "survey 问卷",
        "clock": "clock 时效",
        "deal": "deal state 结果",
        "status": "status 状态",
        "number": "number 编号",
        "silent": "silent 沉默",
    }.items()
    for alias in aliases.split()
}
_VALUES: Mapping[str, str] = {
    alias: value
    for value, aliases in {
        "complaint": "complaints 投诉",
        "fault": "faults 故障 报修",
        "question": "questions 咨询",
        "request": "requests 需求",
        "urgent": "紧急",
        "high": "高",
        "normal": "普通",
        "low": "低",
        "angry": "生气 愤怒",
        "won": "赢单 成交",
        "lost": "丢单",
        "visit": "拜访",
        "call": "通话 电话",
        "first": "首次 首次回复 首响",
        "next": "后续 后续回复",
        "solve": "solution 解决",
    }.items()
    for alias in aliases.split()
}
_AND = re.compile(r"\s*(?:\band\b|&&|[,，;；、]|并且|而且|且)\s*", re.IGNORECASE)
_PART = re.compile(r"(?P<key>[^\W\d][\w-]*)\s*(?P<op>>=|<=|!=|==|=|>|<|:|\bis\b|是|为)\s*(?P<value>.+)", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(k|m|万|千)?", re.IGNORECASE)
_EACH = {"k": 1_000, "千": 1_000, "m": 1_000_000, "万": 10_000}
_CEL = re.compile(r"==|&&|\|\||\bin\b|\.contains\(|[<>]=?\s*\d+\.0\b")


class Misread(ValueError):
    """A part of a condition that can't be read; the message is that part."""


def to_cel(words: str, names: Mapping[str, Any]) -> str:
    """The condition in CEL over these names; nothing is always. Raises Misread."""
    text = unicodedata.normalize("NFKC", words).strip()
    if not text:
        return ""
    if _CEL.search(text):
        return _checked(text, text, names)
    return _checked(" && ".join(_part(part, names) for part in _AND.split(text) if part), text, names)


def _part(part: str, names: Mapping[str, Any]) -> str:
    if part.startswith("#") and len(part) > 1:
        return f"{_said(part[1:])} in tags"
    match = _PART.fullmatch(part)
    key = _KEYS.get(match["key"].casefold(), "") if match else ""
    if match is None or key not in names:
        raise Misread(part)
    op, value = match["op"].casefold(), match["value"].strip(" \"'“”")
    kind = names[key]
    if isinstance(kind, list):
        return f"{_said(value)} in {key}"
    if isinstance(kind, int):
        return f"{key} {_compared(op)} {_number(value, part)}"
    value = _VALUES.get(value.casefold(), value)
    value = value.upper() if key == "tier" else value
    if key in ("words", "name") and op in (":", "=", "is", "是"):
        return f"{key}.contains({_said(value)})"
    return f"{key} {_compared(op)} {_said(value)}"


def _compared(op: str) -> str:
    return {":": "==", "=": "==", "is": "==", "是": "==", "为": "=="}.get(op, op)


def _number(value: str, part: str) -> str:
    match = _AMOUNT.fullmatch(value.replace(",", ""))
    if match is None:
        raise Misread(part)
    return str(int(float(match[1]) * _EACH.get((match[2] or "").casefold(), 1)))


def _said(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _checked(condition: str, text: str, names: Mapping[str, Any]) -> str:
    """Only names that the occasion has, and a yes or no at the end."""
    if problem_in(condition) or not isinstance(evaluate(condition, names), bool):
        raise Misread(text)
    return condition


def holds(condition: str, names: Mapping[str, Any]) -> bool:
    """Whether a happening is one that the rule waits for; one that can't be judged is not."""
    return not condition or evaluate(condition, names) is True
