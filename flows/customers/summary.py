"""Three lines made of a customer's history: what they need, how business stands, what to watch. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.understanding.lazily import lazy

CLAUSES = 3
"""At most so many in a line."""
LONGEST = 90
_NEED = lazy(
    r"\b(needs?|wants?|wish(es)?|look(ing|s)? for|interested|requires?|plans?|planning|would like|ask(ed|s"
    r"|ing)?|quotes?"
    r"|quotation|trial|demo|replace|expand|upgrade|hopes?|prefers?)\b"
    r"|需要|需求|想(要|买|换|做|看|了解)|打算|计划|要求|询价|报价|感兴趣|希望|试用|扩(产|建|容)|升级|更换|偏好|喜欢",
    re.IGNORECASE,
)
_BUSINESS = lazy(
    r"\b(budget|decides?|decision|decision[- ]maker|signs?|signed|approv\w+|contract|renew\w*|price|discount"
    r"|pay(s|ment|ing)?"
    r"|orders?|ordered|bought|boss|ceo|cfo|cto|buyer|purchas\w+|new (manager|head|director)|joined|left|moved"
    r"|employees?|staff"
    r"|warehouse|factory|plant|subsidiary|merge[rd]?|tender|bid|terms|invoice|warranty|uses?|using|runs?|opens?"
    r"|opening)\b"
    r"|预算|决策|拍板|签(字|约|合同)|审批|合同|续(约|签|费)|付款|账期|折扣|采购|订(单|购|了)|老板|总监|经理|接手|调到|离职|上任"
    r"|招标|投标|工厂|仓库|分公司|员工|使用|在用|开(业|设|新)|质保",
    re.IGNORECASE,
)
_WATCH = lazy(
    r"\b(complain\w*|angry|unhappy|dissatisf\w+|late|delay\w*|broken|broke|defect\w*|competitor|compar\w+"
    r"|switch\w*|cancel\w*"
    r"|problem|issue|risk|lawsuit|deadline|expires?|expir\w+|overdue|urgent|by (mon|tue|wed|thu|fri|sat|sun|jan"
    r"|feb|mar|apr"
    r"|may|jun|jul|aug|sep|oct|nov|dec|end|next)\w*|before|until|at the latest|not happy|worried|too expensive"
    r"|holiday"
    r"|birthday|allergic|never|don't|do not|won't)\b"
    r"|投诉|不满|抱怨|延(误|期|迟)|故障|坏了|质量问题|竞争|对手|比价|换供应商|取消|风险|截止|到期|之前|以前|月底|年底|逾期|紧急|担心"
    r"|太贵|不要|千万|生日|过敏|停产",
    re.IGNORECASE,
)
_IDLE = lazy(
    r"^\W*(called|rang|tried|phoned|no answer|not reached|left a message|small talk|said hello|thanks?"
    r"|thank you|ok(ay)?"
    r"|hello|hi|谢谢|好的|你好|收到|打了?电话|没人接|未接|寒暄|问好|聊了聊)\W*$",
    re.IGNORECASE,
)
_FIGURE = lazy(r"\d|[一二三四五六七八九十百千万两]+(?:台|套|件|个|人|家|元|万|天|周|月|年|%)")
_SPLIT = lazy(
    r"[\n;；。!！]+|(?<=[a-z0-9)])[.?]\s+|[,，]\s*(?:and|but|but also|而且|但是|但|并且|另外|也)?\s*", re.IGNORECASE
)
_LOGGED = lazy(
    r"^(?:called|visited|met|saw|phoned|talked to|spoke (?:to|with)|mailed|e-mailed|demo (?:for|at))\s+[^,，;；]{0,40}$"
    r"|^(?:拜访|走访|致电|回访|见)了?[^,，;；]{0,20}$|^(?:和|与|跟|给)[^,，]{0,14}(?:通了?电话|打了?电话|见了?面|开了?会|聊了?(?:一下)?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was written down or said, by us or by them."""

    text: str
    at: datetime
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """Clauses by line, the most telling first."""

    needs: tuple[str, ...] = ()
    business: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.needs or self.business or self.watch)


def summary(history: Sequence[Told]) -> Summary:
    """The most telling clauses of a history; what was said again counts once, with its newest words."""
    found: dict[str, list[tuple[float, str]]] = {"needs": [], "business": [], "watch": []}
    seen: list[set[str]] = []
    for age, told in enumerate(sorted(history, key=lambda told: told.at, reverse=True)):
        for clause in _clauses(told.text):
            line, weight = _weigh(clause)
            words = _words(clause)
            if not line or any(_same(words, known) for known in seen):
                continue
            seen.append(words)
            found[line].append((weight + (0.5 if told.theirs else 0) - age * 0.02, clause))
    _share(found)
    kept = {line: tuple(clause for _w, clause in _best(several)) for line, several in found.items()}
    return Summary(**kept)


def _best(several: Sequence[tuple[float, str]]) -> Sequence[tuple[float, str]]:
    return sorted(several, key=lambda item: -item[0])[:CLAUSES]


def _share(found: Mapping[str, list[tuple[float, str]]]) -> None:
    """A line that is full lends what it can't show to one that has room."""
    for several in found.values():
        several.sort(key=lambda item: -item[0])
        for extra in several[CLAUSES:]:
            room = next((other for other in found.values() if len(other) < CLAUSES), None)
            if room is not None and extra[0] >= 1.5:
                room.append(extra)
                several.remove(extra)


def _clauses(text: str) -> Iterator[str]:
    for piece in _SPLIT.split(text):
        clause = " ".join((piece or "").split()).strip(" ,，:：-–·")
        if len(clause) >= 4 and not _IDLE.match(clause) and not _LOGGED.match(clause):
            yield clause if len(clause) <= LONGEST else clause[: LONGEST - 1] + "…"


def _weigh(clause: str) -> tuple[str, float]:
    """The line a clause belongs to, and how much it tells."""
    figure = 1.0 if _FIGURE.search(clause) else 0.0
    weights = {
        "needs": _hits(_NEED, clause) * 1.3,
        "business": _hits(_BUSINESS, clause),
        "watch": _hits(_WATCH, clause) * 1.2,
    }
    line = max(weights, key=lambda name: weights[name])
    if weights[line]:
        return line, weights[line] + figure
    if figure:
        return "business", 0.8
    named = len(re.findall(r"(?<!^)(?<![.] )\b[A-Z][a-z]{2,}", clause))
    return (
        ("business", 0.5 + 0.1 * named)
        if named or len(clause) >= (8 if re.search(r"[\u3400-\u9fff]", clause) else 24)
        else ("", 0)
    )


def _hits(pattern: re.Pattern[str], clause: str) -> float:
    return float(min(2, sum(1 for _ in pattern.finditer(clause))))


def _words(clause: str) -> set[str]:
    low = clause.casefold()
    return set(re.findall(r"[a-z0-9]+", low)) | set(re.findall(r"[\u3400-\u9fff]{2}", low))


def _same(one: set[str], other: set[str]) -> bool:
    return len(one & other) > 0.8 * max(1, min(len(one), len(other))) and abs(len(one) - len(other)) <= 3
