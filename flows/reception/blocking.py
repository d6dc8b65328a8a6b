"""Customers' chats that somebody of ours has shut: nothing written there is read, or shown to anybody."""

from __future__ import annotations

from bot.core.messages import Option, Pressed, Reply
from bot.core.text import Text, bold, code, lines, moment, text
from bot.core.text import gettext as _
from flows.arrival import platform_name
from flows.turn import Turn
from store.models import Conversation, Customer


def shut_out(turn: Turn) -> None:
    """One neutral sentence, once; after that silence. Pressing a button says nothing at all."""
    here = turn.here()
    assert here.blocked is not None  # noqa: S101 - asked before
    if (here.introduced is None or here.introduced < here.blocked) and not _pressed(turn):
        turn.conversation = turn.work.change(here, introduced=turn.now)
        turn.say(_("Nobody reads messages in this chat at the moment."))


def _pressed(turn: Turn) -> bool:
    return turn.event is not None and isinstance(turn.event.body, Pressed)


def block(turn: Turn, customer: Customer) -> int:
    """Shuts every private chat of the customer; returns how many were open. Rooms stay: others speak there too."""
    chats = [chat for chat in _chats(turn, customer) if chat.blocked is None]
    for chat in chats:
        turn.work.change(chat, blocked=turn.now, dialog=None)
        turn.work.outbox.cancel(chat.address)
    turn.work.audit(f"member:{turn.me().id}", "blocked", f"customer:{customer.id}")
    return len(chats)


def unblock(turn: Turn, customer: Customer) -> int:
    """Opens them again; what was written meanwhile is not kept."""
    chats = [chat for chat in _chats(turn, customer) if chat.blocked is not None]
    for chat in chats:
        turn.work.change(chat, blocked=None)
    turn.work.audit(f"member:{turn.me().id}", "unblocked", f"customer:{customer.id}")
    return len(chats)


def is_blocked(turn: Turn, customer: Customer) -> bool:
    """Whether any of the customer's chats is shut."""
    return any(chat.blocked is not None for chat in _chats(turn, customer))


def blocked_card(turn: Turn, customer: Customer) -> Reply:
    """Whether the customer's chats are shut, and the way back."""
    shut = [chat for chat in _chats(turn, customer) if chat.blocked is not None]
    if not shut:
        said = _("{name} can write to us.", name=customer.name)
        return Reply(said, (Option(_("Block"), f"block:{customer.id}"),), card=f"block:{customer.id}")
    said = lines(
        _("{name} is blocked: nothing from there reaches anybody, and nothing goes there.", name=customer.name),
        *(text("• ", platform_name(chat.platform), " · ", moment(chat.blocked or turn.now)) for chat in shut),
    )
    return Reply(said, (Option(_("Unblock"), f"unblock:{customer.id}"),), card=f"block:{customer.id}")


def all_blocked(turn: Turn) -> Reply | Text:
    """Everybody whose chats are shut."""
    shut = {chat.customer for chat in turn.work.find(Conversation, side="customer", kind="private") if chat.blocked}
    customers = [found for id in sorted(filter(None, shut)) if (found := turn.work.customers.get(id)) is not None]
    if not customers:
        example = code(_("/block Acme"))
        return lines(_("Nobody is blocked."), _("Example: {example}", example=example))
    rows = [text("• ", customer.name) for customer in customers[:20]]
    choices = tuple(Option(_("Unblock {name}", name=c.name[:30]), f"unblock:{c.id}", wide=True) for c in customers[:8])
    return Reply(lines(bold(_("Blocked")), *rows), choices, card="blocked")


def _chats(turn: Turn, customer: Customer) -> list[Conversation]:
    return turn.work.find(Conversation, customer=customer.id, side="customer", kind="private")
