"""The figures of a day, a week, a month: counted from the rows, so that what was undone is gone from them too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.clocks.counting import firsts
from flows.clocks.figures import answers
from flows.day.rules import KINDS, Did, Span, began, counted, ended
from flows.promises.actions import owed
from flows.promises.rules import kept
from flows.reminders.calendars import zone_at
from flows.reminders.rules import instant
from flows.turn import Turn
from flows.words import zone_of
from store.figures import done_between
from store.models import Deal, Member


@dataclass(frozen=True, slots=True)
class Figures:
    """What one member did in a stretch of time."""

    done: Sequence[Did]
    opened: Sequence[Deal]
    won: Sequence[Deal]
    lost: Sequence[Deal]

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.done or self.opened or self.won or self.lost)


def today_of(turn: Turn, member: Member | None = None) -> date:
    """The day on the member's clock, or on the firm's."""
    zone = zone_at(turn, member) if member else turn.workspace.zone
    return turn.now.astimezone(zone_of(zone)).date()


def span(turn: Turn, first: date, last: date, member: Member | None = None) -> Span:
    """From the first moment of a day to the first moment of another, on the member's clock or the firm's."""
    zone = zone_of(zone_at(turn, member) if member else turn.workspace.zone)
    return Span(instant(datetime.combine(first, time()), zone), instant(datetime.combine(last, time()), zone))


def this(turn: Turn, period: str, member: Member | None = None) -> Span:
    """The day, week or month that is now."""
    today = today_of(turn, member)
    return span(turn, began(period, today), ended(period, today), member)


def everybody(turn: Turn, when: Span) -> Mapping[int, Figures]:
    """Member → figures, of all who belong to the firm."""
    zone = zone_of(turn.workspace.zone)
    done = [
        Did(a.member, a.customer, a.kind, a.text, a.at.astimezone(zone).date())
        for a in done_between(turn.work, when.start, when.end)
        if a.member and a.direction == "out"
    ]
    real = counted(done)
    closed = turn.work.deals.closed(when.start, when.end)
    opened = [deal for deal in turn.work.deals.open() if when.start <= deal.opened < when.end]
    opened += [deal for deal in closed if when.start <= deal.opened < when.end]
    return {
        member.id: Figures(
            [one for one in real if one.member == member.id],
            [deal for deal in opened if deal.member == member.id],
            [deal for deal in closed if deal.member == member.id and deal.state == "won"],
            [deal for deal in closed if deal.member == member.id and deal.state == "lost"],
        )
        for member in turn.work.people.members()
    }


def of(turn: Turn, member: Member, when: Span) -> Figures:
    """One member's."""
    return everybody(turn, when).get(member.id, Figures((), (), (), ()))


def value(turn: Turn, metric: str, figures: Figures, member: int | None, when: Span) -> int:
    """One number: how many, for "won" how much, for "kept" how many percent."""
    if metric in KINDS:
        return sum(one.kind in KINDS[metric] for one in figures.done)
    if metric == "deals":
        return len(figures.opened)
    if metric == "won":
        return sum(deal.amount or 0 for deal in figures.won if deal.currency == turn.workspace.currency)
    if metric == "frt":
        some = [one for one in firsts(turn, when.start, when.end) if member is None or one.member == member]
        found = answers(some)
        return found.median if found else 0
    promised = [p for p in turn.work.promises.since(when.start) if member is None or p.member == member]
    return kept([owed(p) for p in promised], when.start, min(when.end, turn.now)).rate or 0


def all_together(found: Mapping[int, Figures]) -> Figures:
    """The whole firm's."""
    every = list(found.values())
    return Figures(
        [one for f in every for one in f.done],
        [deal for f in every for deal in f.opened],
        [deal for f in every for deal in f.won],
        [deal for f in every for deal in f.lost],
    )


def weeks(turn: Turn, metric: str, count: int) -> list[tuple[date, int]]:
    """The firm's number of each of the last weeks, the oldest first."""
    monday = began("week", today_of(turn))
    found = []
    for back in range(count - 1, -1, -1):
        first = monday - timedelta(days=7 * back)
        when = span(turn, first, first + timedelta(days=7))
        found.append((first, value(turn, metric, all_together(everybody(turn, when)), None, when)))
    return found
