"""Tables of the working day: goals, written reports, and the private calendar links."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import UtcTime


class Goal(Owned, table=True):
    """A number to be reached in every week or month, by one member or by all together."""

    kept: ClassVar[bool] = True
    __table_args__ = (Index("goal_metric", "workspace", "metric"),)

    metric: str
    target: int
    period: str = "month"
    member: int | None = None
    by: int | None = None
    made: datetime = Field(sa_type=UtcTime)


class Report(Owned, table=True):
    """What a member did on a day, as the tables say and as the member worded it; one a day."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "member", "day"),)

    member: int
    day: str
    text: str = ""
    """The member's own words in place of those made from the log."""
    posted: datetime | None = Field(default=None, sa_type=UtcTime)
    room: int | None = None


class Feed(Owned, table=True):
    """The secret address of a member's calendar; only its hash is kept, and a new one ends the old one."""

    __table_args__ = (UniqueConstraint("digest"),)

    member: int
    digest: str
    made: datetime = Field(sa_type=UtcTime)
