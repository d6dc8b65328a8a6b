"""People: who is behind an update, who may come in, where somebody can be reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, or_, select, update

from bot.core.messages import Address, Sender
from store.alone import alone, conversation
from store.meeting import Met, meet
from store.models import Attempt, Conversation, Identity, Member, Pass, Route, Workspace
from store.statements import Statement
from store.types import UtcTime, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_W, _C, _I, _M = (kind.table() for kind in (Workspace, Conversation, Identity, Member))
_ACTIVE = Statement(
    lambda: (
        select(*columns(Member))
        .where(_M.c.workspace == bindparam("workspace"), _M.c.state == word("active"))
        .order_by(_M.c.id)
    )
)
_NAMED = Statement(
    lambda: select(*columns(Member)).where(
        _M.c.workspace == bindparam("workspace"),
        _M.c.state == word("active"),
        func.lower(_M.c.name) == bindparam("name"),
    )
)
_ROOMS = Statement(
    lambda: (
        select(*columns(Conversation))
        .join(Route.table(), and_(Route.table().c.workspace == _C.c.workspace, Route.table().c.conversation == _C.c.id))
        .where(
            _C.c.workspace == bindparam("workspace"),
            Route.table().c.topic == bindparam("topic"),
            _C.c.reachable.is_(True),
        )
        .order_by(_C.c.id)
    )
)
_CHATS = Statement(
    lambda: (
        select(*columns(Conversation))
        .where(
            _C.c.workspace == bindparam("workspace"),
            _C.c.customer == bindparam("customer"),
            _C.c.kind == word("private"),
            _C.c.side == word("customer"),
            _C.c.reachable.is_(True),
            _C.c.blocked.is_(None),
        )
        .order_by(_C.c.seen.desc(), _C.c.id)
    )
)
_PASS = Statement(
    lambda: (
        update(Pass.table())
        .where(
            Pass.table().c.digest == bindparam("in_digest"),
            Pass.table().c.used.is_(None),
            Pass.table().c.expires > bindparam("now", type_=UtcTime()),
        )
        .values(used=bindparam("now", type_=UtcTime()), used_by=bindparam("new_used_by"))
        .returning(*columns(Pass))
    ),
    wide=True,
)
_ATTEMPTS = Statement(
    lambda: select(func.count()).where(
        Attempt.table().c.who == bindparam("who"), Attempt.table().c.at > bindparam("since", type_=UtcTime())
    ),
    wide=True,
)
_REVOKE = Statement(
    lambda: (
        update(Pass.table())
        .where(
            Pass.table().c.workspace == bindparam("workspace"),
            or_(Pass.table().c.member == bindparam("who"), Pass.table().c.by == bindparam("who")),
            Pass.table().c.used.is_(None),
        )
        .values(used=bindparam("now", type_=UtcTime()))
    )
)
_UNBIND = Statement(
    lambda: (
        update(_I)
        .where(_I.c.workspace == bindparam("workspace"), _I.c.member == bindparam("who"))
        .values(member=None, former=bindparam("new_former"))
    )
)
_FORMER = Statement(
    lambda: (
        select(_I.c.former)
        .where(
            _I.c.workspace == bindparam("workspace"),
            _I.c.platform == bindparam("platform"),
            _I.c.person == bindparam("person"),
            _I.c.former.is_not(None),
        )
        .limit(1)
    )
)
_STOPPED = Statement(
    lambda: (
        select(*columns(Conversation))
        .join(Route.table(), and_(Route.table().c.workspace == _C.c.workspace, Route.table().c.conversation == _C.c.id))
        .where(
            _C.c.workspace == bindparam("workspace"),
            Route.table().c.topic == bindparam("topic"),
            or_(_C.c.reachable.is_(False), _C.c.outsider.is_(True)),
        )
        .order_by(_C.c.id)
    )
)
_UNREACHABLE = Statement(
    lambda: (
        update(_C)
        .where(_C.c.workspace == bindparam("workspace"), _C.c.address == bindparam("in_address"))
        .values(reachable=bindparam("new_reachable"))
    )
)
_FIRM = Statement(
    lambda: (
        update(_W)
        .where(_W.c.id == bindparam("workspace"))
        .values({name: bindparam(f"new_{name}") for name in ("name", "country", "language", "zone", "currency")})
    )
)
_CHOICES = Statement(
    lambda: (
        update(_C)
        .where(_C.c.workspace == bindparam("workspace"), _C.c.address == bindparam("in_address"))
        .values(choices=bindparam("new_choices", type_=_C.c.choices.type))
    )
)


class People:
    """Asks and changes who is who."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def meet(self, where: Address, sender: Sender) -> Met | None:
        """Who wrote where, or None when the account is not ours; sets the work's workspace."""
        name = conversation(where.account, where.chat)
        if self._work.updates.alone != name:
            alone(self._work, name)
        met = meet(self._work, where, sender)
        if met:
            self._work.workspace = met.workspace.id
            self._work.saw(met.workspace.id)
        return met

    def members(self) -> list[Member]:
        """Everybody who is active, in the order in which they joined."""
        return self._work.all(Member, _ACTIVE)

    def named(self, name: str) -> list[Member]:
        """Active members of that name, whatever the case."""
        return self._work.all(Member, _NAMED, name=name.casefold())

    def rooms(self, topic: str) -> list[Conversation]:
        """Rooms that want the alerts of a topic and may have them."""
        return [room for room in self._work.all(Conversation, _ROOMS, topic=topic) if not room.outsider]

    def chats_of(self, customer: int) -> list[Conversation]:
        """Private chats in which a customer can be reached, the last used first."""
        return self._work.all(Conversation, _CHATS, customer=customer)

    def use_pass(self, digest: str, by: int | None = None) -> Pass | None:
        """Takes the single-use link or code of any workspace; None when it is unknown, used or expired."""
        return self._work.one(Pass, _PASS, in_digest=digest, now=self._work.now, new_used_by=by)

    def wrong_tries(self, who: str, *, within: timedelta) -> int:
        """How many wrong codes came from there lately."""
        return int(self._work.value(_ATTEMPTS, who=who, since=self._work.now - within))

    def wrong_try(self, who: str) -> None:
        """One more wrong code."""
        self._work.add(Attempt(who=who, at=self._work.now))

    def cut_off(self, member: Member) -> None:
        """Links die, identities are forgotten, and nothing more reaches the member's chats; rows and history stay."""
        self._work.run(_REVOKE, who=member.id, now=self._work.now)
        self._work.run(_UNBIND, who=member.id, new_former=member.id)
        for chat in self.private_chats(member):
            self._work.outbox.cancel(chat.address)
            self._work.cards.forget(chat.address)
            self._work.change(chat, member=None, dialog=None, choices=[], edits=[])

    def private_chats(self, member: Member) -> list[Conversation]:
        """The member's own chats with the bot, on whatever platform, the last used first."""
        found = self._work.find(Conversation, member=member.id, kind="private")
        return sorted(found, key=lambda chat: chat.seen, reverse=True)

    def former(self, platform: str, person: str) -> bool:
        """Whether this person of a platform was a member once and was removed."""
        return self._work.value(_FORMER, platform=platform, person=person) is not None

    def stopped_rooms(self, topic: str) -> list[Conversation]:
        """Rooms that want the alerts of a topic and may not have them: an outsider is in, or the bot is not."""
        return self._work.all(Conversation, _STOPPED, topic=topic)

    def set_reachable(self, address: str, reachable: bool) -> None:
        """Whether messages arrive there."""
        self._work.run(_UNREACHABLE, in_address=address, new_reachable=reachable)

    def set_choices(self, address: str, choices: list[str]) -> None:
        """What typed numbers mean there now."""
        self._work.run(_CHOICES, in_address=address, new_choices=choices)

    def change_firm(self, firm: Workspace, **values: str) -> Workspace:
        """The firm is called, speaks or lives differently from now on."""
        names = ("name", "country", "language", "zone", "currency")
        new = {name: values.get(name, getattr(firm, name)) for name in names}
        self._work.run(_FIRM, **{f"new_{name}": value for name, value in new.items()})
        return Workspace.loaded({**{name: getattr(firm, name) for name in Workspace.model_fields}, **new})

    def moved(self, old: Address, new: Address, seen: datetime) -> None:
        """The conversation has another address."""
        row = self._work.first(Conversation, address=old.key)
        if row is None:
            return
        self._work.cards.move(old.key, new.key)
        self._work.outbox.move(old.account, old.key, new.key)
        if (other := self._work.first(Conversation, address=new.key)) is None:
            self._work.change(row, address=new.key, formerly=old.key, reachable=True, seen=seen)
            return
        self._joined(row, other)

    def _joined(self, old: Conversation, new: Conversation) -> None:
        """Somebody spoke at the new address before we heard of the move: it gets what the old one had."""
        known = {route.topic for route in self._work.find(Route, conversation=new.id)}
        for route in self._work.find(Route, conversation=old.id):
            if route.topic in known:
                self._work.remove(route)
            else:
                self._work.change(route, conversation=new.id)
        self._work.change(
            new,
            formerly=old.address,
            title=new.title or old.title,
            language=new.language or old.language,
            customer=new.customer or old.customer,
            outsider=new.outsider or old.outsider,
        )
        self._work.change(old, reachable=False)
