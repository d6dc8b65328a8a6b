"""Who wrote where: makes the turn for an event, and the rows for people and chats that are seen for the first time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.core.messages import Address, Answered, Command, Event, Known, Left, Linked, Reply, Said, Sender
from bot.core.text import Text, join, lines, text
from bot.core.text import gettext as _
from flows.turn import Turn
from flows.words import language_of, language_written
from store.meeting import Met
from store.models import Conversation, Identity, Member
from store.tombstones import died
from store.work import Work

if TYPE_CHECKING:
    from flows.router import Route

SEEN_EVERY = timedelta(hours=1)
"""How finely we know when somebody was last here: once an hour costs nothing."""
OPEN = frozenset({"alerts", "language", "speak"})
"""What members may still do in a room with somebody from outside; it shows nothing of the customer file."""
ASKED = 3
"""Colleagues who are named where somebody may not do a thing themselves."""
ROLES: dict[str, Text] = {"owner": _("owner"), "manager": _("manager"), "rep": _("rep"), "viewer": _("viewer")}


def arrive(work: Work, event: Event) -> Turn | None:
    """The turn for an event; None when the bot account is nobody's."""
    met = work.people.meet(event.where, event.sender)
    if met is None or met.account.state == "off":
        return None
    if met.identity is None and _from_before(work, event):
        return None
    identity = met.identity or _identity(work, event.where, event.sender)
    member = met.member if met.member is not None and met.member.state == "active" else None
    conversation = met.conversation or _conversation(work, met, event, member, identity)
    if event.where.thread and conversation.kind == "room":
        conversation = _like_its_room(work, met, event, conversation)
    turn = Turn(
        work=work,
        workspace=met.workspace,
        key=f"upd:{event.where.account}:{event.key}",
        event=event,
        where=event.where,
        account=met.account,
        conversation=conversation,
        identity=identity,
        member=member if conversation.side == "member" else None,
    )
    if member is not None and conversation.kind == "private" and conversation.side == "member" and _speaks(event):
        _come_home(turn, member, conversation)
    _freshen(turn)
    turn.former = _was_removed(turn)
    if met.conversation is None or not turn.here().outsider:
        _notice_outsider(turn, event, known=met.conversation is not None)
    return turn


def _from_before(work: Work, event: Event) -> bool:
    """What somebody wrote before they were erased and comes again: it brings nobody back."""
    where = event.where
    at = died(work, "person", f"{where.platform}:{where.account}:{event.sender.id}")
    return at is not None and event.at <= at


def _identity(work: Work, where: Address, sender: Sender) -> Identity:
    return work.add(Identity(platform=where.platform, account=where.account, person=sender.id, name=sender.name[:200]))


def _conversation(work: Work, met: Met, event: Event, member: Member | None, identity: Identity | None) -> Conversation:
    """A new chat: its side is the account's, or, where an account serves both, that of the person who opens it."""
    side, private = met.account.side, event.private
    if side == "both":
        ours = not event.shared and (member is not None or event.sender.is_colleague or not private)
        side = "member" if ours else "customer"
    return work.add(
        Conversation(
            address=event.where.key,
            platform=event.where.platform,
            account=event.where.account,
            side=side,
            kind="private" if private else "room",
            member=member.id if member and private and side == "member" else None,
            customer=identity.customer if identity and private and side == "customer" else None,
            contact=identity.contact if identity and private and side == "customer" else None,
            language=language_of(event.sender.language, language_of(met.workspace.language)) if private else "",
            seen=work.now,
        )
    )


def _like_its_room(work: Work, met: Met, event: Event, thread: Conversation) -> Conversation:
    """Whose room it is and who may read along is so in every thread of it."""
    whole = replace(event.where, thread="")
    room = work.first(Conversation, address=whole.key)
    room = room or _conversation(work, met, replace(event, where=whole), None, None)
    same = {name: getattr(room, name) for name in ("side", "outsider", "title", "customer")}
    if met.conversation is None:
        same["language"] = room.language
    if all(getattr(thread, name) == value for name, value in same.items()):
        return thread
    return work.change(thread, **same)


def _speaks(event: Event) -> bool:
    """Whether somebody did something here, rather than looked at a page or was found to have a name."""
    looked = event.page is not None and isinstance(event.body, Command)
    return not looked and not isinstance(event.body, Known | Linked)


