"""What a condition may name, and the SQL that it becomes; what can't be SQL is `Beyond`.

Names: name, phone, email, owner, tier, stage, step, source, industry, place, language (texts, empty when unknown);
tags, needs, prefers (lists); value, score, silent, added, orders (numbers; silent and added in days); reachable; and
the firm's own fields. Functions: find(words), like(text, part), bought(what, days), viewed(what, days) and
did(what, about, days), where days may be left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, literal, not_, or_, select, true
from sqlalchemy import cast as sql_cast
from sqlalchemy.types import String

from store.cel import Beyond, Both, Call, Items, Literal, Name, Node, Not, Value, written
from store.clauses import active, compared, has_word, having, lower, order_of, ours, owner_name, reachable, scaled
from store.models import (
    Conversation,
    Customer,
    FieldValue,
    Member,
    Need,
    OwnField,
    Preference,
    Purchase,
    SearchKey,
    Tag,
    Trace,
)
from store.search import LAST
from store.search_keys import LONGEST, normal, ways
from store.statements import Statement
from store.types import among_these, micros

if TYPE_CHECKING:
    from store.work import Work

_C, _TAG, _P, _TRACE, _KEY = Customer.table(), Tag.table(), Purchase.table(), Trace.table(), SearchKey.table()
_M, _V, _N, _PREF, _CHAT = Member.table(), FieldValue.table(), Need.table(), Preference.table(), Conversation.table()

TEXTS = ("name", "phone", "email", "owner", "tier", "stage", "step", "source", "industry", "place", "language")
NUMBERS = ("value", "score", "silent", "added", "orders")
LISTS = ("tags", "needs", "prefers")
FLAGS = ("reachable",)
NAMES = (*TEXTS, *NUMBERS, *LISTS, *FLAGS)
FUNCTIONS = ("find", "like", "bought", "viewed", "did")
DAY = 86_400_000_000
HUNDREDTHS, FINE = 100, 10_000
_OPPOSITE = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
ANYTHING = ""
_FORGIVEN = 200


class Unknown(ValueError):
    """The condition has a name that nobody knows; the message is the name."""


class Translator:
    """One condition's parts as SQL; raises Beyond where it can't be, and Unknown for a name that nobody knows."""

    def __init__(self, work: Work, own: Mapping[str, OwnField]) -> None:
        self._work = work
        self._own = own

    def condition(self, node: Node) -> ColumnElement[bool]:
        match node:
            case Literal(value=bool() as value):
                return true() if value else false()
            case Not(part=part):
                return not_(self.condition(part))
            case Both(op="&&", left=left, right=right):
                return and_(self.condition(left), self.condition(right))
            case Both(op="||", left=left, right=right):
                return or_(self.condition(left), self.condition(right))
            case Both(op="in", left=left, right=right):
                return self._among(left, right)
            case Both(op=op, left=left, right=right):
                return self._compared(op, left, right)
            case Call():
                return self._called(node)
            case Name(name="reachable"):
                return _C.c.id.in_(reachable())
            case Name(name=name):
                self._known(name)
        raise Beyond(written(node))

    def _known(self, name: str) -> None:
        if name not in NAMES and name not in self._own:
            raise Unknown(name)

    def _compared(self, op: str, left: Node, right: Node) -> ColumnElement[bool]:
        if isinstance(left, Literal) and isinstance(right, Name):
            left, right, op = right, left, _OPPOSITE[op]
        if not isinstance(left, Name) or not isinstance(right, Literal):
            for side in (left, right):
                if isinstance(side, Name):
                    self._known(side.name)
            raise Beyond(op)
        self._known(left.name)
        return self._against(left.name, op, right.value)

    def _against(self, name: str, op: str, value: Value) -> ColumnElement[bool]:
        kind = self._own.get(name)
        if name in NUMBERS or (kind and kind.kind in ("number", "money")):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise Beyond(name)
            column, unit = self._number(name)
            return compared(column, op, scaled(value, unit), column_may_be_null=kind is not None)
        if name in FLAGS and isinstance(value, bool) and op in ("==", "!="):
            there = _C.c.id.in_(reachable())
            return there if value == (op == "==") else not_(there)
        if not isinstance(value, str) or name in LISTS or name in FLAGS:
            raise Beyond(name)
        if name == "owner":
            return self._owner(op, value)
        return compared(self._text(name), op, value)

    def _owner(self, op: str, value: str) -> ColumnElement[bool]:
        if op not in ("==", "!="):
            raise Beyond("owner")
        theirs = select(_M.c.id).where(_M.c.workspace == self._work.workspace, _M.c.name == value)
        has = _C.c.owner.is_(None) if not value else and_(_C.c.owner.is_not(None), _C.c.owner.in_(theirs))
        return has if op == "==" else not_(has)

    def _text(self, name: str) -> Any:
        if name in self._own and name not in NAMES:
            found = self._value(name, _V.c.words)
            return func.coalesce(found, literal("", String()))
        return _C.c[name]

    def _number(self, name: str) -> tuple[Any, int]:
        now = micros(self._work.now)
        if name == "value":
            return _C.c.value, HUNDREDTHS
        if name == "score":
            return _C.c.score, 1
        if name in ("silent", "added"):
            since = func.coalesce(_C.c.last_touch, _C.c.created) if name == "silent" else _C.c.created
            return literal(now) - sql_cast(since, _C.c.value.type), DAY
        if name == "orders":
            count = select(func.count()).select_from(_P).where(_P.c.workspace == _C.c.workspace, *order_of(_C.c.id))
            return count.correlate(_C).scalar_subquery(), 1
        return self._value(name, _V.c.number), FINE

    def _value(self, name: str, column: Any) -> Any:
        return (
            select(column)
            .where(_V.c.workspace == _C.c.workspace, _V.c.customer == _C.c.id, _V.c.field == self._own[name].id)
            .correlate(_C)
            .scalar_subquery()
        )

    def _among(self, left: Node, right: Node) -> ColumnElement[bool]:
        if isinstance(left, Literal) and isinstance(left.value, str) and isinstance(right, Name):
            self._known(right.name)
            if right.name in LISTS:
                return _C.c.id.in_(having(right.name, left.value))
        if isinstance(left, Name) and isinstance(right, Items):
            self._known(left.name)
            values = [item.value for item in right.items if isinstance(item, Literal)]
            if len(values) == len(right.items):
                return or_(false(), *(self._against(left.name, "==", value) for value in values))
        raise Beyond("in")

    def _called(self, call: Call) -> ColumnElement[bool]:
        if call.name in ("like", "contains", "startsWith", "endsWith"):
            return self._matched(call)
        if not asks(call):
            raise Beyond(call.name)
        words, days = _arguments(call)
        if call.name == "find":
            return self._find(words[0] if words else "")
        if call.name == "bought":
            return _C.c.id.in_(self._done(_P, _P.c.what, words[:1], days, *order_of(None)))
        if call.name == "viewed":
            return _C.c.id.in_(self._done(_TRACE, _TRACE.c.about, words[:1], days, _TRACE.c.what == "viewed"))
        what = [_TRACE.c.what == words[0]] if words and words[0] else []
        return _C.c.id.in_(self._done(_TRACE, _TRACE.c.about, words[1:2], days, *what))

    def _matched(self, call: Call) -> ColumnElement[bool]:
        where, part = (*call.arguments, Literal(0), Literal(0))[:2]
        if not isinstance(where, Name) or not isinstance(part, Literal) or not isinstance(part.value, str):
            raise Beyond(call.name)
        self._known(where.name)
        kind = self._own.get(where.name)
        if where.name not in TEXTS and (kind is None or kind.kind in ("number", "money")):
            raise Beyond(call.name)
        if call.name != "like" or not _caseless(part.value):
            raise Beyond(call.name)
        column = owner_name() if where.name == "owner" else self._text(where.name)
        return func.lower(column).contains(lower(part.value), autoescape=True)

    def _done(self, table: Any, about: Any, words: Sequence[str], days: float | None, *more: Any) -> Any:
        where = [table.c.workspace == bindparam("workspace"), *more]
        if words and words[0] != ANYTHING:
            where.append(has_word(about, words[0]))
        if days is not None:
            where.append(table.c.at >= self._work.now - timedelta(days=days))
        return select(table.c.customer).where(*where)

    def _find(self, words: str) -> ColumnElement[bool]:
        """By every key of a name, phone or e-mail, and by what is written on the card; typing errors come last."""
        wanted = normal(words)
        if not wanted:
            return false()
        keys = [
            select(_KEY.c.customer).where(
                _KEY.c.workspace == bindparam("workspace"),
                _KEY.c.kind == kind,
                _KEY.c.key >= key[:LONGEST],
                _KEY.c.key < key[:LONGEST] + LAST,
            )
            for _how, kind, key in ways(wanted)
        ]
        ways_ = [_C.c.id.in_(found) for found in keys] + self._written(words.strip())
        some = or_(*ways_)
        if self._work.rows(Statement(lambda: select(_C.c.id).where(ours(), active(), some).limit(1))):
            return some
        several = words.split()
        if len(several) > 1:
            return and_(*(self._find(word) for word in several))
        near = [hit.customer for hit in self._work.search.find(words, limit=_FORGIVEN)]
        return among_these(_C.c.id, near) if near else false()

    def _written(self, words: str) -> list[ColumnElement[bool]]:
        """Tag, place, industry, source and own texts that are these words."""
        part = lower(words)
        tags = select(_TAG.c.customer).where(
            _TAG.c.workspace == bindparam("workspace"), func.lower(_TAG.c.name) == part
        )
        own = select(_V.c.customer).where(_V.c.workspace == bindparam("workspace"), func.lower(_V.c.words) == part)
        return [
            _C.c.id.in_(tags),
            _C.c.id.in_(own),
            func.lower(_C.c.place) == part,
            func.lower(_C.c.industry) == part,
            func.lower(_C.c.source) == part,
        ]


def _arguments(call: Call) -> tuple[list[str], float | None]:
    values = [argument.value for argument in call.arguments if isinstance(argument, Literal)]
    days = values.pop() if values and isinstance(values[-1], int | float) and not isinstance(values[-1], bool) else None
    if any(not isinstance(value, str) for value in values):
        raise Beyond(call.name)
    if days is not None and not 0 <= float(days) <= 100_000:
        raise Beyond(call.name)
    return [str(value) for value in values], float(days) if days is not None else None


def _caseless(part: str) -> bool:
    """True when lower case of A to Z is all that counts in it: what `like` means is then what SQL does."""
    return part.isascii() or part.casefold() == part == part.upper()


def asks(call: Call) -> bool:
    """Whether it selects customers by itself, with nothing of theirs in its arguments."""
    return (
        call.name in FUNCTIONS
        and call.name != "like"
        and not call.method
        and all(isinstance(a, Literal) for a in call.arguments)
    )
