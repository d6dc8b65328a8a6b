"""Tables of what must not come back, or not stay: who was erased, by hashes that only this firm can make again, and how
long what is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned, Row
from store.types import Json, UtcTime


class Erasure(Owned, table=True):
    """A customer who was erased; `born` tells them from whoever gets the number in a database that was put back."""

    __table_args__ = (UniqueConstraint("workspace", "customer", "born"),)

    customer: int
    born: datetime = Field(sa_type=UtcTime)
    at: datetime = Field(sa_type=UtcTime)
    by: int | None = None
    counts: dict[str, int] = Field(default_factory=dict, sa_type=Json)
    """How many rows of which table went."""
    state: str = "open"
    """ "open" while the last traces are looked for, then "done"."""


class Tombstone(Row, table=True):
    """The keyed hash of something an erased person was known by: a number, a chat, a row of a sheet."""

    __table_args__ = (PrimaryKeyConstraint("workspace", "digest"), {"sqlite_with_rowid": False})

    workspace: int
    digest: str
    at: datetime = Field(sa_type=UtcTime)


class Retention(Owned, table=True):
    """How many days a kind of material is kept; without a row it is kept for ever."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "kind"),)

    kind: str
    """One of `store/piles.py`."""
    days: int
    by: int
    since: datetime = Field(sa_type=UtcTime)
    version: int = 0
