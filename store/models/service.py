"""Tables of the machinery: what came in, what goes out, what is due, who holds which account, what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, UniqueConstraint, text
from sqlmodel import Field

from store.models.row import Numbered, Owned, Row
from store.types import Json, UtcTime


class Workspace(Numbered, table=True):
    """A firm: the unit of ownership and of placement."""

    name: str
    country: str = "CN"
    language: str = "en"
    zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    secret: str
    """Signs button presses; made once, never shown."""
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    created: datetime = Field(sa_type=UtcTime)


class Account(Owned, table=True):
    """A bot account on a platform; `side` is "member", "customer" or "both"."""

    __table_args__ = (UniqueConstraint("platform", "name"),)

    platform: str
    name: str
    side: str
    token: str = ""
    """Sealed; empty where the environment gives it."""
    state: str = "active"
    """What it is: "active", "off", "checking" (a token was offered), "refused" (by the platform) or "revoked"."""
    handle: str = ""
    """The bot's public name, for links to it."""
    offered: str = ""
    """A sealed token that nobody has looked at yet; the one in use stays until it has proved good."""
    bot: str = ""
    """The platform's own id of the bot: no bot serves two accounts."""
    by: int | None = None
    """The member who hears what becomes of it."""


class Inbound(Row, table=True):
    """An update a platform handed us, once; `state` is "done" or "parked"."""

    __table_args__ = (
        PrimaryKeyConstraint("account", "key"),
        Index(
            "inbound_parked",
            "account",
            sqlite_where=text("state = 'parked'"),
            postgresql_where=text("state = 'parked'"),
        ),
        Index("inbound_received", "received"),
        {"sqlite_with_rowid": False},
    )

    account: str
    key: str
    received: datetime = Field(sa_type=UtcTime)
    state: str = "done"
    raw: str = ""
    error: str = ""
    answer: dict[str, Any] | None = Field(default=None, sa_type=Json)


class Outbox(Owned, table=True):
    """A message on its way; see `docs/architecture.md` for its states."""

    __table_args__ = (
        Index(
            "outbox_lane",
            "account",
            "chat",
            "lane",
            "id",
            sqlite_where=text("state IN ('pending', 'claimed')"),
            postgresql_where=text("state IN ('pending', 'claimed')"),
        ),
        Index(
            "outbox_next",
            "account",
            "lane",
            "after",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "outbox_claimed",
            "account",
            sqlite_where=text("state = 'claimed'"),
            postgresql_where=text("state = 'claimed'"),
        ),
        Index(
            "outbox_done",
            "done",
            sqlite_where=text("done IS NOT NULL"),
            postgresql_where=text("done IS NOT NULL"),
        ),
        Index(
            "outbox_card",
            "workspace",
            "card",
            "account",
            "chat",
            sqlite_where=text("card <> '' AND state IN ('pending', 'claimed')"),
            postgresql_where=text("card <> '' AND state IN ('pending', 'claimed')"),
        ),
        Index(
            "outbox_bad",
            "workspace",
            "chat",
            sqlite_where=text("state IN ('dead', 'failed', 'unknown')"),
            postgresql_where=text("state IN ('dead', 'failed', 'unknown')"),
        ),
    )

    key: str = Field(sa_column=Column(String, unique=True, nullable=False))
    account: str
    chat: str
    """The conversation's address key."""
    lane: int
    """`Urgency`: order is kept within (chat, lane)."""
    state: str = "pending"
    payload: dict[str, Any] = Field(sa_type=Json)
    card: str = ""
    under: str = ""
    """The card under whose message it is shown there."""
    tell: str = ""
    again: bool = True
    """What to do when the outcome is unsure: send again, or leave it as unknown."""
    queued: datetime = Field(sa_type=UtcTime)
    after: datetime = Field(sa_type=UtcTime)
    expires: datetime = Field(sa_type=UtcTime)
    attempts: int = 0
    part: int = 0
    """How many calls of a message that was cut in pieces are out."""
    lease: int = 0
    """The epoch of the account's lease under which it was claimed."""
    message: str = ""
    done: datetime | None = Field(default=None, sa_type=UtcTime)
    error: str = ""


class Card(Owned, table=True):
    """Where a card was shown: one message an address, edited in place."""

    __table_args__ = (
        UniqueConstraint("workspace", "card", "address"),
        Index("card_message", "workspace", "address", "message"),
    )

    card: str
    address: str
    message: str = ""
    version: int = 0


class Lease(Row, table=True):
    """Who owns a bot account; `epoch` grows with every owner and fences what the last one left behind."""

    name: str = Field(primary_key=True)
    owner: str
    epoch: int
    until: datetime = Field(sa_type=UtcTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcTime)


class Timer(Owned, table=True):
    """Something due; the handler of its kind reads everything else from the subject's own row."""

    __table_args__ = (
        UniqueConstraint("workspace", "kind", "subject", "due"),
        Index("timer_due", "due", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    )

    kind: str
    subject: str
    due: datetime = Field(sa_type=UtcTime)
    state: str = "waiting"
    error: str = ""


class Job(Owned, table=True):
    """Long work as small steps; `cursor` is where it stands."""

    __table_args__ = (Index("job_open", "state"),)

    kind: str
    arguments: dict[str, Any] = Field(sa_type=Json)
    cursor: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    state: str = "waiting"
    owner: str = ""
    until: datetime | None = Field(default=None, sa_type=UtcTime)
    created: datetime = Field(sa_type=UtcTime)
    by: int | None = None
    address: str = ""
    error: str = ""


class Audit(Owned, table=True):
    """Who did what to which thing; append-only, sealed into a hash chain by a tick, without personal payload."""

    __table_args__ = (
        Index("audit_unsealed", "id", sqlite_where=text("seal = ''"), postgresql_where=text("seal = ''")),
    )

    at: datetime = Field(sa_type=UtcTime)
    actor: str
    action: str
    subject: str = ""
    digest: str = ""
    seal: str = ""


class Change(Owned, table=True):
    """The rows before and after one act from chat, so that it can be undone while nobody else has changed them."""

    __table_args__ = (
        Index("change_by", "workspace", "member", "state", "id"),
        Index(
            "change_part",
            *("workspace", "card"),
            sqlite_where=text("state = 'part'"),
            postgresql_where=text("state = 'part'"),
        ),
    )

    at: datetime = Field(sa_type=UtcTime)
    """When it was done, or taken back."""
    member: int
    label: str
    rows: list[Any] = Field(sa_type=Json)
    state: str = "done"
    card: str = ""
    outbox: list[Any] = Field(default_factory=list, sa_type=Json)


class StoredFile(Owned, table=True):
    """A file of a conversation; the content lives under its hash, `ref` is the platform's name for it until then."""

    __tablename__ = "file"
    __table_args__ = (
        Index("file_conversation", "workspace", "conversation", "activity"),
        Index("file_customer", "workspace", "customer"),
        Index("file_line", "workspace", "line"),
    )

    name: str
    mime: str = ""
    kind: str = "document"
    size: int = 0
    hash: str = ""
    ref: str = ""
    account: str = ""
    error: str = ""
    conversation: int = 0
    customer: int | None = None
    activity: int | None = None
    line: int | None = None
    """What it was said with in a ticket."""
    at: datetime = Field(sa_type=UtcTime)


class Shown(Numbered, table=True):
    """An entry of a chat whose screen we keep ourselves (browser)."""

    __table_args__ = (UniqueConstraint("chat", "key"), Index("shown_version", "chat", "version"))

    chat: str
    key: str
    version: int
    entry: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcTime)
