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
    """From now or later on, until a moment or until they say so; a colleague is told by whoever put them down."""
    back = _resolved(turn, member, away.back, working=True) if away.back else None
    start = _resolved(turn, member, away.start, working=False) if away.start else None
    if back is not None and back <= turn.now:
        return Reply(lines(_("That time has passed."), _example()))
    start = start if start is not None and start > turn.now else None
    member = _put_down(turn, member, start, back)
    if member.id != turn.me().id:
        return _told_of(turn, member, start)
    turn.member = member
    if start is not None:
        return Reply(_from_then(start, back), (_back_option(),), card=f"duty:{member.id}:away")
    return away_card(turn, member)


def _put_down(turn: Turn, member: Member, start: datetime | None, back: datetime | None) -> Member:
    """The rows and the timers of a leave; one that is still to come leaves them here until then."""
    member = turn.work.change(member, back=back, duty="on" if start is not None else "off")
    turn.work.timers.cancel(BACK, str(member.id))
    turn.work.timers.cancel(LEAVE, str(member.id))
    if back is not None:
        turn.work.timers.set(BACK, str(member.id), back)
    if start is not None:
        turn.work.timers.set(LEAVE, str(member.id), start)
    return member


def _told_of(turn: Turn, member: Member, start: datetime | None) -> Reply:
    """For whoever put a colleague down as away; the colleague hears it too, and may say otherwise."""
    by = turn.me().name
    mine = _from_then(start, member.back) if start is not None else _until(member)
    told = Reply(lines(_("{name} has put you down as away.", name=by), mine), (_back_option(),))
    turn.message_member(member, told, "team")
    deputy = stand_in(turn, member)
    deputy = deputy if deputy is not None and deputy.id != member.id else None
    goes = _("What comes for {name} goes to {deputy}.", name=member.name, deputy=deputy.name) if deputy else None
    none = _("What comes for {name} goes to whoever is free.", name=member.name) if start is None else None
    here = Option(_("{name} is here", name=member.name), f"away-other:{member.id}")
    return Reply(lines(_away_of(member, start), goes or none), (here,), card=f"duty:{member.id}:put")


def _away_of(member: Member, start: datetime | None) -> Text:
    """When a colleague is away, in the third person."""
    values = {"name": member.name}
    until = moment(member.back, "short") if member.back else None
    if start is None:
        return _("{name} is away until {when}.", **values, when=until) if until else _("{name} is away.", **values)
    since = moment(start, "short")
    if until is None:
        return _("{name} is away from {start}.", **values, start=since)
    return _("{name} is away from {start} until {back}.", **values, start=since, back=until)


def absence(turn: Turn, member: Member) -> Text | None:
    """When they are away, now or soon; None for who is here."""
    if member.duty == "off":
        return _away_of(member, None)
    start = _leave_of(turn, member)
    return _away_of(member, start) if start is not None else None


def _leave_of(turn: Turn, member: Member) -> datetime | None:
    """When a leave that is still to come begins."""
    waiting = turn.work.find(Timer, kind=LEAVE, subject=str(member.id), state="waiting")
    return next((timer.due for timer in waiting if timer.due > turn.now), None)


def planned_card(turn: Turn, member: Member) -> Reply | None:
    """A leave that is still to come, which whoever is here now may drop; None where there is none."""
    start = _leave_of(turn, member)
    if start is None:
        return None
    body = lines(
        _("Good to have you here. Your leave stays:"),
        _from_then(start, member.back),
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


def here_again(turn: Turn, member: Member) -> Reply:
    """Said of a colleague, who hears it too."""
    come_back(turn, member)
    turn.message_member(
        member,
        Reply(_("{name} says that you are back: what comes for you comes to you again.", name=turn.me().name)),
        "team",
    )
    return Reply(
        _("{name} is here: what comes for them comes to them again.", name=member.name), card=f"duty:{member.id}:put"
    )


def away_card(turn: Turn, member: Member) -> Reply:
    """What was understood, who stands in, and what waits for an answer of theirs."""
    deputy = stand_in(turn, member)
    waiting = waiting_for(turn, member)
    body = lines(
        _until(member),
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


def _until(member: Member) -> Text:
    until = moment(member.back, "short") if member.back else None
    return _("You are away until {when}.", when=until) if until else _("You are away until you say “I am back”.")


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
