"""Tables of the daily work: activities, reminders, promises."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from store.models.row import Owned
from store.types import UtcTime


class Activity(Owned, table=True):
    """A call, visit, message or note with a customer; `kind` and `status` as `docs/glossary.md` lists them."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("activity_customer", "workspace", "customer", "at"),
        Index("activity_member", "workspace", "member", "at"),
        Index("activity_source", "workspace", "source"),
    )

    customer: int
    contact: int | None = None
    member: int | None = None
    kind: str
    status: str = "done"
    channel: str = ""
    direction: str = "out"
    at: datetime = Field(sa_type=UtcTime)
    text: str = ""
    result: str = ""
    amount: int | None = None
    """The sum that was named, in whole units of `currency`."""
    currency: str = ""
    source: str = ""
    """The address and message it was read from, so that an edited message finds it."""
    logged: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Reminder(Owned, table=True):
    """Something a member has to do; the wall time and zone are what was meant, `due` is the next instant of it."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("reminder_member", "workspace", "member", "state", "due"),
        Index("reminder_customer", "workspace", "customer"),
    )

    member: int
    customer: int | None = None
    activity: int | None = None
    text: str = ""
    due: datetime = Field(sa_type=UtcTime)
    wall: str
    """Local wall time of the series, "2026-03-02T15:00"."""
    zone: str
    rule: str = ""
    """RFC 5545 recurrence rule without DTSTART; empty for once."""
    state: str = "open"
    by: int | None = None
    rung: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it last arrived; None while it has not."""
    version: int = 0


class Promise(Owned, table=True):
    """Something said to a customer, or by one ("by" is "us" or "them"), with a day on which it is due."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("promise_customer", "workspace", "customer", "state"),
        Index("promise_due", "workspace", "state", "due"),
    )

    customer: int
    activity: int | None = None
    member: int | None = None
    by: str = "us"
    what: str
    due: datetime | None = Field(default=None, sa_type=UtcTime)
    state: str = "open"
    version: int = 0
