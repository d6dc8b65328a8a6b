"""Counting tickets by kind and theme, and telling whoever should know that something rises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from bot.core.messages import Reply
from bot.core.text import Text, bold, lines, ngettext, text
from bot.core.text import gettext as _
from flows.alerts.rules import SERVICE
from flows.reminders.rules import next_clock
from flows.router import MANAGERS
from flows.themes.rules import fitting
from flows.tickets.rules import KINDS
from flows.tiers.settings import keep
from flows.trends.rules import REST, WEEKS, Trend, trends
from flows.turn import Turn, alert
from flows.words import zone_of
from store.models import Theme, Ticket, Timer

DAILY = "trends"
LOOK = time(9, 30)
"""On the firm's clock, when the night's tickets are in and people are there to act."""
LOOKED = timedelta(weeks=WEEKS + 2)
SHOWN = 3


def watch(turn: Turn) -> None:
    """The first ticket of a firm starts the daily look."""
    if not turn.work.find(Timer, kind=DAILY, state="waiting"):
        plan(turn)


def plan(turn: Turn) -> None:
    """The next look: tomorrow at half past nine, or today if that is still to come."""
    turn.work.timers.move(DAILY, "", next_clock(turn.now, LOOK, zone_of(turn.workspace.zone)))


def counted(turn: Turn) -> Mapping[str, list[Ticket]]:
    """The tickets of the last weeks by "kind:…" and "theme:…"; one ticket may be of several."""
    found: dict[str, list[Ticket]] = {}
    themes = turn.work.find(Theme)
    for ticket in turn.work.desk.since(turn.now - LOOKED):
        if ticket.state == "merged":
            continue
        found.setdefault(f"kind:{ticket.kind}", []).append(ticket)
        for theme in themes:
            if fitting(theme.words, ticket.title):
                found.setdefault(f"theme:{theme.id}", []).append(ticket)
    return found


def rising(turn: Turn, tickets: Mapping[str, Sequence[Ticket]]) -> list[Trend]:
    """What has come up more than chance explains, as of today on the firm's clock."""
    zone = zone_of(turn.workspace.zone)
    days = {key: [row.opened.astimezone(zone).date() for row in rows] for key, rows in tickets.items()}
    first = min((day for dates in days.values() for day in dates), default=turn.now.astimezone(zone).date())
    return trends(days, turn.now.astimezone(zone).date(), first)


def tell(turn: Turn) -> None:
    """Each trend once in its rest, where the service desk is; without such a room, the managers."""
    tickets = counted(turn)
    told: dict[str, str] = dict(turn.workspace.settings.get("trends", {}))
    today = turn.now.astimezone(zone_of(turn.workspace.zone)).date()
    fresh = [
        trend
        for trend in rising(turn, tickets)
        if trend.theme not in told or today - date.fromisoformat(told[trend.theme]) >= REST
    ]
    if not fresh:
        return
    keep(turn, "trends", {**told, **{trend.theme: today.isoformat() for trend in fresh}})
    reply = alert(lines(*(part for trend in fresh for part in described(turn, trend, tickets[trend.theme]))))
    rooms = turn.work.people.rooms(SERVICE)
    for room in rooms:
        turn.say_to(room, reply)
    for member in turn.work.people.members() if not rooms else ():
        if member.role in MANAGERS:
            turn.message_member(member, reply, "alert")


def described(turn: Turn, trend: Trend, tickets: Sequence[Ticket]) -> list[Text | str]:
    """What rises, how much, and the last of them."""
    usual = f"{trend.usual:.1f}".removesuffix(".0")
    head = _("More than usual: {what}", what=name_of(turn, trend.theme))
    count = ngettext("{n} in the last 7 days", "{n} in the last 7 days", trend.now)
    last = sorted(tickets, key=lambda row: -row.id)[:SHOWN]
    rows: list[Text | str] = [text(f"• T-{row.number} · {row.title}") for row in last]
    return [bold(head), text(count, ", ", _("usually {n} a week", n=usual)), *rows]


def name_of(turn: Turn, theme: str) -> Text:
    """What people call it."""
    what, _colon, value = theme.partition(":")
    if what == "kind":
        return KINDS.get(value, text(value))
    row = turn.work.get(Theme, int(value))
    return text(row.name if row else value)


def week(turn: Turn) -> Reply:
    """Each kind and theme: this week beside the usual one, what rises first."""
    tickets = counted(turn)
    if not tickets:
        return Reply(_("No ticket in the last weeks, so there is nothing to compare."))
    high = {trend.theme: trend for trend in rising(turn, tickets)}
    since = turn.now - timedelta(days=7)
    rows = []
    for key, found in sorted(tickets.items(), key=lambda item: (item[0] not in high, -len(item[1]))):
        now = sum(row.opened > since for row in found)
        weeks = max(1, min(WEEKS, (turn.now - min(row.opened for row in found)).days // 7))
        usual = f"{(len(found) - now) / weeks:.1f}".removesuffix(".0")
        mark = "▲ " if key in high else "• "
        rows.append(text(mark, name_of(turn, key), f": {now} · ", _("usually {n} a week", n=usual)))
    return Reply(lines(bold(_("The last 7 days")), *rows))
