"""What members say about the front door: who is kept out."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.reception.blocking import all_blocked, block, blocked_card, is_blocked, unblock
from flows.relay import acknowledging
from flows.replies import settled
from flows.router import CUSTOMERS, command, press
from flows.tickets.actions import file
from flows.tickets.intake import of_chat, open_from
from flows.turn import Turn
from store.models import Activity, Customer


@command(
    "block",
    help=_("Nothing from this customer's chat reaches anybody"),
    example=_("/block Acme"),
    words=("block", "拉黑", "屏蔽"),
)
def block_said(turn: Turn, customer: Customer) -> Reply:
    return _blocked(turn, customer)


@command(
    "unblock",
    help=_("Open a customer's chat again"),
    example=_("/unblock Acme"),
    words=("unblock", "解除拉黑", "解除屏蔽"),
)
def unblock_said(turn: Turn, customer: Customer) -> Reply:
    unblock(turn, customer)
    return blocked_card(turn, customer)


@command("blocked", help=_("Whose chats are blocked"), words=("who is blocked", "黑名单"))
def blocked(turn: Turn) -> Reply | Text:
    return all_blocked(turn)


@press("block")
def block_pressed(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    return _blocked(turn, found) if found is not None else _gone()


@press("unblock")
def unblock_pressed(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None:
        return _gone()
    unblock(turn, found)
    return blocked_card(turn, found)


@press("standing-person", for_=CUSTOMERS)
def a_person(turn: Turn, activity: int) -> Reply | None:
    """What the bot could tell was not enough: the question goes to a person."""
    found, here = turn.work.get(Activity, activity), turn.here()
    customer = turn.work.customers.get(here.customer) if here.customer else None
    if found is None or customer is None or found.customer != customer.id or found.member is not None:
        return settled()
    ticket = of_chat(turn, here.id)
    if ticket is None or ticket.state == "solved":
        file(turn, open_from(turn, customer, here, found), found)
    else:
        acknowledging.opened(turn, ticket)
    return None


def _blocked(turn: Turn, customer: Customer) -> Reply:
    if not block(turn, customer) and not is_blocked(turn, customer):
        return Reply(_("{name} has no chat that could be blocked.", name=customer.name))
    return blocked_card(turn, customer)


def _gone() -> Reply:
    return Reply(_("This customer is no longer there."), toast=True)
