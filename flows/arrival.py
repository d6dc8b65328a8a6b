"""Who wrote where: makes the turn for an event, and the rows for people and chats that are seen for the first time."""

from __future__ import annotations

from bot.core.messages import Address, Event, Sender
from flows.turn import Turn
from flows.words import language_of
from store.models import Conversation, Identity, Member
from store.people import Met
from store.work import Work


def arrive(work: Work, event: Event) -> Turn | None:
    """The turn for an event; None when the bot account is nobody's."""
    met = work.people.meet(event.where, event.sender)
    if met is None or met.account.state == "off":
        return None
    identity = met.identity or _identity(work, event.where, event.sender)
    member = met.member if met.member is not None and met.member.state == "active" else None
    conversation = met.conversation or _conversation(work, met, event, member, identity)
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
    if member is not None and conversation.kind == "private" and conversation.side == "member":
        _come_home(turn, member, conversation)
    if not conversation.reachable:
        turn.conversation = work.change(conversation, reachable=True)
    return turn


def _identity(work: Work, where: Address, sender: Sender) -> Identity:
    return work.add(Identity(platform=where.platform, account=where.account, person=sender.id, name=sender.name[:200]))


def _conversation(work: Work, met: Met, event: Event, member: Member | None, identity: Identity | None) -> Conversation:
    """A new chat: its side is the account's, or, where an account serves both, that of the person who opens it."""
    side = met.account.side
    if side == "both":
        side = "member" if member is not None else "customer"
    private = event.private
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


def _come_home(turn: Turn, member: Member, conversation: Conversation) -> None:
    """Unasked messages go to the private chat in which the member was last seen."""
    if conversation.member != member.id:
        turn.conversation = turn.work.change(conversation, member=member.id)
    if member.home != conversation.address:
        turn.member = turn.work.change(member, home=conversation.address)


def role_of(turn: Turn) -> str:
    """What decides which handlers may hear: a member's role, "customer", or "stranger" on the members' side."""
    if turn.member is not None:
        return turn.member.role
    side = turn.conversation.side if turn.conversation else "customer"
    return "customer" if side == "customer" else "stranger"
