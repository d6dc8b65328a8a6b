"""Tables of customers who go: why they were lost, and what was done to win them back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from store.models.row import Owned
from store.types import UtcTime


class Loss(Owned, table=True):
    """A customer who was lost, and why; `back` is when they came back."""

    kept: ClassVar[bool] = True
    __table_args__ = (Index("loss_customer", "workspace", "customer"), Index("loss_at", "workspace", "at"))

    customer: int
    reason: str
    """One of ours ("price"), or the member's own words."""
    member: int | None = None
    at: datetime = Field(sa_type=UtcTime)
    back: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0


class Winback(Owned, table=True):
    """An attempt to win a customer back; `state` is open, tried, won, lost or dropped."""

    kept: ClassVar[bool] = True
    __table_args__ = (Index("winback_customer", "workspace", "customer"), Index("winback_state", "workspace", "state"))

    customer: int
    member: int | None = None
    way: str = ""
    """ "offer" or "call", once something was done."""
    state: str = "open"
    made: datetime = Field(sa_type=UtcTime)
    tried: datetime | None = Field(default=None, sa_type=UtcTime)
    ended: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0
