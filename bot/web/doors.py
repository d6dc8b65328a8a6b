"""Who a browser is, and which chats it may open: asked of the tables every time, so that a removal counts at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.messages import Address
from bot.core.ports import Door
from store.engine import Database
from store.firms import account
from store.models import Contact, Conversation, Identity, Member, Workspace
from store.work import Work

PLATFORM = "browser"


@dataclass(frozen=True, slots=True)
class Known:
    """The firm that a browser talks to, and who sits there: a member, a customer's contact, or nobody we know."""

    firm: Workspace
    member: Member | None = None
    contact: Contact | None = None


class StoredDoors:
    """`Doors` by our tables: a member has a chat of their own and every room of the firm's browsers."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._account = name

    async def of(self, person: str) -> Sequence[Door]:
        """The person's own chat first."""
        return await asyncio.to_thread(self._read, person)

    def _read(self, person: str) -> Sequence[Door]:
        with self._database.read() as work:
            known = who(work, self._account, person)
            if known is None:
                return [Door(person, "")]
            own = Door(person, known.firm.name, you=_called(known))
            return [own, *(rooms(work, self._account, known.member) if known.member else ())]


def who(work: Work, name: str, person: str) -> Known | None:
    """Who this browser is to the firm that has the account; None without such a firm. Sets the work's workspace."""
    found = account(work, PLATFORM, name)
    work.workspace = found.workspace if found else 0
    firm = work.firm(work.workspace)
    if found is None or firm is None or found.state != "active":
        return None
    identity = work.first(Identity, platform=PLATFORM, account=name, person=person)
    if identity is None:
        return Known(firm)
    member = work.get(Member, identity.member) if identity.member else None
    contact = work.get(Contact, identity.contact) if identity.contact else None
    return Known(firm, member if member and member.state == "active" else None, contact)


def rooms(work: Work, name: str, member: Member) -> list[Door]:
    """The members' rooms; what a person is called there is their name in the firm."""
    found = work.find(Conversation, platform=PLATFORM, account=name, kind="room", side="member")
    return [Door(Address.of(room.address).chat, room.title, private=False, you=member.name) for room in found]


def _called(known: Known) -> str:
    if known.member:
        return known.member.name
    return known.contact.name if known.contact else ""
