"""Tables of data that comes from elsewhere: where rows of sheets went, rows that could not, keys of other programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned, Row
from store.types import Json, UtcTime


class Origin(Row, table=True):
    """Which customer a row of a sheet became: next week's sheet finds it again, whatever it is called by then."""

    __table_args__ = (
        PrimaryKeyConstraint("workspace", "key"),
        Index("origin_customer", "workspace", "customer"),
        {"sqlite_with_rowid": False},
    )

    workspace: int
    key: str
    customer: int
    job: int = 0


class SheetRow(Owned, table=True):
    """A row of a sheet that somebody should look at; `outcome` is failed, skipped or warned."""

    __tablename__ = "sheet_row"
    __table_args__ = (Index("sheet_row_job", "workspace", "job", "number"),)

    job: int
    number: int
    outcome: str
    why: str
    cells: list[Any] = Field(default_factory=list, sa_type=Json)


class Apart(Owned, table=True):
    """Two customers that look alike and are not the same, as somebody said; `one` is the lower number."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "one", "other"),)

    one: int
    other: int
    member: int | None = None
    at: datetime = Field(sa_type=UtcTime)


class ApiKey(Owned, table=True):
    """What another program is let in with; only its hash is kept. It may do what its role may, in its maker's name."""

    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("digest"),)

    digest: str
    name: str
    role: str
    tail: str
    """Its last four letters, to tell keys apart."""
    member: int
    state: str = "active"
    made: datetime = Field(sa_type=UtcTime)
    seen: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it was last used, to the hour."""


class Request(Row, table=True):
    """The answer to a request that carried an Idempotency-Key, errors too: repeated for a day."""

    __table_args__ = (PrimaryKeyConstraint("workspace", "api_key", "key"), Index("request_at", "at"))

    workspace: int
    api_key: int
    key: str
    digest: str
    """Of method, path and body: the same key with another request is a mistake."""
    status: int = 0
    body: str = ""
    at: datetime = Field(sa_type=UtcTime)
