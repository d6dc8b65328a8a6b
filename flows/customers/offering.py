# ruff: noqa: E501 -- a rule is one line
"""A tap under a logged line that tells of a new number, or of somebody new at the customer: it goes on the card."""

from __future__ import annotations

import re

from bot.core.messages import Option
from bot.core.text import gettext as _
from flows.activities.lines import understood
from flows.turn import Turn
from store.models import Activity
from store.search_keys import normal

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


_NEW_PERSON = re.compile(
    r"\b(?:new|our|my|the|their) (?:main |new )?contact(?: person)?\b|\btak(?:es?|ing|en) over\b|\btook over\b|\breplac(?:es|ed|ing)\b|\bsuccessor\b|\b(?:is|now) in charge\b"
    r"|(?:对接人|联系人|接口人|负责人)(?:现在|以后|已经)?(?:是|换成|改成|变成|换了|换|改为|为)|接手|接替|接任|(?:换成|改成|改由|换).{1,6}(?:对接|负责|接手)",
    re.IGNORECASE,
)


def new_person(turn: Turn, activity: Activity) -> str:
    """Who looks after it at the customer from now on, where the line says so and nobody of that name is known there."""
    if not _NEW_PERSON.search(activity.text):
        return ""
    people = understood(turn, activity.text, activity.at).people
    strangers = [one.mention for one in people if one.id is None and not one.ids]
    known = {normal(one.name) for one in turn.work.customers.contacts(activity.customer)}
    return strangers[0] if len(strangers) == 1 and normal(strangers[0]) not in known else ""


def offer(turn: Turn, activity: Activity) -> tuple[Option, ...]:
    """The taps, where the line has such a number or such a name."""
    number, person = new_number(turn, activity), new_person(turn, activity)
    keep = Option(_("Keep {phone}", phone=number), f"keep-number:{activity.id}", wide=True) if number else None
    add = Option(_("Add contact {name}", name=person[:30]), f"keep-person:{activity.id}", wide=True) if person else None
    return tuple(one for one in (keep, add) if one)
