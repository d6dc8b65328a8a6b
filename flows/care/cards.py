"""How greetings and days look: to the owner before and after, in a customer's list, and to the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, code, lines, moment, quote, text
from bot.core.text import gettext as _
from flows.care.days import Told, next_day, years_on
from flows.care.rules import LATE, When, hour_of, when_is
from flows.care.words import called, day_named
from flows.rhythm.actions import too_much
from flows.turn import Turn, options
from flows.words import zone_of
from store.models import Contact, Customer, Greeting, Occasion

SHOWN = 8
REASONS: Mapping[str, Text] = {
    "unreachable": _("No chat reaches this customer yet."),
    "cap": _("This customer heard from us often enough this week."),
    "resting": _("This customer did not answer the last ones, and is left in peace for a while."),
}


def reason_named(reason: str, customer: Customer) -> Text:
    """Why it does not go."""
    if reason == "stopped":
        return _("{name} does not want greetings.", name=customer.name)
    return REASONS.get(reason) or text(reason)


def card_of(greeting: Greeting) -> str:
    """One card wherever it is shown."""
    return f"greeting:{greeting.id}"


def whole(greeting: Greeting) -> Text:
    """What the customer reads."""
    offer = _("For you: {offer}", offer=greeting.offer) if greeting.offer else None
    return lines(greeting.words, greeting.own or None, offer)


def plain_words(greeting: Greeting) -> str:
    """What the customer reads, for the log."""
    return "\n".join(part for part in (greeting.words, greeting.own, greeting.offer) if part)


def title(turn: Turn, greeting: Greeting) -> Text:
    """Whose day it is: "Li Wei (Acme): birthday"."""
    customer = turn.work.customers.get(greeting.customer)
    contact = turn.work.get(Contact, greeting.contact) if greeting.contact else None
    name = customer.name if customer else "?"
    who = f"{contact.name} ({name})" if contact and contact.name != name else name
    return _("{who}: {occasion}", who=who, occasion=called(greeting.kind, greeting.name))


def greeting_card(turn: Turn, greeting: Greeting) -> Reply:
    """The day, the draft as it will be read, where it stands, and what can be done."""
    customer = turn.work.customers.get(greeting.customer)
    day = date.fromisoformat(greeting.day)
    zone = zone_of((customer.zone if customer else "") or turn.workspace.zone)
    when = when_is(day, turn.now.astimezone(zone).date())
    open_ = greeting.state == "draft"
    body = lines(
        bold(text(title(turn, greeting), " · ", moment(day, "day"))),
        quote(whole(greeting)),
        *(too_much(turn, customer) if customer and open_ and when != "before" else ()),
        _where_it_stands(greeting, customer, when, hour_of(day, zone)),
    )
    reached = bool(turn.work.people.chats_of(greeting.customer))
    return Reply(body, _choices(greeting, when, reached), card=card_of(greeting), urgency=Urgency.REMINDER)


def _where_it_stands(greeting: Greeting, customer: Customer | None, when: When, hour: datetime) -> Text | None:
    day = date.fromisoformat(greeting.day)
    match greeting.state:
        case "draft" if when == "late":
            until = moment(day + timedelta(days=LATE), "day")
            return _("It was not sent on the day. You may still send it until {day}.", day=until)
        case "draft":
            return _("It only goes when you say so.")
        case "confirmed":
            return (
                _("It goes at {when}.", when=moment(hour, "short")) if when == "before" else _("It goes in a moment.")
            )
        case "sending":
            return _("On its way.")
        case "sent":
            return _("Sent {when}", when=moment(greeting.sent, "short")) if greeting.sent else None
        case "failed":
            return _("It did not arrive.")
        case "unknown":
            return _("Nobody knows whether it arrived, so it is not sent again.")
        case "skipped":
            return _("Not sent.")
        case "missed":
            return _("It was not sent, and now it is too late.")
    return _("Not sent: {why}", why=reason_named(greeting.reason, customer)) if customer else None


def _choices(greeting: Greeting, when: When, reached: bool) -> tuple[Option, ...]:
    id = greeting.id
    if when == "over" or greeting.state in ("sending", "sent", "unknown", "missed"):
        return ()
    if greeting.state == "skipped":
        return (Option(_("Send it after all"), f"greet-send:{id}"),)
    if greeting.state == "confirmed":
        return (Option(_("Stop"), f"greet-hold:{id}"),)
    send = _("Send on the day") if when == "before" else _("Send now")
    return options(
        Option(send, f"greet-send:{id}", style="primary")
        if reached
        else Option(_("Invite"), f"invite:{greeting.customer}"),
        Option(_("Add a line"), f"greet-line:{id}"),
        Option(_("Edit text"), f"greet-edit:{id}"),
        Option(_("Don't send"), f"greet-skip:{id}"),
    )


def slower(customer: Customer, count: int) -> Reply:
    """To the owner: nobody answered, so another way and something else."""
    body = lines(
        bold(customer.name),
        _("Did not answer the last {n} messages: from now on less goes out by itself.", n=str(count)),
        _("Try another way: a call, or an article that helps them."),
    )
    return Reply(
        body,
        (
            Option(_("Remind me"), f"remind-about:{customer.id}"),
            Option(_("Show card"), f"who:{customer.id}"),
        ),
    )


def told_of(occasion: Occasion) -> Told:
    """The day as the rules know it."""
    return Told(
        occasion.month,
        occasion.day,
        occasion.year,
        "lunar" if occasion.calendar == "lunar" else "solar",
        occasion.leap,
    )


def occasion_line(turn: Turn, occasion: Occasion) -> Text:
    """ "Li Wei · birthday · 5 May, next Tue 5 May"."""
    contact = turn.work.get(Contact, occasion.contact) if occasion.contact else None
    told, today = told_of(occasion), turn.local.date()
    coming = next_day(told, today)
    who = text(contact.name, " · ") if contact else text()
    years = years_on(told, coming) if coming and occasion.kind == "anniversary" else 0
    which = text(" (", _("year {n}", n=str(years)), ")") if years else text()
    named = text(who, called(occasion.kind, occasion.name), " · ", day_named(told, turn.language), which)
    return text(named, " · ", _("next {day}", day=moment(coming, "day"))) if coming else named


def customer_days(turn: Turn, customer: Customer) -> Reply:
    """The days of one customer, the latest greetings, and what they do not want."""
    rows = turn.work.find(Occasion, customer=customer.id)
    greetings = sorted(turn.work.find(Greeting, customer=customer.id), key=lambda row: row.id)[-3:]
    example = code(_("Li Wei's birthday is 5 May"))
    body = lines(
        bold(customer.name),
        *(text("• ", occasion_line(turn, row)) for row in rows[:SHOWN]),
        None if rows else _("No day is kept yet. Just tell me: {example}", example=example),
        *(greeting_line(turn, row) for row in reversed(greetings)),
        _stopped(customer),
    )
    drop = tuple(
        Option(_("Forget: {what}", what=called(row.kind, row.name)), f"care-drop:{row.id}") for row in rows[:4]
    )
    return Reply(body, drop, card=f"care:{customer.id}")


def greeting_line(turn: Turn, greeting: Greeting) -> Text:
    """A greeting in a list."""
    states: Mapping[str, Text] = {
        "draft": _("waits for you"),
        "confirmed": _("will be sent"),
        "sending": _("on its way"),
        "sent": _("sent"),
        "failed": _("did not arrive"),
        "unknown": _("nobody knows whether it arrived"),
        "refused": _("not sent"),
        "skipped": _("not sent"),
        "missed": _("not sent in time"),
    }
    day = moment(date.fromisoformat(greeting.day), "day")
    return text("• ", day, " · ", title(turn, greeting), " · ", states.get(greeting.state, text(greeting.state)))


def _stopped(customer: Customer) -> Text | None:
    names = {
        "all": _("anything"),
        "greetings": _("greetings"),
        "offers": _("offers"),
        "articles": _("articles"),
        "surveys": _("surveys"),
    }
    words = [names[word] for word in customer.stopped.split() if word in names]
    if not words:
        return None
    listed: list[Text | str] = []
    for number, word in enumerate(words):
        listed += [", ", word] if number else [word]
    return _("Does not want: {what}", what=text(*listed))


def coming_card(turn: Turn, greetings: Sequence[Greeting], days: Sequence[tuple[date, Occasion, Customer]]) -> Reply:
    """What waits for a member, and whose day comes in the next two weeks."""
    shown = [text("• ", moment(day, "day"), " · ", c.name, " · ", occasion_line(turn, o)) for day, o, c in days[:SHOWN]]
    body = lines(
        bold(_("Greetings")) if greetings else None,
        *(greeting_line(turn, row) for row in greetings[:SHOWN]),
        bold(_("The next two weeks")) if shown else None,
        *shown,
    )
    return Reply(body, tuple(Option(title(turn, row), f"greet:{row.id}", wide=True) for row in greetings[:SHOWN]))
