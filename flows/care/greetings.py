"""A greeting from draft to outcome: asked of its owner or sent by itself, once, and at most three days late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.errors import NotAllowed, TooLate
from bot.core.messages import Answered, Option, Reply, Urgency
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.care import cards
from flows.care.rules import QUIET_FROM, QUIET_UNTIL, STOP_WITHIN, goes_alone, hour_of, when_is
from flows.care.slowing import PATIENT, rests_until
from flows.care.words import compose
from flows.customers.actions import touched
from flows.reminders.rules import out_of_quiet
from flows.rhythm.actions import too_much
from flows.turn import Turn
from flows.words import zone_of
from store.models import Activity, Contact, Customer, Greeting, Member

GREET = "greeting"
"""Timer and tell: it goes, it is late, it is over; what became of it."""
SOON = timedelta(hours=12)
"""Who has just been asked is not asked again so soon."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
OVER = ("sending", "sent", "unknown", "skipped", "missed")


def zone_at(turn: Turn, customer: Customer) -> ZoneInfo:
    """Where it is day or night for this customer."""
    return zone_of(customer.zone or turn.workspace.zone)


def responsible(turn: Turn, customer: Customer) -> Member | None:
    """Who answers for the customer; where nobody does, whoever runs the firm."""
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is not None and owner.state == "active":
        return owner
    members = turn.work.people.members()
    order = {"manager": 0, "owner": 1}
    return min((m for m in members if m.role in order), key=lambda m: (order[m.role], m.id), default=None)


def stopped(customer: Customer, kind: str) -> bool:
    """Whether the customer does not want what is of this kind: greetings, offers or articles."""
    return bool({"all", kind} & set(customer.stopped.split()))


def resting(turn: Turn, customer: Customer) -> datetime | None:
    """Until when a customer who does not answer is left in peace; None when nothing speaks against writing."""
    count, last = turn.work.care.unanswered(customer.id, customer.last_in or LONG_AGO)
    until = rests_until(count, last)
    return until if until is not None and until > turn.now else None


def draft(
    turn: Turn,
    subject: str,
    customer: Customer,
    kind: str,
    day: date,
    *,
    name: str = "",
    contact: int | None = None,
    years: int = 0,
) -> Greeting | None:
    """The one greeting of this subject, with its hour; None when it is there already or nobody could be reached."""
    alone = goes_alone(customer.tier, kind)
    reached = bool(turn.work.people.chats_of(customer.id))
    if customer.state != "active" or stopped(customer, "greetings") or (alone and not reached):
        return None
    if turn.work.first(Greeting, subject=subject) is not None:
        return None
    person = _greeted(turn, customer, contact)
    said = compose(turn, customer, kind, name=name, person=person.name if person else "", years=years, day=day)
    asked = responsible(turn, customer)
    greeting = turn.work.add(
        Greeting(
            subject=subject,
            customer=customer.id,
            contact=contact,
            kind=kind,
            name=name,
            day=day.isoformat(),
            words=said.words,
            offer=said.offer,
            state="confirmed" if alone else "draft",
            auto=alone,
            member=asked.id if asked else None,
            made=turn.now,
        )
    )
    _wait(turn, greeting, customer)
    return greeting


def _greeted(turn: Turn, customer: Customer, contact: int | None) -> Contact | None:
    """Whom the words address: the person meant, else the only one there is."""
    if contact:
        return turn.work.get(Contact, contact)
    people = turn.work.customers.contacts(customer.id)
    return people[0] if len(people) == 1 else None


def _wait(turn: Turn, greeting: Greeting, customer: Customer) -> None:
    """Its hour; on the day itself and after it, as soon as it is not night there."""
    zone = zone_at(turn, customer)
    due = hour_of(day_of(greeting), zone)
    if due <= turn.now + SOON and greeting.state == "draft":
        due = hour_of(turn.now.astimezone(zone).date() + timedelta(days=1), zone)
    due = max(due, out_of_quiet(turn.now, zone, QUIET_FROM, QUIET_UNTIL))
    turn.work.timers.set(GREET, str(greeting.id), due)


def day_of(greeting: Greeting) -> date:
    """The day it is for."""
    return date.fromisoformat(greeting.day)


def ask_owner(turn: Turn, greeting: Greeting) -> None:
    """The card in the owner's own chat, as a new message: nobody looks for a change further up."""
    member = turn.work.get(Member, greeting.member) if greeting.member else None
    if member is not None:
        if turn.work.cards.message(card := cards.card_of(greeting), member.home):
            turn.work.cards.shown(card, member.home, "")
        turn.message_member(member, cards.greeting_card(turn, greeting), "care")


def due(turn: Turn, id: int) -> None:
    """Its hour has come: it goes, or its owner is told that it did not."""
    greeting = turn.work.get(Greeting, id)
    customer = turn.work.customers.get(greeting.customer) if greeting else None
    if greeting is None or customer is None or greeting.state not in ("draft", "confirmed"):
        return
    when = when_is(day_of(greeting), turn.now.astimezone(zone_at(turn, customer)).date())
    if when == "before":
        _wait(turn, greeting, customer)
    elif when == "over":
        show(turn, turn.work.change(greeting, state="missed"))
    elif greeting.state == "confirmed":
        deliver(turn, greeting, customer)
    else:
        if greeting.kind not in ("holiday", "usage") and (when == "today" or not _told_late(turn, greeting, customer)):
            ask_owner(turn, greeting)
        _again_tomorrow(turn, greeting, customer)


def _told_late(turn: Turn, greeting: Greeting, customer: Customer) -> bool:
    """Once after the day is enough."""
    today = turn.now.astimezone(zone_at(turn, customer)).date()
    return (today - day_of(greeting)).days > 1


