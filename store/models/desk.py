"""Tables of the service desk: tickets, what is said in them, how long each step took, the clocks they run against."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class Ticket(Owned, table=True):
    """One request of a customer, with one owner and an end that the customer hears of."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "number"),
        Index("ticket_customer", "workspace", "customer", "id"),
        Index("ticket_state", "workspace", "state", "priority"),
        Index("ticket_owner", "workspace", "owner", "state"),
        Index("ticket_conversation", "workspace", "conversation", "id"),
        Index("ticket_opened", "workspace", "opened"),
    )

    number: int
    """What people call it ("T-102"), counted by each firm for itself."""
    customer: int
    contact: int | None = None
    conversation: int | None = None
    """The customer's chat in which it is answered; None where it came by phone and no chat is known."""
    title: str
    """The customer's first words, or those of whoever opened it."""
    kind: str = "question"
    """ "question", "fault", "complaint", "request", or one of the firm's own."""
    priority: int = 3
    """1 urgent, 2 high, 3 normal, 4 low."""
    state: str = "open"
    """What clocks and lists go by: "open" (we owe something), "waiting" (for the customer), "solved", "closed" (for
    good), "merged" (into another)."""
    step: str = "new"
    """Where it stands in the firm's own flow; each step has one of the states."""
    owner: int | None = None
    source: str = ""
    """The platform or way it came by: "telegram", "browser", "phone" …"""
    tone: str = ""
    """ "angry" when the customer's words say so."""
    topics: str = ""
    """Themes of the customer's words, as words of `flows/tickets/reading.py`."""
    cause: str = ""
    """Why it came to a complaint, as whoever closed it says: one of our names for it, or own words."""
    opened: datetime = Field(sa_type=UtcTime)
    answered: datetime | None = Field(default=None, sa_type=UtcTime)
    """The first words of a person of ours that reached the customer."""
    solved: datetime | None = Field(default=None, sa_type=UtcTime)
    solved_by: int | None = None
    closed: datetime | None = Field(default=None, sa_type=UtcTime)
    told: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the customer was told of the outcome: by a delivered message, or in a logged call."""
    into: int | None = None
    """The ticket it was merged into."""
    moves: int = 0
    """How often it changed its owner after it first had one."""
    reopened: int = 0
    version: int = 0


class Line(Owned, table=True):
    """Something said in a ticket: by the customer ("in"), to the customer ("out"), or among ourselves ("note").

    `state` of what goes out: "draft" (a preview nobody has confirmed), "held" (can still be stopped), "sending",
    "sent", "failed", "unknown", "stopped"; of the rest: "said" or "deleted".
    """

    __table_args__ = (
        Index("line_ticket", "workspace", "ticket", "id"),
        Index("line_source", "workspace", "source"),
        Index("line_activity", "workspace", "activity"),
    )

    ticket: int
    kind: str
    at: datetime = Field(sa_type=UtcTime)
    text: str = ""
    member: int | None = None
    contact: int | None = None
    author: str = ""
    """Who of the customer's people wrote it, as their platform calls them."""
    activity: int | None = None
    """The entry in the customer's history; notes have none."""
    minutes: int = 0
    """Time that somebody spent on it, as a note says."""
    state: str = "said"
    error: str = ""
    source: str = ""
    """The address and message it was typed in, so that an edited or deleted message finds it; the address alone while
    its words are still awaited there."""
    corrects: int | None = None
    """The line whose message it takes the place of, when it reaches the customer; without words it takes that back."""
    waits: bool = False
    """Once it has reached the customer, the ticket waits for them."""
    version: int = 0


class FlowStep(Owned, table=True):
    """A step of the firm's own flow; there are none while the firm goes by the ready one."""

    __tablename__ = "flow_step"
    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "key"),)

    key: str
    """What tickets keep, whatever the step is called later."""
    name: str = ""
    """What people call it; empty for a ready step that nobody renamed."""
    state: str
    position: int = 0


class Stay(Owned, table=True):
    """A stretch of time that a ticket spent in one step with one owner; the last one has no end yet."""

    __table_args__ = (Index("stay_ticket", "workspace", "ticket", "id"), Index("stay_since", "workspace", "since"))

    ticket: int
    step: str
    state: str
    owner: int | None = None
    by: int | None = None
    """The member who began it; None for a rule, a clock or the customer."""
    since: datetime = Field(sa_type=UtcTime)
    until: datetime | None = Field(default=None, sa_type=UtcTime)


class SlaClock(Owned, table=True):
    """A promise of time: "first" answer, "next" answer (one row a customer message), "solve", or "total" once it was
    opened again: the whole time to the last solution.

    Counted in the firm's open minutes. `state` is "running", "paused", "hit", "missed" or "void"; a missed one goes on
    until the answer came, so that the report knows how late it was.
    """

    __tablename__ = "sla_clock"
    __table_args__ = (
        Index("sla_clock_ticket", "workspace", "ticket", "id"),
        Index("sla_clock_due", "workspace", "state", "due"),
    )

    ticket: int
    kind: str
    target: int
    """Open minutes."""
    started: datetime = Field(sa_type=UtcTime)
    due: datetime = Field(sa_type=UtcTime)
    """While it runs."""
    left: int | None = None
    """Open seconds that were left when it was paused or ended; negative when it was late. None while it runs."""
    state: str = "running"
    warned: int = 0
    """How far the escalation has come: 0 nobody, 1 owner, 2 group, 3 manager."""
    claimed: int | None = None
    """Who said that they take care of it, until the next threshold."""
    missed: datetime | None = Field(default=None, sa_type=UtcTime)
    ended: datetime | None = Field(default=None, sa_type=UtcTime)
    version: int = 0


class Hours(Owned, table=True):
    """When the firm (member 0) or one member works: on a weekday ("1" Monday to "7"), or on one date ("2026-12-24")."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "member", "day"),)

    member: int = 0
    day: str
    blocks: list[list[int]] = Field(default_factory=list, sa_type=Json)
    """[[540, 720], [780, 1080]] in minutes after midnight; empty: nobody works."""


class Rule(Owned, table=True):
    """When something happens and a condition holds, something is done: `purpose` is "route", "sla" or "act".

    The condition is CEL over the names of the fact; `then` is a list of [verb, argument …].
    """

    kept: ClassVar[bool] = True
    __table_args__ = (Index("rule_fact", "workspace", "purpose", "fact", "position"),)

    purpose: str
    name: str
    fact: str
    """The fact it waits for, as `flows/webhooks/published.py` and the topics name them."""
    condition: str = ""
    then: str = "[]"
    """JSON."""
    position: int = 0
    active: bool = True
    by: int | None = None
    made: datetime = Field(sa_type=UtcTime)
    version: int = 0


class Firing(Owned, table=True):
    """A rule that acted on a subject, so that it can say why, and never acts twice on one happening.

    `state` of one that alerted somebody: "open", "claimed", "snoozed" (until `until`), "muted"; of others "done".
    """

    __table_args__ = (
        UniqueConstraint("workspace", "rule", "subject"),
        Index("firing_at", "workspace", "at"),
        Index("firing_state", "workspace", "state", "id"),
    )

    rule: int
    subject: str
    at: datetime = Field(sa_type=UtcTime)
    customer: int | None = None
    words: str = ""
    """What happened, in a line."""
    state: str = "done"
    member: int | None = None
    """Who has claimed it, or snoozed it."""
    until: datetime | None = Field(default=None, sa_type=UtcTime)
