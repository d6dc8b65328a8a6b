"""The buttons of deals, and what is asked about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.errors import NotFound, TooLate
from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines, moment
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Found, When
from flows.asides import is_a_line
from flows.deals import actions, cards, moving
from flows.deals.commands import ask_reason, ask_step, lose
from flows.deals.corrections import is_of_a_deal, of_this_one, worth
from flows.deals.offering import is_signed, open_deals, won_since
from flows.reminders.actions import set_reminder
from flows.replies import picked
from flows.router import EDITORS, MEMBERS, NOT_MINE, dialog, press
from flows.turn import Turn
from store.models import Activity, Customer, Deal, Stage


def _deal(turn: Turn, id: int) -> Deal:
    found = turn.work.deals.get(id)
    if found is None:
        raise NotFound(_("That deal is no longer there."))
    return found


@press("deal", for_=MEMBERS)
def show(turn: Turn, deal: int) -> Reply:
    return picked(turn, cards.deal_card(turn, _deal(turn, deal)))


@press("deal-stage")
def to_stage(turn: Turn, deal: int, stage: int) -> Reply:
    found, wanted = _deal(turn, deal), turn.work.get(Stage, stage)
    if wanted is None or wanted.removed:
        return Reply(_("That stage is no longer there."), toast=True)
    if wanted.kind == "lost":
        return ask_reason(turn, found, wanted)
    moved = actions.move_deal(turn, found, wanted)
    turn.did(_("{deal} → {stage}", deal=cards.title(turn, moved), stage=wanted.name), cards.card_of(moved))
    return ask_step(turn, moved)


@press("deal-won")
def won(turn: Turn, activity: int, deal: int) -> Reply:
    """A line said that it was signed: its deal is won, for the sum that was said; without an open one it is added."""
    line, customer = _told(turn, activity)
    if known := won_since(turn, line):
        return cards.deal_card(turn, known)
    stage = next((stage for stage in actions.stages(turn) if stage.kind == "won"), None)
    if stage is None:
        return Reply(_("That stage is no longer there."), toast=True)
    if not deal:
        found = actions.open_deal(turn, customer, "", line.amount, line.currency, stage)
        turn.did(_("deal with {name}", name=customer.name), cards.card_of(found))
        return cards.deal_card(turn, found)
    found = _deal(turn, deal)
    if line.amount:
        found = turn.work.change(found, amount=line.amount, currency=line.currency)
    found = actions.move_deal(turn, found, stage)
    turn.did(_("{deal} → {stage}", deal=cards.title(turn, found), stage=stage.name), cards.card_of(found))
    return cards.deal_card(turn, found)


@press("deal-new")
def told(turn: Turn, activity: int) -> Reply:
    """A line told of a deal: it is added in the first stage, once."""
    line, customer = _told(turn, activity)
    if running := open_deals(turn, line):
        return cards.deal_card(turn, running[-1])
    stage = next((stage for stage in actions.stages(turn) if stage.kind == "open"), None)
    if stage is None:
        return Reply(_("That stage is no longer there."), toast=True)
    found = actions.open_deal(turn, customer, "", line.amount, line.currency, stage)
    turn.did(_("deal with {name}", name=customer.name), cards.card_of(found))
    return cards.deal_card(turn, found)


def _told(turn: Turn, activity: int) -> tuple[Activity, Customer]:
    line = turn.work.get(Activity, activity)
    customer = turn.work.customers.get(line.customer) if line else None
    if line is None or customer is None:
        raise TooLate(_("That was undone."))
    return line, customer


@press("deal-lost")
def lost(turn: Turn, deal: int, stage: int, reason: str) -> Reply:
    return _lost(turn, deal, stage, reason)


@dialog("deal-lost", for_=EDITORS, wants="reason")
def lost_because(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    return _lost(turn, state["deal"], state["stage"], said.text.strip())


def _lost(turn: Turn, deal: int, stage: int, reason: str) -> Reply:
    found, wanted = _deal(turn, deal), turn.work.get(Stage, stage)
    if wanted is None or wanted.kind != "lost":
        return Reply(_("That stage is no longer there."), toast=True)
    turn.remember(None)
    return lose(turn, found, wanted, reason)


@press("deal-step")
def step(turn: Turn, deal: int) -> Reply:
    return ask_step(turn, _deal(turn, deal))


@dialog("deal-step", for_=EDITORS)
def step_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """The next step, with a reminder where a time is said; a log, a question or what changes the deal is none."""
    found = turn.work.deals.get(state["deal"])
    turn.remember(None)
    words = said.text.strip()
    if found is not None and (other := moving.bare_sum(words)):
        return worth(turn, found, other)
    if found is not None and (outcome := of_this_one(turn, found, words)) is not NOT_MINE:
        return outcome
    if (
        found is None
        or len(words) > 200
        or is_signed(words)
        or is_of_a_deal(turn, words)
        or _is_elsewhere(turn, found, words)
    ):
        return NOT_MINE
    found = turn.work.change(found, step=words)
    outcome = READERS[When](turn, words)
    note: Text | None = None
    if isinstance(outcome, Found) and not outcome.value.anchor:
        about = outcome.rest or words
        reminder = set_reminder(
            turn, turn.me(), outcome.value.due, about, rule=outcome.value.rule, customer=found.customer
        )
        note = _("I will remind you {when}", when=moment(reminder.due))
    turn.did(_("next step of {deal}", deal=cards.title(turn, found)), cards.card_of(found))
    return cards.deal_card(turn, found, note=note)


def _is_elsewhere(turn: Turn, found: Deal, words: str) -> bool:
    """Something that was done, a question, or what is about another customer."""
    reading = understood(turn, words, turn.at)
    customers = meant(turn, reading)
    others = bool(customers) and all(customer.id != found.customer for customer in customers)
    planned = isinstance(READERS[When](turn, words), Found)
    return others or reading.question or (is_a_line(turn, words) and not planned)


@press("deal-until")
def ask_until(turn: Turn, deal: int) -> Reply:
    turn.remember({"kind": "deal-until", "deal": _deal(turn, deal).id})
    return Reply(lines(_("When does the contract end?"), code(_("31 Dec 2026"))), (Option(_("Cancel"), "cancel"),))


@dialog("deal-until", for_=EDITORS, wants="value")
def until_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    outcome = READERS[When](turn, said.text)
    found = turn.work.deals.get(state["deal"])
    customer = turn.work.customers.get(found.customer) if found else None
    if found is None or customer is None:
        turn.remember(None)
        return NOT_MINE
    if not isinstance(outcome, Found):
        return lines(_("I could not read a day there."), _("Example: {example}", example=code(_("31 Dec 2026"))))
    turn.remember(None)
    end: datetime = outcome.value.due
    ended = actions.end_contract_on(turn, customer, end)
    turn.did(_("contract end of {name}", name=customer.name), cards.card_of(ended))
    return cards.deal_card(turn, ended)


@press("renew")
def renew(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None:
        return Reply(_("This customer is no longer there."), toast=True)
    deal = actions.renew(turn, found)
    turn.did(_("renewal with {name}", name=found.name), cards.card_of(deal))
    return ask_step(turn, deal)
