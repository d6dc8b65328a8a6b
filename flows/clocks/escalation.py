"""Who hears when a promised time runs out: owner, group, managers; and who takes care of it."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Reply, Urgency
from flows.clocks.actions import plan, used_by
from flows.clocks.cards import card_of, late_again, warning
from flows.clocks.facts import ClockLate
from flows.clocks.targets import steps_of
from flows.leads.actions import lead_of
from flows.reminders.rules import out_of_quiet
from flows.router import MANAGERS
from flows.routing.people import stand_in
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member, SlaClock, Ticket

TOPIC = "service"
"""Rooms that want the desk's news."""
OWNER, GROUP, MANAGER = 1, 2, 3
_SECOND = timedelta(seconds=1)
_ONE_GO = timedelta(minutes=10)
"""Messages of a customer that are no farther apart were written in one go."""


def wake(turn: Turn, clock: SlaClock) -> None:
    """A threshold has come, or several while nobody was awake: everybody concerned hears once."""
    ticket = turn.work.desk.get(clock.ticket)
    if ticket is None or clock.ended is not None or clock.left is not None or ticket.state != "open":
        return
    used, target = used_by(turn, clock) + _SECOND, timedelta(minutes=clock.target)
    level = sum(target * step / 100 <= used for step in steps_of(turn))
    late = clock.state == "running" and used > target
    if late:
        clock = turn.work.change(clock, state="missed", missed=clock.due)
        turn.tell(ClockLate(clock.id))
    if level > clock.warned:
        was, claimed = clock.warned, clock.claimed
        clock = turn.work.change(clock, warned=level, claimed=None)
        if claimed:
            show(turn, ticket, clock)
        if (ticket.owner or lead_of(turn, ticket.customer) is None) and not _heard_already(turn, clock):
            _escalate(turn, ticket, clock, range(was + 1, level + 1))
    plan(turn, clock)
    turn.work.for_good()


def _heard_already(turn: Turn, clock: SlaClock) -> bool:
    """Several messages in a row wait for one answer: whoever was warned of the first needs no card for each."""
    others = (
        other for other in turn.work.desk.clocks(clock.ticket) if other.id < clock.id and other.kind == clock.kind
    )
    return any(
        other.ended is None and other.warned >= clock.warned and clock.started - other.started <= _ONE_GO
        for other in others
    )


def _escalate(turn: Turn, ticket: Ticket, clock: SlaClock, levels: range) -> None:
    reply = warning(turn, ticket, clock, levels[-1])
    owner = _owner(turn, ticket)
    told: list[Member] = [owner] if owner is not None and awake(turn, owner) else []
    claimed = _claimed_elsewhere(turn, clock)
    if levels[-1] < GROUP:
        told = told or ([] if _to_rooms(turn, reply) else managers(turn))
    elif not claimed:
        rooms = GROUP in levels and _to_rooms(turn, reply)
        if MANAGER in levels or not (rooms or told):
            told += managers(turn)
    for member in {member.id: member for member in told}.values():
        turn.message_member(member, reply, "" if member == owner or awake(turn, member) else "alert")


def _to_rooms(turn: Turn, reply: Reply) -> bool:
    """To the rooms of the desk; False where there is none."""
    rooms = [room for room in turn.work.people.rooms(TOPIC) if not room.outsider]
    for room in rooms:
        turn.say_to(room, reply)
    return bool(rooms)


def _owner(turn: Turn, ticket: Ticket) -> Member | None:
    """Who has it; while they are off, who stands in."""
    owner = turn.work.get(Member, ticket.owner) if ticket.owner else None
    return stand_in(turn, owner) if owner is not None else None


def managers(turn: Turn) -> list[Member]:
    """Those who are awake; all where none is."""
    every = [member for member in turn.work.people.members() if member.role in MANAGERS]
    return [member for member in every if awake(turn, member) and member.duty == "on"] or every


def awake(turn: Turn, member: Member) -> bool:
    """Not in the quiet hours of whoever would be disturbed."""
    zone = zone_of(member.zone or turn.workspace.zone)
    return out_of_quiet(turn.now, zone, member.quiet_from, member.quiet_until) <= turn.now


def _claimed_elsewhere(turn: Turn, clock: SlaClock) -> bool:
    """Somebody takes care of the ticket already, for another clock that has not reached its next threshold."""
    return any(other.claimed and other.id != clock.id for other in turn.work.desk.clocks(clock.ticket))


def claim(turn: Turn, ticket: Ticket, clock: SlaClock, member: Member) -> None:
    """Until its next threshold nobody else hears of it; the clock goes on."""
    clock = turn.work.change(clock, claimed=member.id)
    show(turn, ticket, clock)


def show(turn: Turn, ticket: Ticket, clock: SlaClock) -> None:
    """The state of things wherever it was told of."""
    for level in range(1, len(steps_of(turn)) + 1):
        if turn.work.cards.places(card_of(clock.id, level)):
            turn.rewrite(card_of(clock.id, level), warning(turn, ticket, clock, level))


def tell_of_reopening(turn: Turn, ticket: Ticket, clock: SlaClock) -> None:
    """Late at once: the owner hears why."""
    owner = _owner(turn, ticket)
    for member in [owner] if owner is not None else managers(turn):
        turn.message_member(member, Reply(late_again(turn, ticket, clock), urgency=Urgency.ALERT), "")
