"""A customer changed or took back what they had written: the file says so, and whoever was told hears of it."""

from __future__ import annotations

from bot.core.messages import Deleted, Edited, Option, Reply
from bot.core.text import gettext as _
from bot.core.text import lines, quote
from flows.activities.words import DELETED
from flows.customers.facts import CustomerRewrote
from flows.router import CUSTOMERS, MANAGERS, NOT_MINE, NotMine, heard
from flows.turn import Turn
from store.models import Activity, Customer, Member


@heard("edited", for_=CUSTOMERS)
def edited(turn: Turn, edited: Edited) -> NotMine | None:
    found = _theirs(turn)
    if found is None:
        return NOT_MINE
    if found.text != edited.text[:4000]:
        turn.work.change(found, text=edited.text[:4000])
        turn.tell(CustomerRewrote(found.id, deleted=False))
    return None


@heard("deleted", for_=CUSTOMERS)
def deleted(turn: Turn, deleted: Deleted) -> NotMine | None:
    found = _theirs(turn)
    if found is None:
        return NOT_MINE
    if found.result != DELETED:
        turn.work.change(found, result=DELETED)
        turn.tell(CustomerRewrote(found.id, deleted=True))
    return None


def _theirs(turn: Turn) -> Activity | None:
    """What a customer wrote here; members' logs are no business of this side."""
    found = turn.work.activities.by_source(turn.source)
    return found if found is not None and found.member is None else None


def tell_who_has_them(turn: Turn, found: Activity, *, gone: bool) -> None:
    """What belongs to no request: whoever has the customer hears of it, or the managers."""
    customer: Customer | None = turn.work.customers.get(found.customer)
    if customer is None:
        return
    name = {"name": customer.name}
    head = _("{name} deleted a message:", **name) if gone else _("{name} changed a message:", **name)
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    told = Reply(lines(head, quote(found.text[:1000])), (Option(_("Show card"), f"who:{customer.id}"),))
    for member in [owner] if owner else [m for m in turn.work.people.members() if m.role in MANAGERS]:
        turn.message_member(member, told, "customer")
