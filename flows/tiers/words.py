"""What tiers, stages, steps and reasons are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.core.text import Amount, Text, ngettext, text
from bot.core.text import gettext as _
from flows.tiers.rules import HUNDREDTHS

STAGES: Mapping[str, Text] = {
    "lead": _("lead"),
    "potential": _("potential"),
    "new": _("new customer"),
    "growth": _("growth"),
    "warning": _("churn warning"),
}
STEPS: Mapping[str, Text] = {
    "need": _("need found"),
    "contact": _("first contact"),
    "talk": _("deep talk"),
    "deal": _("deal"),
    "service": _("after-sales"),
    "return": _("return visit"),
}
PARTS: Mapping[str, Text] = {
    "amount": _("orders of a year"),
    "frequency": _("how often they order"),
    "stage": _("stage"),
    "satisfaction": _("satisfaction"),
    "complaints": _("few complaints"),
    "activity": _("contacts of 90 days"),
    "growth": _("growth of orders"),
}


def money(hundredths: int, currency: str) -> Text:
    """A sum as the reader writes it; in full where the short form would hide on which side of a limit it lies."""
    step = HUNDREDTHS if abs(hundredths) < 1_000_000 else 100_000 if abs(hundredths) < 100_000_000 else 1_000_000
    if hundredths % step:
        return Text((f"{hundredths / HUNDREDTHS:,.2f} {currency}",))
    return Text((Amount(Decimal(hundredths) / HUNDREDTHS, currency),))


def named(kind: str, value: str) -> Text:
    """A tier, stage or step as a person says it."""
    names = {"stage": STAGES, "step": STEPS}.get(kind, {})
    return names.get(value) or (text(value) if value else _("none"))


def kind_named(kind: str) -> Text:
    """Which of the three it is."""
    return {"tier": _("Tier"), "stage": _("Stage")}.get(kind) or _("Step")


def reason(why: Sequence[object], currency: str, by: str = "") -> Text:
    """Why, in a sentence's worth of words."""
    word, *numbers = why or [""]
    counts = [int(str(n)) for n in numbers if str(n).lstrip("-").isdigit()]
    first = counts[0] if counts else 0
    match word:
        case "no_order":
            return _("no order yet")
        case "value":
            return _("orders of the last 12 months: {sum}", sum=money(first, currency))
        case "score":
            return _("score {n}", n=str(first))
        case "first_order":
            return _("the first order is there")
        case "repeat":
            return ngettext("{n} order", "{n} orders", first)
        case "complaints":
            return ngettext("{n} low score in 90 days", "{n} low scores in 90 days", first)
        case "silent":
            return ngettext("no contact for {n} day", "no contact for {n} days", first)
        case "less":
            return _("contacts fell from {before} to {now} in 90 days", before=str(counts[-1]), now=str(first))
        case "risk":
            return _("signs that they may leave")
        case "accepted":
            return _("the lead was accepted")
        case "hand":
            return _("set by {name}", name=by or "?")
    return text(str(word))
