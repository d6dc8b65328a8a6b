"""The buttons of reminders: of one that rang, of many that rang together, of a colleague's, of an overdue one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, moment, text
from bot.core.text import gettext as _
from flows.reminders import colleagues, overdue
from flows.reminders.actions import TIMER, done, mine, move_series, remove_reminder, ring_at, stop_series
from flows.reminders.cards import buttons, card_of, gathered, said, stamp, waits
from flows.reminders.rules import tomorrow_at
from flows.replies import picked
from flows.router import MEMBERS, press
from flows.turn import Turn
from store.models import Member, Reminder
from store.types import moment as moment_of


@press("reminder", for_=MEMBERS)
def show(turn: Turn, reminder: int) -> Reply:
    found = mine(turn, reminder)
    options = buttons(turn, found)
    if found.rule or found.anchor:
        options = (*options, Option(_("End the series"), f"series-end:{found.id}"))
    return picked(turn, Reply(lines(bold(said(turn, found)), moment(found.due)), options, card=card_of(found)))


# acting on one


def this(turn: Turn, reminder: int, mark: str) -> Reminder:
    """The reminder, if the button is about its current occurrence."""
    found = mine(turn, reminder)
    if mark and (found.rule or found.anchor) and mark != stamp(found, turn.now):
        raise TooLate(_("That is done already."))
    return found


@press("done", for_=MEMBERS)
def done_pressed(turn: Turn, reminder: int, mark: str = "") -> Reply:
    found = this(turn, reminder, mark)
    card = turn.card() or card_of(found)
    after = done(turn, found)
    turn.did(_("done: {text}", text=said(turn, found)), card)
    again = _("Next time: {when}", when=moment(after.due)) if after.state == "open" else None
    options = [Option(_("Undo"), f"undo:{card}")]
    if found.customer:
        options.append(Option(_("Log result"), f"log-result:{found.id}"))
    _tell_giver(turn, after)
    return Reply(lines(bold(_("Done: {text}", text=said(turn, found))), again), tuple(options), card=card)


def _tell_giver(turn: Turn, reminder: Reminder) -> None:
    giver = turn.work.get(Member, reminder.by) if reminder.by and reminder.asked == "accepted" else None
    if giver is not None and giver.id != turn.me().id and reminder.state == "done":
        told = _("{name} has done it: {text}", name=turn.me().name, text=said(turn, reminder))
        turn.message_member(giver, Reply(told), "team")


@press("snooze", for_=MEMBERS)
def snooze(turn: Turn, reminder: int, mark: str, span: str = "") -> Reply:
    if not span:
        mark, span = "", mark
    found = this(turn, reminder, mark)
    card = turn.card() or card_of(found)
    due = turn.now + timedelta(hours=1) if span == "hour" else tomorrow_at(turn.now, turn.zone, 9)
    after = ring_at(turn, found, due)
    turn.did(_("snoozed: {text}", text=said(turn, found)), card)
    return moved(turn, after, card)


@press("move", for_=MEMBERS)
def move_pressed(turn: Turn, reminder: int, mark: str = "") -> Reply:
    found = this(turn, reminder, mark)
    card = turn.card() or card_of(found)
    turn.remember({"kind": "move", "reminder": found.id, "mark": mark, "card": card})
    return Reply(
        lines(_("Move “{text}” to when?", text=said(turn, found)), code(_("Fri 3pm"))),
        (Option(_("Cancel"), "cancel"),),
    )


@press("series", for_=MEMBERS)
def seriesmoved(turn: Turn, reminder: int, own: int) -> Reply:
    """The occurrence that was moved shows the way for the whole series."""
    found, once = mine(turn, reminder), mine(turn, own)
    card = turn.card() or card_of(found)
    turn.work.timers.cancel(TIMER, str(once.id))
    turn.work.remove(once)
    after = move_series(turn, found, once.due)
    turn.did(_("series moved: {text}", text=said(turn, found)), card)
    return moved(turn, after, card)


@press("series-end", for_=MEMBERS)
def series_ended(turn: Turn, reminder: int) -> Reply:
    found = mine(turn, reminder)
    card = turn.card() or card_of(found)
    stop_series(turn, found)
    turn.did(_("series ended: {text}", text=said(turn, found)), card)
    return Reply(_("I stop reminding you of this: {text}", text=said(turn, found)), (_undo(card),), card=card)


def _undo(card: str) -> Option:
    return Option(_("Undo"), f"undo:{card}")


def moved(turn: Turn, reminder: Reminder, card: str) -> Reply:
    body = lines(bold(said(turn, reminder)), _("I will remind you {when}", when=moment(reminder.due)))
    return Reply(body, (_undo(card), Option(_("Done"), f"done:{reminder.id}")), card=card)


def dropped(turn: Turn, reminder: Reminder) -> Reply:
    """It rings no more, wherever it was moved."""
    card = card_of(reminder)
    remove_reminder(turn, reminder)
    turn.did(_("reminder cancelled: {text}", text=said(turn, reminder)), card)
    return Reply(_("I stop reminding you of this: {text}", text=said(turn, reminder)), (_undo(card),), card=card)


@press("drop", for_=MEMBERS)
def drop_pressed(turn: Turn, reminder: int) -> Reply:
    return dropped(turn, mine(turn, reminder))


def dropped_all(turn: Turn, found: Sequence[Reminder]) -> Reply:
    """The same for several, with one way back."""
    card = f"dropped:{found[0].id}"
    rows = [text("• ", said(turn, reminder)) for reminder in found]
    for reminder in found:
        remove_reminder(turn, reminder)
    turn.did(_("several reminders at once"), card)
    return Reply(lines(bold(_("I stop reminding you of these:")), *rows[:12]), (_undo(card),), card=card)


# many at once


@press("heap", for_=MEMBERS)
def heap(turn: Turn, member: int, at: int, what: str) -> Reply:
    """All of them at a tap; who has acted on one keeps that."""
    if member != turn.me().id:
        return Reply(_("That reminder is no longer there."), toast=True)
    rung = turn.work.reminders.rung_at(member, moment_of(at))
    for reminder in [reminder for reminder in rung if waits(reminder, moment_of(at))]:
        if what == "done":
            done(turn, reminder)
        else:
            ring_at(turn, reminder, tomorrow_at(turn.now, turn.zone, 9))
    card = f"heap:{member}:{at}"
    turn.did(_("several reminders at once"), card)
    return _heap_again(turn, rung, moment_of(at))


@press("heap-done", for_=MEMBERS)
def heap_done(turn: Turn, reminder: int, mark: str = "") -> Reply:
    found = this(turn, reminder, mark)
    at = found.rung or turn.now
    rung = turn.work.reminders.rung_at(found.member, at)
    done(turn, found)
    turn.did(_("done: {text}", text=said(turn, found)), f"heap:{found.member}:{int(at.timestamp() * 1_000_000)}")
    return _heap_again(turn, rung, at)


def _heap_again(turn: Turn, before: list[Reminder], at: datetime) -> Reply:
    """The same message with what has been acted upon ticked off."""
    now = [turn.work.reminders.get(reminder.id) or reminder for reminder in before]
    return gathered(turn, turn.me(), now, at)


# what came of it


@press("log-result", for_=MEMBERS)
def log_result(turn: Turn, reminder: int) -> Reply | Text:
    found = turn.work.reminders.get(reminder)
    customer = turn.work.customers.get(found.customer) if found and found.customer else None
    if found is None or customer is None:
        return Reply(_("That reminder is no longer there."), toast=True)
    kept = {"reminder": found.id, "customer": customer.id, "card": turn.card()}
    turn.remember({"kind": "result", **kept})
    return Reply(
        lines(_("What came of it with {name}? One line is enough.", name=customer.name)),
        (Option(_("Cancel"), "cancel"),),
    )


@press("remind-about")
def remind_about(turn: Turn, customer: int) -> Reply | Text:
    found = turn.work.customers.get(customer)
    if found is None:
        return Reply(_("This customer is no longer there."), toast=True)
    turn.remember(
        {"kind": "command", "command": "remind", "values": {"customer": found.id}, "asking": "when", "typed": ""}
    )
    return Reply(
        _("When shall I remind you about {name}?", name=found.name),
        (Option(_("Cancel"), "cancel"),),
    )


# a colleague's, and an overdue one

press("take")(colleagues.take)
press("refuse")(colleagues.refuse)
press("overdue-again")(overdue.again)
press("overdue-mine")(overdue.take_over)
press("overdue-leave")(overdue.leave)
