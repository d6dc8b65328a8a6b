"""The buttons of promises: of their owner, of those who deliver, of the customer; and the three steps before one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment, quote
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, When
from flows.customers.actions import touched
from flows.promises import actions, cards
from flows.promises.commands import EVENING, made, weigh, what_and_when
from flows.reminders.calendars import works_in
from flows.reminders.rules import instant, workdays_on
from flows.router import CUSTOMERS, EDITORS, MEMBERS, NOT_MINE, dialog, press
from flows.turn import Turn
from flows.words import zone_of
from store.models import Promise
from store.types import EPOCH

# its owner


@press("promise", for_=MEMBERS)
def show(turn: Turn, promise: int) -> Reply:
    return cards.own_card(turn, actions.found(turn, promise))


@press("promise-kept")
def kept(turn: Turn, promise: int) -> Reply:
    promised = actions.close(turn, actions.found(turn, promise), "kept")
    return _closed(turn, promised, _("kept: {what}", what=promised.what))


@press("promise-broken")
def broken(turn: Turn, promise: int) -> Reply:
    promised = actions.close(turn, actions.found(turn, promise), "broken")
    return _closed(turn, promised, _("could not be kept: {what}", what=promised.what))


@press("promise-drop")
def drop(turn: Turn, promise: int) -> Reply:
    promised = actions.close(turn, actions.found(turn, promise), "withdrawn")
    return _closed(turn, promised, _("withdrawn: {what}", what=promised.what))


def _closed(turn: Turn, promised: Promise, label: Text) -> Reply:
    card = f"promised:{promised.id}"
    turn.did(label, card)
    if promised.member != turn.me().id:
        actions.tell_owner(turn, promised, label)
    if not turn.private:
        return Reply(label, toast=True)
    return cards.own_card(turn, promised)


@press("promise-tell")
def tell(turn: Turn, promise: int) -> Reply:
    promised = actions.tell_customer(turn, actions.found(turn, promise))
    turn.work.changes = []
    return cards.own_card(turn, promised)


@press("promise-day")
def other_day(turn: Turn, promise: int) -> Reply:
    found = actions.found(turn, promise)
    turn.remember({"kind": "promise", "step": "day", "promise": found.id})
    return Reply(lines(_("By when instead?"), code(_("next Fri"))), (Option(_("Cancel"), "cancel"),))


@press("promise-to")
def agreed(turn: Turn, promise: int, stamp: int) -> Reply:
    return _move(turn, actions.found(turn, promise), EPOCH + timedelta(minutes=stamp))


@press("promise-say")
def agreed_and_told(turn: Turn, promise: int, stamp: int) -> list[Reply]:
    """The new day, and a look at the words before the customer gets them."""
    from flows.rhythm.writing import preview

    promised, day = actions.found(turn, promise), EPOCH + timedelta(minutes=stamp)
    shown = _move(turn, promised, day)
    customer = cards.customer_of(turn, promised)
    if customer is None:
        return [shown]
    chats = turn.work.people.chats_of(customer.id)
    words = turn.words_for(chats[0]) if chats else turn.words
    from bot.core.text import plain

    looked = preview(turn, customer, plain(actions.words_for_customer(promised, day).resolve(words)))
    return [shown, looked if isinstance(looked, Reply) else Reply(looked)]


def _move(turn: Turn, promised: Promise, due: datetime) -> Reply:
    if due <= turn.now:
        raise TooLate(_("That time has passed."))
    if promised.state != "open":
        raise TooLate(_("That is settled already."))
    moved = actions.move(turn, promised, due)
    turn.did(_("new day: {what}", what=moved.what), f"promised:{moved.id}")
    return cards.own_card(turn, moved)


# those who deliver


@press("promise-yes")
def accept(turn: Turn, promise: int) -> Reply:
    promised = _waiting(turn, promise)
    actions.accept(turn, promised)
    turn.did(_("accepted: {text}", text=promised.what), cards.card_of(promised))
    return Reply(_("Accepted. Thank you!"), toast=True)


@press("promise-no")
def cant(turn: Turn, promise: int) -> Reply:
    """The days that would do, counted from the promised one."""
    promised = _waiting(turn, promise)
    zone, works = zone_of(turn.workspace.zone), works_in(turn)
    day = max(promised.due or turn.now, turn.now).astimezone(zone).date()
    options = []
    for count in (1, 2, 3, 5, 10):
        due = instant(datetime.combine(workdays_on(day, count, works), EVENING), zone)
        options.append(Option(moment(due, "day"), f"promise-not:{promised.id}:{int(due.timestamp()) // 60}"))
    options.append(Option(_("No day at all"), f"promise-not:{promised.id}:0"))
    shown = cards.delivery_card(turn, promised)
    return Reply(lines(shown.text, bold(_("Which day would do?"))), tuple(options), card=shown.card)


@press("promise-not")
def declined(turn: Turn, promise: int, stamp: int) -> Reply:
    promised = _waiting(turn, promise)
    actions.decline(turn, promised, EPOCH + timedelta(minutes=stamp) if stamp else None)
    turn.did(_("declined: {text}", text=promised.what), cards.card_of(promised))
    return Reply(_("All right, whoever promised it knows."), toast=True)


def _waiting(turn: Turn, id: int) -> Promise:
    promised = actions.found(turn, id)
    if promised.state != "open" or promised.asked == "declined":
        raise TooLate(_("That is settled already."))
    return promised


# the customer


@press("promise-right", for_=CUSTOMERS)
def right(turn: Turn, promise: int, said: str) -> Reply:
    promised = actions.found(turn, promise)
    customer = turn.customer
    if customer is None or promised.customer != customer.id or said not in ("yes", "no"):
        raise TooLate(_("That is settled already."))
    turn.work.change(promised, confirmed=said)
    touched(turn, customer, inbound=True)
    told = _("{name} agrees: {what}", name=customer.name, what=promised.what)
    if said == "no":
        told = _("{name} says that is not what was agreed: {what}", name=customer.name, what=promised.what)
    actions.tell_owner(turn, promised, told)
    thanks = _("Thank you, then we agree: {what}", what=promised.what)
    sorry = _("Thank you. We will come back to you about this.")
    return Reply(thanks if said == "yes" else sorry, card=f"noted:{promised.id}")


# before a promise


@dialog("promise", for_=EDITORS)
def talk(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """Need, said again, proposed: one question at a time."""
    return _STEPS[state["step"]](turn, state, said)


def _need(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply:
    turn.remember({**state, "step": "result", "need": said.text.strip()[:500]})
    return Reply(
        lines(
            bold(_("2 of 3 · Say it again to them:")),
            quote(_("So you need: {need}. Is that right?", need=said.text.strip()[:300])),
            _("When must it be there, and what would be a good result for them?"),
        ),
        (Option(_("Cancel"), "cancel"),),
    )


def _result(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply:
    _rest, due = what_and_when(turn, said.text)
    details = {"result": said.text.strip()[:500], "due": due.isoformat() if due else ""}
    turn.remember({**state, "step": "risk", **details})
    return Reply(
        lines(bold(_("3 of 3 · What can go wrong?")), _("And what do you promise exactly, by which day?")),
        (Option(_("Say no"), "promising:no"), Option(_("Cancel"), "cancel")),
    )


def _risk(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    customer = turn.work.customers.get(state["customer"])
    if customer is None:
        turn.remember(None)
        return _("What this was about is gone. Please start again.")
    what, due = what_and_when(turn, said.text)
    if due is None and state["due"]:
        due = datetime.fromisoformat(state["due"])
    details = f"{state['need']} → {state['result']}"
    if due is None:
        turn.remember(None)
        return made(turn, customer, what or state["need"], None, details)
    return weigh(turn, customer, what or state["need"], due, details)


def _weigh(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """A new day instead of a button."""
    outcome = READERS[When](turn, said.text)
    customer = turn.work.customers.get(state["customer"])
    if not isinstance(outcome, Found) or customer is None:
        turn.remember(None)
        return NOT_MINE
    _what, due = what_and_when(turn, said.text)
    return weigh(turn, customer, state["what"], due or outcome.value.due, state["details"])


def _day(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    _what, due = what_and_when(turn, said.text)
    if due is None:
        return lines(_("I could not read a day there."), _("Example: {example}", example=code(_("next Fri"))))
    turn.remember(None)
    return _move(turn, actions.found(turn, state["promise"]), due)


_STEPS = {"need": _need, "result": _result, "risk": _risk, "weigh": _weigh, "day": _day}


@press("promising")
def promising(turn: Turn, choice: str) -> Reply | Text:
    """What to do after the load of the week was shown."""
    state = turn.conversation.dialog if turn.conversation else None
    if state is None or state.get("kind") != "promise":
        raise TooLate(_("That is settled already."))
    customer = turn.work.customers.get(state["customer"])
    if customer is None:
        turn.remember(None)
        raise TooLate(_("What this was about is gone. Please start again."))
    if choice == "no":
        turn.remember(None)
        return lines(
            bold(_("A kind no:")),
            quote(
                _("I would rather not promise what we might not keep. I look for another way and call you tomorrow.")
            ),
        )
    if choice == "day" or "due" not in state or not state["due"]:
        return Reply(lines(_("By when instead?"), code(_("next Fri"))), (Option(_("Cancel"), "cancel"),))
    turn.remember(None)
    due = datetime.fromisoformat(state["due"])
    return made(turn, customer, state["what"], due, state["details"])
