"""How risk looks: the reasons in words, the list, the attempt to win somebody back, and why customers go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.churn.actions import Assessed
from flows.churn.causes import Case, Cause, Rate, by_group, causes, rate
from flows.turn import Turn
from store.models import Customer, Loss, Standing, Winback

SHOWN, NAMED = 8, 3
REASONS: Mapping[str, Text] = {
    "price": _("price"),
    "rival": _("a rival"),
    "service": _("our service"),
    "quality": _("quality"),
    "need": _("no need"),
    "closed": _("they closed"),
    "silence": _("no answer"),
}
DIMENSIONS: Mapping[str, Text] = {
    "source": _("source"),
    "tier": _("tier"),
    "owner": _("owner"),
    "industry": _("industry"),
    "reason": _("reason given"),
}


def mark(grade: str) -> str:
    """A dot of that colour."""
    return {"red": "🔴", "yellow": "🟡"}.get(grade, "🟢")


def reason_in_words(why: Sequence[str | int]) -> Text:
    """One reason with its numbers."""
    word, *numbers = why
    n = [str(number) for number in numbers] + ["", ""]
    match word:
        case "silent":
            return _("no contact for {n} days, usually every {usual}", n=n[0], usual=n[1])
        case "late":
            return _("no order for {n} days, usually every {usual}", n=n[0], usual=n[1])
        case "orders":
            return _("{n} orders in 90 days, usually {before}", n=n[0], before=n[1])
        case "answers":
            return _("they wrote {n} times in 90 days, usually {before}", n=n[0], before=n[1])
        case "score":
            return _("last score {n}, {before} before", n=f"{int(n[0]) / 10:g}", before=f"{int(n[1]) / 10:g}")
        case "complaints":
            return ngettext("{n} complaint in 90 days", "{n} complaints in 90 days", int(numbers[0]))
        case "unanswered":
            return _("did not answer the last {n} messages", n=n[0])
    return text(str(word))


def reasons_of(row: Standing, most: int = 2) -> Text:
    """The gravest reasons on one line."""
    return join("; ", [reason_in_words(why) for why in row.why[:most]])


def risk_list(turn: Turn, rows: Sequence[tuple[Standing, Customer]]) -> Reply | Text:
    """Red ones first, each with its reasons and a button."""
    if not rows:
        return lines(
            _("Nobody is at risk, as far as orders, contacts and scores can tell."),
            _("One customer: {example}", example=code(_("/risk Acme"))),
        )
    red = sum(row.now == "red" for row, _customer in rows)
    head = _("At risk: {red} red, {yellow} yellow", red=str(red), yellow=str(len(rows) - red))
    shown = [text(mark(row.now), " ", bold(c.name), ": ", reasons_of(row)) for row, c in rows[:SHOWN]]
    more = len(rows) - SHOWN
    picks = tuple(Option(text(c.name), f"risk:{c.id}", wide=True) for _row, c in rows[:SHOWN])
    rest = ngettext("and {n} more", "and {n} more", more) if more > 0 else None
    return Reply(lines(bold(head), *shown, rest), picks)


def told_owner(turn: Turn, rows: Sequence[tuple[Standing, Customer]]) -> Reply:
    """Whose customers have come to be at risk since yesterday."""
    shown = [text(mark(row.now), " ", bold(c.name), ": ", reasons_of(row)) for row, c in rows[:SHOWN]]
    picks = tuple(Option(text(c.name), f"risk:{c.id}", wide=True) for _row, c in rows[:SHOWN])
    head = ngettext("{n} customer of yours may leave", "{n} customers of yours may leave", len(rows))
    return Reply(lines(bold(head), *shown), picks)


def risk_card(turn: Turn, one: Assessed, attempt: Winback | None, loss: Loss | None) -> Reply:
    """Every reason, the attempt that runs, and what can be done."""
    customer, risk = one.customer, one.risk
    words = {"red": _("High risk of leaving"), "yellow": _("Some risk of leaving")}
    body = lines(
        text(mark(risk.grade), " ", bold(customer.name)),
        words.get(risk.grade) or _("No sign that they may leave."),
        *(text("• ", reason_in_words(why)) for why in risk.reasons),
        _attempt_line(turn, attempt),
        _("Lost {when}: {reason}", when=moment(loss.at, "day"), reason=REASONS.get(loss.reason, loss.reason))
        if loss
        else None,
    )
    return Reply(body, _choices(customer, attempt, loss))


def _attempt_line(turn: Turn, found: Winback | None) -> Text | None:
    if found is None:
        return None
    if found.state == "tried" and found.tried:
        return _("Winning back since {when}; the result is asked in two weeks.", when=moment(found.tried, "day"))
    return _("To be won back: nobody has been in touch yet.")


def _choices(customer: Customer, attempt: Winback | None, loss: Loss | None) -> tuple[Option, ...]:
    id = customer.id
    if loss is not None:
        return (Option(_("They came back"), f"loss-back:{id}"), Option(_("Show card"), f"who:{id}"))
    found = [
        Option(_("Offer them something"), f"winback:{id}", style="primary"),
        Option(_("Call them"), f"remind-about:{id}"),
    ]
    if attempt is not None and attempt.state == "tried":
        found.append(Option(_("Won back"), f"winback-end:{attempt.id}:won"))
    return (*found, Option(_("They are lost"), f"loss:{id}"), Option(_("Show card"), f"who:{id}"))


def ask_result(customer: Customer, found: Winback) -> Reply:
    """Two weeks later."""
    body = lines(bold(customer.name), _("You tried to win them back. What came of it?"))
    return Reply(
        body,
        (
            Option(_("Won back"), f"winback-end:{found.id}:won", style="primary"),
            Option(_("Too early to say"), f"winback-wait:{found.id}"),
            Option(_("They are lost"), f"loss:{customer.id}"),
        ),
    )


def ask_reason(customer: Customer) -> Reply:
    """Nothing is written down before somebody has said why."""
    picks = tuple(Option(label, f"loss-for:{customer.id}:{key}") for key, label in REASONS.items())
    return Reply(
        lines(bold(customer.name), _("Why was it lost? Tap, or say it in a few words.")),
        (*picks, Option(_("Cancel"), "cancel")),
    )


def loss_card(customer: Customer, loss: Loss) -> Reply:
    """Written down, with a way back."""
    body = lines(bold(customer.name), _("Lost: {reason}", reason=REASONS.get(loss.reason, loss.reason)))
    undo = Option(_("Undo"), f"undo:loss:{customer.id}")
    return Reply(body, (undo, Option(_("They came back"), f"loss-back:{customer.id}")), card=f"loss:{customer.id}")


# why customers go


def why_card(turn: Turn, cases: Sequence[Case], given: Sequence[Case]) -> Reply:
    """Numbers by source, tier and owner, and what stands out, if anything does beyond chance."""
    whole = rate(cases)
    if not cases:
        return Reply(_("Nobody has been a customer for a month yet, so there is nothing to compare."))
    named = [dimension for dimension in DIMENSIONS if dimension != "reason"]
    found = [*causes(cases, named), *causes(given, ["reason"])]
    body = lines(
        bold(_("Customers who left, the last 30 days")),
        _(
            "{n} of {whole} ({part}); before: {before} in 30 days",
            n=str(whole.lost),
            whole=str(round(whole.there)),
            part=_percent(whole.now),
            before=_percent(whole.before),
        ),
        *(_by(cases, dimension) for dimension in ("source", "tier", "owner")),
        _given(given),
        bold(_("What stands out")) if found else None,
        *(_cause(cause) for cause in found),
        None if found else _nothing(whole),
    )
    return Reply(body, (Option(_("Who is at risk"), "risks"),))


def _by(cases: Sequence[Case], dimension: str) -> Text | None:
    rates = list(by_group(cases, dimension).items())[:NAMED]
    if not rates or not any(one.lost for _value, one in rates):
        return None
    parts = [
        text(value, f" {one.lost}/{round(one.there)} (", _percent(one.now), " ← ", _percent(one.before), ")")
        for value, one in rates
    ]
    return _("By {what}: {numbers}", what=DIMENSIONS[dimension], numbers=join(", ", parts))


def _given(given: Sequence[Case]) -> Text | None:
    rates = {value: one for value, one in by_group(given, "reason").items() if one.lost}
    if not rates:
        return None
    parts = [text(REASONS.get(value, value), f" {one.lost}") for value, one in list(rates.items())[:NAMED]]
    return _("Reasons given: {numbers}", numbers=join(", ", parts))


def _cause(cause: Cause) -> Text:
    value = REASONS.get(cause.value, cause.value) if cause.dimension == "reason" else cause.value
    if cause.dimension == "reason":
        return _(
            "• {what} “{value}”: {n} now, {before} in the year before",
            what=DIMENSIONS["reason"],
            value=value,
            n=str(cause.rate.lost),
            before=str(cause.rate.lost_before),
        )
    return _(
        "• {what} {value}: {part} left, {before} before; all others {others}",
        what=DIMENSIONS[cause.dimension],
        value=value,
        part=_percent(cause.rate.now),
        before=_percent(cause.rate.before),
        others=_percent(cause.others.now),
    )


def _nothing(whole: Rate) -> Text:
    if not whole.lost:
        return _("Nobody left.")
    return _("No source, tier, owner or industry stands out: what differs may be chance.")


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"
