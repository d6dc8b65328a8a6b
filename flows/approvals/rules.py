"""When somebody must agree: conditions as CEL, and as people say them. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.dialog import evaluate, problem_in
from store.cel import NO_VALUE

NAMES: Mapping[str, Any] = {
    "discount": 0.0,
    "amount": 0.0,
    "tier": "",
    "role": "rep",
    "member": "",
    "customer": "",
    "currency": "CNY",
    "kind": "quote",
    "count": 0.0,
}
"""What a condition may speak of: discount in percent, amount in whole units, tier, role and member of whoever asks."""
ZH = {
    "折扣": "discount",
    "金额": "amount",
    "总价": "amount",
    "等级": "tier",
    "角色": "role",
    "币种": "currency",
    "人数": "count",
    "类型": "kind",
}
ALSO = {"sum": "amount", "total": "amount", "price": "amount", "rebate": "discount"}
_UNIT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*(k|m|万|%|％)(?![\w])", re.I)
_EACH = {"k": 1_000, "m": 1_000_000, "万": 10_000, "%": 1, "％": 1}


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition and who decides; `approver` None means any manager."""

    condition: str
    approver: int | None = None
    stand_in: int | None = None
    hours: int = 8


def as_cel(words: str) -> str:
    """ "discount > 10% and amount > 100k", "折扣>10% 且 金额>10万" as CEL; raises nothing, `wrong` tells."""
    text = words.replace("＞", ">").replace("＜", "<").replace("≥", ">=").replace("≤", "<=").replace("＝", "==")
    for said, name in {**ZH, **ALSO}.items():
        text = re.sub(rf"\b{said}\b" if said.isascii() else said, name, text, flags=re.I)
    text = _UNIT.sub(lambda match: _number(float(match[1]) * _EACH[match[2].lower()]), text)
    text = re.sub(r"\b(and)\b|且|并且|而且", " && ", text, flags=re.I)
    text = re.sub(r"\b(or)\b|或者?", " || ", text, flags=re.I)
    text = re.sub(r"(?<![<>=!])=(?!=)", "==", text)
    text = re.sub(r"\b(discount|amount|count)\s*(<=|>=|<|>|==|!=)\s*(\d+)(?![\d.])", r"\1 \2 \3.0", text)
    text = re.sub(
        r"\b(tier|role|currency|kind|member|customer)\s*(==|!=)\s*([A-Za-z\u4e00-\u9fff]\w*)", r'\1 \2 "\3"', text
    )
    return " ".join(text.split())


def _number(value: float) -> str:
    return f"{value:.1f}" if value == int(value) else repr(value)


def wrong(condition: str) -> str:
    """Why a condition can't be used; empty when it can: it must be readable and speak of what there is."""
    if problem_in(condition):
        return condition  # the words; what the parser says of them is for nobody who writes a rule
    if not isinstance(_value(condition), bool):
        unknown = (
            set(re.findall(r"[A-Za-z_]\w*", re.sub(r'"[^"]*"', "", condition))) - set(NAMES) - {"true", "false", "in"}
        )
        return ", ".join(sorted(unknown)) or condition
    return ""


def _value(condition: str) -> Any:
    import cel

    try:
        return cel.evaluate(condition, dict(NAMES))
    except NO_VALUE:
        return None


def needed(rules: Sequence[Rule], facts: Mapping[str, Any]) -> Rule | None:
    """The strictest rule that holds: the last one, so that a higher limit is written below a lower one."""
    holding = [rule for rule in rules if evaluate(rule.condition, {**NAMES, **facts}) is True]
    return holding[-1] if holding else None


def digest(content: Mapping[str, Any]) -> str:
    """What an approval counts for: the same content, to the cent."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:24]


def may_decide(
    member: int, role: str, *, by: int, approver: int | None, stand_in: int | None, open_to_all: bool
) -> bool:
    """Never whoever asked; the named ones, or any manager where nobody is named or the time has run out."""
    if member == by:
        return False
    if member in (approver, stand_in) and member:
        return True
    return role in ("manager", "owner") and (approver is None or open_to_all or role == "owner")
