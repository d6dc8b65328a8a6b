"""What every table shares."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from sqlalchemy import BigInteger, Integer, Table
from sqlmodel import Field, SQLModel

_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only when the key is a plain INTEGER."""


class Row(SQLModel):
    """A row as a value: read it freely, change it only through `Work.change`, so that undo and audit know."""

    kept: ClassVar[bool] = False
    """True where a change made from chat can be undone: the row's states before and after are kept."""

    @classmethod
    def table(cls) -> Table:
        """The Core table behind the class."""
        found: Table = cls.__table__  # type: ignore[attr-defined]
        return found

    @classmethod
    def loaded(cls, values: dict[str, Any]) -> Self:
        """A row from trusted values, without validation."""
        found: Self = cls.model_construct(**values)  # type: ignore[assignment]
        return found


class Numbered(Row):
    """A row with an id of its own."""

    id: int = Field(default=None, primary_key=True, sa_type=_ID)


class Owned(Numbered):
    """A row of one workspace; every query of ours says which."""

    workspace: int = Field(default=None, index=False)
