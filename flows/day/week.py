"""The week of a manager, and how good the data are."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, ngettext, text
from bot.core.text import gettext as _
from flows.day.cards import done_text
from flows.day.figures import all_together, everybody, span, this, today_of
from flows.day.rules import began
from flows.deals import actions as deals
from flows.deals.cards import whole_sum
from flows.deals.rules import cycle, pipeline
from flows.promises.actions import owed
from flows.promises.rules import kept
from flows.reports.service import bounced
from flows.turn import Turn

WEEK = timedelta(days=7)


def week_card(turn: Turn) -> Reply:
    """What was done, beside the week before; deals, promises, what is overdue."""
    now = this(turn, "week")
    found = everybody(turn, now)
    monday = began("week", today_of(turn))
    before = len(all_together(everybody(turn, span(turn, monday - WEEK, monday))).done)
    whole = all_together(found)
    names = {member.id: member.name for member in turn.work.people.members()}
    promised = kept([owed(p) for p in turn.work.promises.since(now.start)], now.start, turn.now)
    currency = turn.workspace.currency
    rows = pipeline(deals.steps(turn), [deals.sale(d) for d in turn.work.deals.open() if d.currency == currency])
    won = sum(deal.amount or 0 for deal in whole.won if deal.currency == currency)
    body = lines(
        bold(_("The week")),
        _("Contacts and notes: {n}, the week before {before}", n=len(whole.done), before=before),
        *(text("• ", names[id], ": ", done_text(turn, figures)) for id, figures in found.items() if figures.done),
        text()
        if not (whole.won or whole.lost)
        else text(
            ngettext("{n} deal won", "{n} deals won", len(whole.won)),
            text(" ", whole_sum(won, currency)) if won else "",
            " · ",
            ngettext("{n} lost", "{n} lost", len(whole.lost)),
        ),
        _(
            "Pipeline {sum}, likely {likely}",
            sum=whole_sum(sum(r.amount for r in rows), currency),
            likely=whole_sum(sum(r.likely for r in rows), currency),
        ),
        _("Promises kept in time: {n}%", n=promised.rate) if promised.rate is not None else None,
        _overdue(turn),
        *_passed_around(turn),
    )
    return Reply(body, (Option(_("Chart"), "chart:trend"), Option(_("Team"), "team")))


def _passed_around(turn: Turn) -> list[Text]:
    found = bounced(turn, 7)
    return [bold(_("Moved twice or more")), *(row for _id, row in found)] if found else []


def _overdue(turn: Turn) -> Text | None:
    counts = {
        member.name: sum(not r.acted for r in turn.work.reminders.open(member.id, turn.now))
        for member in turn.work.people.members()
    }
    parts = [f"{name} {count}" for name, count in counts.items() if count]
    return _("Overdue: {who}", who=" · ".join(parts)) if parts else None


def quality_card(turn: Turn) -> Reply:
    """How long a sale takes, how complete the cards are, who has logged in the last seven days."""
    year = timedelta(days=365)
    closed = [deals.sale(deal) for deal in turn.work.deals.closed(turn.now - year, turn.now + timedelta(minutes=1))]
    days = cycle(closed)
    today = today_of(turn)
    recent = everybody(turn, span(turn, today - timedelta(days=6), today + timedelta(days=1)))
    members = [member for member in turn.work.people.members() if member.role != "viewer"]
    active = [member for member in members if recent.get(member.id) and recent[member.id].done]
    quiet = [member.name for member in members if member not in active]
    customers = [c for member in members for c in turn.work.customers.owned_by(member.id)]
    whole = [c for c in customers if c.phone or c.email or turn.work.customers.contacts(c.id)]
    touched = [c for c in customers if c.last_touch]
    body = lines(
        bold(_("Quality")),
        _("From the beginning to the yes: {n} days", n=days) if days is not None else _("No deal is won yet."),
        _("{n}% of customers have somebody to call", n=_percent(len(whole), len(customers))),
        _("{n}% of customers have a logged contact", n=_percent(len(touched), len(customers))),
        _("{n} of {all} colleagues logged something in 7 days", n=len(active), all=len(members)),
        _("Nothing yet from {names}", names=join(", ", quiet)) if quiet else None,
    )
    return Reply(body)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 100
