"""The buttons of risk: an offer to look at, the result of an attempt, a loss with its reason, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, lines, plain
from bot.core.text import gettext as _
from flows.care.words import filled, reader_of, wording_for
from flows.churn import actions, cards
from flows.churn.commands import ask_why, one, risks, written
from flows.replies import settled
from flows.rhythm import writing
from flows.router import EDITORS, MEMBERS, NOT_MINE, dialog, press
from flows.turn import Turn
from store.models import Customer, Member, Winback

Outcome = Reply | Text


def _gone() -> Reply:
    return Reply(_("This customer is no longer there."), toast=True)


@press("risk", for_=MEMBERS)
def show(turn: Turn, customer: int) -> Outcome:
    found = turn.work.customers.get(customer)
    return one(turn, found) if found else _gone()


@press("risks", for_=MEMBERS)
def everybody(turn: Turn) -> Outcome:
    return risks(turn)


@press("winback")
def offer(turn: Turn, customer: int) -> Outcome:
    """A draft, in the firm's words for it or ours, to look at and to send."""
    found = turn.work.customers.get(customer)
    if found is None or found.state != "active":
        return _gone()
    attempt = actions.attempt(turn, found)
    if attempt.state == "open":
        turn.work.change(attempt, way="offer")
    turn.work.for_good()
    return writing.preview(turn, found, draft(turn, found))


def draft(turn: Turn, customer: Customer) -> str:
    """What could win them back."""
    chat, words = reader_of(turn, customer)
    people = turn.work.customers.contacts(customer.id)
    person = next((p.name for p in people if chat is not None and p.id == chat.contact), "")
    person = person or (people[0].name if people else customer.name)
    own = wording_for(turn, customer, "offer-winback") or wording_for(turn, customer, "优惠-挽回")
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if own is not None:
        values = {"name": person, "firm": turn.workspace.name, "owner": owner.name if owner else ""}
        return "\n".join(part for part in (filled(own.words, values), own.offer) if part)
    ours = _(
        "Dear {name}, we have heard little from you lately, and would like to know what we can do better. "
        "For your next order we gladly make you a special offer. When may we call?",
        name=person,
    )
    return plain(ours.resolve(words))


@press("winback-end")
def end(turn: Turn, winback: int, state: str) -> Outcome:
    found = turn.work.get(Winback, winback)
    customer = turn.work.customers.get(found.customer) if found else None
    if found is None or customer is None or state != "won":
        return _gone()
    actions.settle(turn, found, "won")
    card = f"winback:{found.id}"
    turn.did(_("{name} won back", name=customer.name), card)
    body = lines(bold(customer.name), _("Won back. Well done!"))
    return Reply(body, (Option(_("Undo"), f"undo:{card}"),), card=card)


@press("winback-wait")
def wait(turn: Turn, winback: int) -> Outcome:
    found = turn.work.get(Winback, winback)
    if found is None or found.state not in ("open", "tried"):
        return settled()
    turn.work.timers.move(actions.RESULT, str(found.id), turn.now + actions.PATIENCE)
    return Reply(_("I ask again in two weeks."), toast=True)


@press("loss")
def loss(turn: Turn, customer: int) -> Outcome:
    found = turn.work.customers.get(customer)
    if found is None:
        return _gone()
    return one(turn, found) if actions.lost(turn, found.id) else ask_why(turn, found)


@press("loss-for")
def loss_for(turn: Turn, customer: int, reason: str) -> Outcome:
    found = turn.work.customers.get(customer)
    if found is None or reason not in cards.REASONS:
        return _gone()
    turn.remember(None)
    return written(turn, found, reason)


@dialog("loss", for_=EDITORS, wants="reason")
def loss_because(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """The reason in the member's own words; a whole other sentence is none."""
    found, words = turn.work.customers.get(state["customer"]), said.text.strip()
    turn.remember(None)
    if found is None or not words or len(words) > 200 or "\n" in words:
        return NOT_MINE
    return written(turn, found, words)


@press("loss-back")
def loss_back(turn: Turn, customer: int) -> Outcome:
    found = turn.work.customers.get(customer)
    if found is None or actions.came_back(turn, customer) is None:
        return settled()
    card = f"loss:{customer}"
    turn.did(_("{name} came back", name=found.name), card)
    return Reply(
        lines(bold(found.name), _("A customer again. Welcome back to them!")),
        (Option(_("Undo"), f"undo:{card}"),),
        card=card,
    )
