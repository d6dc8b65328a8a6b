"""The buttons of promises: of their owner, of those who deliver, of the customer."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, moment, plain
from bot.core.text import gettext as _
from flows.customers.actions import touched
from flows.promises import actions, cards
from flows.promises.proposing import EVENING
from flows.reminders.calendars import works_in
from flows.reminders.rules import instant, workdays_on
from flows.replies import picked
from flows.rhythm.writing import preview
from flows.router import CUSTOMERS, MEMBERS, press
from flows.turn import Turn
from flows.words import zone_of
from store.models import Promise
from store.types import EPOCH

# its owner


@press("promise", for_=MEMBERS)
def show(turn: Turn, promise: int) -> Reply:
    return picked(turn, cards.own_card(turn, actions.found(turn, promise)))


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
    turn.work.for_good()
    return cards.own_card(turn, promised)


@press("promise-day")
def other_day(turn: Turn, promise: int) -> Reply:
    found = actions.found(turn, promise)
    turn.remember({"kind": "promise", "step": "day", "wants": "value", "promise": found.id})
    return Reply(lines(_("By when instead?"), code(_("next Fri"))), (Option(_("Cancel"), "cancel"),))


@press("promise-to")
def agreed(turn: Turn, promise: int, stamp: int) -> Reply:
    return move(turn, actions.found(turn, promise), EPOCH + timedelta(minutes=stamp))


@press("promise-say")
def agreed_and_told(turn: Turn, promise: int, stamp: int) -> list[Reply]:
    """The new day, and a look at the words before the customer gets them."""
    promised, day = actions.found(turn, promise), EPOCH + timedelta(minutes=stamp)
    shown = move(turn, promised, day)
    customer = cards.customer_of(turn, promised)
    if customer is None:
        return [shown]
    chats = turn.work.people.chats_of(customer.id)
    words = turn.words_for(chats[0]) if chats else turn.words
    looked = preview(turn, customer, plain(actions.words_for_customer(promised, day).resolve(words)))
    return [shown, looked if isinstance(looked, Reply) else Reply(looked)]


def move(turn: Turn, promised: Promise, due: datetime) -> Reply:
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
