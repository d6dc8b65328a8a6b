"""What every table shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from functools import cache
from typing import Any, ClassVar, Self, cast

from sqlalchemy import BigInteger, Integer, Table
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only when the key is a plain INTEGER."""


_REGISTRY = registry()
_set = object.__setattr__
_new = object.__new__
_Fresh = tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...], frozenset[str]]


class Row(SQLModel, registry=_REGISTRY):
    """A row as a value: read it freely, change it only through `Work.change`, so that undo and audit know.

    It is made by a plain filling of its dictionary: neither validated (`Work` is fed by our own code) nor watched by
    the ORM, which would cost more than all statements of a turn. What else a pydantic model keeps in each instance is
    not there: rows are compared and shown by their columns, and copied by `loaded`.
    """

    model_config = {"defer_build": True}  # nothing is validated: see above
    kept: ClassVar[bool] = False
    """True where a change made from chat can be undone: the row's states before and after are kept.

    The number of such a row is never given to another one (SQLite would): it comes back when the undoing is undone, and
    old cards and buttons name it.
    """

    def __new__(cls, *_: Any, **__: Any) -> Self:
        return _new(cls)

    def __init__(self, **values: Any) -> None:
        plain, made, required = _fresh(type(self))
        whole = {**plain, **values}
        if len(whole) > len(plain) or not required <= values.keys():
            raise TypeError(f"{type(self).__name__}: {_wrong(values, plain, required)}")
        for name, make in made:
            if name not in values:
                whole[name] = make()
        _set(self, "__dict__", whole)

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment] # it can be changed

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    @classmethod
    def table(cls) -> Table:
        """The Core table behind the class."""
        found: Table = cls.__table__  # type: ignore[attr-defined]
        return found

    @classmethod
    def loaded(cls, values: dict[str, Any]) -> Self:
        """A row from all of its columns, which it takes over."""
        found = _new(cls)
        _set(found, "__dict__", values)
        return found


def leave_the_orm() -> None:
    """Once every class is made: tables stay, and rows are plain values, ten times as quick to read as watched ones."""
    found = [(mapper.class_, cast("Table", mapper.local_table)) for mapper in _REGISTRY.mappers]
    _REGISTRY.dispose()
    for kind, table in found:
        kind.__table__ = table
        if kind.kept:
            table.dialect_options["sqlite"]["autoincrement"] = True


@cache
def _fresh(kind: type[Row]) -> _Fresh:
    """Plain defaults of a class (None where there is none), those made anew each time, and what must be given."""
    plain, made, required = {}, [], set[str]()
    for name, field in kind.model_fields.items():
        plain[name] = None if field.is_required() else field.default
        if field.default_factory is not None:
            made.append((name, cast("Callable[[], Any]", field.default_factory)))
        if field.is_required():
            required.add(name)
    return plain, tuple(made), frozenset(required)


def _wrong(values: Mapping[str, Any], plain: Mapping[str, Any], required: Set[str]) -> str:
    unknown, missing = sorted(values.keys() - plain.keys()), sorted(required - values.keys())
    return ", ".join([*(f"no column {name}" for name in unknown), *(f"{name} is missing" for name in missing)])


class Numbered(Row):
    """A row with an id of its own."""

    id: int = Field(default=None, primary_key=True, sa_type=_ID)


class Owned(Numbered):
    """A row of one workspace; every query of ours says which."""

    workspace: int = Field(default=None, index=False)


@cache
def kind_of(table: str) -> type[Owned]:
    """The class behind a table; raises LookupError where there is none."""
    for kind in Owned.__subclasses__():
        if kind.table().name == table:
            return kind
    raise LookupError(f"no table {table}")
