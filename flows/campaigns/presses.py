"""The buttons of campaigns, the text that is typed after them, and a customer's yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, lines, quote, text
from bot.core.text import gettext as _
from flows.campaigns import actions, cards, sending
from flows.campaigns.commands import begin
from flows.customers.actions import touched
from flows.replies import below, picked, settled
from flows.router import CUSTOMERS, EDITORS, MEMBERS, NOT_MINE, dialog, press
from flows.turn import Turn
from store.models import Campaign, Customer, Member, Recipient

Outcome = Reply | Text


@press("campaign", for_=MEMBERS)
def show(turn: Turn, campaign: int) -> Outcome:
    found = turn.work.get(Campaign, campaign)
    return picked(turn, cards.campaign_card(turn, found)) if found else settled()


@press("campaign-go")
def go(turn: Turn, campaign: int) -> Outcome:
    return _for_good(turn, actions.go(turn, actions.theirs(turn, campaign)))


@press("campaign-pause")
def pause(turn: Turn, campaign: int) -> Outcome:
    return _for_good(turn, actions.stop(turn, actions.theirs(turn, campaign), "paused"))


@press("campaign-end")
def end(turn: Turn, campaign: int) -> Outcome:
    return _for_good(turn, actions.stop(turn, actions.theirs(turn, campaign), "cancelled"))


def _for_good(turn: Turn, campaign: Campaign) -> Reply:
    """Not to be undone: messages may be on their way; the card has the button that leads back."""
    turn.work.for_good()
    return cards.campaign_card(turn, campaign)


@press("campaign-over")
def spread(turn: Turn, campaign: int, number: int) -> Outcome:
    found = actions.theirs(turn, campaign)
    if found.state != "draft" or not 0 <= number <= 24 * 60:
        return settled()
    changed = turn.work.change(found, spread=number)
    turn.did(actions.title(changed), cards.card_of(changed))
    return cards.campaign_card(turn, changed)


@press("campaign-try")
def look(turn: Turn, campaign: int) -> Outcome:
    """What the first on the list would read, shown to oneself."""
    found = actions.theirs(turn, campaign)
    first = turn.work.campaigns.next(found.id, limit=1)
    customer = turn.work.customers.get(first[0].customer) if first else None
    chats = turn.work.people.chats_of(customer.id) if customer else []
    if customer is None or not chats:
        return settled()
    return lines(_("{name} will read:", name=customer.name), quote(sending.said(turn, found, customer, chats[0])))


@press("campaign-edit")
def edit(turn: Turn, campaign: int) -> Outcome:
    found = actions.theirs(turn, campaign)
    turn.remember({"kind": "campaign-edit", "campaign": found.id})
    return Reply(
        lines(_("The whole text, as the customer shall read it:"), quote(found.words)), (Option(_("Cancel"), "cancel"),)
    )


@dialog("campaign-edit", for_=EDITORS, wants="text")
def edited(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    words = said.text.strip()
    if not words:
        return NOT_MINE
    found = actions.edit(turn, actions.theirs(turn, state["campaign"]), words)
    turn.remember(None)
    turn.did(actions.title(found), cards.card_of(found))
    return below(turn, cards.campaign_card(turn, found))


@dialog("push", for_=EDITORS, wants="text")
def worded(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """The text that was missing."""
    words = said.text.strip()
    if not words:
        return NOT_MINE
    turn.remember(None)
    return begin(turn, state["what"], f"{state['said'].rstrip(' :：')}: {words}")


@press("campaign-list", for_=MEMBERS)
def comers(turn: Turn, campaign: int) -> Outcome:
    found = turn.work.get(Campaign, campaign)
    return cards.comers(turn, found) if found else settled()


@press("campaign-report", for_=MEMBERS)
def report(turn: Turn, campaign: int) -> Outcome:
    found = turn.work.get(Campaign, campaign)
    return cards.report(turn, found) if found else settled()


# customers


@press("event", for_=CUSTOMERS)
def said_to_event(turn: Turn, recipient: int, said: str) -> Outcome:
    """The last word counts; whoever looks after the customer hears it."""
    row = turn.work.get(Recipient, recipient)
    campaign = turn.work.get(Campaign, row.campaign) if row else None
    customer = turn.customer
    if row is None or campaign is None or customer is None or row.customer != customer.id or said not in ("yes", "no"):
        return Reply(_("That question was for somebody else."), toast=True)
    if row.answer == said:
        return Reply(_("We have noted that already."), toast=True)
    actions.answer(turn, row, said)
    touched(turn, customer, inbound=True)
    _tell_owner(turn, customer, campaign, said)
    cards.show(turn, campaign)
    return _("Wonderful, see you there!") if said == "yes" else _("Thank you for telling us. Maybe next time.")


def _tell_owner(turn: Turn, customer: Customer, campaign: Campaign, said: str) -> None:
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is not None:
        word = _("Yes") if said == "yes" else _("No")
        turn.message_member(owner, Reply(text(customer.name, " · ", campaign.name, ": ", word)), "customer")
