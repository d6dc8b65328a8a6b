"""The clocks of a ticket: started, paused, stopped; each of these is a row, and what comes next is a timer.

All are counted in the firm's open time. A clock that runs keeps the moment at which it is due; a paused one keeps how
much was left.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.clocks import rules
from flows.clocks.calendars import firm_calendar
from flows.clocks.facts import ClockLate, ClockStopped
from flows.clocks.targets import steps_of, targets_of
from flows.customers.facts import CustomerRewrote
from flows.relay.rules import only_courtesy
from flows.tickets.facts import (
    CustomerAnswered,
    CustomerSaid,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketSolved,
)
from flows.turn import Turn
from store.models import Line, SlaClock, Stay, StoredFile, Ticket

TIMER = "sla"
DONE = ("solved", "closed", "merged")
_SOON = timedelta(seconds=1)
"""A timer for a moment at which one has rung already would be the same one."""
SOLVING = ("solve", "total")


def opened(turn: Turn, fact: TicketOpened) -> None:
    """A request that came in waits for an answer; who writes one down while speaking to the customer has given it."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None or ticket.state in DONE:
        return
    targets = targets_of(turn, ticket)
    by_hand = turn.member is not None and ticket.conversation is None
    for kind in ("first", "solve"):
        if kind in targets and not (kind == "first" and (by_hand or ticket.answered)):
            start(turn, ticket, kind, targets[kind], ticket.opened)


def said(turn: Turn, fact: CustomerSaid) -> None:
    """After the first answer each message waits for one of its own; a polite word and what a member writes do not."""
    ticket, line = turn.work.desk.get(fact.ticket), turn.work.get(Line, fact.line)
    if ticket is None or line is None or ticket.answered is None or ticket.state in DONE:
        return
    if (
        fact.polite
        or turn.member is not None
        or (only_courtesy(line.text) and turn.work.first(StoredFile, line=line.id) is None)
    ):
        return
    if minutes := targets_of(turn, ticket).get("next"):
        start(turn, ticket, "next", minutes, line.at)


def answered(turn: Turn, fact: CustomerAnswered) -> None:
    """A person's words are there: whatever waited for an answer has it."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None:
        return
    for clock in turn.work.desk.clocks(ticket.id):
        if clock.kind in ("first", "next"):
            _stop(turn, clock)


def taken_back(turn: Turn, fact: CustomerRewrote) -> None:
    """A customer has deleted their words: nobody owes an answer to them, nor a first one where nothing is left."""
    line = turn.work.first(Line, activity=fact.activity) if fact.deleted else None
    if line is None:
        return
    there = [one for one in turn.work.desk.lines(line.ticket) if one.kind == "in" and one.state != "deleted"]
    clocks = turn.work.desk.clocks(line.ticket)
    its_own = [clock for clock in clocks if clock.kind == "next" and clock.started == line.at][:1]
    for clock in [*its_own, *(clock for clock in clocks if clock.kind == "first" and not there)]:
        _end(turn, clock, "missed" if is_late(turn, clock) else "void")


def moved(turn: Turn, fact: TicketMoved) -> None:
    """All clocks stand still while we wait for the customer, and end with the ticket."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is not None and ticket.state != fact.state:
        follow(turn, ticket)


def follow(turn: Turn, ticket: Ticket) -> None:
    """The clocks do what the state of the ticket says."""
    for clock in turn.work.desk.clocks(ticket.id):
        if ticket.state == "waiting":
            _pause(turn, clock)
        elif ticket.state == "open":
            _resume(turn, clock)
        elif ticket.state == "merged":
            _end(turn, clock, "void")
        elif clock.kind in SOLVING:
            _stop(turn, clock)
        else:
            _end(turn, clock, "missed" if is_late(turn, clock) else "void")


def solved(turn: Turn, fact: TicketSolved) -> None:
    """Solving stops every clock, also one for words that nobody has answered."""
    if (ticket := turn.work.desk.get(fact.ticket)) is not None:
        follow(turn, ticket)


