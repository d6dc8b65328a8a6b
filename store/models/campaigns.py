"""Tables of campaigns: what is sent to many, and to whom."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from store.models.row import Owned
from store.types import UtcTime


class Campaign(Owned, table=True):
    """An offer, event or article for many; `kind` "outside" is one that we only count (a fair, an advertisement).

    `state` is listing (a long list is still being made), draft, waiting (for approval), sending, paused, done or
    cancelled.
    """

    kept: ClassVar[bool] = True
    __table_args__ = (Index("campaign_state", "workspace", "state"), Index("campaign_name", "workspace", "name"))

    name: str
    kind: str = "offer"
    segment: str = ""
    """For whom, as it was asked."""
    words: str = ""
    offer: str = ""
    listed: str = ""
    """A digest of who is on the list: an approval counts for these customers."""
    size: int = 0
    spread: int = 0
    """Minutes over which it is sent; 0 for as fast as the platforms allow."""
    state: str = "draft"
    cost: int = Field(default=0, sa_type=BigInteger)
    """In hundredths of the firm's currency."""
    member: int | None = None
    made: datetime = Field(sa_type=UtcTime)
    started: datetime | None = Field(default=None, sa_type=UtcTime)
    ended: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0


class Recipient(Owned, table=True):
    """One customer of a campaign.

    `state` is planned, asleep (until `after`), left (out, with the reason), queued, sent, failed or unknown.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "campaign", "customer"),
        Index("recipient_state", "workspace", "campaign", "state", "reason", "id"),
        Index(
            "recipient_asleep",
            "workspace",
            "campaign",
            "after",
            sqlite_where=text("state = 'asleep'"),
            postgresql_where=text("state = 'asleep'"),
        ),
        Index("recipient_customer", "workspace", "customer", "sent"),
    )

    campaign: int
    customer: int
    state: str = "planned"
    reason: str = ""
    after: datetime | None = Field(default=None, sa_type=UtcTime)
    """Not before then: it is night there."""
    sent: datetime | None = Field(default=None, sa_type=UtcTime)
    answer: str = ""
    """To an event: "yes" or "no"."""
    answered: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0
