"""Tables of the customer file: customers, their contacts, tags, and the keys by which they are found."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, PrimaryKeyConstraint, String, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned, Row
from store.types import UtcTime

_BYTEWISE: Any = String().with_variant(String(collation="C"), "postgresql")
"""Sorted by code points as in SQLite: only then is "begins with" a range."""


class Customer(Owned, table=True):
    """A firm or a private person we do, did or may do business with."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "id"),
        Index("customer_owner", "workspace", "owner"),
        Index("customer_touch", "workspace", "last_touch"),
        Index("customer_tier", "workspace", "tier"),
        Index("customer_stage", "workspace", "stage"),
        Index("customer_value", "workspace", "value"),
    )

    name: str
    owner: int | None = None
    phone: str = ""
    email: str = ""
    source: str = ""
    need: str = ""
    industry: str = ""
    place: str = ""
    """Town or region, as people say it."""
    stage: str = "potential"
    step: str = ""
    """How far a sale has come: need, contact, talk, deal, service or return."""
    tier: str = ""
    value: int = Field(default=0, sa_type=BigInteger)
    """Orders of the last twelve months, in hundredths of the firm's currency; kept current by every order and night."""
    score: int = 0
    """0 to 100; its parts are worked out when somebody asks."""
    language: str = ""
    zone: str = ""
    state: str = "active"
    stopped: str = ""
    """What this customer does not want any more, as words: "surveys", "all"."""
    rhythm: int = 0
    """Days between two contacts as agreed with this customer; 0: as the tier says."""
    last_touch: datetime | None = Field(default=None, sa_type=UtcTime)
    last_in: datetime | None = Field(default=None, sa_type=UtcTime)
    last_out: datetime | None = Field(default=None, sa_type=UtcTime)
    created: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Contact(Owned, table=True):
    """A person at a customer."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "id"), Index("contact_customer", "workspace", "customer"))

    customer: int
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    created: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Tag(Owned, table=True):
    """A word on a customer, without its "#"."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "customer", "name"),
        Index("tag_name", "workspace", "name", "customer"),
    )

    customer: int
    name: str


class Alias(Owned, table=True):
    """What one member calls a customer or contact: learned from a correction, forgotten on request."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "member", "name"),)

    member: int
    name: str
    """As `store.search.normal` writes it."""
    customer: int
    contact: int = 0
    made: datetime = Field(sa_type=UtcTime)


class SearchKey(Row, table=True):
    """One way to find a customer or contact: see `store/search_keys.py` for the kinds of key."""

    __tablename__ = "search_key"
    __table_args__ = (
        PrimaryKeyConstraint("workspace", "kind", "key", "customer", "contact"),
        Index("search_key_of", "workspace", "customer"),
        {"sqlite_with_rowid": False},
    )

    workspace: int
    kind: str
    key: str = Field(sa_type=_BYTEWISE)
    customer: int
    contact: int = 0
    """0 for the customer's own name."""
