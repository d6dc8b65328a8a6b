"""Making, delivering, moving and closing promises; who hears of each."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.errors import NotFound, TooLate
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, moment, plain, quote
from bot.core.text import gettext as _
from flows.promises import cards
from flows.promises.facts import PromiseClosed, PromiseMade
from flows.promises.rules import Load, Owed, load
from flows.reminders.rules import instant
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from flows.words import zone_of
from store.models import Conversation, Customer, Member, Promise

TOPIC = "promises"
"""Rooms that deliver: they see every promise and answer for it."""


def promise(turn: Turn, customer: Customer, what: str, due: datetime | None, *, details: str = "") -> Promise:
    """Written down with owner and day, and shown to whoever must deliver."""
    made = turn.work.add(
        Promise(
            customer=customer.id,
            member=turn.me().id,
            what=what[:500],
            due=due,
            made=turn.now,
            details=details[:2000],
        )
    )
    turn.tell(PromiseMade(made.id))
    return ask_delivery(turn, made) if rooms(turn) else made


def rooms(turn: Turn) -> list[Conversation]:
    """The rooms of those who deliver."""
    return turn.work.people.rooms(TOPIC)


def ask_delivery(turn: Turn, promised: Promise) -> Promise:
    """Shown in the rooms of those who must deliver, with Accept and Can't."""
    promised = turn.work.change(promised, asked="waiting", deliverer=None)
    for room in rooms(turn):
        turn.say_to(room, cards.delivery_card(turn, promised))
    return promised


def accept(turn: Turn, promised: Promise) -> Promise:
    """Somebody of the delivering team takes it; the first one wins."""
    if promised.asked == "accepted":
        taker = turn.work.get(Member, promised.deliverer) if promised.deliverer else None
        raise TooLate(_("{name} has accepted this already.", name=taker.name if taker else "?"))
    promised = turn.work.change(promised, asked="accepted", deliverer=turn.me().id)
    show(turn, promised)
    tell_owner(turn, promised, _("{name} will deliver: {what}", name=turn.me().name, what=promised.what))
    return promised


def decline(turn: Turn, promised: Promise, counter: datetime | None) -> Promise:
    """The team can't by that day: the owner gets another day, and words for the customer."""
    promised = turn.work.change(promised, asked="declined", deliverer=None)
    show(turn, promised)
    owner = turn.work.get(Member, promised.member) if promised.member else None
    if owner is not None:
        turn.message_member(owner, _counter(turn, promised, owner, counter), "")
    return promised


def _counter(turn: Turn, promised: Promise, owner: Member, counter: datetime | None) -> Reply:
    customer = cards.customer_of(turn, promised)
    name = customer.name if customer else "?"
    body = [
        bold(_("{name} can't deliver: {what} · {customer}", name=turn.me().name, what=promised.what, customer=name))
    ]
    options = []
    if counter is not None:
        body.append(_("They offer {when} instead.", when=moment(counter, "day")))
        draft = plain(words_for_customer(promised, counter).resolve(turn.words_for(None, owner)))
        body += [_("A draft for the customer:"), quote(draft)]
        stamp = int(counter.timestamp()) // 60
        options.append(Option(_("Agree to the new day"), f"promise-to:{promised.id}:{stamp}", style="primary"))
        options.append(Option(_("Agree and tell the customer"), f"promise-say:{promised.id}:{stamp}"))
    options.append(Option(_("Withdraw the promise"), f"promise-drop:{promised.id}"))
    return Reply(lines(*body), tuple(options), card=f"counter:{promised.id}")


def words_for_customer(promised: Promise, day: datetime) -> Text:
    """What the customer reads when a day moves."""
    return _(
        "About “{what}”: we need a little longer and will have it for you by {when}. Is that all right for you?",
        what=promised.what,
        when=moment(day, "day"),
    )


def move(turn: Turn, promised: Promise, due: datetime) -> Promise:
    """Another day; a promise that a team had answered is asked anew when the day comes nearer."""
    sooner = promised.due is None or due < promised.due
    promised = turn.work.change(promised, due=due, told=None, confirmed="")
    if promised.asked == "declined" or (promised.asked == "accepted" and sooner):
        accepted = promised.asked == "declined"
        promised = turn.work.change(promised, asked="accepted" if accepted else "waiting")
    show(turn, promised)
    return promised


def close(turn: Turn, promised: Promise, state: str) -> Promise:
    """Kept, broken or withdrawn."""
    if promised.state != "open":
        raise TooLate(_("That is settled already."))
    promised = turn.work.change(promised, state=state, closed=turn.now)
    show(turn, promised)
    turn.tell(PromiseClosed(promised.id, state))
    return promised


def tell_customer(turn: Turn, promised: Promise) -> Promise:
    """ "We noted: … Correct?", with a yes and a no, so that nobody argues later."""
    customer = cards.customer_of(turn, promised)
    if customer is None or "all" in customer.stopped.split():
        raise NotFound(_("This customer does not want messages from us."))
    if turn.message_customer(customer.id, cards.to_customer(promised)) is None:
        raise NotFound(_("{name} can't be reached by chat yet.", name=customer.name))
    return turn.work.change(promised, told=turn.now, confirmed="")


def show(turn: Turn, promised: Promise) -> None:
    """The card changes wherever it was shown."""
    turn.rewrite(cards.card_of(promised), cards.delivery_card(turn, promised))


def shown_again(turn: Turn, id: int, fact: RowsRestored) -> None:
    """After an undo: as it is now, or gone."""
    promised = turn.work.promises.get(id)
    if promised is None:
        turn.rewrite(f"promise:{id}", Reply(_("Taken back: {what}", what=fact.label)))
    else:
        show(turn, promised)


def tell_owner(turn: Turn, promised: Promise, said: Text) -> None:
    """Whoever promised it hears, unless they did it themselves."""
    owner = turn.work.get(Member, promised.member) if promised.member else None
    if owner is not None and (turn.member is None or owner.id != turn.member.id):
        turn.message_member(owner, Reply(said), "team")


def week_load(turn: Turn, due: datetime) -> Load:
    """What must be delivered in the week of that day already."""
    zone = zone_of(turn.workspace.zone)
    day = due.astimezone(zone).date()
    monday = day - timedelta(days=day.weekday())
    midnight = datetime.min.time()
    start = instant(datetime.combine(monday, midnight), zone)
    end = instant(datetime.combine(monday + timedelta(days=7), midnight), zone)
    return load([owed(one) for one in turn.work.promises.open()], start, end, turn.now)


def owed(promised: Promise) -> Owed:
    """The row as the rules count it."""
    return Owed(promised.due, promised.state, promised.closed)


def found(turn: Turn, id: int) -> Promise:
    """The promise; raises NotFound."""
    promised = turn.work.promises.get(id)
    if promised is None:
        raise NotFound(_("That promise is no longer there."))
    return promised


def from_log(turn: Turn, activity: int) -> None:
    """Promises that were found in a line: those who must deliver see them too."""
    for promised in turn.work.find(Promise, activity=activity):
        if promised.by == "us" and promised.made is None:
            promised = turn.work.change(promised, made=turn.now)
            if rooms(turn):
                ask_delivery(turn, promised)
