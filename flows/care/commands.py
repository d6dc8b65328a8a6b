"""What members say about days and greetings: a sentence that tells one, the list, the words, and the festivals."""

from __future__ import annotations

import re
from typing import Any

from bot.core.errors import BadInput
from bot.core.messages import Answered, Option, Reply, Said
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, Rest, telling
from flows.care import cards, festivals, greetings
from flows.care.beside import beside, is_told
from flows.care.days import NoSuchDay
from flows.care.occasions import keep, month_first, soon, whose
from flows.care.sentences import Wanted, after_name, asks, names_a_day, read
from flows.care.words import FESTIVALS, KINDS, PLACES, called, checked, named
from flows.customers.sight import hint
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, NotMine, answered, command, heard
from flows.segments.actions import ask
from flows.turn import Turn
from store.models import Contact, Customer, Occasion, Wording

Outcome = Reply | Text | NotMine | None
MOST_CHOICES = 5


@command(
    "care",
    help=_("Birthdays and other days of customers, and greetings that wait"),
    example=_("/care Acme birthday 5 May"),
    for_=MEMBERS,
    words=("care", "birthdays", "greetings", "客户关怀", "关怀", "生日提醒"),
)
def care(turn: Turn, words: Rest | None = None) -> Outcome:
    """The list, one customer's days, or a day to keep."""
    said = (words or "").strip()
    if not said:
        return _coming(turn)
    if turn.me().role != "viewer" and (wanted := _told(turn, said, read)):
        return tell(turn, wanted)
    found = READERS[Customer](turn, said)
    if not isinstance(found, Found):
        why = getattr(found, "why", _("Which customer?"))
        return lines(why, _("Example: {example}", example=code(_("/care Acme birthday 5 May"))))
    if found.rest and turn.me().role != "viewer":
        wanted = _told(turn, found.rest, after_name)
        if wanted is None:
            return lines(
                _("I could not read a day there."),
                _("Example: {example}", example=code(_("/care Acme birthday 5 May"))),
            )
        people = [
            one for one in whose(turn, said[: len(said) - len(found.rest)].strip()) if one[0].id == found.value.id
        ]
        return _kept(turn, found.value, people[0][1] if len(people) == 1 else None, wanted)
    return cards.customer_days(turn, found.value)


def _told(turn: Turn, said: str, reader: Any) -> Wanted | None:
    try:
        wanted: Wanted | None = reader(said, month_first=month_first(turn))
    except NoSuchDay as none:
        raise BadInput(_("There is no {day}.", day=str(none))) from None
    return wanted


def _coming(turn: Turn) -> Reply | Text:
    waiting = turn.work.care.coming(turn.me().id, limit=cards.SHOWN + 1)
    days = soon(turn, turn.me())
    if not waiting and not days:
        return lines(
            _("No greeting waits, and no day of your customers comes in the next two weeks."),
            _("Tell me one: {example}", example=code(_("Li Wei's birthday is 5 May"))),
        )
    return cards.coming_card(turn, waiting, days)


@heard("first", for_=EDITORS)
def told(turn: Turn, said: Said) -> Outcome:
    """ "Li Wei's birthday is 5 May", "李伟农历八月十五生日": kept for every year."""
    if not turn.private or said.forwarded_from or len(said.text) > 200 or not names_a_day(said.text):
        return NOT_MINE
    if (question := asks(said.text)) is not None:
        return _answer(turn, *question)
    try:
        wanted = read(said.text, month_first=month_first(turn))
    except NoSuchDay as none:
        return lines(
            _("There is no {day}.", day=str(none)),
            _("Example: {example}", example=code(_("Li Wei's birthday is 5 May"))),
        )
    if wanted is None or not whose(turn, wanted.of):
        outcome: Outcome = beside(turn, said.text)
        if wanted is None or wanted.kind == "day" or outcome is not NOT_MINE or is_told(turn, said.text):
            return outcome
    return tell(turn, wanted)


def tell(turn: Turn, wanted: Wanted) -> Reply | Text:
    """Keeps the day of whoever is meant; asks where it could be several."""
    people = whose(turn, wanted.of)
    if not people:
        return lines(
            _("No customer fits “{name}”.", name=wanted.of[:40]),
            hint(turn),
            _("To add one: {example}", example=code("/add Acme, Li Wei, 138 0013 8000")),
        )
    if len(people) == 1:
        return _kept(turn, *people[0], wanted)
    told = wanted.told
    choices = [(customer.id, contact.id if contact else 0) for customer, contact in people[:MOST_CHOICES]]
    turn.remember(
        {
            "kind": "care-tell",
            "choices": choices,
            "wanted": [wanted.kind, wanted.name, told.month, told.day, told.year, told.calendar, told.leap],
        }
    )
    picks = tuple(
        Option(_who(turn, customer, contact), f"care-pick:{number}", wide=True)
        for number, (customer, contact) in enumerate(people[:MOST_CHOICES])
    )
    return Reply(_("Which one do you mean?"), (*picks, Option(_("Cancel"), "cancel")))


def _who(turn: Turn, customer: Customer, contact: Contact | None) -> Text:
    return text(contact.name, " · ", telling(turn, customer)) if contact else telling(turn, customer)


