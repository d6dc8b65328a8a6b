"""Tables of selling: the pipeline's stages, deals and how they moved, orders, quotes, and who must agree to what."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class Stage(Owned, table=True):
    """A step of the pipeline, with the chance that a deal there is won; `kind` is "open", "won" or "lost"."""

    kept: ClassVar[bool] = True
    __table_args__ = (Index("stage_position", "workspace", "position"),)

    name: str
    kind: str = "open"
    chance: int = 0
    """In percent."""
    stale: int = 14
    """Days in this stage without a contact after which somebody should look."""
    position: int = 0
    removed: bool = False


class Deal(Owned, table=True):
    """Something a customer may buy; `state` is "open", "won" or "lost", and follows the stage's kind."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "id"),
        Index("deal_customer", "workspace", "customer"),
        Index("deal_member", "workspace", "member", "state"),
        Index("deal_state", "workspace", "state", "stage"),
        Index("deal_until", "workspace", "until"),
    )

    customer: int
    member: int | None = None
    what: str = ""
    amount: int | None = Field(default=None, sa_type=BigInteger)
    """In whole units of `currency`."""
    currency: str = ""
    stage: int
    state: str = "open"
    reason: str = ""
    """Why it was lost: one of the reasons, or words."""
    step: str = ""
    """What happens next, as its owner said."""
    opened: datetime = Field(sa_type=UtcTime)
    moved: datetime = Field(sa_type=UtcTime)
    """When it came into its stage."""
    closed: datetime | None = Field(default=None, sa_type=UtcTime)
    expected: datetime | None = Field(default=None, sa_type=UtcTime)
    until: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the contract that came of it ends."""
    renews: int | None = None
    """The deal whose contract this one would renew."""
    version: int = 0


class Move(Owned, table=True):
    """A deal came into a stage: what conversion and length of a sale are counted from."""

    kept: ClassVar[bool] = True
    __table_args__ = (Index("move_deal", "workspace", "deal"), Index("move_at", "workspace", "at"))

    deal: int
    stage: int
    kind: str
    at: datetime = Field(sa_type=UtcTime)
    by: int | None = None
    amount: int | None = Field(default=None, sa_type=BigInteger)


class Quote(Owned, table=True):
    """An offer with its lines; `state` is draft, waiting, approved, rejected, sent or void."""

    kept: ClassVar[bool] = True
    __table_args__ = (
        UniqueConstraint("workspace", "id"),
        Index("quote_customer", "workspace", "customer"),
        Index("quote_source", "workspace", "source"),
    )

    customer: int
    deal: int | None = None
    member: int
    kind: str = "quote"
    """ "quote" or "contract"."""
    lines: list[Any] = Field(default_factory=list, sa_type=Json)
    """[what, how many, price of one in hundredths]."""
    discount: int = 0
    """In hundredths of a percent, of the whole sum."""
    currency: str
    state: str = "draft"
    valid: datetime | None = Field(default=None, sa_type=UtcTime)
    text: str = ""
    """A contract's filled-in words."""
    made: datetime = Field(sa_type=UtcTime)
    sent: datetime | None = Field(default=None, sa_type=UtcTime)
    revision: int = 0
    """Grows with every change of what is offered: an approval counts for one revision."""
    source: str = ""
    file: str = ""
    """The hash of its PDF, once that is drawn for this revision."""
    version: int = 0


class ApprovalRule(Owned, table=True):
    """When somebody must agree: a CEL condition over what is to be decided, and who decides."""

    __tablename__ = "approval_rule"
    kept: ClassVar[bool] = True
    __table_args__ = (Index("approval_rule_workspace", "workspace"),)

    condition: str
    approver: int | None = None
    """None: any manager."""
    stand_in: int | None = None
    hours: int = 8
    """Working hours after which the stand-in, or every manager, is asked as well."""


class Approval(Owned, table=True):
    """One question to those who decide; `subject` with `content` is what exactly they were asked about.

    `state` is waiting, approved, rejected or void: it leaves "waiting" once.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "subject", "content"),
        Index("approval_state", "workspace", "state"),
    )

    subject: str
    content: str
    """A digest of the thing's content: an approval counts for exactly this."""
    by: int
    approver: int | None = None
    stand_in: int | None = None
    open_to_all: bool = False
    """The time ran out: any manager may decide."""
    hours: int = 8
    state: str = "waiting"
    question: str = ""
    answer: str = ""
    decided_by: int | None = None
    decided: datetime | None = Field(default=None, sa_type=UtcTime)
    reason: str = ""
    asked: datetime = Field(sa_type=UtcTime)
    version: int = 0
