"""The buttons of quotes: send, PDF, change, contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.quotes import actions, cards
from flows.quotes.commands import example
from flows.quotes.contracts import write_contract
from flows.quotes.rules import lines_of, read_lines
from flows.replies import picked
from flows.rhythm.actions import warnings
from flows.router import EDITORS, MANAGERS, MEMBERS, dialog, press
from flows.turn import Turn
from store.firms import set_settings


@press("quote", for_=MEMBERS)
def show(turn: Turn, quote: int) -> Reply:
    return picked(turn, cards.quote_card(turn, actions.found(turn, quote)))


@press("quote-pdf")
def pdf(turn: Turn, quote: int) -> Reply:
    found = actions.found(turn, quote)
    actions.draw(turn, found)
    turn.work.for_good()
    return Reply(_("I am drawing it."), toast=True)


@press("quote-send")
def look_first(turn: Turn, quote: int) -> Reply | Text:
    """What the customer will read, and what speaks against it."""
    found = actions.found(turn, quote)
    actions.may_go_out(turn, found)
    customer = turn.work.customers.get(found.customer)
    if customer is None:
        return Reply(_("This customer is no longer there."), toast=True)
    if not turn.work.people.chats_of(customer.id):
        actions.draw(turn, found)
        turn.work.for_good()
        return _("{name} can't be reached by chat yet: here comes the PDF for you to send.", name=customer.name)
    against = warnings(turn, customer, turn.me())
    body = lines(_("To {name}:", name=customer.name), cards.for_customer(turn, found).text, *against)
    label = _("Send anyway") if against else _("Send")
    send = Option(label, f"quote-go:{found.id}:{found.revision}", style="primary")
    return Reply(body, (send, Option(_("Cancel"), "cancel")))


@press("quote-go")
def go(turn: Turn, quote: int, revision: int) -> Reply:
    """The PDF is drawn first; then it goes out, if it is still what was looked at."""
    found = actions.found(turn, quote)
    actions.may_go_out(turn, found)
    if found.revision != revision:
        return Reply(_("It was changed since: what you see is not what would go out any more."), toast=True)
    actions.draw(turn, found, send=True)
    turn.work.for_good()
    return Reply(_("On its way."), toast=True)


@press("quote-change")
def change(turn: Turn, quote: int) -> Reply:
    found = actions.found(turn, quote)
    turn.remember({"kind": "quote-change", "quote": found.id})
    return Reply(
        lines(_("What is it to be? All lines again, or only “-10%”."), code("50 x pump 1200; -5%")),
        (Option(_("Cancel"), "cancel"),),
    )


@dialog("quote-change", for_=EDITORS)
def changed(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply | Text:
    quote = actions.found(turn, state["quote"])
    found, discount, strange = read_lines(said.text)
    if strange or (not found and not discount):
        return lines(_("I could not read “{line}”.", line=(strange or [said.text])[0][:60]), example())
    turn.remember(None)
    kept = found or lines_of(quote.lines)
    after = actions.change_quote(turn, quote, kept, discount)
    turn.did(_("quote changed"), cards.card_of(after))
    return cards.quote_card(turn, after)


@press("quote-contract")
def contract(turn: Turn, quote: int) -> Reply:
    written = write_contract(turn, actions.found(turn, quote))
    customer = turn.work.customers.get(written.customer)
    turn.did(_("contract for {name}", name=customer.name if customer else "?"), cards.card_of(written))
    return cards.quote_card(turn, written)


@press("contract-usual", for_=MANAGERS)
def usual(turn: Turn) -> Reply:
    set_settings(turn.work, turn.workspace, contract=None)
    return Reply(_("Contracts are written in the standard words again."))
