"""Acts of many rows: the parts in which they were kept, and which customers somebody has worked with since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from sqlalchemy import bindparam, func, select

from store.models import Change, Customer, FieldValue, Owned, SearchKey
from store.statements import Statement
from store.types import among, word
from store.work import Work, columns

R = TypeVar("R", bound=Owned)
_C = Change.table()
_PARTS = Statement(
    lambda: (
        select(_C.c.id)
        .where(_C.c.workspace == bindparam("workspace"), _C.c.card == bindparam("card"), _C.c.state == word("part"))
        .order_by(_C.c.id.desc())
    )
)
_T, _V = Customer.table(), FieldValue.table()
_PAGE = Statement(
    lambda: (
        select(*columns(Customer))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.state == word("active"), _T.c.id > bindparam("after"))
        .order_by(_T.c.id)
        .limit(bindparam("limit"))
    )
)
_VALUES = Statement(
    lambda: (
        select(*columns(FieldValue))
        .where(_V.c.workspace == bindparam("workspace"), among(_V.c.customer, "ids"))
        .order_by(_V.c.id)
    )
)
_NOT_WORK = frozenset({"sheet_row", "alias", "pass"})
"""Tables whose rows say nothing of what somebody did with a customer."""


def parts(work: Work, card: str) -> list[int]:
    """The parts of a batch that still stand, the last first."""
    return [row[0] for row in work.rows(_PARTS, card=card)]


def used(work: Work, customers: Collection[int], but: Collection[tuple[str, int]]) -> set[int]:
    """Of these customers, those that rows of any table speak of, apart from the given ones."""
    if not customers:
        return set()
    return {
        customer
        for table, statement in _mentions()
        for id, customer in work.rows(statement, ids=sorted(customers))
        if (table, id) not in but
    }


def page_of_customers(work: Work, after: int, limit: int) -> list[Customer]:
    """The next active customers by number."""
    return work.all(Customer, _PAGE, after=after, limit=limit)


def values_of(work: Work, customers: Iterable[int]) -> dict[int, list[FieldValue]]:
    """What many customers have in the firm's own fields."""
    found: dict[int, list[FieldValue]] = {}
    for value in work.all(FieldValue, _VALUES, ids=sorted(set(customers))):
        found.setdefault(value.customer, []).append(value)
    return found


def rows_of(work: Work, kind: type[R], customers: Sequence[int]) -> list[R]:
    """What a table holds of many customers, in the order of the customers."""
    place = {id: number for number, id in enumerate(customers)}
    found = work.all(kind, _of_customers(kind), ids=sorted(place))
    return sorted(found, key=lambda row: place[row.customer])  # type: ignore[attr-defined]


@cache
def _of_customers(kind: type[Owned]) -> Statement:
    table = kind.table()
    return Statement(
        lambda: (
            select(*columns(kind))
            .where(table.c.workspace == bindparam("workspace"), among(table.c.customer, "ids"))
            .order_by(table.c.id)
        )
    )


def speaking_of(column: str) -> Iterator[type[Owned]]:
    """The tables with this column."""
    for kind in sorted(Owned.__subclasses__(), key=lambda kind: kind.table().name):
        if column in kind.table().c:
            yield kind


@cache
def _mentions() -> tuple[tuple[str, Statement], ...]:
    return tuple(
        (kind.table().name, _mention(kind)) for kind in speaking_of("customer") if kind.table().name not in _NOT_WORK
    )


def _mention(kind: type[Owned]) -> Statement:
    table = kind.table()
    return Statement(
        lambda: select(table.c.id, table.c.customer).where(
            table.c.workspace == bindparam("workspace"), among(table.c.customer, "ids")
        )
    )


_K = SearchKey.table()
_TWICE = Statement(
    lambda: (
        select(_K.c.key, func.min(_K.c.customer), func.max(_K.c.customer))
        .where(_K.c.workspace == bindparam("workspace"), _K.c.kind == bindparam("kind"), _K.c.key > bindparam("after"))
        .group_by(_K.c.key)
        .having(func.min(_K.c.customer) < func.max(_K.c.customer))
        .order_by(_K.c.key)
        .limit(bindparam("limit"))
    )
)
_HOLDERS = Statement(
    lambda: select(_K.c.key, _K.c.customer).where(
        _K.c.workspace == bindparam("workspace"), _K.c.kind == bindparam("kind"), among(_K.c.key, "keys")
    )
)


def shared_keys(work: Work, kind: str, *, after: str = "", limit: int = 500) -> dict[str, set[int]]:
    """Search keys of one kind that several customers have, with who has them."""
    keys = [key for key, _low, _high in work.rows(_TWICE, kind=kind, after=after, limit=limit)]
    found: dict[str, set[int]] = {}
    for key, customer in work.rows(_HOLDERS, kind=kind, keys=keys) if keys else ():
        found.setdefault(key, set()).add(customer)
    return found
