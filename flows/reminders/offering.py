"""A tap that calls off a meeting that is not held, or drops what was to be remembered of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option
from bot.core.text import text
from flows.activities.called_off import calls_off
from flows.reminders.cards import said
from flows.turn import Turn
from store.models import Activity, Reminder

MOST = 3


def offer(turn: Turn, activity: Activity) -> Sequence[Option]:
    """One for each open reminder of the member's own for this customer, whose meeting goes along; nothing unasked."""
    if activity.kind != "note" or turn.member is None or not calls_off(activity.text):
        return ()
    of_customer = turn.work.reminders.of_customer(activity.customer)
    mine = [reminder for reminder in of_customer if reminder.member == turn.member.id]
    return [Option(text("✗ ", said(turn, reminder)), _press(turn, reminder), wide=True) for reminder in mine[:MOST]]


def _press(turn: Turn, reminder: Reminder) -> str:
    planned = turn.work.get(Activity, reminder.activity) if reminder.activity else None
    return f"call-off:{planned.id}" if planned and planned.status == "planned" else f"drop:{reminder.id}"
