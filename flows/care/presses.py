"""The buttons of greetings and days, and what is typed after them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, lines, quote
from bot.core.text import gettext as _
from flows.care import cards, festivals, greetings
from flows.care.commands import _kept
from flows.care.days import Told
from flows.care.sentences import Wanted
from flows.care.words import LONGEST, called
from flows.customers.sight import sees
from flows.replies import below, picked, settled
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, dialog, press
from flows.turn import Turn
from store.models import Greeting, Occasion

LINE = 300
Outcome = Reply | Text


@press("greet", for_=MEMBERS)
def show(turn: Turn, greeting: int) -> Outcome:
    found = turn.work.get(Greeting, greeting)
    return picked(turn, cards.greeting_card(turn, found)) if found else settled()


@press("greet-send")
def send(turn: Turn, greeting: int) -> Outcome:
    found, customer = greetings.to_decide(turn, greeting)
    found = greetings.confirm(turn, found, customer)
    turn.did(greetings.what(turn, found), cards.card_of(found))
    return cards.greeting_card(turn, found)


@press("greet-hold")
def hold(turn: Turn, greeting: int) -> Outcome:
    found, _customer = greetings.to_decide(turn, greeting)
    found = turn.work.change(found, state="draft")
    turn.did(greetings.what(turn, found), cards.card_of(found))
    return cards.greeting_card(turn, found)


@press("greet-skip")
def skip(turn: Turn, greeting: int) -> Outcome:
    found, _customer = greetings.to_decide(turn, greeting)
    found = turn.work.change(found, state="skipped")
    turn.did(greetings.what(turn, found), cards.card_of(found))
    return cards.greeting_card(turn, found)


@press("greet-line")
def line(turn: Turn, greeting: int) -> Outcome:
    return _asked(turn, greeting, "own", _("Your own line, in the words in which the customer shall read it:"))


@press("greet-edit")
def edit(turn: Turn, greeting: int) -> Outcome:
    return _asked(turn, greeting, "words", _("The whole text, as the customer shall read it:"))


def _asked(turn: Turn, greeting: int, part: str, question: Text) -> Reply:
    found, _customer = greetings.to_decide(turn, greeting)
    turn.remember({"kind": "greet", "greeting": found.id, "part": part})
    before = found.words if part == "words" else found.own
    return Reply(lines(question, quote(before) if before else None), (Option(_("Cancel"), "cancel"),))


@dialog("greet", for_=EDITORS, wants="text")
def typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """The line or the text; the card comes again with it."""
    words = said.text.strip()
    limit = LINE if state["part"] == "own" else LONGEST
    if not words or len(words) > limit:
        return _("That is longer than {n} characters. Say it shorter.", n=str(limit)) if words else NOT_MINE
    turn.remember(None)
    found, _customer = greetings.to_decide(turn, state["greeting"])
    found = turn.work.change(found, **{state["part"]: words})
    turn.did(greetings.what(turn, found), cards.card_of(found))
    return below(turn, cards.greeting_card(turn, found))


@press("greet-all")
def send_all(turn: Turn, festival: int, day: str) -> Outcome:
    return festivals.settle(turn, festival, day, send=True)


@press("greet-none")
def send_none(turn: Turn, festival: int, day: str) -> Outcome:
    return festivals.settle(turn, festival, day, send=False)


@press("festival", for_=MANAGERS)
def switch(turn: Turn, key: str, to: str) -> Outcome:
    return festivals.switch(turn, key, to)


@press("care-of", for_=MEMBERS)
def days_of(turn: Turn, customer: int) -> Outcome:
    found = turn.work.customers.get(customer)
    return cards.customer_days(turn, found) if found else Reply(_("This customer is no longer there."), toast=True)


@press("care-drop")
def drop(turn: Turn, occasion: int) -> Outcome:
    found = turn.work.get(Occasion, occasion)
    customer = turn.work.customers.get(found.customer) if found else None
    if found is None or customer is None:
        return settled()
    turn.work.remove(found)
    card = f"care:{customer.id}"
    turn.did(_("{what} of {name}", what=called(found.kind, found.name), name=customer.name), card)
    shown = cards.customer_days(turn, customer)
    return Reply(shown.text, (Option(_("Undo"), f"undo:{card}"), *shown.options), card=card)


@press("care-pick")
def pick(turn: Turn, number: int) -> Outcome:
    """Whose day it was, of several."""
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "care-tell" or not 0 <= number < len(state["choices"]):
        return settled()
    customer_id, contact_id = state["choices"][number]
    customer = turn.work.customers.get(customer_id)
    if customer is None or not sees(turn, customer):
        return Reply(_("This customer is no longer there."), toast=True)
    kind, name, month, day, year, calendar, leap = state["wanted"]
    turn.remember(None)
    contact = turn.work.customers.contact(contact_id) if contact_id else None
    return _kept(turn, customer, contact, Wanted("", kind, name, Told(month, day, year, calendar, leap)))


@dialog("care-tell", for_=EDITORS)
def something_else(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """Nobody of them: the question is dropped."""
    turn.remember(None)
    return NOT_MINE
