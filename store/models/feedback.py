"""Tables of asking and reacting: surveys, invitations, answers, alerts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class Survey(Owned, table=True):
    """A dialog for customers; `steps` has the shape of `flows/dialog.py`, one row an edition.

    A draft may be changed; once published its questions are frozen, and changing them makes the next edition.
    """

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "name", "edition"),)

    name: str
    edition: int = 1
    kind: str = "csat"
    """The scale of the question that gives the score: csat, nps, ces, stars, scale; empty without one."""
    title: dict[str, str] = Field(sa_type=Json)
    steps: list[Any] = Field(sa_type=Json)
    thanks: list[Any] = Field(default_factory=list, sa_type=Json)
    """Closing sentences with the condition for each: the first that holds is said."""
    after: list[str] = Field(default_factory=list, sa_type=Json)
    """What it follows by rule: kinds of activity, "delivery", "ticket" once it is solved."""
    delay: int = 10
    """Minutes between what it follows and the invitation."""
    every: int = 30
    """Days before the same customer gets the same survey again."""
    audience: str = ""
    """Who gets it by calendar, and who may get it by rule: a filter as in /find; empty for everybody."""
    rhythm: str = ""
    """By calendar: month, quarter, half or year; empty for never."""
    share: int = 10_000
    """Of those who could get it, how many do, in hundredths of a percent."""
    quota: int = 0
    """Answers after which nobody else is asked; 0 for no end."""
    draft: bool = False
    times: int = 0
    """How often at most one customer gets it; 0: as often as the distances allow."""
    remind: int = 3
    """Days after which who has not finished is reminded, once; 0: never."""
    anonymous: bool = False
    closed: datetime | None = Field(default=None, sa_type=UtcTime)
    """An anonymous survey shows its results from here on, and takes no more answers."""
    active: bool = True
    version: int = 0


class Invitation(Owned, table=True):
    """One survey for one customer.

    `state` is draft (a preview), waiting, refused (with the reason), sending, sent, failed, unknown, started, finished,
    skipped, stopped or expired. Undoing the activity leaves it: the reason must stay answerable.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "survey", "trigger"),
        Index("invitation_customer", "workspace", "customer", "id"),
        Index("invitation_trigger", "workspace", "trigger"),
        Index("invitation_round", "workspace", "round", "state"),
    )

    survey: int
    customer: int
    contact: int | None = None
    trigger: str
    """What it follows ("activity:12"): asked once, however often the trigger comes."""
    activity: int | None = None
    member: int | None = None
    """Who served, kept at this moment so that the score is never credited to somebody else."""
    by: int | None = None
    round: int | None = None
    conversation: int | None = None
    channel: str = "chat"
    """How it is answered: chat, web (a link), or call (a member asks and writes down)."""
    given: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    """What its conditions and texts want to know of the customer, as it was when it was sent."""
    state: str = "waiting"
    step: str = ""
    """The question that is open now."""
    reason: str = ""
    score: int | None = None
    made: datetime = Field(sa_type=UtcTime)
    sent: datetime | None = Field(default=None, sa_type=UtcTime)
    finished: datetime | None = Field(default=None, sa_type=UtcTime)
    reminded: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0


class Given(Owned, table=True):
    """One answer to one question; changed in place while the survey is open, so it counts once."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("workspace", "invitation", "question"),)

    invitation: int
    question: str
    value: Any = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcTime)


class Alert(Owned, table=True):
    """Something to act on; claimed by one person, its card is the same for everyone.

    `state` is open, claimed or withdrawn. It is given back on its card, never by undo: others act on it.
    """

    __table_args__ = (UniqueConstraint("workspace", "subject", "topic"), Index("alert_state", "workspace", "state"))

    topic: str
    subject: str
    """What it is about ("invitation:7"): one alert, however often it comes."""
    customer: int
    invitation: int | None = None
    score: int | None = None
    words: str = ""
    state: str = "open"
    claimed_by: int | None = None
    claimed: datetime | None = Field(default=None, sa_type=UtcTime)
    assigned_by: int | None = None
    reminder: int | None = None
    told: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the customer was sent word of who will call: once, whoever claims later."""
    told_name: int | None = None
    """The member who was named to the customer."""
    made: datetime = Field(sa_type=UtcTime)
    version: int = 0
