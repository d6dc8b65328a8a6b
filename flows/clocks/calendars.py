"""The firm's calendar and each member's own, from the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from flows.clocks import rules
from flows.clocks.rules import Blocks, Calendar, week_of
from flows.reminders.calendars import days_of, zone_at
from flows.turn import Turn
from flows.understanding.workdays import kind_of_day
from flows.words import zone_of
from store.models import Hours, Member

FIRM = 0
"""Whose hours these are, when they are the firm's."""


class Calendars:
    """Of the firm, and of members who keep hours of their own; read once, for all who are asked about."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._rows: dict[int, dict[str, Blocks]] = defaultdict(dict)
        for row in turn.work.find(Hours):
            self._rows[row.member][row.day] = tuple((start, end) for start, end in row.blocks)
        self.firm = self._calendar(turn.workspace.zone, self._rows[FIRM], self._rows[FIRM])

    def of(self, member: Member) -> Calendar:
        """The member's own hours by the member's own wall; the firm's for who has none; its days off are theirs."""
        own = self._rows.get(member.id, {})
        if not own:
            return self.firm
        if not any(day.isdigit() for day in own):
            return self._calendar(self._turn.workspace.zone, self._rows[FIRM], {**self._rows[FIRM], **own})
        closed = {day: blocks for day, blocks in self._rows[FIRM].items() if not blocks}
        return self._calendar(zone_at(self._turn, member), own, {**closed, **own})

    def _calendar(self, zone: str, week: Mapping[str, Blocks], dated: Mapping[str, Blocks]) -> Calendar:
        context = days_of(self._turn)
        by_weekday = {int(day): blocks for day, blocks in week.items() if day.isdigit()}
        by_date = {date.fromisoformat(day): blocks for day, blocks in dated.items() if not day.isdigit()}
        return Calendar(zone_of(zone), week_of(by_weekday, by_date, lambda day: kind_of_day(day, context)))


def firm_calendar(turn: Turn) -> Calendar:
    """When the firm is there."""
    return Calendars(turn).firm


def is_open(turn: Turn, moment: datetime | None = None) -> bool:
    """Whether the firm is there at a moment, or now."""
    return rules.is_open(firm_calendar(turn), moment or turn.now)


def opens_next(turn: Turn, moment: datetime | None = None) -> datetime | None:
    """When somebody is there next; the moment itself while it is open."""
    return rules.next_open(firm_calendar(turn), moment or turn.now)
