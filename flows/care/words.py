"""What occasions are called, what is said by default, and the firm's own words with their places filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.core.errors import BadInput
from bot.core.text import Part, Text, moment, ngettext, plain, text
from bot.core.text import gettext as _
from flows.care.days import Told
from flows.segments.actions import ask
from flows.turn import Turn
from flows.words import Words
from store.models import Conversation, Customer, Member, Wording

KINDS: Mapping[str, Text] = {
    "birthday": _("birthday"),
    "anniversary": _("anniversary"),
    "membership": _("membership day"),
    "contract": _("end of the contract"),
    "usage": _("uses less"),
    "holiday": _("holiday"),
}
FESTIVALS: Mapping[str, tuple[Text, Told]] = {
    "new_year": (_("New Year"), Told(1, 1)),
    "spring": (_("Spring Festival"), Told(1, 1, calendar="lunar")),
    "lantern": (_("Lantern Festival"), Told(1, 15, calendar="lunar")),
    "dragon_boat": (_("Dragon Boat Festival"), Told(5, 5, calendar="lunar")),
    "mid_autumn": (_("Mid-Autumn Festival"), Told(8, 15, calendar="lunar")),
    "national": (_("National Day"), Told(10, 1)),
    "christmas": (_("Christmas"), Told(12, 25)),
}
FIRST_ORDER = "first_order"
"""A switch beside the festivals: the anniversary of each customer's first order."""
PLACES = ("name", "firm", "owner", "years", "occasion")
LONGEST = 1000
_PLACE = re.compile(r"\{(\w*)\}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TENS = ("初", "十", "廿", "三")
_ONES = "十一二三四五六七八九"
_LUNAR_MONTHS = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"]


@dataclass(frozen=True, slots=True)
class Said:
    """A text ready for its reader, and the offer that goes with it."""

    words: str
    offer: str = ""


def called(kind: str, name: str = "") -> Text:
    """What the occasion is called; one of no usual kind by its own name."""
    if name:
        return FESTIVALS[name][0] if name in FESTIVALS else text(name)
    return KINDS.get(kind) or text(kind)


def named(word: str) -> str:
    """The kind or festival that a word means, in either language; else the name of an offer."""
    wanted = word.casefold()
    for key, label in (*KINDS.items(), *((key, title) for key, (title, _told_) in FESTIVALS.items())):
        if wanted in (key, *_labels(label)):
            return key
    return word[:40]


def _labels(label: Text) -> tuple[str, ...]:
    now = datetime(2000, 1, 1, tzinfo=UTC)
    return tuple(plain(label.resolve(Words(language, "UTC", now))).casefold() for language in ("en", "zh"))


def day_named(told: Told, language: str) -> Text:
    """The day as it comes every year, in its own calendar."""
    if told.calendar == "lunar":
        return text(_lunar(told)) if language == "zh" else _lunar_in_english(told)
    if language == "zh":
        return text(f"{told.month}月{told.day}日")
    return text(f"{told.day} {_MONTHS[told.month - 1]}")


def _lunar(told: Told) -> str:
    tens, ones = divmod(told.day, 10)
    day = {10: "初十", 20: "二十", 30: "三十"}.get(told.day) or _TENS[tens] + _ONES[ones]
    return f"农历{'闰' if told.leap else ''}{_LUNAR_MONTHS[told.month - 1]}月{day}"


def _lunar_in_english(told: Told) -> Text:
    month, day = str(told.month), str(told.day)
    return _("day {day} of lunar month {month}", day=day, month=month)


def reader_of(turn: Turn, customer: Customer) -> tuple[Conversation | None, Words]:
    """The chat that reaches the customer, and how to speak there."""
    chat = next(iter(turn.work.people.chats_of(customer.id)), None)
    if chat is not None:
        return chat, turn.words_for(chat)
    words = turn.words_for(None)
    return None, Words("zh", words.zone, words.now) if customer.language == "zh" else words


def compose(
    turn: Turn,
    customer: Customer,
    kind: str,
    *,
    name: str = "",
    person: str = "",
    years: int = 0,
    day: date | None = None,
) -> Said:
    """The firm's own words for this customer, else ours, in the reader's language."""
    _chat, words = reader_of(turn, customer)
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    occasion = plain(called(kind, name).resolve(words))
    values = {
        "name": person or customer.name,
        "firm": turn.workspace.name,
        "owner": owner.name if owner else turn.workspace.name,
        "years": str(years) if years else "",
        "occasion": occasion,
    }
    own = wording_for(turn, customer, name or kind) or (
        wording_for(turn, customer, "holiday") if kind == "holiday" else None
    )
    if own is not None and own.words:
        return Said(filled(own.words, values), own.offer)
    ours = _ours(kind, values, years, day)
    return Said(plain(ours.resolve(words)), own.offer if own else "")


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with their places filled; what is no place of ours stays as it is."""
    return _PLACE.sub(lambda match: values.get(match[1], match[0]), words)


def checked(words: str) -> str:
    """The words as they are kept; raises BadInput for places that nobody can fill, and for too many words."""
    words = words.strip()
    unknown = sorted({name for name in _PLACE.findall(words) if name not in PLACES})
    if unknown:
        raise BadInput(
            _(
                "I can't fill in “{name}”. There are: {places}",
                name=unknown[0],
                places=", ".join(f"{{{place}}}" for place in PLACES),
            )
        )
    if len(words) > LONGEST:
        raise BadInput(_("That is longer than {n} characters. Say it shorter.", n=str(LONGEST)))
    return words


def wording_for(turn: Turn, customer: Customer, name: str) -> Wording | None:
    """The firm's words under this name that are for this customer: those for a segment before those for all."""
    rows = sorted(turn.work.find(Wording, name=name), key=lambda row: (not row.segment, row.id))
    return next((row for row in rows if not row.segment or _fits(turn, customer, row.segment)), None)


def _fits(turn: Turn, customer: Customer, segment: str) -> bool:
    try:
        return turn.work.segments.fits(ask(turn, segment).question, customer.id)
    except BadInput:
        return False


def _ours(kind: str, values: Mapping[str, str], years: int, day: date | None) -> Text:
    parts: dict[str, Part] = {"name": values["name"], "firm": values["firm"]}
    match kind:
        case "birthday":
            return _("Dear {name}, happy birthday! All of us at {firm} wish you health and joy.", **parts)
        case "anniversary" if years:
            return ngettext(
                "Dear {name}, we have worked together for {n} year now. Thank you for your trust. All of us at {firm}",
                "Dear {name}, we have worked together for {n} years now. Thank you for your trust. All of us at {firm}",
                years,
                **parts,
            )
        case "anniversary":
            return _("Dear {name}, today is our anniversary. Thank you for your trust, from all at {firm}.", **parts)
        case "membership":
            return _("Dear {name}, today is your membership day at {firm}. Thank you for being with us.", **parts)
        case "contract":
            ends = moment(day, "day") if day else "…"
            return _("Dear {name}, our contract ends on {day}. Shall we talk about how to go on?", day=ends, **parts)
        case "usage":
            return _(
                "Dear {name}, how is it going with our product? We would gladly give you a short training, "
                "or put you in touch with an adviser.",
                **parts,
            )
    return _(
        "Dear {name}, all of us at {firm} send you our best wishes: {occasion}.", occasion=values["occasion"], **parts
    )
