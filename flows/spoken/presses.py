"""What is chosen where a sentence could not be done as it was said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.core.messages import Reply
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.asking import run
from flows.reminders.actions import set_reminder
from flows.reminders.cards import said, set_card
from flows.replies import settled
from flows.router import COMMANDS, press
from flows.turn import Turn
from store.models import Customer, Member


@press("give-now")
def give_now(turn: Turn, customer: int, member: int) -> Any:
    """The customer changes hands at once, as "give Acme to Ann" does it."""
    found = _both(turn, customer, member)
    return run(turn, COMMANDS["set"], f"{found[0].name} owner={found[1].name}") if found else settled()


@press("give-then")
def give_then(turn: Turn, customer: int, member: int, at: int) -> Reply:
    """Somebody wants to do it on that day."""
    found, due = _both(turn, customer, member), datetime.fromtimestamp(at, UTC)
    if found is None or due <= turn.now:
        return settled()
    words = plain(_("hand over to {name}", name=found[1].name).resolve(turn.words))
    reminder = set_reminder(turn, turn.me(), due, words, customer=customer, source=f"turn:{turn.key}")
    turn.did(_("reminder set: {text}", text=said(turn, reminder)), f"set:{reminder.id}")
    return set_card(turn, reminder)


def _both(turn: Turn, customer: int, member: int) -> tuple[Customer, Member] | None:
    """The two while both are still there, and it is not done yet."""
    what, whom = turn.work.customers.get(customer), turn.work.get(Member, member)
    there = what is not None and what.state == "active" and whom is not None and whom.state == "active"
    return (what, whom) if what and whom and there and what.owner != whom.id else None
