# ruff: noqa: E501 -- a rule is one line
"""The sums of a line, with what stands around each: per what, about, at least, and what it is for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows.understanding.context import Context
from flows.understanding.facts import Money, Place
from flows.understanding.grammar import Book, longest
from flows.understanding.lazily import lazy
from flows.understanding.money.rules import RULES, Sum
from flows.understanding.text import Text

_MOST: Final = 100
_PER: Final = lazy(
    r"[ ]?(?:/|per|a|an|each|every|每|一)个?[ ]?(year|yr|annum|month|mo|quarter|seat|user|license|unit|day|week|office|store|site|location|head|person|device|年|月|季度|套|台|人|个(?!月)|箱|件|吨|平方?米?|桶|袋|瓶|盒|张|支|根|卷|米|条|只|份|公?斤|包|片|天|次)(?![a-z])"
)
_MINUS: Final = lazy(r"(?:(?:^|(?<=[ (:=]))[-−]|(?<![a-z])minus |负|(?<=[退还返扣减亏][款费钱息货了])[-−])$")
_PER_LEFT: Final = lazy(
    r"每(年|月|季度?|套|台|人|个|天|周|箱|件|吨|平方?米?|桶|袋|瓶|盒|张|支|根|卷|米|条|只|份|公?斤|包|片|次)(?:大概|大约|约)?$"
)
_PER_NAMES: Final = {
    "yr": "year",
    "annum": "year",
    "mo": "month",
    "年": "year",
    "月": "month",
    "季度": "quarter",
    "季": "quarter",
    "天": "day",
    "周": "week",
    "license": "seat",
}
_ABOUT: Final = lazy(
    r"(?:(?<![a-z])(?:about|around|approx(?:imately)?\.?|roughly|circa|nearly|almost|ca\.?)|~|大概|大约|约|差不多|将近|接近)[ ]?$"
)
_MIN: Final = lazy(
    r"(?:(?:at least|more than|over|no less than|north of|minimum|above|upwards of)|至少|不低于|超过|起码|最少)[ ]?$"
)
_MAX: Final = lazy(
    r"(?:(?:at most|up to|no more than|less than|under|below|max(?:imum)?|not more than)|最多|不超过|不到|低于|以内|上限)[ ]?$"
)
_ROLES: Final = (
    ("budget", lazy(r"budget|can spend|预算|额度|经费")),
    ("quote", lazy(r"quot|proposal|offer|报价|报了|开价|出价|方案价")),
    ("payment", lazy(r"paid|pay|invoice|deposit|回款|付款|打款|到账|尾款|首付|预付|定金|开票|发票")),
    ("discount", lazy(r"discount|off|优惠|折扣|便宜|降价|让利")),
    ("deal", lazy(r"deal|contract|worth|signed|order|arr|acv|tcv|合同|成交|签|订单|续约|续费|采购|单子")),
)  # fmt: skip


def read_sums(text: Text, context: Context, blocked: bytes | bytearray, rules: Book[Sum] = RULES) -> tuple[Money, ...]:
    """All amounts that do not lie in words already read."""
    found: list[Money] = []
    for match, value, rule in longest(rules, text)[:_MOST]:
        start, end = match.span
        if not (any(blocked[start:end]) or _are_pieces(text.folded, start, end)):
            found.append(_money(text, start, end, value, rule.name, context))
    return _ranged(found, text)


_BROKEN: Final = ("坏了", "碎了", "裂了", "破了", "换了")


def _are_pieces(low: str, start: int, end: int) -> bool:
    """坏了2块: no money."""
    return low.endswith("块", start, end) and low[max(0, start - 2) : start] in _BROKEN


_BETWEEN: Final = lazy(r" ?(?:-{1,2}|~|to|到|至) ?")


def _ranged(found: Sequence[Money], text: Text) -> tuple[Money, ...]:
    """Two amounts of one currency with "to" between them are a range."""
    joined: list[Money] = []
    for one in found:
        last = joined[-1] if joined else None
        gap = text.folded[last.place.end : one.place.start] if last else ""
        is_range = last and _BETWEEN.fullmatch(gap) and last.currency == one.currency and last.amount < one.amount
        if last and is_range and last.amount_to is None and one.amount_to is None:
            place = replace(last.place, end=one.place.end)
            words = text.raw[place.start : place.end]
            joined[-1] = replace(last, text=words, amount_to=one.amount, place=place, per=one.per or last.per)
        else:
            joined.append(one)
    return tuple(joined)


def _money(text: Text, start: int, end: int, value: Sum, rule: str, context: Context) -> Money:
    low = text.low
    left = low[max(0, start - 16) : start]
    begin = start
    per: str | None = None
    if match := _PER_LEFT.search(left):
        per, begin = match[1], start - len(match[0])
    elif match := _PER.match(low, end):
        per, end = match[1], match.end()
    approximate = _ABOUT.search(left)
    if approximate and per is None:
        begin = start - len(approximate[0])
    near = low[max(0, start - 24) : min(len(low), end + 12)]
    role = next((name for name, pattern in _ROLES if pattern.search(near)), None)
    bound = "min" if _MIN.search(left) else "max" if _MAX.search(left) else ""
    currency = value.currency
    if currency == "CNY" and context.country == "JP" and "¥" in low[start:end]:
        currency = "JPY"
    amount = value.amount
    if value.amount_to is None and (sign := _MINUS.search(left)):
        begin, amount = min(begin, start - len(sign[0])), -amount
    place = Place(text.at(begin), text.at(end), rule, 0.95 if currency else 0.7)
    return Money(
        text.said(begin, end), amount, value.amount_to, currency, place, role,
        _PER_NAMES.get(per, per) if per else None, bool(approximate), bound,  # type: ignore[arg-type]
    )  # fmt: skip
