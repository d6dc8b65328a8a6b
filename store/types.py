"""Column types that read the same on both engines: moments, JSON and lists of keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, BindParameter, ColumnClause, ColumnElement, Dialect, Text, bindparam, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeDecorator, UserDefinedType

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Whole microseconds since 1970 in UTC, exactly."""
    return (at - EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The aware UTC moment that `micros` came from."""
    return EPOCH + timedelta(microseconds=value)


def as_moment(value: int | datetime) -> datetime:
    """A moment that SQL has worked out: some drivers hand it over as it is kept."""
    return moment(value) if isinstance(value, int) else value


@lru_cache(maxsize=256)
def _micros(value: datetime | None) -> int | None:
    return None if value is None else (value - EPOCH) // _MICROSECOND


@lru_cache(maxsize=256)
def _moment(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(0, 0, value)


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970 in UTC: both engines lose or move nothing.

    Naive times are refused: their difference from an aware one raises TypeError.
    """

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return _micros

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _moment


_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_read = json.JSONDecoder().decode


def _parsed(value: str | None) -> Any:
    if value is None or value == "null":
        return None
    return {} if value == "{}" else [] if value == "[]" else _read(value)


class Json(TypeDecorator[Any]):
    """A JSON value as text, the same bytes on both engines."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return _write

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _parsed


class _Listed(UserDefinedType[Sequence[Any]]):
    """A list given as one parameter: JSON for SQLite, an array for PostgreSQL."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return list if dialect.name == "postgresql" else lambda value: json.dumps(list(value))

    def get_col_spec(self, **_: Any) -> str:
        return "TEXT"


class _In(ColumnElement[bool]):
    inherit_cache = False

    def __init__(self, column: Any, values: BindParameter[Any]) -> None:
        self.column = column
        self.values = values


@compiles(_In)
def _in_any(element: _In, compiler: SQLCompiler, **options: Any) -> str:
    column, values = compiler.process(element.column, **options), compiler.process(element.values, **options)
    if compiler.dialect.name == "postgresql":
        return f"{column} = ANY({values})"
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both are the compiler's own text


def among(column: Any, name: str) -> ColumnElement[bool]:
    """`column` is one of the list passed as parameter `name`, in a statement that is compiled once."""
    return _In(column, bindparam(name, type_=_Listed()))


def among_these(column: Any, values: Sequence[Any]) -> ColumnElement[bool]:
    """`column` is one of these values, in a statement that is made for them."""
    return _In(column, bindparam("among", list(values), type_=_Listed(), unique=True))


def word(value: str) -> ColumnClause[str]:
    """One of our own words written into the statement itself, so that an index over just these rows is used."""
    if not value.replace("_", "").isalpha():
        raise ValueError(f"{value!r} is no word of ours")
    return literal_column(f"'{value}'")


def one_of(column: Any, *values: str) -> ColumnElement[bool]:
    """The column has one of our own words."""
    found: ColumnElement[bool] = column.in_([word(value) for value in values])
    return found


def filled(column: Any) -> ColumnElement[bool]:
    """The text column is not empty, said so that an index over just these rows is used."""
    found: ColumnElement[bool] = column != literal_column("''")
    return found


def unindexed(column: Any) -> ColumnElement[Any]:
    """The number or time as it is, but no way to look it up or to be in its order by an index.

    SQLite counts no rows: it would rather read all of a firm in the right order, or begin at the larger table.
    """
    found: ColumnElement[Any] = column.op("+")(literal_column("0"))
    return found


class _Each(FunctionElement[Any]):
    inherit_cache = False


@compiles(_Each)
def _each(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    values = compiler.process(element.clauses, **options)
    return f"unnest(CAST({values} AS TEXT[]))" if compiler.dialect.name == "postgresql" else f"json_each({values})"


def listed(name: str) -> TableValuedAlias:
    """The list of texts passed as parameter `name`, as a table with the column `value`."""
    return _Each(bindparam(name, type_=_Listed())).table_valued("value").alias("value")
