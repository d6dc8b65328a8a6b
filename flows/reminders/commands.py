"""What people say about reminders: set one, see the day, and the buttons under one that rang."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, Rest, When
from flows.reminders.actions import done, mine, move, ring_at, set_reminder
from flows.reminders.cards import buttons, card_of, said, set_card
from flows.reminders.day import brief
from flows.reminders.rules import tomorrow_at
from flows.router import MEMBERS, command, dialog, press
from flows.turn import Turn
from store.models import Customer, Reminder


@command(
    "remind",
    help=_("Remind me of something"),
    example=_("/remind Acme next Tue 3pm call about the quote"),
    words=("remind me", "remind", "提醒我", "提醒"),
)
def remind(turn: Turn, when: When, customer: Customer | None = None, text: Rest | None = None) -> Reply:
    reminder = set_reminder(
        turn, turn.me(), when.due, _about(text or ""), rule=when.rule, customer=customer.id if customer else None
    )
    turn.did(_("reminder set: {text}", text=said(turn, reminder)), f"set:{reminder.id}")
    return set_card(turn, reminder)


def _about(text: str) -> str:
    """The words without what only tied them to the time."""
    return text.strip(" ,，").removeprefix("to ").strip()


@command("today", help=_("What is due today"), for_=MEMBERS, words=("today", "今天", "今日", "待办"))
def today(turn: Turn) -> Reply:
    return brief(turn, turn.me())


@press("reminder", for_=MEMBERS)
def show(turn: Turn, reminder: int) -> Reply:
    found = mine(turn, reminder)
    return Reply(lines(bold(said(turn, found)), moment(found.due)), buttons(found), card=card_of(found))


@press("done", for_=MEMBERS)
def done_pressed(turn: Turn, reminder: int) -> Reply:
    found = mine(turn, reminder)
    card = turn.card() or card_of(found)
    after = done(turn, found)
    turn.did(_("done: {text}", text=said(turn, found)), card)
    again = _("Next time: {when}", when=moment(after.due)) if after.state == "open" else None
    options = [Option(_("Undo"), f"undo:{card}")]
    if found.customer:
        options.append(Option(_("Log result"), f"log-result:{found.id}"))
    return Reply(lines(bold(_("Done: {text}", text=said(turn, found))), again), tuple(options), card=card)


@press("snooze", for_=MEMBERS)
def snooze(turn: Turn, reminder: int, span: str) -> Reply:
    found = mine(turn, reminder)
    card = turn.card() or card_of(found)
    due = turn.now + timedelta(hours=1) if span == "hour" else tomorrow_at(turn.now, turn.zone, 9)
    after = ring_at(turn, found, due)
    turn.did(_("snoozed: {text}", text=said(turn, found)), card)
    return _moved(turn, after, card)


@press("move", for_=MEMBERS)
def move_pressed(turn: Turn, reminder: int) -> Reply:
    found = mine(turn, reminder)
    turn.remember({"kind": "move", "reminder": found.id, "card": turn.card() or card_of(found)})
    return Reply(
        lines(_("Move “{text}” to when?", text=said(turn, found)), code(_("Fri 3pm"))),
        (Option(_("Cancel"), "cancel"),),
    )


@dialog("move", for_=MEMBERS)
def move_answered(turn: Turn, state: Mapping[str, Any], said_: Said) -> Reply | Text:
    outcome = READERS[When](turn, said_.text)
    if not isinstance(outcome, Found):
        why = getattr(outcome, "why", _("I could not read a time there."))
        return lines(why, _("Example: {example}", example=code(_("Fri 3pm"))))
    turn.remember(None)
    found = mine(turn, state["reminder"])
    after = move(turn, found, outcome.value.due)
    turn.did(_("moved: {text}", text=said(turn, found)), state["card"])
    return _moved(turn, after, state["card"])


def _moved(turn: Turn, reminder: Reminder, card: str) -> Reply:
    body = lines(bold(said(turn, reminder)), _("I will remind you {when}", when=moment(reminder.due)))
    return Reply(body, (Option(_("Undo"), f"undo:{card}"), Option(_("Done"), f"done:{reminder.id}")), card=card)


@press("log-result", for_=MEMBERS)
def log_result(turn: Turn, reminder: int) -> Reply | Text:
    found = turn.work.reminders.get(reminder)
    customer = turn.work.customers.get(found.customer) if found and found.customer else None
    if found is None or customer is None:
        return Reply(_("That reminder is no longer there."), toast=True)
    turn.remember({"kind": "result", "reminder": found.id, "customer": customer.id})
    return Reply(
        lines(_("What came of it with {name}? One line is enough.", name=customer.name)),
        (Option(_("Cancel"), "cancel"),),
    )


@dialog("result")
def result_answered(turn: Turn, state: Mapping[str, Any], said_: Said) -> Any:
    from flows.activities.commands import log_about

    turn.remember(None)
    found = turn.work.reminders.get(state["reminder"])
    if found is not None and found.state == "open" and found.member == turn.me().id:
        done(turn, found)
    return log_about(turn, state["customer"], said_.text)


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
