"""Statements written with SQLAlchemy Core, compiled once an engine, and run on the driver's own cursor.

The ORM and Core's own execution cost ten to twenty-five times as much on the hot path (`docs/decisions/0002`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Select, Table
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.dml import UpdateBase

DIALECTS: Mapping[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(paramstyle="qmark"),
    "postgresql": PGDialect_psycopg(paramstyle="format"),  # type: ignore[no-untyped-call]
}

_Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL text with the order, the constants and the conversions of its parameters, and those of its columns."""

    sql: str
    names: tuple[str, ...]
    chosen: Callable[[Mapping[str, Any]], Sequence[Any]]
    """The values of these names, in their order."""
    constants: Mapping[str, Any]
    into: tuple[tuple[int, _Process], ...]
    columns: tuple[str, ...]
    outof: tuple[tuple[int, _Process], ...]
    writes: str
    """The table that it writes into; empty for one that only reads."""
    walled: bool
    """Whether it touches a table whose rows belong to firms."""

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in the order of the SQL; a name that is missing raises KeyError."""
        if self.constants:
            values = {**self.constants, **values}
        found = list(self.chosen(values))
        for position, process in self.into:
            found[position] = process(found[position])
        return found

    def row(self, raw: Sequence[Any]) -> Sequence[Any]:
        """The row with moments, JSON and booleans as Python values."""
        if not self.outof:
            return raw
        out = list(raw)
        for position, process in self.outof:
            out[position] = process(out[position])
        return out


class Statement:
    """A statement that is built on first use; parameters are `bindparam`s, given by name when it runs.

    A wide one spans firms, because whose rows they are is what it asks, or because its task is of all firms.
    """

    __slots__ = ("_build", "_compiled", "wide")

    def __init__(self, build: Callable[[], ClauseElement], *, wide: bool = False) -> None:
        self.wide = wide
        self._build = build
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, dialect: str) -> Compiled:
        """The text for one engine; compiled once a process."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = _compile(self._build(), DIALECTS[dialect])
        return found


def _compile(element: ClauseElement, dialect: Dialect) -> Compiled:
    compiled: Any = element.compile(dialect=dialect)
    names = tuple(compiled.positiontup or ())
    into = [compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    columns = _columns(element)
    outof = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return Compiled(
        sql=str(compiled),
        names=names,
        chosen=itemgetter(*names) if len(names) > 1 else lambda values: [values[name] for name in names],
        constants={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        into=tuple((number, process) for number, process in enumerate(into) if process),
        columns=tuple(column.key for column in columns),
        outof=tuple((number, process) for number, process in enumerate(outof) if process),
        writes=element.table.name if isinstance(element, UpdateBase) else "",  # type: ignore[union-attr]
        walled=any(_is_walled(item) for item in visitors.iterate(element)),
    )


def _is_walled(item: Any) -> bool:
    return isinstance(item, Table) and (item.name == "workspace" or "workspace" in item.c)


def _columns(element: ClauseElement) -> Sequence[Any]:
    if isinstance(element, Select):
        return list(element.selected_columns)
    if isinstance(element, UpdateBase):
        return [column for column in element._returning]
    return []
