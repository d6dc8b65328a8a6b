"""Questions to the customer file: a CEL condition becomes SQL where it can, and is evaluated row by row where not.

Names: name, phone, email, owner, tier, stage, step, source, industry, place, language (texts, empty when unknown);
tags, needs, prefers (lists); value, score, silent, added, orders (numbers; silent and added in days); reachable; and
the firm's own fields. Functions: find(words), like(text, part), bought(what, days), viewed(what, days) and
did(what, about, days), where days may be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import cel
from sqlalchemy import ColumnElement, and_, bindparam, case, false, func, literal, not_, or_, select, true
from sqlalchemy import cast as sql_cast
from sqlalchemy.types import Float, String

from store.cel import Beyond, Both, Call, Items, Literal, Name, Node, Not, Value, parse, parts, written
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
from store.search import LAST, LONGEST, normal, ways
from store.statements import Statement
from store.types import among, among_these, micros
from store.work import columns

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
_ANYTHING = ""
_FORGIVEN = 200


class Unknown(ValueError):
    """The condition has a name that nobody knows; the message is the name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A condition with who may be seen: `where` in SQL, `rest` for the customers that pass it, one by one."""

    where: ColumnElement[bool]
    rest: str = ""


@dataclass(slots=True)
class Found:
    """Customers that fit, in order; `unsure` could not be judged, and are not silently left out."""

    ids: list[int]
    unsure: int = 0


class Segments:
    """Asks the customer file."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def question(self, text: str) -> Question:
        """Reads a CEL condition; raises Unknown for a name, ValueError for what is no CEL."""
        own = {row.name: row for row in self._work.find(OwnField, state="active")}
        program = cel.compile(text)
        del program
        translator = _Translator(self._work, own)
        seen = visible(self._work.sight)
        try:
            tree = parse(text)
        except Beyond:
            return Question(seen, text)
        known, rest = [seen], []
        for part in parts(tree):
            try:
                known.append(translator.condition(part))
            except Beyond:
                rest.append(part)
        return Question(and_(*known), " && ".join(map(written, rest)))

    def found(self, question: Question) -> Found:
        """Every customer that fits, the most valuable first."""
        statement = Statement(
            lambda: select(_C.c.id).where(question.where).order_by(_C.c.value.desc(), _C.c.last_touch.desc(), _C.c.id)
        )
        ids = [row[0] for row in self._work.rows(statement)]
        return self._judged(question, ids) if question.rest else Found(ids)

    def count(self, question: Question) -> int:
        """How many fit."""
        if question.rest:
            return len(self.found(question).ids)
        return int(self._work.value(Statement(lambda: select(func.count()).select_from(_C).where(question.where))))

    def page(self, question: Question, *, first: Sequence[int] = (), offset: int = 0, limit: int = 20) -> list[int]:
        """A stretch of what fits; `first` come before the others where they are among it."""
        if question.rest:
            ids = self.found(question).ids
            ids = [*(id for id in first if id in set(ids)), *(id for id in ids if id not in set(first))]
            return ids[offset : offset + limit]
        rank: Any = sql_cast(literal(len(first)), _C.c.id.type)
        if first:
            rank = case(*((_C.c.id == id, number) for number, id in enumerate(first)), else_=len(first))
        statement = Statement(
            lambda: (
                select(_C.c.id)
                .where(question.where)
                .order_by(rank, _C.c.value.desc(), _C.c.last_touch.desc(), _C.c.id)
                .limit(limit)
                .offset(offset)
            )
        )
        return [row[0] for row in self._work.rows(statement)]

    def fits(self, question: Question, customer: int) -> bool:
        """Whether one customer is among them."""
        one = Question(and_(question.where, _C.c.id == customer), question.rest)
        return bool(self.found(one).ids)

    def customers(self, ids: Sequence[int]) -> list[Customer]:
        """The customers in this order."""
        found = {row.id: row for row in self._work.all(Customer, _BY_ID, ids=list(ids))} if ids else {}
        return [found[id] for id in ids if id in found]

    def facts(self, ids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every documented name of each customer, as CEL evaluates it."""
        members = {row.id: row.name for row in self._work.find(Member)}
        for start in range(0, len(ids), 500):
            some = list(ids[start : start + 500])
            lists = {name: self._lists(statement, some) for name, statement in _LISTS.items()}
            own = self._own(some)
            orders = {row[0]: row[1] for row in self._work.rows(_ORDERS, ids=some)}
            chats = {row[0] for row in self._work.rows(_CHATS, ids=some)}
            for row in self.customers(some):
                plain = _plain(row, members, self._work.now)
                several = {name: found.get(row.id, []) for name, found in lists.items()}
                extra = {"orders": orders.get(row.id, 0), "reachable": row.id in chats}
                yield row.id, {**self._empty(), **own.get(row.id, {}), **plain, **several, **extra}

    def _judged(self, question: Question, ids: Sequence[int]) -> Found:
        program, sets = cel.compile(question.rest), _Sets(self._work)
        out = Found([])
        for id, facts in self.facts(ids):
            try:
                if _judge(program, id, facts, sets):
                    out.ids.append(id)
            except (RuntimeError, TypeError):
                out.unsure += 1
        order = {id: number for number, id in enumerate(ids)}
        out.ids.sort(key=order.__getitem__)
        return out

    def _lists(self, statement: Statement, ids: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for customer, name in self._work.rows(statement, ids=list(ids)):
            found.setdefault(customer, []).append(name)
        return found

    def _own(self, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        fields = {row.id: row for row in self._work.find(OwnField, state="active")}
        found: dict[int, dict[str, Any]] = {}
        for customer, id, words, number in self._work.rows(_VALUES, ids=list(ids)):
            if kind := fields.get(id):
                value = number / FINE if number is not None else words
                found.setdefault(customer, {})[kind.name] = value
        return found

    def _empty(self) -> dict[str, Any]:
        return {
            row.name: None if row.kind in ("number", "money") else ""
            for row in self._work.find(OwnField, state="active")
        }


def _asked(call: Call) -> bool:
    return (
        call.name in FUNCTIONS
        and call.name != "like"
        and not call.method
        and all(isinstance(a, Literal) for a in call.arguments)
    )


class _Sets:
    """What calls with constant arguments select, each asked once for all customers."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._found: dict[str, set[int]] = {}

    def of(self, call: Call) -> set[int]:
        text = written(call)
        if text not in self._found:
            condition = _Translator(self._work, {}).condition(call)
            rows = self._work.rows(Statement(lambda: select(_C.c.id).where(_ours(), condition)))
            self._found[text] = {row[0] for row in rows}
        return self._found[text]


def _judge(program: Any, id: int, facts: Mapping[str, Any], sets: _Sets) -> bool:
    def among_(name: str) -> Callable[..., bool]:
        return lambda *given: id in sets.of(Call(name, tuple(Literal(value) for value in given)))

    functions: dict[str, Callable[..., Any]] = {name: among_(name) for name in FUNCTIONS if name != "like"}
    functions["like"] = like
    return bool(program.execute(cel.Context(variables=dict(facts), functions=functions)))


def like(text: str, part: str) -> bool:
    """The text has the part in it, whatever the case."""
    if part.isascii():
        return _lower(part) in _lower(text)
    return part.casefold() in text.casefold()


def has_word(text: str, word: str) -> bool:
    """A product is meant by one of its words, or, in Chinese, by a part of its name; nothing means any product."""
    if word == _ANYTHING:
        return True
    return f" {_lower(word)} " in f" {_lower(text)} " if word.isascii() else like(text, word)


def _lower(text: str) -> str:
    """As both engines do it: letters A to Z only."""
    return "".join(c.lower() if c.isascii() else c for c in text)


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


class _Translator:
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
                return _C.c.id.in_(_reachable())
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
            return _operate(column, op, _scaled(value, unit), column_may_be_null=kind is not None)
        if name in FLAGS and isinstance(value, bool) and op in ("==", "!="):
            there = _C.c.id.in_(_reachable())
            return there if value == (op == "==") else not_(there)
        if not isinstance(value, str) or name in LISTS or name in FLAGS:
            raise Beyond(name)
        if name == "owner":
            return self._owner(op, value)
        return _operate(self._text(name), op, value)

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
            count = select(func.count()).select_from(_P).where(_P.c.workspace == _C.c.workspace, *_order_of(_C.c.id))
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
                return _C.c.id.in_(_having(right.name, left.value))
        if isinstance(left, Name) and isinstance(right, Items):
            self._known(left.name)
            values = [item.value for item in right.items if isinstance(item, Literal)]
            if len(values) == len(right.items):
                return or_(false(), *(self._against(left.name, "==", value) for value in values))
        raise Beyond("in")

    def _called(self, call: Call) -> ColumnElement[bool]:
        if call.name in ("like", "contains", "startsWith", "endsWith"):
            return self._matched(call)
        if not _asked(call):
            raise Beyond(call.name)
        words, days = _arguments(call)
        if call.name == "find":
            return self._find(words[0] if words else "")
        if call.name == "bought":
            return _C.c.id.in_(self._done(_P, _P.c.what, words[:1], days, *_order_of(None)))
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
        column = _owner_name() if where.name == "owner" else self._text(where.name)
        return func.lower(column).contains(_lower(part.value), autoescape=True)

    def _done(self, table: Any, about: Any, words: Sequence[str], days: float | None, *more: Any) -> Any:
        where = [table.c.workspace == bindparam("workspace"), *more]
        if words and words[0] != _ANYTHING:
            where.append(_has_word(about, words[0]))
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
        if self._work.rows(Statement(lambda: select(_C.c.id).where(_ours(), _active(), some).limit(1))):
            return some
        several = words.split()
        if len(several) > 1:
            return and_(*(self._find(word) for word in several))
        near = [hit.customer for hit in self._work.search.find(words, limit=_FORGIVEN)]
        return among_these(_C.c.id, near) if near else false()

    def _written(self, words: str) -> list[ColumnElement[bool]]:
        """Tag, place, industry, source and own texts that are these words."""
        part = _lower(words)
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


def _has_word(column: Any, word: str) -> ColumnElement[bool]:
    if not word.isascii():
        return func.lower(column).contains(_lower(word), autoescape=True)
    padded = literal(" ") + func.lower(column) + literal(" ")
    return padded.contains(f" {_lower(word)} ", autoescape=True)


def _operate(column: Any, op: str, value: Any, *, column_may_be_null: bool = False) -> ColumnElement[bool]:
    match op:
        case "==":
            return column == value  # type: ignore[no-any-return]
        case "!=":
            return column.is_distinct_from(value) if column_may_be_null else column != value  # type: ignore[no-any-return]
        case "<":
            return column < value  # type: ignore[no-any-return]
        case "<=":
            return column <= value  # type: ignore[no-any-return]
        case ">":
            return column > value  # type: ignore[no-any-return]
        case ">=":
            return column >= value  # type: ignore[no-any-return]
    raise Beyond(op)


def _scaled(value: float, unit: int) -> Any:
    """In the column's own unit; a whole number where it is one, so that borders are exact."""
    scaled = value * unit
    whole = round(scaled)
    return whole if abs(scaled - whole) < 1e-6 * max(1.0, abs(scaled) / 1e9) else literal(float(scaled), Float())


def _order_of(customer: Any) -> list[Any]:
    theirs = [_P.c.customer == customer] if customer is not None else []
    return [*theirs, _P.c.kind == "order", _P.c.state == "open"]


def _having(name: str, value: str) -> Any:
    table, column, more = {
        "tags": (_TAG, _TAG.c.name, []),
        "needs": (_N, _N.c.text, [_N.c.state == "open"]),
        "prefers": (_PREF, _PREF.c.name, []),
    }[name]
    return select(table.c.customer).where(table.c.workspace == bindparam("workspace"), column == value, *more)


def _reachable() -> Any:
    return select(_CHAT.c.customer).where(
        _CHAT.c.workspace == bindparam("workspace"),
        _CHAT.c.customer.is_not(None),
        _CHAT.c.side == "customer",
        _CHAT.c.reachable,
    )


def _owner_name() -> Any:
    found = select(_M.c.name).where(_M.c.workspace == _C.c.workspace, _M.c.id == _C.c.owner).correlate(_C)
    return func.coalesce(found.scalar_subquery(), literal("", String()))


def _ours() -> ColumnElement[bool]:
    return _C.c.workspace == bindparam("workspace")


def _active() -> ColumnElement[bool]:
    return _C.c.state == "active"


def visible(sight: frozenset[int] | None) -> ColumnElement[bool]:
    """Our own active customers whom this person may see; those without an owner are everybody's."""
    if sight is None:
        return and_(_ours(), _active())
    return and_(_ours(), _active(), or_(_C.c.owner.is_(None), among_these(_C.c.owner, sorted(sight))))


_BY_ID = Statement(lambda: select(*columns(Customer)).where(_ours(), among(_C.c.id, "ids")))
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
        .where(_P.c.workspace == bindparam("workspace"), *_order_of(None), among(_P.c.customer, "ids"))
        .group_by(_P.c.customer)
    )
)
_CHATS = Statement(
    lambda: select(_CHAT.c.customer).where(
        _CHAT.c.workspace == bindparam("workspace"),
        _CHAT.c.side == "customer",
        _CHAT.c.reachable,
        among(_CHAT.c.customer, "ids"),
    )
)
