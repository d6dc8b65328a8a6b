"""Tables of what the firm learns of a customer: own fields, tiers and stages over time, purchases, traces, needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class OwnField(Owned, table=True):
    """A fact that this firm keeps about customers; `kind` is text, number, date, choice or money."""

    __tablename__ = "own_field"
    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "name"),)

    name: str
    """As it is written in filters and columns: "machine_model"."""
    label: str = ""
    """As it was first written, for showing; empty when that is the name."""
    kind: str = "text"
    choices: list[str] = Field(default_factory=list, sa_type=Json)
    state: str = "active"


class FieldValue(Owned, table=True):
    """What one customer has in one of the firm's own fields."""

    __tablename__ = "field_value"
    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "customer", "field"),
        Index("field_words", "workspace", "field", "words"),
        Index("field_number", "workspace", "field", "number"),
    )

    customer: int
    field: int
    words: str = ""
    """The value as it is shown; a date as 2026-03-02."""
    number: int | None = Field(default=None, sa_type=BigInteger)
    """What a number or a sum is compared by, in ten-thousandths."""


class Standing(Owned, table=True):
    """A tier or stage that a customer came to (`kind` "tier", "stage" or "step"), and why; the newest one holds."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("standing_customer", "workspace", "customer", "kind", "id"),
        Index("standing_at", "workspace", "kind", "at"),
    )

    customer: int
    kind: str
    was: str = ""
    now: str = ""
    why: list[Any] = Field(default_factory=list, sa_type=Json)
    """The reason as a word of ours with its numbers; it is put into a sentence when it is read."""
    member: int | None = None
    """Who set it by hand; such a tier or stage stays until somebody lets it go."""
    at: datetime = Field(sa_type=UtcTime)


class Purchase(Owned, table=True):
    """An order, an invoice or a payment of a customer; `state` is "open" or "cancelled"."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("purchase_customer", "workspace", "customer", "at"),
        Index("purchase_at", "workspace", "at"),
        Index("purchase_number", "workspace", "number"),
        Index("purchase_what", "workspace", "what", "customer"),
    )

    customer: int
    kind: str = "order"
    number: str = ""
    """The number under which another system knows it; it is taken in once."""
    what: str = ""
    amount: int = Field(default=0, sa_type=BigInteger)
    """In hundredths of `currency`."""
    currency: str = ""
    at: datetime = Field(sa_type=UtcTime)
    state: str = "open"
    member: int | None = None
    version: int = 0


class Trace(Owned, table=True):
    """Something a customer did on our site or in our app: "viewed" product B."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("trace_customer", "workspace", "customer", "at"),
        Index("trace_number", "workspace", "number"),
    )

    customer: int
    what: str
    about: str = ""
    number: str = ""
    """The sender's own id of it; it is taken in once."""
    at: datetime = Field(sa_type=UtcTime)


class Need(Owned, table=True):
    """Something a customer needs, with the day on which we heard it; `state` is "open" or "settled"."""

    kept: ClassVar[bool] = True
    __table_args__ = (Index("need_customer", "workspace", "customer", "id"),)

    customer: int
    text: str
    state: str = "open"
    member: int | None = None
    at: datetime = Field(sa_type=UtcTime)


class Preference(Owned, table=True):
    """How a customer wants to be treated, as somebody was told ("no-calls")."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "customer", "name"),)

    customer: int
    name: str
    member: int | None = None
    at: datetime = Field(sa_type=UtcTime)


class Segment(Owned, table=True):
    """A saved question to the customer file; with `tag` every customer that fits carries it, and only they."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "name"),)

    name: str
    query: str
    tag: str = ""
    member: int | None = None
    made: datetime = Field(sa_type=UtcTime)


class Listing(Owned, table=True):
    """What somebody looked for: its pages and the buttons that act on all of it find it here."""

    __table_args__ = (UniqueConstraint("workspace", "member", "query"),)

    member: int
    query: str
    at: datetime = Field(sa_type=UtcTime)


class Lead(Owned, table=True):
    """A lead on its way to somebody: `state` is offered, pool, taken or dropped."""

    __table_args__ = (Index("lead_customer", "workspace", "customer"), Index("lead_state", "workspace", "state"))

    customer: int
    source: str = ""
    words: str = ""
    state: str = "pool"
    member: int | None = None
    """To whom it is offered, or who took it."""
    passed: list[int] = Field(default_factory=list, sa_type=Json)
    """Who has said no, or nothing in time."""
    until: datetime | None = Field(default=None, sa_type=UtcTime)
    made: datetime = Field(sa_type=UtcTime)
    version: int = 0
