"""The statements that every table has: to choose rows by their values, to add, to change and to delete them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, insert, select, update

from store.models import Owned, Row, Workspace
from store.statements import Statement

FIRM = Statement(lambda: select(Workspace.table()).where(Workspace.table().c.id == bindparam("workspace")))


@cache
def in_order() -> Mapping[str, int]:
    """The place of each table: after those that it points to."""
    return {table.name: number for number, table in enumerate(Row.metadata.sorted_tables)}


@cache
def names_of(kind: type[Row]) -> tuple[str, ...]:
    """The columns but for the id."""
    return tuple(column.name for column in kind.table().c if column.name != "id")


@cache
def choosing(kind: type[Owned], names: tuple[str, ...]) -> Statement:
    return Statement(lambda: _chosen(kind, names).order_by(kind.table().c.id))


@cache
def newest(kind: type[Owned], names: tuple[str, ...]) -> Statement:
    return Statement(lambda: _chosen(kind, names).order_by(kind.table().c.id.desc()).limit(1))


@cache
def choosing_since(kind: type[Owned], name: str, names: tuple[str, ...]) -> Statement:
    table = kind.table()
    late = table.c[name] >= bindparam("since", type_=table.c[name].type)
    return Statement(lambda: _chosen(kind, names).where(late).order_by(table.c.id))


def _chosen(kind: type[Owned], names: tuple[str, ...]) -> Select[Any]:
    table = kind.table()
    return select(table).where(_ours(kind, *(_equals(table.c[name], name) for name in names)))


@cache
def adding(kind: type[Row], dialect: str) -> Statement:
    """SQLite's driver knows the new id anyway; asking the engine for it makes an insert half as dear again."""
    table = kind.table()
    values = {name: bindparam(name, type_=table.c[name].type) for name in names_of(kind)}
    if numbered(kind) and dialect != "sqlite":
        return Statement(lambda: insert(table).values(values).returning(table.c.id))
    return Statement(lambda: insert(table).values(values))


@cache
def numbered(kind: type[Row]) -> bool:
    """Whether the engine gives its rows their ids."""
    return "id" in kind.table().c


@cache
def adding_again(kind: type[Row]) -> Statement:
    """With the id that it had."""
    table = kind.table()
    return Statement(lambda: insert(table).values({c.name: bindparam(c.name, type_=c.type) for c in table.c}))


@cache
def changing(kind: type[Owned], names: tuple[str, ...], versioned: bool) -> Statement:
    """These columns of one row; a versioned one only as long as nobody has changed it."""
    table = kind.table()
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    where = [table.c.id == bindparam("old_id")]
    if versioned:
        where.append(table.c.version == bindparam("old_version"))
    return Statement(lambda: update(table).where(_ours(kind, *where)).values(values))


@cache
def deleting(kind: type[Owned]) -> Statement:
    table = kind.table()
    return Statement(lambda: delete(table).where(_ours(kind, table.c.id == bindparam("old_id"))))


def _equals(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.is_not_distinct_from(bindparam(name, type_=column.type))
    return found if column.nullable else column == bindparam(name, type_=column.type)


def _ours(kind: type[Owned], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(kind.table().c.workspace == bindparam("workspace"), *conditions)
