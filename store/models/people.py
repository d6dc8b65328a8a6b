"""Tables of who is who: members, identities, conversations, the links by which people come in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from store.models.row import Owned
from store.types import Json, UtcTime


class Member(Owned, table=True):
    """Somebody of the firm; `role` is "owner", "manager", "rep" or "viewer", `state` "active" or "removed"."""

    __table_args__ = (Index("member_workspace", "workspace", "name"),)

    name: str
    role: str = "rep"
    team: str = ""
    state: str = "active"
    language: str = ""
    zone: str = ""
    quiet_from: int = 21 * 60
    """Minutes after local midnight; from == until means that there is no quiet time."""
    quiet_until: int = 8 * 60
    brief_at: int = 8 * 60 + 30
    home: str = ""
    """The address key where unasked messages go: the last private chat this member wrote in."""
    joined: datetime = Field(sa_type=UtcTime)
    duty: str = "on"
    """ "on", or "off" (a break, a holiday, an illness) until `back`, or until the member says so."""
    back: datetime | None = Field(default=None, sa_type=UtcTime)
    deputy: int | None = None
    """Who takes what comes in while this member is off."""
    skills: str = ""
    """Kinds of ticket, languages and tags that go to this member first, as words."""
    at_most: int = 0
    """Open tickets at one time; 0: as the firm says."""


class Identity(Owned, table=True):
    """A person on a bot account: a member, or a customer's contact; both empty for a stranger."""

    __table_args__ = (
        UniqueConstraint("platform", "account", "person"),
        Index("identity_member", "workspace", "member"),
        Index("identity_customer", "workspace", "customer"),
        Index("identity_former", "workspace", "former"),
    )

    platform: str
    account: str
    person: str
    name: str = ""
    member: int | None = None
    customer: int | None = None
    contact: int | None = None
    former: int | None = None
    """The member who was removed: on no side does this person come in as somebody new."""


class Conversation(Owned, table=True):
    """A chat by its address; `side` (member, customer) and `kind` (private, room) are fixed when it is bound."""

    __table_args__ = (
        UniqueConstraint("address"),
        Index("conversation_member", "workspace", "member", "kind"),
        Index("conversation_kind", "workspace", "kind", "side"),
        Index("conversation_customer", "workspace", "customer", "kind", "side"),
        Index("conversation_menu", "account", sqlite_where=text("menu != ''"), postgresql_where=text("menu != ''")),
    )

    address: str
    platform: str
    account: str
    side: str
    kind: str = "private"
    title: str = ""
    member: int | None = None
    customer: int | None = None
    contact: int | None = None
    language: str = ""
    dialog: dict[str, Any] | None = Field(default=None, sa_type=Json)
    choices: list[str] = Field(default_factory=list, sa_type=Json)
    edits: list[list[Any]] = Field(default_factory=list, sa_type=Json)
    """Of the last messages that were changed here: which, since when, and what it says now."""
    reachable: bool = True
    outsider: bool = False
    """A room that somebody from outside is in, or was seen in: it gets no alerts until an owner says so."""
    seen: datetime = Field(sa_type=UtcTime)
    """When somebody was last heard here, to the hour."""
    introduced: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the bot last said in a room what it is."""
    formerly: str = ""
    """The address before the platform moved the chat: buttons that were signed for it stay good."""
    unread: int = 0
    """Unasked messages since this person last did anything here."""
    blocked: datetime | None = Field(default=None, sa_type=UtcTime)
    """Since when nothing that is written here is read: a customer's chat that somebody of ours has shut."""
    away: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the customer was last told here that nobody is there."""
    menu: str = ""
    """Whose menu of commands the platform shows here ("owner:zh"); empty for the one that everybody has."""


class Route(Owned, table=True):
    """A room that wants the alerts of a topic ("low scores")."""

    kept: ClassVar[bool] = True
    __table_args__ = (UniqueConstraint("workspace", "conversation", "topic"),)

    conversation: int
    topic: str


class Pass(Owned, table=True):
    """A single-use link or code; only its hash is kept. `purpose` is "member", "customer" or "page"."""

    __table_args__ = (UniqueConstraint("digest"),)

    digest: str
    purpose: str
    role: str = ""
    member: int | None = None
    customer: int | None = None
    contact: int | None = None
    by: int | None = None
    made: datetime = Field(sa_type=UtcTime)
    expires: datetime = Field(sa_type=UtcTime)
    used: datetime | None = Field(default=None, sa_type=UtcTime)
    used_by: int | None = None


class Attempt(Owned, table=True):
    """A wrong code from somebody: ten an hour and no more."""

    __table_args__ = (Index("attempt_who", "who", "at"),)

    who: str
    at: datetime = Field(sa_type=UtcTime)


class Push(Owned, table=True):
    """Something nobody asked for, to a person or a room, by kind; `state` is sent, joined to another, held, or told.

    The message is kept while it may still be joined to another of its minute, or waits for the digest.
    """

    __table_args__ = (
        Index("push_member", "workspace", "member", "at"),
        Index("push_room", "workspace", "room", "at"),
        Index("push_card", "workspace", "card"),
    )

    member: int | None = None
    room: int | None = None
    kind: str
    at: datetime = Field(sa_type=UtcTime)
    state: str = "sent"
    card: str = ""
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class Mute(Owned, table=True):
    """A kind of unasked message that a member does not want."""

    __table_args__ = (UniqueConstraint("workspace", "member", "kind"),)

    member: int
    kind: str