def _kept(turn: Turn, customer: Customer, contact: Contact | None, wanted: Wanted) -> Reply:
    kept = keep(turn, customer, contact, wanted)
    card = f"occasion:{kept.id}"
    who = contact.name if contact else customer.name
    turn.did(_("{what} of {name}", what=called(kept.kind, kept.name), name=who), card)
    asked = greetings.responsible(turn, customer)
    alone = customer.tier == "C"
    leap = _("In years without that leap month it is kept in the ordinary one.") if kept.leap else None
    body = lines(
        bold(customer.name),
        cards.occasion_line(turn, kept),
        leap,
        _("A greeting goes by itself on the day.")
        if alone
        else _("On the last working day before, {name} gets a draft.", name=asked.name if asked else "?"),
    )
    days = Option(_("All days"), f"care-of:{customer.id}")
    return Reply(body, (Option(_("Undo"), f"undo:{card}"), days), card=card)


def _answer(turn: Turn, of: str, kind: str) -> Outcome:
    """When a day is, as far as anybody has told."""
    people = whose(turn, of)
    if not people:
        return NOT_MINE
    rows = [
        row
        for customer, contact in people
        for row in turn.work.find(Occasion, customer=customer.id, kind=kind)
        if contact is None or row.contact in (None, contact.id)
    ]
    if not rows:
        return lines(
            _("Nobody has told me yet."), _("Just say it: {example}", example=code(_("Li Wei's birthday is 5 May")))
        )
    return lines(*(cards.occasion_line(turn, row) for row in rows[: cards.SHOWN]))


@answered(greetings.GREET)
def delivered(turn: Turn, what: Answered) -> None:
    greetings.came_back(turn, what)


# what the firm says, and when


@command(
    "holidays",
    help=_("Holidays on which customers are greeted"),
    example=_("/holidays add founding day 18 June"),
    for_=MANAGERS,
    words=("holidays", "holiday greetings", "节日问候", "节日", "节日祝福"),
)
def holidays(turn: Turn, words: Rest | None = None) -> Reply | Text:
    said = (words or "").strip()
    if said:
        return festivals.say(turn, said)
    return festivals.list_card(turn)


_NAME = re.compile(
    r"\s*(?P<name>[^\s:：]+)(?:\s+(?:for|给|面向)\s+(?P<segment>.+?)\s*(?:：|:\s))?\s*[:：]?\s*(?P<words>.*)",
    re.S | re.I,
)
_OFFER = re.compile(r"\s*[|｜]\s*(?:offer|coupon|优惠|赠品|优惠券)?\s*[:：]?\s*", re.I)
_NONE = frozenset({"-", "default", "无", "默认"})


_EXAMPLE = _("/wording birthday Happy birthday {name}! | offer: 10% off this week", name="{name}")
_OFFERS = re.compile(r"(?:offer|template|优惠|模板)[\w-]*", re.I)


@command(
    "wording",
    help=_("Your own words for greetings and offers"),
    example=_EXAMPLE,
    for_=MANAGERS,
    words=("wordings", "templates", "话术", "问候语", "模板"),
)
def wording(turn: Turn, words: Rest | None = None) -> Reply | Text:
    """ "/wording birthday for tier:A: Dear {name} … | offer: …"; "/wording birthday -" takes it back."""
    match = _NAME.fullmatch(words or "")
    if match is None:
        return _wordings(turn)
    name, segment = named(match["name"]), (match["segment"] or "").strip()
    if not match["words"].strip():
        return _wordings(turn)
    if name not in KINDS and name not in FESTIVALS and not _OFFERS.fullmatch(name):
        return lines(
            _("Words for what? A day such as “birthday”, a holiday, or an offer of yours such as “offer-B”."),
            _("Example: {example}", example=code(_EXAMPLE)),
        )
    if segment:
        ask(turn, segment)
    own, *offers = _OFFER.split(match["words"].strip(), maxsplit=1)
    offer = offers[0].strip()[:200] if offers else ""
    same = [row for row in turn.work.find(Wording, segment=segment) if row.name.casefold() == name.casefold()]
    known = same[0] if same else None
    if own.strip() in _NONE:
        if known is not None:
            turn.work.remove(known)
    elif known is not None:
        turn.work.change(known, words=checked(own), offer=offer)
    else:
        row = Wording(name=name, segment=segment, words=checked(own), offer=offer, member=turn.me().id, made=turn.now)
        turn.work.add(row)
    turn.did(_("words for {name}", name=called(name, "" if name in KINDS else name)), "wordings")
    shown = _wordings(turn)
    shown = shown if isinstance(shown, Reply) else Reply(shown)
    return Reply(shown.text, (Option(_("Undo"), "undo:wordings"),), card="wordings")


def _wordings(turn: Turn) -> Reply | Text:
    rows = turn.work.find(Wording)
    example = code(_EXAMPLE)
    places = ", ".join(f"{{{place}}}" for place in PLACES)
    if not rows:
        return lines(
            _("Greetings are in our words so far."),
            _("Your own: {example}", example=example),
            _("Filled in: {places}", places=places),
        )
    shown = [
        text(
            "• ",
            bold(called(row.name, "" if row.name in KINDS else row.name)),
            f" ({row.segment})" if row.segment else "",
            ": ",
            row.words,
            f" | {row.offer}" if row.offer else "",
        )
        for row in rows[-12:]
    ]
    return lines(bold(_("Your own words")), *shown, _("Filled in: {places}", places=places))
