"""Tables of care: days that are kept, words for them, greetings, and what customers recommend."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import UtcTime


class Occasion(Owned, table=True):
    """A day of a customer or contact that comes every year; `kind` is birthday, anniversary, membership or day."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("occasion_customer", "workspace", "customer"),
        Index("occasion_month", "workspace", "calendar", "month"),
    )

    customer: int
    contact: int | None = None
    kind: str
    name: str = ""
    """What a day of no usual kind is called."""
    calendar: str = "solar"
    month: int
    day: int
    year: int = 0
    """The first one; 0 where nobody said."""
    leap: bool = False
    """Told for a leap month: kept in the ordinary month of that number."""
    member: int | None = None
    made: datetime = Field(sa_type=UtcTime)


class Festival(Owned, table=True):
    """A day on which the firm greets many: a holiday that is switched on, or a day of the firm's own."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "key"),)

    key: str
    name: str = ""
    """Empty for a ready one."""
    calendar: str = "solar"
    month: int = 0
    day: int = 0
    segment: str = ""
    """Whom it is for, as a filter; empty for every customer."""
    state: str = "on"
    member: int | None = None
    made: datetime = Field(sa_type=UtcTime)


class Wording(Owned, table=True):
    """The firm's own words for an occasion or an offer, with places such as {name}; several by whom they are for."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "name", "segment"),)

    name: str
    segment: str = ""
    words: str = ""
    offer: str = ""
    member: int | None = None
    made: datetime = Field(sa_type=UtcTime)


class Greeting(Owned, table=True):
    """One greeting for one customer on one date; the text is what the customer will read.

    `state` is draft, confirmed, sending, sent, failed, unknown, refused (with the reason), skipped or missed.
    """

    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "subject"),
        Index("greeting_customer", "workspace", "customer", "id"),
        Index("greeting_of", "workspace", "member", "state"),
    )

    subject: str
    """What it is for and when ("occasion:12:2026-05-05"): greeted once, however often the clock asks."""
    customer: int
    contact: int | None = None
    kind: str
    name: str = ""
    """What the day is called, where it has a name of its own."""
    day: str
    words: str
    own: str = ""
    """The owner's own line."""
    offer: str = ""
    state: str = "draft"
    reason: str = ""
    auto: bool = False
    """Sent without anybody's yes."""
    member: int | None = None
    """Who is asked."""
    sent: datetime | None = Field(default=None, sa_type=UtcTime)
    made: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Referral(Owned, table=True):
    """The code by which a customer recommends us."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "code"), Index("referral_customer", "workspace", "customer"))

    customer: int
    code: str
    member: int | None = None
    made: datetime = Field(sa_type=UtcTime)


class Referred(Owned, table=True):
    """Somebody who came with a code; counted once. `rewarded` is when the thanks were given."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "customer"), Index("referred_by", "workspace", "referral"))

    referral: int
    customer: int
    at: datetime = Field(sa_type=UtcTime)
    rewarded: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0
