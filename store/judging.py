"""Conditions that are no SQL, evaluated customer by customer: every documented name with its value, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from store.cel import Call, Literal, written
from store.clauses import lower, order_of, ours
from store.conditions import ANYTHING, DAY, FINE, FUNCTIONS, HUNDREDTHS, TEXTS, Translator
from store.models import Conversation, Customer, FieldValue, Member, Need, OwnField, Preference, Purchase, Tag
from store.statements import Statement
from store.types import among, micros
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_C, _TAG, _P, _V = Customer.table(), Tag.table(), Purchase.table(), FieldValue.table()
_N, _PREF, _CHAT = Need.table(), Preference.table(), Conversation.table()


class Sets:
    """What calls with constant arguments select, each asked once for all customers."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._found: dict[str, set[int]] = {}

    def of(self, call: Call) -> set[int]:
        text = written(call)
        if text not in self._found:
            condition = Translator(self._work, {}).condition(call)
            rows = self._work.rows(Statement(lambda: select(_C.c.id).where(ours(), condition)))
            self._found[text] = {row[0] for row in rows}
        return self._found[text]


def judge(program: Any, id: int, facts: Mapping[str, Any], sets: Sets) -> bool:
    """Whether a customer with these facts fits; raises one of NO_VALUE where that can't be said."""
    import cel

    def among_(name: str) -> Callable[..., bool]:
        return lambda *given: id in sets.of(Call(name, tuple(Literal(value) for value in given)))

    functions: dict[str, Callable[..., Any]] = {name: among_(name) for name in FUNCTIONS if name != "like"}
    functions["like"] = like
    return bool(program.execute(cel.Context(variables=dict(facts), functions=functions)))


def like(text: str, part: str) -> bool:
    """The text has the part in it, whatever the case."""
    if part.isascii():
        return lower(part) in lower(text)
    return part.casefold() in text.casefold()


def has_word(text: str, word: str) -> bool:
    """A product is meant by one of its words, or, in Chinese, by a part of its name; nothing means any product."""
    if word == ANYTHING:
        return True
    return f" {lower(word)} " in f" {lower(text)} " if word.isascii() else like(text, word)


def customers(work: Work, ids: Sequence[int]) -> list[Customer]:
    """The customers in this order."""
    found = {row.id: row for row in work.all(Customer, _BY_ID, ids=list(ids))} if ids else {}
    return [found[id] for id in ids if id in found]


def facts(work: Work, ids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every documented name of each customer, as CEL evaluates it."""
    members = {row.id: row.name for row in work.find(Member)}
    for start in range(0, len(ids), 500):
        some = list(ids[start : start + 500])
        lists = {name: _lists(work, statement, some) for name, statement in _LISTS.items()}
        own = _own(work, some)
        orders = {row[0]: row[1] for row in work.rows(_ORDERS, ids=some)}
        chats = {row[0] for row in work.rows(_CHATS, ids=some)}
        for row in customers(work, some):
            plain = _plain(row, members, work.now)
            several = {name: found.get(row.id, []) for name, found in lists.items()}
            extra = {"orders": orders.get(row.id, 0), "reachable": row.id in chats}
            yield row.id, {**_empty(work), **own.get(row.id, {}), **plain, **several, **extra}


def _lists(work: Work, statement: Statement, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for customer, name in work.rows(statement, ids=list(ids)):
        found.setdefault(customer, []).append(name)
    return found


def _own(work: Work, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    fields = {row.id: row for row in work.find(OwnField, state="active")}
    found: dict[int, dict[str, Any]] = {}
    for customer, id, words, number in work.rows(_VALUES, ids=list(ids)):
        if kind := fields.get(id):
            value = number / FINE if number is not None else words
            found.setdefault(customer, {})[kind.name] = value
    return found


def _empty(work: Work) -> dict[str, Any]:
    return {row.name: None if row.kind in ("number", "money") else "" for row in work.find(OwnField, state="active")}


def _plain(row: Customer, members: Mapping[int, str], now: Any) -> dict[str, Any]:
    texts = {name: getattr(row, name) for name in TEXTS if name != "owner"}
    return {
        **texts,
        "owner": members.get(row.owner or 0, ""),
        "value": row.value / HUNDREDTHS,
        "score": row.score,
        "silent": (micros(now) - micros(row.last_touch or row.created)) / DAY,
        "added": (micros(now) - micros(row.created)) / DAY,
    }


_BY_ID = Statement(lambda: select(*columns(Customer)).where(ours(), among(_C.c.id, "ids")))
_LISTS: Mapping[str, Statement] = {
    "tags": Statement(
        lambda: (
            select(_TAG.c.customer, _TAG.c.name)
            .where(_TAG.c.workspace == bindparam("workspace"), among(_TAG.c.customer, "ids"))
            .order_by(_TAG.c.id)
        )
    ),
    "needs": Statement(
        lambda: (
            select(_N.c.customer, _N.c.text)
            .where(_N.c.workspace == bindparam("workspace"), _N.c.state == "open", among(_N.c.customer, "ids"))
            .order_by(_N.c.id)
        )
    ),
    "prefers": Statement(
        lambda: (
            select(_PREF.c.customer, _PREF.c.name)
            .where(_PREF.c.workspace == bindparam("workspace"), among(_PREF.c.customer, "ids"))
            .order_by(_PREF.c.id)
        )
    ),
}
_VALUES = Statement(
    lambda: select(_V.c.customer, _V.c.field, _V.c.words, _V.c.number).where(
        _V.c.workspace == bindparam("workspace"), among(_V.c.customer, "ids")
    )
)
_ORDERS = Statement(
    lambda: (
        select(_P.c.customer, func.count())
        .where(_P.c.workspace == bindparam("workspace"), *order_of(None), among(_P.c.customer, "ids"))
        .group_by(_P.c.customer)
    )
)
_CHATS = Statement(
    lambda: select(_CHAT.c.customer).where(
        _CHAT.c.workspace == bindparam("workspace"),
        _CHAT.c.side == "customer",
        _CHAT.c.reachable,
        _CHAT.c.blocked.is_(None),
        among(_CHAT.c.customer, "ids"),
    )
)
