"""Where other programs are told what happens here."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class Endpoint(Owned, table=True):
    """An address of another program, and the facts that it hears; `state` is "active", "off" or "removed"."""

    kept: ClassVar[bool] = True
    __table_args__ = (Index("endpoint_workspace", "workspace", "state"),)

    url: str
    secret: str = ""
    """Sealed: signs what is sent."""
    facts: list[str] = Field(default_factory=list, sa_type=Json)
    state: str = "active"
    failures: int = 0
    """Messages given up in a row; one that arrives starts anew."""
    reason: str = ""
    """Why the last one was given up."""
    by: int | None = None
    """The member who is told when it is switched off."""
    made: datetime = Field(sa_type=UtcTime)
