"""A message to a customer: previewed, checked against what they had this week, sent only by a button, logged."""

from __future__ import annotations

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, quote
from bot.core.text import gettext as _
from flows.customers.actions import touched
from flows.rhythm.actions import warnings
from flows.turn import Turn
from store.models import Activity, Customer

LONGEST = 2000


def preview(turn: Turn, customer: Customer, words: str) -> Reply | Text:
    """The text as its reader will see it, with whatever speaks against sending it now."""
    if "all" in customer.stopped.split():
        return _("{name} does not want messages from us.", name=customer.name)
    if not turn.work.people.chats_of(customer.id):
        invite = Option(_("Invite"), f"invite:{customer.id}")
        return Reply(
            _("{name} can't be reached by chat yet. Here is your text to copy.", name=customer.name), (invite,)
        )
    against = warnings(turn, customer, turn.me())
    words = words.strip()[:LONGEST]
    turn.remember({"kind": "write", "wants": "yes", "customer": customer.id, "text": words})
    label = _("Send anyway") if against else _("Send")
    body = lines(
        bold(_("To {name}:", name=customer.name)),
        quote(words),
        *against,
    )
    return Reply(body, (Option(label, f"write-send:{customer.id}", style="primary"), Option(_("Cancel"), "cancel")))


def send(turn: Turn, customer: int) -> Reply:
    """Sent once: the preview is closed with it."""
    state = turn.conversation.dialog if turn.conversation else None
    found = turn.work.customers.get(customer)
    if state is None or state.get("kind") != "write" or state["customer"] != customer or found is None:
        raise TooLate(_("That is settled already."))
    turn.remember(None)
    chat = turn.message_customer(customer, Reply(Text((state["text"],)), tell=f"written:{customer}", if_unsure="leave"))
    if chat is None:
        raise TooLate(_("{name} can't be reached by chat any more.", name=found.name))
    turn.work.add(
        Activity(
            customer=customer,
            member=turn.me().id,
            kind="message",
            channel=chat.platform,
            at=turn.now,
            text=state["text"],
            logged=turn.now,
        )
    )
    touched(turn, found)
    turn.work.for_good()
    return Reply(_("Sent to {name}.", name=found.name))