def reopened(turn: Turn, fact: TicketReopened) -> SlaClock | None:
    """The first solution keeps its verdict; from now on the whole of the time that we owed something counts."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None or ticket.state in DONE:
        return None
    targets = targets_of(turn, ticket)
    if ticket.answered is None and "first" in targets and not _running(turn, ticket, "first"):
        start(turn, ticket, "first", targets["first"], turn.now)
    if "solve" not in targets or _running(turn, ticket, "solve") or _running(turn, ticket, "total"):
        return None
    return start(turn, ticket, "total", targets["solve"], turn.now, used=owed_time(turn, ticket))


def owed_time(turn: Turn, ticket: Ticket, since: datetime | None = None) -> timedelta:
    """Open time in which the ticket was ours to do something about, since a moment or from the first."""
    calendar, used = firm_calendar(turn), timedelta()
    stays: list[Stay] = turn.work.desk.stays(ticket.id)
    for stay in stays:
        begun, ended = max(stay.since, since or stay.since), stay.until or turn.now
        if stay.state == "open" and begun < ended:
            used += rules.between(calendar, begun, ended)
    return used


def _running(turn: Turn, ticket: Ticket, kind: str) -> bool:
    return any(clock.kind == kind for clock in turn.work.desk.clocks(ticket.id))


def start(
    turn: Turn, ticket: Ticket, kind: str, minutes: int, started: datetime, used: timedelta = rules.NONE
) -> SlaClock:
    """A new clock; one of which more is used than it has is late at once."""
    due = rules.due(firm_calendar(turn), started, timedelta(minutes=minutes) - used)
    over = due <= turn.now and used > rules.NONE
    clock = turn.work.add(
        SlaClock(
            ticket=ticket.id,
            kind=kind,
            target=minutes,
            started=started,
            due=due,
            state="missed" if over else "running",
            missed=turn.now if over else None,
            warned=2 if over else 0,
        )
    )
    if over:
        turn.tell(ClockLate(clock.id))
    if ticket.state == "waiting":
        return _pause(turn, clock)
    plan(turn, clock)
    return clock


def left_of(turn: Turn, clock: SlaClock) -> timedelta:
    """Open time until it is due; negative when it is late."""
    if clock.left is not None:
        return timedelta(seconds=clock.left)
    return rules.between(firm_calendar(turn), turn.now, clock.due)


def used_by(turn: Turn, clock: SlaClock) -> timedelta:
    """Open time that it has run."""
    return timedelta(minutes=clock.target) - left_of(turn, clock)


def plan(turn: Turn, clock: SlaClock) -> None:
    """Wakes at the next threshold that nobody was told of."""
    target, used = timedelta(minutes=clock.target), used_by(turn, clock)
    shares = [step / 100 for step in steps_of(turn)[clock.warned :]] + ([1.0] if clock.state == "running" else [])
    if shares:
        left = max(target * min(shares) - used, _SOON)
        turn.work.timers.move(TIMER, str(clock.id), rules.due(firm_calendar(turn), turn.now, left))


def _pause(turn: Turn, clock: SlaClock) -> SlaClock:
    if clock.state not in ("running", "missed") or clock.left is not None:
        return clock
    turn.work.timers.cancel(TIMER, str(clock.id))
    state = "missed" if clock.state == "missed" or turn.now > clock.due else "paused"
    return turn.work.change(clock, state=state, left=_seconds(turn, clock))


def _resume(turn: Turn, clock: SlaClock) -> SlaClock:
    if clock.left is None:
        return clock
    due = rules.due(firm_calendar(turn), turn.now, timedelta(seconds=clock.left))
    state = "running" if clock.state == "paused" else clock.state
    clock = turn.work.change(clock, state=state, due=due, left=None)
    plan(turn, clock)
    return clock


def _stop(turn: Turn, clock: SlaClock) -> SlaClock:
    """What it waited for has happened."""
    return _end(turn, clock, "missed" if is_late(turn, clock) else "hit")


def is_late(turn: Turn, clock: SlaClock) -> bool:
    """Whether more is used than there was."""
    return clock.state == "missed" or left_of(turn, clock) < rules.NONE or (clock.left is None and turn.now > clock.due)


def _end(turn: Turn, clock: SlaClock, state: str) -> SlaClock:
    turn.work.timers.cancel(TIMER, str(clock.id))
    missed = (clock.missed or clock.due) if state == "missed" else None
    clock = turn.work.change(clock, state=state, missed=missed, ended=turn.now, left=_seconds(turn, clock))
    turn.tell(ClockStopped(clock.id))
    return clock


def _seconds(turn: Turn, clock: SlaClock) -> int:
    return round(left_of(turn, clock).total_seconds())


def recount(turn: Turn) -> None:
    """Other hours or an act taken back: how much of each clock is used follows from when the ticket was ours."""
    for clock in turn.work.desk.running():
        ticket = turn.work.desk.get(clock.ticket)
        if ticket is not None and clock.left is None:
            used = owed_time(turn, ticket, None if clock.kind == "total" else clock.started)
            due = rules.due(firm_calendar(turn), turn.now, timedelta(minutes=clock.target) - used)
            plan(turn, turn.work.change(clock, due=due))


def retarget(turn: Turn, ticket: Ticket) -> None:
    """More urgent, or of another kind: its clocks have other targets, and the time used so far stays."""
    targets = targets_of(turn, ticket)
    for clock in turn.work.desk.clocks(ticket.id):
        minutes = targets.get("solve" if clock.kind == "total" else clock.kind)
        if minutes and minutes != clock.target and clock.state in ("running", "paused"):
            more = timedelta(minutes=minutes - clock.target)
            if clock.left is not None:
                turn.work.change(clock, target=minutes, left=clock.left + round(more.total_seconds()))
                continue
            due = rules.due(firm_calendar(turn), turn.now, left_of(turn, clock) + more)
            plan(turn, turn.work.change(clock, target=minutes, due=due))


def take_back(turn: Turn, ticket: Ticket) -> None:
    """After an undo the state is another: what ended with the solution goes on, as if it had never ended."""
    clocks: list[SlaClock] = turn.work.find(SlaClock, ticket=ticket.id)
    if ticket.state in ("open", "waiting"):
        last = max((clock.ended for clock in clocks if clock.ended and _ended_by_state(clock)), default=None)
        for clock in clocks:
            if clock.ended is not None and clock.ended == last and _ended_by_state(clock):
                left = timedelta(seconds=clock.left or 0)
                due = rules.due(firm_calendar(turn), clock.ended, left)
                state = "running" if left >= rules.NONE else "missed"
                clock = turn.work.change(clock, ended=None, left=None, due=due, state=state)
                plan(turn, clock)
    follow(turn, ticket)


def _ended_by_state(clock: SlaClock) -> bool:
    """By solving, and not by an answer."""
    return clock.kind in SOLVING or clock.state == "void"
