"""Tables of the daily work: activities, reminders, promises."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from store.models.row import Owned
from store.types import UtcTime


class Activity(Owned, table=True):
    """A call, visit, message or note with a customer; `kind` and `status` as `docs/glossary.md` lists them."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("activity_customer", "workspace", "customer", "at"),
        Index("activity_member", "workspace", "member", "at"),
        Index(
            "activity_source",
            "workspace",
            "source",
            sqlite_where=text("source <> ''"),
            postgresql_where=text("source <> ''"),
        ),
        Index("activity_at", "workspace", "at"),
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
    filled: str = ""
    """Which of its facts a language model has filled in: "kind", "reminder", "promise", "amount"."""
    logged: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Reminder(Owned, table=True):
    """Something a member has to do; the wall time and zone are what was meant, `due` is the next instant of it.

    A series is never bent: an occurrence that is put off or moved becomes a row of its own, with `origin` its series.
    """

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("reminder_member", "workspace", "member", "state", "due"),
        Index("reminder_customer", "workspace", "customer"),
        Index("reminder_source", "workspace", "source"),
        Index(
            "reminder_activity",
            *("workspace", "activity"),
            sqlite_where=text("activity IS NOT NULL"),
            postgresql_where=text("activity IS NOT NULL"),
        ),
        Index("reminder_rung", "workspace", "member", "rung"),
        Index("reminder_by", "workspace", "by", "state"),
    )

    member: int
    customer: int | None = None
    activity: int | None = None
    origin: int | None = None
    text: str = ""
    due: datetime = Field(sa_type=UtcTime)
    wall: str
    """Local wall time of the series, "2026-03-02T15:00"."""
    zone: str
    rule: str = ""
    """RFC 5545 recurrence rule without DTSTART; empty for once."""
    workdays: bool = False
    """Of the days of the rule only those on which the firm works."""
    anchor: str = ""
    """What it is counted from instead of a date: "touch" (the customer's last one) or "contract" (the end of it)."""
    away: int = 0
    """Days after the anchor; negative before it."""
    state: str = "open"
    by: int | None = None
    asked: str = ""
    """How a colleague took it: "", "waiting", "accepted", "declined" (then it is back with whoever gave it)."""
    rung: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it last arrived; None while it has not."""
    occurrence: datetime | None = Field(default=None, sa_type=UtcTime)
    """For which `due` it last arrived."""
    acted: bool = False
    """Whether somebody has acted on that arrival."""
    escalated: datetime | None = Field(default=None, sa_type=UtcTime)
    source: str = ""
    """The address and message it was read from, so that an edited message finds it."""
    version: int = 0


class Promise(Owned, table=True):
    """Something said to a customer, or by one ("by" is "us" or "them"), with a day on which it is due."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        Index("promise_customer", "workspace", "customer", "state"),
        Index("promise_due", "workspace", "state", "due"),
        Index("promise_activity", "workspace", "activity"),
        Index("promise_ticket", "workspace", "ticket"),
    )

    customer: int
    activity: int | None = None
    ticket: int | None = None
    """The ticket in which it was promised."""
    member: int | None = None
    by: str = "us"
    what: str
    due: datetime | None = Field(default=None, sa_type=UtcTime)
    state: str = "open"
    """ "open", "kept", "broken" (the day is over, it is still owed) or "withdrawn"."""
    asked: str = ""
    """What the team that must deliver said: "", "waiting", "accepted", "declined"."""
    told: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the customer was told of it."""
    confirmed: str = ""
    """What the customer said to that: "", "yes", "no"."""
    closed: datetime | None = Field(default=None, sa_type=UtcTime)
    made: datetime | None = Field(default=None, sa_type=UtcTime)
    deliverer: int | None = None
    """Who of the delivering team took it."""
    details: str = ""
    """What it takes, as the three steps before a promise brought out."""
    version: int = 0
