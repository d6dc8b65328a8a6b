"""A tap under a logged line that tells of a new number: it goes on the card of whoever it belongs to."""

from __future__ import annotations

import re

from bot.core.messages import Option
from bot.core.text import gettext as _
from flows.activities.lines import understood
from flows.turn import Turn
from store.models import Activity

_DIGITS = re.compile(r"\d(?:[ ()-]?\d){6}")
_NEW = re.compile(
    r"\b(?:new|changed?|switched|different|now|instead|moved)\b.{0,30}\b(?:number|phone|mobile|cell)\b|\b(?:number|phone|mobile|cell)\b.{0,30}\b(?:new|chang\w+|now)\b"
    r"|换(?:了|成|个|新)*(?:手机|电话|号)|(?:手机|电话|号码?)(?:也|都|已经)?(?:换|改|变)|新(?:的)?(?:手机|电话|号码?|联系方式)",
    re.IGNORECASE,
)


def new_number(turn: Turn, activity: Activity) -> str:
    """The number in the line, where their card has none yet, or the line says that it changed."""
    if not _DIGITS.search(activity.text):
        return ""
    found = {one.value for one in understood(turn, activity.text, activity.at).phones}
    person = turn.work.customers.contact(activity.contact) if activity.contact else None
    told = _NEW.search(activity.text) is not None
    customer = turn.work.customers.get(activity.customer)
    before = person.phone if person else customer.phone if customer else ""
    if len(found) != 1 or not (told or (person is not None and not before)):
        return ""
    number = found.pop()
    return "" if _same(number, before) else number


def _same(one: str, other: str) -> bool:
    one, other = (re.sub(r"\D", "", number)[-9:] for number in (one, other))
    return one == other


def offer(turn: Turn, activity: Activity) -> tuple[Option, ...]:
    """The tap, where the line has such a number."""
    number = new_number(turn, activity)
    return (Option(_("Keep {phone}", phone=number), f"keep-number:{activity.id}", wide=True),) if number else ()
