"""Questions to the customer file: a CEL condition becomes SQL where it can, and is evaluated row by row where not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy import cast as sql_cast

from store.cel import NO_VALUE, Beyond, parse, parts, written
from store.clauses import visible
from store.conditions import Translator
from store.judging import Sets, customers, facts, judge
from store.models import Customer, OwnField
from store.statements import Statement

if TYPE_CHECKING:
    from store.work import Work

_C = Customer.table()


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
        _program(text)
        translator = Translator(self._work, own)
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
        ids = self._work.column(statement)
        return self._judged(question, ids) if question.rest else Found(ids)

    def some(self, question: Question, limit: int) -> list[int]:
        """So many at most of those who may fit, in no order: what Python has to judge is not judged."""
        return self._work.column(Statement(lambda: select(_C.c.id).where(question.where).limit(limit)))

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
        return customers(self._work, ids)

    def facts(self, ids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every documented name of each customer, as CEL evaluates it."""
        return facts(self._work, ids)

    def _judged(self, question: Question, ids: Sequence[int]) -> Found:
        program, sets = _program(question.rest), Sets(self._work)
        out = Found([])
        for id, known in facts(self._work, ids):
            try:
                if judge(program, id, known, sets):
                    out.ids.append(id)
            except NO_VALUE:
                out.unsure += 1
        order = {id: number for number, id in enumerate(ids)}
        out.ids.sort(key=order.__getitem__)
        return out


def _program(text: str) -> Any:
    """Raises ValueError for what is no CEL."""
    import cel

    return cel.compile(text)
