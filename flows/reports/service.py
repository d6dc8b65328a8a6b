"""The service in numbers: first answers, solved at the first contact, channels, what was moved on."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, ngettext, plain, text
from bot.core.text import gettext as _
from flows.arrival import platform_name
from flows.clocks.counting import at_once, firsts, phases
from flows.clocks.figures import Answers, answers, by_member, by_ticket, counted, path, sparkline, weeks
from flows.clocks.targets import span_text
from flows.pictures.charts import Chart, Series
from flows.pictures.steps import show
from flows.tickets.actions import number_of
from flows.turn import Turn
from store.models import Member

WEEKS, MOVED, SHOWN = 8, 2, 10
_SOON = timedelta(minutes=1)
_SOURCES = {
    "phone": _("phone"),
    "visit": _("visit"),
    "email": _("e-mail"),
    "website": _("website"),
    "wechat": _("WeChat"),
    "": _("unknown"),
}


def first_answers(turn: Turn, days: int) -> Reply:
    """How long customers wait for the first words of a person, in open time."""
    found = firsts(turn, *_span(turn, days))
    whole = answers(found)
    if whole is None:
        return _empty(_("First answer"), days)
    names = {member.id: member.name for member in turn.work.people.members()}
    people = [(names.get(id, "?"), one) for id, some in by_member(found).items() if (one := answers(some))]
    body = lines(
        _head(_("First answer"), days),
        _numbers(whole),
        *(text("• ", name, ": ", _numbers(one)) for name, one in sorted(people, key=lambda p: p[1].median)),
        _trend(turn),
        _waiting(turn),
    )
    return Reply(body, (Option(_("Chart"), "service-chart"),), card=turn.card() or "report")


def _numbers(found: Answers) -> Text:
    if found.count == 1:
        span = span_text(found.mean)
        if found.hit:
            return _("1 request, answered after {span}, in the promised time", span=span)
        return _("1 request, answered after {span}, later than promised", span=span)
    return _(
        "half of {n} within {median}, {mean} on average, {hit} % in the promised time",
        n=str(found.count),
        median=span_text(found.median),
        mean=span_text(found.mean),
        hit=str(found.hit),
    )


def _trend(turn: Turn) -> Text | None:
    """The median of each of the last weeks."""
    found = _weeks(turn)
    values = [one.median if one else None for _start, one in found]
    if sum(value is not None for value in values) < 2:
        return None
    return _("The last {n} weeks: {bars}, now {now}", n=str(WEEKS), bars=sparkline(values), now=_last(values))


def _last(values: list[int | None]) -> Text:
    return next((span_text(value) for value in reversed(values) if value is not None), text("–"))


def _weeks(turn: Turn) -> list[tuple[datetime, Answers | None]]:
    return weeks(firsts(turn, *_span(turn, 7 * WEEKS)), turn.now + _SOON, WEEKS)


def _waiting(turn: Turn) -> Text | None:
    late = [clock for clock in turn.work.desk.running() if clock.kind == "first" and clock.due < turn.now]
    return ngettext("{n} waits too long now.", "{n} wait too long now.", len(late)) if late else None


def trend_picture(turn: Turn) -> Reply:
    """The median of each week, drawn."""
    found = [(start, one) for start, one in _weeks(turn) if one is not None]
    if not found:
        return Reply(_("There is nothing to draw yet."), toast=True)
    labels = tuple(f"{start.astimezone(turn.zone).month}/{start.astimezone(turn.zone).day}" for start, _one in found)
    shown = tuple(plain(span_text(one.median).resolve(turn.words)) for _start, one in found)
    title = plain(_("First answer, week by week").resolve(turn.words))
    show(turn, Chart("trend", title, labels, (Series("", tuple(float(one.median) for _s, one in found), shown),)))
    return Reply(_("I am drawing it."), toast=True)


def first_contact(turn: Turn, days: int) -> Reply:
    """How much was solved with one answer, and stayed so for seven days."""
    since, until = _span(turn, days)
    whole, once = at_once(turn, since, until)
    if not whole:
        return _empty(_("Solved at the first contact"), days)
    before, once_before = at_once(turn, since - timedelta(days=days), since)
    body = lines(
        _head(_("Solved at the first contact"), days),
        _(
            "{once} of {n} solved requests ({part} %)",
            once=str(once),
            n=str(whole),
            part=str(round(100 * once / whole)),
        ),
        _("Before that: {part} %", part=_percent(once_before, before)) if before else None,
        _("One answer, and not opened again within 7 days."),
    )
    return Reply(body, card=turn.card() or "report")


def _percent(some: int, whole: int) -> str:
    return str(round(100 * some / whole))


def channels(turn: Turn, days: int) -> Reply:
    """How many requests came by which way."""
    since, _until = _span(turn, days)
    found = counted([ticket.source for ticket in turn.work.desk.since(since)])
    if not found:
        return _empty(_("Requests by channel"), days)
    whole = sum(count for _source, count in found)
    rows = [
        text("• ", _SOURCES.get(source) or platform_name(source), f": {count} ({round(100 * count / whole)} %)")
        for source, count in found
    ]
    return Reply(lines(_head(_("Requests by channel"), days), *rows), card=turn.card() or "report")


def bounces(turn: Turn, days: int) -> Reply:
    """What went from one to the next twice or more, and by which way."""
    found = bounced(turn, days)
    if not found:
        return Reply(
            lines(_head(_("Moved twice or more"), days), _("Nothing was passed around.")), card=turn.card() or "report"
        )
    shown = lines(_head(_("Moved twice or more"), days), *(row for _id, row in found[:SHOWN]))
    options = tuple(Option(text(number_of(t)), f"ticket:{id}") for id, _r in found[:4] if (t := turn.work.desk.get(id)))
    return Reply(shown, options, card=turn.card() or "report")


def bounced(turn: Turn, days: int) -> list[tuple[int, Text]]:
    """Ticket and its way, the longest first."""
    names = {member.id: member.name for member in turn.work.find(Member)}
    ways = {id: path(some) for id, some in by_ticket(phases(turn, *_span(turn, days))).items()}
    long = sorted((way for way in ways.items() if len(way[1]) > MOVED), key=lambda way: -len(way[1]))
    rows = []
    for id, way in long:
        if (ticket := turn.work.desk.get(id)) is not None:
            customer = turn.work.customers.get(ticket.customer)
            who = " → ".join(names.get(owner, "?") for owner in way)
            rows.append((id, text("• ", number_of(ticket), " · ", customer.name if customer else "", ": ", who)))
    return rows


def _span(turn: Turn, days: int) -> tuple[datetime, datetime]:
    return turn.now - timedelta(days=days), turn.now + _SOON


def _head(what: Text, days: int) -> Text:
    return bold(text(what, " · ", _("the last {n} days", n=str(days))))


def _empty(what: Text, days: int) -> Reply:
    hint = _(
        "Nothing yet. It is counted from requests of customers: {example}",
        example=code(_("/ticket Acme the pump leaks")),
    )
    return Reply(lines(_head(what, days), hint), card="report")