def _come_home(turn: Turn, member: Member, conversation: Conversation) -> None:
    """Unasked messages go to the private chat in which the member was last seen."""
    if conversation.member != member.id:
        turn.conversation = turn.work.change(conversation, member=member.id)
    if member.home != conversation.address:
        turn.member = turn.work.change(member, home=conversation.address)


def _freshen(turn: Turn) -> None:
    """Whoever writes can be reached again; the rest is only written when it would change much."""
    here, values = turn.here(), dict[str, Any]()
    if not here.reachable:
        values["reachable"] = True
    if turn.now - here.seen > SEEN_EVERY:
        values["seen"] = turn.now
    if here.unread:
        values["unread"] = 0
    if speaks := _other_language(turn, here):
        values["language"] = speaks
        turn.__dict__.pop("words", None)
    if values:
        turn.conversation = turn.work.change(here, **values)


def _other_language(turn: Turn, here: Conversation) -> str:
    """What a customer plainly writes in, where only their platform has said what they speak so far."""
    body = turn.event.body if turn.event else None
    if turn.event is None or not isinstance(body, Said) or here.side != "customer" or here.kind != "private":
        return ""
    told = language_of(turn.event.sender.language, language_of(turn.workspace.language))
    written = None if body.forwarded_from or here.language != told else language_written(body.text)
    return written if written and written != told else ""


def _was_removed(turn: Turn) -> bool:
    """Asked only about people on the customers' side whom no row binds to a customer yet."""
    who, here = turn.who(), turn.here()
    if here.side != "customer" or who.customer is not None or turn.where is None:
        return False
    return who.former is not None or turn.work.people.former(turn.where.platform, who.person)


def _notice_outsider(turn: Turn, event: Event, *, known: bool) -> None:
    """Somebody from outside speaks in a room of members, or may read it; a room that speaks as itself is nobody."""
    here = turn.here()
    if here.kind != "room" or here.side != "member" or event.sender.is_bot:
        return
    is_ours = turn.member is not None or event.sender.id in ("", event.where.chat) or isinstance(event.body, Known)
    if (is_ours and not event.shared) or isinstance(event.body, Left | Linked | Answered):
        return
    from flows.teams.rooms import outsider_came

    outsider_came(turn, [] if is_ours else [turn.who().name or event.sender.name], known=known)


def role_of(turn: Turn) -> str:
    """What decides which handlers may hear: a member's role, "customer", or "stranger" on the members' side."""
    if turn.former:
        return "stranger"
    if turn.member is not None:
        return turn.member.role
    side = turn.conversation.side if turn.conversation else "customer"
    return "customer" if side == "customer" else "stranger"


def at_the_door() -> Reply:
    """The one neutral sentence for people whom the members' side does not know; it names nobody."""
    return Reply(_("I don't know you yet: if you have an invitation, open its link or send me its code."))


def refusal(turn: Turn, route: Route | None) -> Reply | None:
    """Why this person may not do this here, in one sentence that shows nothing internal; None when they may."""
    role = role_of(turn)
    if role == "stranger":
        return None if route is not None and role in route.for_ else at_the_door()
    if not turn.private and turn.here().outsider and role != "customer" and (route is None or route.name not in OPEN):
        return Reply(_("Somebody from outside is in this room, so please ask me in our private chat."))
    if route is None or role in route.for_:
        return None
    if role == "customer":
        if turn.private:
            return Reply(_("That is not available here. Write it without the “/”, and a person reads it."))
        return Reply(_("That is not available here."))
    said = _("Your role here is {role}, and this is for {roles}.", role=role_name(role), roles=_roles(route))
    able = [member.name for member in turn.work.people.members() if member.role in route.for_]
    return Reply(lines(said, _("Ask {names}.", names=join(", ", able[:ASKED])) if able else None))


def platform_name(platform: str) -> Text:
    """Brands stay as they are."""
    return {"browser": _("Web chat"), "terminal": _("Terminal")}.get(platform) or text(platform.capitalize())


def source_name(source: str) -> Text:
    """Where a customer came from: a platform by its name, anything else as it was noted."""
    return platform_name(source) if source in ("browser", "terminal", "telegram", "slack") else text(source)


def role_name(role: str) -> Text:
    """The role in the reader's language."""
    return ROLES.get(role, Text((role,)))


def _roles(route: Route) -> Text:
    found = [ROLES[role] for role in ROLES if role in route.for_]
    return join(", ", found) if found else _("customers")
