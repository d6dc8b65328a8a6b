"""The figures as pictures: which, and in whose words."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Reply
from bot.core.text import Part, Text, code, lines, moment, plain
from bot.core.text import gettext as _
from flows.arguments import READERS, Found
from flows.day.cards import METRICS, PERIODS, shown_value
from flows.day.figures import everybody, this, value, weeks
from flows.day.rules import metric_in, period_in, ranked
from flows.deals import actions as deals
from flows.deals.rules import bottleneck, funnel, pipeline
from flows.pictures.charts import Chart, Series
from flows.pictures.steps import show
from flows.promises.actions import owed
from flows.promises.rules import kept
from flows.rhythm.actions import rhythm_of
from flows.turn import Turn
from store.models import Customer

WEEKS = 12


def chart_of(turn: Turn, wanted: str) -> Reply | Text:
    """By its name, or a customer's."""
    head, _space, rest = wanted.partition(" ")
    if head.casefold() in ("funnel", "漏斗", "转化"):
        return _drawn(turn, _funnel(turn))
    if head.casefold() in ("pipeline", "管道", "商机"):
        return _drawn(turn, _pipeline(turn))
    if head.casefold() in ("trend", "趋势", "走势"):
        metric, _words = metric_in(rest)
        return _drawn(turn, _trend(turn, metric or "contacts"))
    if head.casefold() in ("top", "排名", "排行"):
        if not turn.workspace.settings.get("ranking"):
            return _("Rankings are switched off here.")
        metric, words = metric_in(rest)
        period, _words = period_in(words)
        return _drawn(turn, _top(turn, metric or "contacts", period or "week"))
    outcome = READERS[Customer](turn, wanted)
    if isinstance(outcome, Found):
        return _drawn(turn, _radar(turn, outcome.value))
    return lines(
        _("I know no such picture."),
        _("Example: {example}", example=code(_("/chart funnel"))),
        code(_("/chart trend calls")),
    )


def _drawn(turn: Turn, chart: Chart | None) -> Reply | Text:
    if chart is None:
        return _("There is nothing to draw yet.")
    show(turn, chart)
    return Reply(_("I am drawing it."), toast=True)


def _said(turn: Turn, part: Part) -> str:
    return plain((part if isinstance(part, Text) else Text((part,))).resolve(turn.words))


def _funnel(turn: Turn) -> Chart | None:
    passed = funnel(deals.steps(turn), deals.reached(turn))
    if not any(one.count for one in passed):
        return None
    narrow = bottleneck(passed)
    shown = tuple(f"{one.count}" + (f" · {one.share}%" if one.share is not None else "") for one in passed)
    note = (
        _said(turn, _("Most stay behind before {stage}.", stage=narrow.name))
        if narrow and (narrow.share or 0) < 100
        else ""
    )
    title = _said(turn, _("Funnel of the last 12 months"))
    names = tuple(one.name for one in passed)
    return Chart("funnel", title, names, (Series("", tuple(float(one.count) for one in passed), shown),), note)


def _pipeline(turn: Turn) -> Chart | None:
    currency = turn.workspace.currency
    sales = [deals.sale(deal) for deal in turn.work.deals.open() if deal.currency == currency]
    rows = pipeline(deals.steps(turn), sales)
    if not any(row.count for row in rows):
        return None
    shown = tuple(f"{row.count} · {_said(turn, shown_value(turn, 'won', row.amount))}" for row in rows)
    values = Series("", tuple(float(row.amount) for row in rows), shown)
    return Chart("bars", _said(turn, _("The pipeline")), tuple(row.name for row in rows), (values,))


def _trend(turn: Turn, metric: str) -> Chart | None:
    found = weeks(turn, metric, WEEKS)
    if not any(number for _first, number in found):
        return None
    labels = tuple(f"{first.month}/{first.day}" for first, _number in found)
    shown = tuple(_said(turn, shown_value(turn, metric, number)) for _first, number in found)
    title = _said(turn, _("{metric}, week by week", metric=METRICS[metric]))
    return Chart("trend", title, labels, (Series("", tuple(float(number) for _first, number in found), shown),))


def _top(turn: Turn, metric: str, period: str) -> Chart | None:
    when = this(turn, period)
    values = {id: value(turn, metric, figures, id, when) for id, figures in everybody(turn, when).items()}
    names = {member.id: member.name for member in turn.work.people.members()}
    rows = ranked(values)[:10]
    if not rows:
        return None
    shown = tuple(_said(turn, shown_value(turn, metric, number)) for _place, _id, number in rows)
    title = _said(turn, _("{metric}, {period}", metric=METRICS[metric], period=PERIODS[period]))
    values_ = Series("", tuple(float(number) for _place, _id, number in rows), shown)
    until = moment((when.end - timedelta(days=1)).astimezone(turn.zone).date(), "day")
    since = moment(when.start.astimezone(turn.zone).date(), "day")
    note = _said(turn, _("{since} to {until}", since=since, until=until))
    return Chart("bars", title, tuple(names.get(id, "?") for _place, id, _number in rows), (values_,), note)


def _radar(turn: Turn, customer: Customer) -> Chart:
    """Five sides of a customer, each from 0 to 100."""
    days = (turn.now - (customer.last_touch or customer.created)).days
    fresh = max(0, 100 - round(100 * days / max(3 * rhythm_of(turn, customer), 1)))
    open_deals = [deal for deal in turn.work.deals.of_customer(customer.id) if deal.state == "open"]
    chance = max((deals.stage_of(turn, deal).chance for deal in open_deals), default=0)
    scores = [i.score for i in turn.work.feedback.invitations(customer.id, limit=5) if i.score is not None]
    happy = round(sum(min(score, 5) for score in scores) * 20 / len(scores)) if scores else 0
    mine = [owed(p) for p in turn.work.promises.since(turn.now - timedelta(days=365)) if p.customer == customer.id]
    rate = kept(mine, turn.now - timedelta(days=365), turn.now).rate
    busy = min(100, 10 * len(turn.work.activities.last(customer.id, limit=10)))
    parts = (
        (_("fresh contact"), fresh),
        (_("how much we talk"), busy),
        (_("chance of a deal"), chance),
        (_("satisfaction"), happy),
        (_("promises kept"), rate if rate is not None else 0),
    )
    values = Series(customer.name, tuple(float(n) for _label, n in parts), tuple(str(n) for _label, n in parts))
    return Chart("radar", customer.name, tuple(_said(turn, label) for label, _n in parts), (values,))
