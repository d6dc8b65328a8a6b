"""Customers stop what they do not want and have it back; their owner hears it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.campaigns.actions import stopped_by_customer
from flows.optout.rules import AGAIN, KINDS, Wish, declines, wish_of
from flows.replies import settled
from flows.router import CUSTOMERS, NOT_MINE, heard, press
from flows.turn import Turn
from store.models import Customer, Member

FRESH = timedelta(days=3)
"""After this a few words are no longer taken to be about what we sent."""


@heard("first", for_=CUSTOMERS)
def wished(turn: Turn, said: Said) -> Any:
    """A bare "stop" is about what came last; where that was a survey, surveys hear it."""
    customer = turn.customer if turn.private else None
    if customer is None:
        return NOT_MINE
    wish = wish_of(said.text)
    if wish is None and declines(said.text) and _just_sent(turn, customer):
        wish = Wish("")
    if wish is None:
        return NOT_MINE
    kind = wish.kind or _last_kind(turn, customer.id)
    if kind not in KINDS or (not wish.kind and kind in customer.stopped.split()):
        return NOT_MINE  # a second "stop" is about more than that
    return start(turn, kind) if wish.again else stop(turn, kind)


def _just_sent(turn: Turn, customer: Customer) -> bool:
    """Whether something of ours, unasked, is the last that was said, and not long ago."""
    last = turn.work.care.last_sent(customer.id)
    fresh = last is not None and turn.now - last < FRESH
    return last is not None and fresh and (customer.last_in is None or customer.last_in < last)


def _last_kind(turn: Turn, customer: int) -> str:
    found = turn.work.care.last_kind(customer)
    return "articles" if found == "offers" and turn.work.campaigns.last_kind(customer) == "article" else found


@press("care-stop", for_=CUSTOMERS)
def stop_pressed(turn: Turn, kind: str) -> Reply | Text:
    return stop(turn, kind) if kind in KINDS else settled()


@press("care-on", for_=CUSTOMERS)
def start_pressed(turn: Turn, kind: str) -> Reply | Text:
    return start(turn, kind) if kind in KINDS else settled()


def stop(turn: Turn, kind: str) -> Reply | Text:
    """No more of this kind, on whatever platform; what waits for them does not go."""
    customer = turn.customer
    if customer is None:
        return _("We send you nothing by ourselves. Your own questions are still answered here.")
    stopped = set(customer.stopped.split())
    turn.work.customers.change(customer, stopped=" ".join(sorted(stopped | {kind})))
    turn.__dict__.pop("customer", None)
    stopped_by_customer(turn, customer.id)
    if kind not in stopped:
        _tell_owner(turn, kind)
    again = Option(_("Take that back"), f"care-on:{kind}")
    everything = () if kind == "all" else (Option(_("Stop everything"), "care-stop:all"),)
    body = lines(
        _("Done: {firm} sends you no more {kind}.", firm=turn.workspace.name, kind=KINDS[kind]),
        _("Your own questions are still answered here. To undo this, write “{words}”.", words=AGAIN[kind]),
    )
    return Reply(body, (again, *everything))


def start(turn: Turn, kind: str) -> Reply | Text:
    """Wanted again; "everything" opens it all."""
    customer = turn.customer
    if customer is None:
        return settled()
    stopped = set(customer.stopped.split())
    left = set() if kind == "all" else stopped - {kind, "all"}
    turn.work.customers.change(customer, stopped=" ".join(sorted(left)))
    turn.__dict__.pop("customer", None)
    example = code(_("no more offers"))
    return _("Welcome back. A word is enough to stop it again: {example}", example=example)


def _tell_owner(turn: Turn, kind: str) -> None:
    customer = turn.customer
    owner = turn.work.get(Member, customer.owner) if customer and customer.owner else None
    if customer is not None and owner is not None:
        said = _("{name} wants no more {kind}.", name=customer.name, kind=KINDS[kind])
        turn.message_member(owner, Reply(said, (Option(_("Show card"), f"who:{customer.id}"),)), "customer")
