"""Tables of what comes of answers: rounds of asking, themes, codes, what was published, questions put to a room."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class Round(Owned, table=True):
    """One survey on its way to many customers; `state` is running, paused, cancelled or done.

    Whom it goes to are the invitations that name it; those that wait are sent a little at a time.
    """

    survey: int
    pace: int = 0
    """Invitations a minute."""
    state: str = "running"
    total: int = 0
    by: int | None = None
    made: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Theme(Owned, table=True):
    """Something that customers speak of; a text that has one of its words belongs to it.

    `state` is open, doing or done.
    """

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "name"),)

    name: str
    words: list[str] = Field(default_factory=list, sa_type=Json)
    owner: int | None = None
    state: str = "open"
    note: str = ""
    """What was done about it, in words for customers."""
    changed: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Code(Owned, table=True):
    """A coupon or gift code from a list of the firm's; nobody gets two of one survey."""

    __tablename__ = "gift_code"
    __table_args__ = (
        UniqueConstraint("workspace", "code"),
        UniqueConstraint("workspace", "survey", "customer"),
        Index("gift_code_free", "workspace", "survey", "customer"),
    )

    survey: str
    """By name, so that the list outlives a version."""
    code: str
    customer: int | None = None
    given: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0


class Publication(Owned, table=True):
    """“You said, we did”: what those who answered are told; `state` is draft, sent or dropped."""

    survey: str
    text: str
    state: str = "draft"
    by: int | None = None
    made: datetime = Field(sa_type=UtcTime)
    sent: int = 0
    version: int = 0


class RoomQuestion(Owned, table=True):
    """A question put to a customer room; what its guests write until `until` is collected."""

    __tablename__ = "room_question"
    __table_args__ = (Index("room_question_open", "workspace", "conversation", "state"),)

    conversation: int
    text: str
    state: str = "open"
    by: int
    made: datetime = Field(sa_type=UtcTime)
    until: datetime = Field(sa_type=UtcTime)
    version: int = 0


class RoomReply(Owned, table=True):
    """What one guest wrote; `source` is the message, so that it counts once and follows its changes."""

    __tablename__ = "room_reply"
    __table_args__ = (
        UniqueConstraint("workspace", "question", "source"),
        Index("room_reply_source", "workspace", "source"),
    )

    question: int
    person: str
    customer: int | None = None
    text: str
    source: str
    at: datetime = Field(sa_type=UtcTime)


class SealedAnswer(Owned, table=True):
    """An answer of an anonymous survey that is not finished: only the key that is kept outside the tables opens it."""

    __tablename__ = "sealed_answer"
    __table_args__ = (UniqueConstraint("workspace", "invitation", "question"),)

    invitation: int
    question: str
    sealed: str


class Ballot(Owned, table=True):
    """Everything that somebody answered in an anonymous survey: sealed until it closes, opened and shuffled then.

    It has no time and names nobody; the numbers of the rows are given anew when they are shuffled.
    """

    __table_args__ = (Index("ballot_survey", "workspace", "survey"),)

    survey: int
    token: str = ""
    """What its seal is for."""
    sealed: list[Any] = Field(default_factory=list, sa_type=Json)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    part: str = ""
    """The tier, where at least five finished in it."""