def _again_tomorrow(turn: Turn, greeting: Greeting, customer: Customer) -> None:
    zone = zone_at(turn, customer)
    tomorrow = turn.now.astimezone(zone).date() + timedelta(days=1)
    turn.work.timers.set(GREET, str(greeting.id), hour_of(tomorrow, zone))


def deliver(turn: Turn, greeting: Greeting, customer: Customer) -> Greeting:
    """Sends it when it is right to, else keeps the reason and tells who can decide otherwise."""
    night = out_of_quiet(turn.now, zone_at(turn, customer), QUIET_FROM, QUIET_UNTIL)
    if night > turn.now:
        turn.work.timers.set(GREET, str(greeting.id), night)
        return greeting
    if reason := against(turn, greeting, customer):
        greeting = turn.work.change(greeting, state="refused", reason=reason)
        if reason != "resting":
            ask_owner(turn, greeting)
        return greeting
    return _send(turn, greeting, customer)


def against(turn: Turn, greeting: Greeting, customer: Customer) -> str:
    """Why it can't go, as a word of ours; what its owner has decided is only stopped by the customer."""
    if customer.state != "active" or stopped(customer, "greetings"):
        return "stopped"
    if not turn.work.people.chats_of(customer.id):
        return "unreachable"
    if not greeting.auto:
        return ""
    if too_much(turn, customer):
        return "cap"
    return "resting" if greeting.kind == "holiday" and resting(turn, customer) else ""


def _send(turn: Turn, greeting: Greeting, customer: Customer) -> Greeting:
    chat = turn.work.people.chats_of(customer.id)[0]
    stop = Option(_("No greetings, please"), "care-stop:greetings")
    greeting = turn.work.change(greeting, state="sending", reason="", sent=turn.now)
    turn.say_to(
        chat,
        Reply(
            cards.whole(greeting),
            (stop,),
            tell=f"{GREET}:{greeting.id}",
            urgency=Urgency.CAMPAIGN,
            if_unsure="leave",
        ),
    )
    show(turn, greeting)
    return greeting


def came_back(turn: Turn, answered: Answered) -> None:
    """What became of it: the owner's own is a contact of ours, and what did not arrive is said."""
    greeting = turn.work.get(Greeting, int(answered.tell.partition(":")[2]))
    customer = turn.work.customers.get(greeting.customer) if greeting else None
    if greeting is None or customer is None or greeting.state != "sending":
        return
    greeting = turn.work.change(greeting, state=answered.outcome if answered.outcome != "answer" else "sent")
    if answered.outcome == "sent" and not greeting.auto:
        _log(turn, greeting, customer)
    if answered.outcome == "sent":
        _slow_down(turn, greeting, customer)
    show(turn, greeting)
    if answered.outcome == "failed":
        ask_owner(turn, greeting)


def _log(turn: Turn, greeting: Greeting, customer: Customer) -> None:
    chats = turn.work.people.chats_of(customer.id)
    turn.work.add(
        Activity(
            customer=customer.id,
            contact=greeting.contact,
            member=greeting.member,
            kind="message",
            channel=chats[0].platform if chats else "",
            at=turn.now,
            text=cards.plain_words(greeting),
            logged=turn.now,
        )
    )
    touched(turn, customer)


def _slow_down(turn: Turn, greeting: Greeting, customer: Customer) -> None:
    """The third one without an answer: the owner hears it, with another way and something else to say."""
    count, _last = turn.work.care.unanswered(customer.id, customer.last_in or LONG_AGO)
    member = turn.work.get(Member, greeting.member) if greeting.member else None
    if count == PATIENT and member is not None:
        turn.message_member(member, cards.slower(customer, count), "care")


def show(turn: Turn, greeting: Greeting) -> None:
    """Its card changes wherever it stands."""
    card = cards.card_of(greeting)
    if turn.work.cards.places(card):
        turn.rewrite(card, cards.greeting_card(turn, greeting))


# what the owner decides


def to_decide(turn: Turn, id: int) -> tuple[Greeting, Customer]:
    """The greeting, if it is this member's to decide now; raises TooLate or NotAllowed."""
    greeting = turn.work.get(Greeting, id)
    customer = turn.work.customers.get(greeting.customer) if greeting else None
    if greeting is None or customer is None or greeting.state in OVER:
        raise TooLate(_("That is settled already."))
    asked = responsible(turn, customer)
    if asked is None or asked.id != turn.me().id:
        raise NotAllowed(_("This is for {name} to send.", name=asked.name if asked else "?"))
    if when_is(day_of(greeting), turn.now.astimezone(zone_at(turn, customer)).date()) == "over":
        turn.work.change(greeting, state="missed")
        raise TooLate(_("It is too late for that now."))
    return greeting, customer


def confirm(turn: Turn, greeting: Greeting, customer: Customer) -> Greeting:
    """It goes at its hour; when that has passed, in a moment in which it can still be stopped."""
    if reason := against(turn, turn.work.change(greeting, auto=False, member=turn.me().id), customer):
        raise TooLate(cards.reason_named(reason, customer))
    greeting = turn.work.get(Greeting, greeting.id) or greeting
    greeting = turn.work.change(greeting, state="confirmed", reason="")
    hour = hour_of(day_of(greeting), zone_at(turn, customer))
    turn.work.timers.set(GREET, str(greeting.id), max(hour, turn.now + STOP_WITHIN))
    return greeting


def what(turn: Turn, greeting: Greeting) -> Text:
    """The greeting in a few words, for undo."""
    return cards.title(turn, greeting)
