"""Reports of what customers say and do: satisfaction over time, who buys again, and whether the satisfied ones do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.pictures.charts import Chart, Series
from flows.pictures.steps import show
from flows.results import rules
from flows.results.cards import distribution, measured, number, short
from flows.results.counting import Span, scores, trend
from flows.tiers.words import money
from flows.turn import Turn
from store.results import Asked, asked, in_touch, orders_of, referrers, what_was_bought

TOP = {"csat": range(1, 6), "nps": range(11), "ces": range(1, 8)}
STRETCHES = 6
YEAR, CONTACT = timedelta(days=365), timedelta(days=30)
BANDS = {"high": _("satisfied"), "middle": _("so-so"), "low": _("dissatisfied")}
_SPAN = re.compile(r"(\d{1,3})\s*(d|days?|天|w|weeks?|周|m|months?|个?月)", re.IGNORECASE)
_LONG = {"w": 7, "周": 7, "m": 30, "月": 30, "个": 30}


def span_in(said: str, usual: int) -> int:
    """Days in "30d", "3 months", 最近90天."""
    found = _SPAN.search(said)
    days = int(found[1]) * _LONG.get(found[2][0].casefold(), 1) if found else usual
    return min(max(days, 1), 3 * 365)


def satisfaction(turn: Turn, kind: str, days: int, *, picture: bool = False) -> Reply:
    """One kind of score over all surveys: this stretch, the one before, and how it went."""
    rows = [row for row in asked(turn.work, kind=kind) if row.score is not None]
    now, before = (_within(turn, rows, days * at, days * (at + 1)) for at in (0, 1))
    spans = trend(rows, turn.now, turn.zone, days=_step(days), count=STRETCHES)
    if picture:
        return _picture(turn, kind, spans)
    counts = scores(now)
    body = lines(
        bold(text(kind.upper(), " · ", _("the last {n} days", n=str(days)))),
        measured(kind, counts),
        distribution(TOP[kind], counts) if counts else None,
        _("Before that: {score}", score=measured(kind, scores(before))),
        *(text(moment(span.start, "day"), ": ", _point(kind, span)) for span in spans),
    )
    chart = (Option(_("Chart"), f"report:{kind}-chart:{days}"),) if counts else ()
    return Reply(body, chart, card=turn.card() or f"report:{kind}")


def _step(days: int) -> int:
    """The length of a point of the trend: a few of them make the span."""
    return max(1, -(-days // STRETCHES))


def _within(turn: Turn, rows: Sequence[Asked], newest: int, oldest: int) -> list[Asked]:
    since, until = turn.now - timedelta(days=oldest), turn.now - timedelta(days=newest)
    return [row for row in rows if since < (row.finished or row.sent) <= until]


def _point(kind: str, span: Span) -> Text:
    n = rules.total(span.scores)
    return text(f"{short(kind, span.scores)} (n = {n})") if n else _("no answers")


def _picture(turn: Turn, kind: str, spans: Sequence[Span]) -> Reply:
    there = [span for span in spans if span.scores]
    if not there:
        return Reply(_("No answers yet."), toast=True)
    labels = [span.start.astimezone(turn.zone).strftime("%m-%d") for span in there]
    values = [float(short(kind, span.scores).rstrip(" %")) for span in there]
    show(turn, Chart("trend", kind.upper(), labels, (Series(kind.upper(), values),)))
    return Reply(_("The picture comes in a moment."), toast=True)


def repeat(turn: Turn) -> Reply:
    """How many buy again, how soon, how active customers are, and what they buy."""
    orders = orders_of(turn.work, since=turn.now - YEAR)
    again = [dates for dates in orders.values() if len(dates) > 1]
    gaps = [(later - sooner).days for dates in again for (sooner, _a), (later, _b) in pairwise(dates)]
    count = sum(map(len, orders.values()))
    total = sum(amount for dates in orders.values() for _at, amount in dates)
    everybody, active = in_touch(turn.work, CONTACT)
    bought = ", ".join(f"{what} ({n})" for what, n in what_was_bought(turn.work, turn.now - YEAR))
    if not orders:
        return Reply(lines(_("No orders in the last 12 months."), _("An order: /order Acme 120000 pumps")))
    body = lines(
        bold(_("Buying again, the last 12 months")),
        _(
            "{again} of {buyers} buyers ordered again: {share} %",
            again=str(len(again)),
            buyers=str(len(orders)),
            share=number(rules.share(len(again), len(orders)).value, 2),
        ),
        _("{n} days between two orders (median)", n=number(median(gaps))) if gaps else None,
        _(
            "{n} orders a buyer, {sum} an order",
            n=number(count / len(orders), 1),
            sum=money(round(total / count), turn.workspace.currency),
        ),
        _("Bought most: {what}", what=bought) if bought else None,
        _(
            "In touch within 30 days: {active} of {all} customers ({share} %)",
            active=str(active),
            all=str(everybody),
            share=number(rules.share(active, everybody).value),
        ),
    )
    return Reply(body, (Option(_("Score and buying again"), "report:loyalty"),), card=turn.card() or "report:repeat")


def loyalty(turn: Turn) -> Reply:
    """Satisfied is not loyal: of each band, who ordered after they had answered, and who brought somebody."""
    first = _first_scores(asked(turn.work, since=turn.now - YEAR))
    orders, brought = orders_of(turn.work, sorted(first)), referrers(turn.work)
    rows, quiet = [], 0
    for band, name in BANDS.items():
        theirs = [row for row in first.values() if rules.band(row.kind, row.score or 0) == band]
        again = [row for row in theirs if _ordered_after(orders.get(row.customer, ()), row)]
        referred = sum(row.customer in brought for row in theirs)
        quiet += len(theirs) - len(again) if band == "high" else 0
        rows.append(_band(name, len(theirs), len(again), referred))
    if not first:
        return Reply(_("Nobody has given a score in the last 12 months."))
    body = lines(
        bold(_("Score and buying again, the last 12 months")),
        *rows,
        _("Satisfied is not loyal: {n} satisfied customers have ordered nothing since.", n=str(quiet))
        if quiet
        else None,
    )
    return Reply(body, (Option(_("Buying again"), "report:repeat"),), card=turn.card() or "report:loyalty")


def _first_scores(rows: Sequence[Asked]) -> dict[int, Asked]:
    """The earliest score of each customer in the span: what came after it is looked at."""
    found: dict[int, Asked] = {}
    for row in sorted(rows, key=_answered):
        if row.score is not None and row.kind in TOP:
            found.setdefault(row.customer, row)
    return found


def _answered(row: Asked) -> datetime:
    return row.finished or row.sent


def _ordered_after(orders: Sequence[tuple[datetime, int]], row: Asked) -> bool:
    return any(at > _answered(row) for at, _amount in orders)


def _band(name: Text, customers: int, again: int, referred: int) -> Text:
    share = number(rules.share(again, customers).value)
    counts = ngettext(
        "{n} customer, {again} ordered since ({share} %), {referred} brought somebody",
        "{n} customers, {again} ordered since ({share} %), {referred} brought somebody",
        customers,
        again=str(again),
        share=share,
        referred=str(referred),
    )
    return text("• ", bold(name), ": ", counts)
