"""On duty, away, and back again: what happens to work that is there, and to work that comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.core.messages import Option, Reply
from bot.core.text import Text, code, lines, moment, ngettext
from bot.core.text import gettext as _
from flows.clocks.calendars import Calendars
from flows.clocks.rules import next_open
from flows.reminders.calendars import zone_at
from flows.reminders.rules import instant
from flows.routing.actions import give_out
from flows.routing.away import Away, Moment
from flows.routing.people import stand_in
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member, Ticket, Timer

BACK, LEAVE = "back", "leave"
"""Timers: an absence is over; one begins."""


def go_away(turn: Turn, member: Member, away: Away) -> Reply:
    """From now or later on, until a moment or until they say so."""
    back = _resolved(turn, member, away.back, working=True) if away.back else None
    start = _resolved(turn, member, away.start, working=False) if away.start else None
    if back is not None and back <= turn.now:
        return Reply(lines(_("That time has passed."), _example()))
    member = turn.work.change(member, back=back)
    turn.work.timers.cancel(BACK, str(member.id))
    turn.work.timers.cancel(LEAVE, str(member.id))
    if back is not None:
        turn.work.timers.set(BACK, str(member.id), back)
    if start is not None and start > turn.now:
        turn.work.timers.set(LEAVE, str(member.id), start)
        turn.member = turn.work.change(member, duty="on")
        return Reply(_from_then(start, back), (_back_option(),), card=f"duty:{member.id}:away")
    leave(turn, member)
    turn.member = turn.work.get(Member, member.id)
    return away_card(turn, turn.me())


def planned_card(turn: Turn, member: Member) -> Reply | None:
    """A leave that is still to come, which whoever is here now may drop; None where there is none."""
    waiting = turn.work.find(Timer, kind=LEAVE, subject=str(member.id), state="waiting")
    starts = [timer.due for timer in waiting if timer.due > turn.now]
    if not starts:
        return None
    body = lines(
        _("Good to have you here. Your leave stays:"),
        _from_then(starts[0], member.back),
    )
    return Reply(body, (Option(_("Drop that leave"), "away-back"),), card=f"duty:{member.id}:away")


def leave(turn: Turn, member: Member) -> Member:
    """Away from now on."""
    return turn.work.change(member, duty="off")


def come_back(turn: Turn, member: Member) -> list[Ticket]:
    """There again: what waits comes to them, in order; the deputy stays for the next time."""
    turn.work.timers.cancel(BACK, str(member.id))
    turn.work.timers.cancel(LEAVE, str(member.id))
    turn.work.change(member, duty="on", back=None)
    return [ticket for ticket in give_out(turn) if ticket.owner == member.id]


def away_card(turn: Turn, member: Member) -> Reply:
    """What was understood, who stands in, and what waits for an answer of theirs."""
    deputy = stand_in(turn, member)
    waiting = waiting_for(turn, member)
    until = _("You are away until {when}.", when=moment(member.back, "short")) if member.back else None
    body = lines(
        until or _("You are away until you say “I am back”."),
        _("What comes for you goes to {name}.", name=deputy.name)
        if deputy
        else _(
            "Nobody stands in for you: what comes goes to whoever is free. A deputy: {example}",
            example=code(_("/deputy Bob")),
        ),
        ngettext("{n} request waits for an answer of yours.", "{n} requests wait for an answer of yours.", len(waiting))
        if waiting
        else None,
    )
    hand = Option(_("Hand them over"), "away-hand") if waiting else None
    return Reply(body, tuple(o for o in (_back_option(), hand) if o), card=f"duty:{member.id}:away")


def waiting_for(turn: Turn, member: Member) -> list[Ticket]:
    """What a member has and a customer waits for."""
    clocks = turn.work.desk.clocks
    return [
        ticket
        for ticket in turn.work.desk.of_owner(member.id)
        if ticket.state == "open" and any(clock.kind in ("first", "next") for clock in clocks(ticket.id))
    ]


def _back_option() -> Option:
    return Option(_("I am back"), "away-back", style="primary")


def _from_then(start: datetime, back: datetime | None) -> Text:
    if back is None:
        return _("You are away from {start}, until you say “I am back”.", start=moment(start, "short"))
    return _("You are away from {start} until {back}.", start=moment(start, "short"), back=moment(back, "short"))


def _resolved(turn: Turn, member: Member, said: Moment, *, working: bool) -> datetime:
    """The instant; of a day its first moment, or the first working one from then on."""
    zone = zone_of(zone_at(turn, member))
    if isinstance(said, datetime):
        return said.astimezone(UTC) if said.tzinfo else instant(said, zone)
    day: date = said
    begins = instant(datetime.combine(day, time()), zone)
    return (next_open(Calendars(turn).of(member), begins) or begins) if working else begins


def _example() -> Text:
    return _("Example: {example}", example=code(_("/off until Friday")))
