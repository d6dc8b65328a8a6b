"""Tables of what the firm knows: articles, questions nobody has answered yet, articles offered, checklists ticked."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class Article(Owned, table=True):
    """Something the firm knows; `kind` is "answer", "canned" (a ready sentence with a short name), "case" or "sop"."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "number"), Index("article_kind", "workspace", "state", "kind"))

    number: int
    kind: str = "answer"
    title: dict[str, str] = Field(sa_type=Json)
    """By language."""
    body: dict[str, str] = Field(sa_type=Json)
    """By language; a checklist has one step a line."""
    tags: str = ""
    """Words by which it is found too; of a checklist the kinds of ticket that it belongs to."""
    state: str = "live"
    """ "live" or "archived"."""
    uses: int = 0
    """How often one of us sent it to a customer."""
    helped: int = 0
    not_helped: int = 0
    by: int | None = None
    made: datetime = Field(sa_type=UtcTime)
    changed: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Gap(Owned, table=True):
    """A customer's question for which no article was good enough; "open", "answered" (by an article) or "dropped"."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "activity"),
        Index("gap_state", "workspace", "state", "id"),
    )

    text: str
    activity: int
    """The entry in the customer's history that asked it."""
    ticket: int | None = None
    at: datetime = Field(sa_type=UtcTime)
    state: str = "open"
    article: int | None = None


class Offer(Owned, table=True):
    """An article that a customer was shown before a person answered; `outcome` is "", "yes" or "no"."""

    __table_args__ = (UniqueConstraint("workspace", "ticket", "article"), Index("offer_at", "workspace", "at"))

    ticket: int
    article: int
    at: datetime = Field(sa_type=UtcTime)
    outcome: str = ""


class Ticked(Owned, table=True):
    """A step of a checklist that was done for a ticket."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "ticket", "article", "step"),)

    ticket: int
    article: int
    step: int
    member: int
    at: datetime = Field(sa_type=UtcTime)
