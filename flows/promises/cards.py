"""How promises look: to their owner, to those who deliver, to the customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Part, Text, bold, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.promises.parts import Piece
from flows.promises.rules import Load
from flows.turn import Turn
from store.models import Customer, Member, Promise

SHOWN = 10
ASKED = {
    "waiting": _("waits for delivery"),
    "accepted": _("accepted"),
    "declined": _("delivery can't"),
}
STATES = {"kept": _("kept"), "broken": _("broken"), "withdrawn": _("withdrawn")}


def card_of(promised: Promise) -> str:
    """The card that shows this promise wherever it was shown."""
    return f"promise:{promised.id}"


def customer_of(turn: Turn, promised: Promise) -> Customer | None:
    """To whom it was promised."""
    return turn.work.customers.get(promised.customer)


def head(turn: Turn, promised: Promise) -> Text:
    customer = customer_of(turn, promised)
    return text(customer.name if customer else "?", ": ", promised.what)


def _due(promised: Promise) -> Text:
    return _by(promised.due)


def _by(due: datetime | None) -> Text:
    return _("by {when}", when=moment(due, "day")) if due else _("no date")


def standing(turn: Turn, promised: Promise) -> Text | None:
    """What those who deliver said, who it is, whether the customer knows."""
    taker = turn.work.get(Member, promised.deliverer) if promised.deliverer else None
    parts: list[Part] = []
    if promised.state != "open":
        parts.append(STATES[promised.state])
    elif promised.asked:
        parts.append(text(ASKED[promised.asked], f" · {taker.name}" if taker else ""))
    if promised.confirmed == "yes":
        parts.append(_("the customer agrees"))
    elif promised.confirmed == "no":
        parts.append(_("the customer disagrees"))
    elif promised.told:
        parts.append(_("the customer was told"))
    return (
        text(*(item for at, part in enumerate(parts) for item in ((" · ", part) if at else (part,)))) if parts else None
    )


def own_card(turn: Turn, promised: Promise) -> Reply:
    """For whoever promised it."""
    body = lines(bold(_("Promised: {what}", what=head(turn, promised))), _due(promised), standing(turn, promised))
    card = f"promised:{promised.id}"
    if promised.state != "open":
        return Reply(body, (Option(_("Undo"), f"undo:{card}"),), card=card)
    options = [
        Option(_("Kept"), f"promise-kept:{promised.id}", style="primary"),
        Option(_("Other day"), f"promise-day:{promised.id}"),
        Option(_("Can't keep it"), f"promise-broken:{promised.id}"),
    ]
    if not promised.told and turn.work.people.chats_of(promised.customer):
        options.append(Option(_("Tell the customer"), f"promise-tell:{promised.id}"))
    options.append(Option(_("Undo"), f"undo:{card}"))
    return Reply(body, tuple(options), card=card)


def delivery_card(turn: Turn, promised: Promise) -> Reply:
    """For the room of those who deliver."""
    owner = turn.work.get(Member, promised.member) if promised.member else None
    body = lines(
        bold(_("Promised by {name}: {what}", name=owner.name if owner else "?", what=head(turn, promised))),
        _due(promised),
        promised.details or None,
        standing(turn, promised),
    )
    options: tuple[Option, ...] = ()
    if promised.state == "open" and promised.asked == "waiting":
        options = (
            Option(_("Accept"), f"promise-yes:{promised.id}", style="primary"),
            Option(_("Can't"), f"promise-no:{promised.id}"),
        )
    elif promised.state == "open" and promised.asked == "accepted":
        options = (Option(_("Delivered"), f"promise-kept:{promised.id}", style="primary"),)
    return Reply(body, options, card=card_of(promised), urgency=Urgency.ALERT)


def to_customer(promised: Promise) -> Reply:
    """What was noted, and whether that is right."""
    what = _("We noted: {what}, {due}. Correct?", what=promised.what, due=_due(promised))
    options = (
        Option(_("Yes"), f"promise-right:{promised.id}:yes", style="primary"),
        Option(_("No"), f"promise-right:{promised.id}:no"),
    )
    return Reply(what, options, card=f"noted:{promised.id}")


def weighing(press: str, customer: Customer, parts: Sequence[Piece], loads: Sequence[Load], *, delivery: bool) -> Reply:
    """Before promising: what is owed in the week of each part already."""
    rows = [
        lines(
            text("• ", bold(part.what), " · ", _by(part.due)),
            ngettext("{n} promise is due that week", "{n} promises are due that week", loaded.due),
        )
        for part, loaded in zip(parts, loads, strict=True)
    ]
    late = loads[0].late if loads else 0
    ask = _("Promise this to {name}?", name=customer.name)
    body = lines(ask, *rows, ngettext("{n} is late now", "{n} are late now", late) if late else None)
    options = [Option(_("Promise"), f"{press}:yes", style="primary")]
    if delivery:
        options.append(Option(_("Ask delivery first"), f"{press}:ask"))
    other = Option(_("In parts"), f"{press}:parts") if len(parts) == 1 else None
    day = Option(_("Other day") if len(parts) == 1 else _("Other parts"), f"{press}:day")
    return Reply(body, tuple(option for option in (*options, other, day, Option(_("Say no"), f"{press}:no")) if option))


def staged(turn: Turn, customer: Customer, parts: Sequence[Promise]) -> Reply:
    """A promise in parts, each a promise of its own."""
    head = ngettext(
        "Promised to {name} in {n} part:", "Promised to {name} in {n} parts:", len(parts), name=customer.name
    )
    rows = [text("• ", part.what, " · ", _due(part), _state(turn, part)) for part in parts]
    card = f"staged:{parts[0].id}"
    shown = tuple(Option(text(part.what), f"promise:{part.id}", wide=True) for part in parts)
    return Reply(lines(bold(head), *rows), (*shown, Option(_("Undo"), f"undo:{card}")), card=card)


def listed(turn: Turn, promises: Sequence[Promise]) -> list[Text]:
    """A line each, the earliest first."""
    return [
        text("• ", head(turn, promised), " · ", _late(turn, promised), _state(turn, promised), _whose(turn, promised))
        for promised in promises[:SHOWN]
    ]


def _whose(turn: Turn, promised: Promise) -> Text:
    """By whom it was promised, where that is a colleague."""
    member = turn.work.get(Member, promised.member) if promised.member else None
    mine = turn.member is not None and member is not None and turn.member.id == member.id
    return text(" · ", member.name) if member is not None and not mine else text()


def _late(turn: Turn, promised: Promise) -> Text:
    if promised.due is not None and promised.due < turn.now and promised.state == "open":
        return _("late since {when}", when=moment(promised.due, "day"))
    return _due(promised)


def _state(turn: Turn, promised: Promise) -> Text:
    found = standing(turn, promised)
    return text(" · ", found) if found else text()
